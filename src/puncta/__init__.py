"""Puncta plans, simulates and documents microneedling: a dozen verbs, their types, and a read-only catalogue.

Everything here is loaded when it is first used, so that a small command starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from puncta.absorption import products as products
    from puncta.appearance.scales import scales as scales
    from puncta.case import Case as Case
    from puncta.case import Course as Course
    from puncta.case import Library as Library
    from puncta.case import Session as Session
    from puncta.case import ZoneSetting as ZoneSetting
    from puncta.case import course_from_toml as course_from_toml
    from puncta.case import read_case as read_case
    from puncta.case import read_library as read_library
    from puncta.case import read_policy as read_policy
    from puncta.case import what_if as what_if
    from puncta.case import with_policy as with_policy
    from puncta.errors import InputError as InputError
    from puncta.errors import Problem as Problem
    from puncta.errors import PunctaError as PunctaError
    from puncta.errors import StoppedError as StoppedError
    from puncta.evidence import Trace as Trace
    from puncta.evidence import arms as arms
    from puncta.evidence import parameters as parameters
    from puncta.evidence import sources as sources
    from puncta.files import check_folder as check_folder
    from puncta.files import read_text as read_text
    from puncta.followup import Update as Update
    from puncta.followup import Visits as Visits
    from puncta.followup import as_record as as_record
    from puncta.followup import delivered_against_planned as delivered_against_planned
    from puncta.followup import next_course as next_course
    from puncta.followup import read_visits as read_visits
    from puncta.followup import replan as replan
    from puncta.followup import update as update
    from puncta.followup import visits_from as visits_from
    from puncta.healing import warm_up as warm_up
    from puncta.imaging import Comparison as Comparison
    from puncta.imaging import Declared as Declared
    from puncta.imaging import Photograph as Photograph
    from puncta.imaging import ScaleFrom as ScaleFrom
    from puncta.imaging import agreement as agreement
    from puncta.imaging import clinic_repeats as clinic_repeats
    from puncta.imaging import compare_photographs as compare_photographs
    from puncta.imaging import comparison_record as comparison_record
    from puncta.imaging import measure_photograph as measure_photograph
    from puncta.imaging import measurement_record as measurement_record
    from puncta.imaging import read_errors as read_errors
    from puncta.imaging import read_photograph as read_photograph
    from puncta.imaging import ruler_scale as ruler_scale
    from puncta.imaging import showings as showings
    from puncta.imaging import write_dicom as write_dicom
    from puncta.imaging import write_errors as write_errors
    from puncta.imaging.model import model_bytes as model_bytes
    from puncta.messages import text as text
    from puncta.needling import devices as devices
    from puncta.planning import Plan as Plan
    from puncta.planning import compare as compare
    from puncta.planning import plan as plan
    from puncta.planning import plan_record as plan_record
    from puncta.planning import preview as preview
    from puncta.planning import published_course as published_course
    from puncta.planning import read_stored as read_stored
    from puncta.planning import replay as replay
    from puncta.planning import store as store
    from puncta.planning import usual_course as usual_course
    from puncta.report import Letterhead as Letterhead
    from puncta.report import ReportFiles as ReportFiles
    from puncta.report import write_absorption as write_absorption
    from puncta.report import write_comparison as write_comparison
    from puncta.report import write_grading as write_grading
    from puncta.report import write_report as write_report
    from puncta.report.follow_up import FollowUpReport as FollowUpReport
    from puncta.report.follow_up import follow_up_charts as follow_up_charts
    from puncta.report.follow_up import follow_up_page as follow_up_page
    from puncta.report.follow_up import write_follow_up as write_follow_up
    from puncta.report.follow_up_words import follow_up_summary as follow_up_summary
    from puncta.report.trial import TrialReport as TrialReport
    from puncta.report.trial import power_sizes as power_sizes
    from puncta.report.trial import trial_summary as trial_summary
    from puncta.report.trial import write_trial_report as write_trial_report
    from puncta.safety import AskedQuestion as AskedQuestion
    from puncta.safety import Screening as Screening
    from puncta.safety import questionnaire as questionnaire
    from puncta.safety import questions as questions
    from puncta.safety import read_diary as read_diary
    from puncta.safety import rules as rules
    from puncta.safety import screen as screen
    from puncta.safety import screening_record as screening_record
    from puncta.simulation import Absorption as Absorption
    from puncta.simulation import Outcome as Outcome
    from puncta.simulation import Recovery as Recovery
    from puncta.simulation import absorb as absorb
    from puncta.simulation import absorption_record as absorption_record
    from puncta.simulation import explain as explain
    from puncta.simulation import outcome_record as outcome_record
    from puncta.simulation import recovery as recovery
    from puncta.simulation import recovery_record as recovery_record
    from puncta.simulation import sensitivity as sensitivity
    from puncta.simulation import simulate as simulate
    from puncta.skin import zones as zones
    from puncta.trials import Trial as Trial
    from puncta.trials import TrialAnalysis as TrialAnalysis
    from puncta.trials import TrialRun as TrialRun
    from puncta.trials import analyse_trial as analyse_trial
    from puncta.trials import compare_designs as compare_designs
    from puncta.trials import find_size as find_size
    from puncta.trials import like_record as like_record
    from puncta.trials import power_of as power_of
    from puncta.trials import power_record as power_record
    from puncta.trials import read_trial as read_trial
    from puncta.trials import run_trial as run_trial
    from puncta.trials import trial_like as trial_like
    from puncta.trials import trial_record as trial_record
    from puncta.validation import AbsorptionValidation as AbsorptionValidation
    from puncta.validation import MechanismValidation as MechanismValidation
    from puncta.validation import absorption_validation_record as absorption_validation_record
    from puncta.validation import outcome_validation_record as outcome_validation_record
    from puncta.validation import safety_validation_record as safety_validation_record
    from puncta.validation import study_validation_record as study_validation_record
    from puncta.validation import validate as validate
    from puncta.validation import validate_absorption as validate_absorption
    from puncta.validation import validate_outcomes as validate_outcomes
    from puncta.validation import validate_safety as validate_safety
    from puncta.validation import validate_study as validate_study
    from puncta.validation import validation_record as validation_record

__version__ = "0.1.0"

#: Public name -> where it lives.
_DOOR = {
    # verbs
    "read_case": "puncta.case",
    "course_from_toml": "puncta.case",
    "read_library": "puncta.case",
    "read_policy": "puncta.case",
    "with_policy": "puncta.case",
    "what_if": "puncta.case",
    "screen": "puncta.safety",
    "questionnaire": "puncta.safety",
    "read_diary": "puncta.safety",
    "simulate": "puncta.simulation",
    "plan": "puncta.planning",
    "compare": "puncta.planning",
    "preview": "puncta.planning",
    "published_course": "puncta.planning",
    "store": "puncta.planning",
    "read_stored": "puncta.planning",
    "replay": "puncta.planning",
    "usual_course": "puncta.planning",
    "explain": "puncta.simulation",
    "sensitivity": "puncta.simulation",
    "validate": "puncta.validation",
    "write_report": "puncta.report",
    "write_absorption": "puncta.report",
    "screening_record": "puncta.safety",
    "outcome_record": "puncta.simulation",
    "absorb": "puncta.simulation",
    "absorption_record": "puncta.simulation",
    "recovery": "puncta.simulation",
    "recovery_record": "puncta.simulation",
    "plan_record": "puncta.planning",
    "validation_record": "puncta.validation",
    "validate_outcomes": "puncta.validation",
    "outcome_validation_record": "puncta.validation",
    "validate_study": "puncta.validation",
    "study_validation_record": "puncta.validation",
    "validate_safety": "puncta.validation",
    "safety_validation_record": "puncta.validation",
    "validate_absorption": "puncta.validation",
    "absorption_validation_record": "puncta.validation",
    "analyse_trial": "puncta.trials",
    "compare_designs": "puncta.trials",
    "find_size": "puncta.trials",
    "like_record": "puncta.trials",
    "power_of": "puncta.trials",
    "power_record": "puncta.trials",
    "read_trial": "puncta.trials",
    "run_trial": "puncta.trials",
    "trial_like": "puncta.trials",
    "trial_record": "puncta.trials",
    "follow_up_charts": "puncta.report.follow_up",
    "follow_up_page": "puncta.report.follow_up",
    "follow_up_summary": "puncta.report.follow_up_words",
    "write_follow_up": "puncta.report.follow_up",
    "power_sizes": "puncta.report.trial",
    "trial_summary": "puncta.report.trial",
    "write_trial_report": "puncta.report.trial",
    "agreement": "puncta.imaging",
    "clinic_repeats": "puncta.imaging",
    "compare_photographs": "puncta.imaging",
    "comparison_record": "puncta.imaging",
    "measure_photograph": "puncta.imaging",
    "measurement_record": "puncta.imaging",
    "model_bytes": "puncta.imaging.model",
    "read_errors": "puncta.imaging",
    "read_photograph": "puncta.imaging",
    "ruler_scale": "puncta.imaging",
    "showings": "puncta.imaging",
    "write_dicom": "puncta.imaging",
    "write_errors": "puncta.imaging",
    "write_comparison": "puncta.report",
    "write_grading": "puncta.report",
    "as_record": "puncta.followup",
    "delivered_against_planned": "puncta.followup",
    "next_course": "puncta.followup",
    "read_visits": "puncta.followup",
    "replan": "puncta.followup",
    "update": "puncta.followup",
    "visits_from": "puncta.followup",
    "warm_up": "puncta.healing",
    "check_folder": "puncta.files",
    "read_text": "puncta.files",
    "text": "puncta.messages",
    # types
    "Case": "puncta.case",
    "Course": "puncta.case",
    "Library": "puncta.case",
    "Session": "puncta.case",
    "ZoneSetting": "puncta.case",
    "AskedQuestion": "puncta.safety",
    "Screening": "puncta.safety",
    "Absorption": "puncta.simulation",
    "Outcome": "puncta.simulation",
    "Recovery": "puncta.simulation",
    "Plan": "puncta.planning",
    "Comparison": "puncta.imaging",
    "Declared": "puncta.imaging",
    "Photograph": "puncta.imaging",
    "ScaleFrom": "puncta.imaging",
    "AbsorptionValidation": "puncta.validation",
    "MechanismValidation": "puncta.validation",
    "Problem": "puncta.errors",
    "Letterhead": "puncta.report",
    "ReportFiles": "puncta.report",
    "Update": "puncta.followup",
    "Visits": "puncta.followup",
    "Trial": "puncta.trials",
    "TrialAnalysis": "puncta.trials",
    "TrialRun": "puncta.trials",
    "FollowUpReport": "puncta.report.follow_up",
    "TrialReport": "puncta.report.trial",
    "Trace": "puncta.evidence",
    "PunctaError": "puncta.errors",
    "InputError": "puncta.errors",
    "StoppedError": "puncta.errors",
    # catalogue
    "zones": "puncta.skin",
    "devices": "puncta.needling",
    "products": "puncta.absorption",
    "scales": "puncta.appearance.scales",
    "questions": "puncta.safety",
    "rules": "puncta.safety",
    "parameters": "puncta.evidence",
    "sources": "puncta.evidence",
    "arms": "puncta.evidence",
}

__all__ = [*_DOOR]  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name not in _DOOR:
        raise AttributeError(f"module 'puncta' has no attribute {name!r}")
    value = getattr(import_module(_DOOR[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_DOOR])
