"""Validation: published readings beside the model's bands; calibration and validation are kept apart."""

from puncta.validation.compare import Compared
from puncta.validation.record import validation_record
from puncta.validation.tally import Tally
from puncta.validation.validate import MechanismValidation, validate

__all__ = ["Compared", "MechanismValidation", "Tally", "validate", "validation_record"]
