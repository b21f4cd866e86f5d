"""Outcome studies beside the forecast: each arm under its own protocol, calibration and validation apart."""

from puncta.validation.outcomes.baselines import BASELINES
from puncta.validation.outcomes.checks import Check, checks
from puncta.validation.outcomes.headings import TESTABLE, UNTESTABLE, heading_of, scored
from puncta.validation.outcomes.judge import MODEL, HeadingTally, OutcomeReading, judge, tally
from puncta.validation.outcomes.left_out import left_out, left_out_hash, predictive_checks
from puncta.validation.outcomes.own_study import study_validation_record, validate_study
from puncta.validation.outcomes.parameters import RaterParameters, UnprintedParameters
from puncta.validation.outcomes.predict import predict, truth
from puncta.validation.outcomes.probes import probe, probe_hash
from puncta.validation.outcomes.record import outcome_validation_record
from puncta.validation.outcomes.study_file import Study, read_study
from puncta.validation.outcomes.study_text import built_in_studies, study_text
from puncta.validation.outcomes.validate import OutcomeValidation, study_of, validate_outcomes

__all__ = [
    "BASELINES",
    "MODEL",
    "TESTABLE",
    "UNTESTABLE",
    "Check",
    "HeadingTally",
    "OutcomeReading",
    "OutcomeValidation",
    "RaterParameters",
    "Study",
    "UnprintedParameters",
    "built_in_studies",
    "checks",
    "heading_of",
    "judge",
    "left_out",
    "left_out_hash",
    "outcome_validation_record",
    "predict",
    "predictive_checks",
    "probe",
    "probe_hash",
    "read_study",
    "scored",
    "study_of",
    "study_text",
    "study_validation_record",
    "tally",
    "truth",
    "validate_outcomes",
    "validate_study",
]
