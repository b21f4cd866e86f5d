"""The one door to the library: everything that the clinic knows about skin, needles and rules comes through here."""

from __future__ import annotations

from puncta import (
    AskedQuestion,
    Case,
    Course,
    InputError,
    Plan,
    PunctaError,
    ZoneSetting,
    __version__,
    devices,
    plan,
    plan_record,
    products,
    questionnaire,
    questions,
    recovery,
    recovery_record,
    rules,
    scales,
    screen,
    screening_record,
    text,
    write_report,
    zones,
)
from puncta.absorption import creams
from puncta.case import VARIETIES, ConcernKind, LesionKind, case_from_json, case_to_json
from puncta.errors import Problem
from puncta.evidence import Guidance, guidance
from puncta.messages import has_text, languages, unreviewed
from puncta.report import (
    Drawings,
    Letterhead,
    Printed,
    ReportView,
    brand_page,
    drawings,
    legend,
    map_drawing,
    maps_of,
    page_count,
    patient_sheet,
    severity_page,
    theme,
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
    zone_limits,
)


def guidances() -> dict[str, Guidance]:
    """All questions on which bodies disagree, by key."""
    read = {rule.guidance: guidance(rule.guidance) for rule in rules().values() if rule.guidance}
    return {**read, "melasma_depth": guidance("melasma_depth")}


__all__ = [
    "PLAIN_SIGNS",
    "SIGNS",
    "VARIETIES",
    "AskedQuestion",
    "Case",
    "ConcernKind",
    "Course",
    "Drawings",
    "Guidance",
    "InputError",
    "LesionKind",
    "Letterhead",
    "NumbingPlan",
    "Plan",
    "Printed",
    "Problem",
    "PunctaError",
    "ReportView",
    "ZoneSetting",
    "__version__",
    "aftercare",
    "brand_page",
    "case_from_json",
    "case_to_json",
    "creams",
    "devices",
    "diary_from",
    "drawings",
    "guidances",
    "has_text",
    "languages",
    "legend",
    "map_drawing",
    "maps_of",
    "page_count",
    "patient_sheet",
    "plan",
    "plan_numbing",
    "plan_record",
    "products",
    "questionnaire",
    "questions",
    "raised_flags",
    "recovery",
    "recovery_record",
    "rules",
    "scales",
    "screen",
    "screening_record",
    "severity_page",
    "text",
    "theme",
    "unreviewed",
    "view",
    "write_report",
    "zone_limits",
    "zones",
]
