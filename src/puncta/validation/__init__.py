"""Validation: published readings beside the model's bands; calibration and validation are kept apart."""

from puncta.validation.absorption import AbsorptionValidation, validate_absorption
from puncta.validation.absorption_record import absorption_validation_record
from puncta.validation.compare import Compared
from puncta.validation.outcomes import (
    OutcomeValidation,
    outcome_validation_record,
    read_study,
    study_validation_record,
    validate_outcomes,
    validate_study,
)
from puncta.validation.record import validation_record
from puncta.validation.safety import safety_validation_record, validate_safety
from puncta.validation.tally import Tally
from puncta.validation.validate import MechanismValidation, validate

__all__ = [
    "AbsorptionValidation",
    "Compared",
    "MechanismValidation",
    "OutcomeValidation",
    "Tally",
    "absorption_validation_record",
    "outcome_validation_record",
    "read_study",
    "safety_validation_record",
    "study_validation_record",
    "validate",
    "validate_absorption",
    "validate_outcomes",
    "validate_safety",
    "validate_study",
    "validation_record",
]
