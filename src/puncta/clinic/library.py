"""The one door to the library: everything that the clinic knows about skin, needles and rules comes through here."""

from __future__ import annotations

from puncta import (
    AskedQuestion,
    Case,
    InputError,
    Plan,
    PunctaError,
    __version__,
    devices,
    plan,
    plan_record,
    products,
    questionnaire,
    questions,
    rules,
    scales,
    screen,
    screening_record,
    text,
    write_report,
    zones,
)
from puncta.absorption import creams
from puncta.case import LesionKind, case_from_json, case_to_json
from puncta.messages import has_text
from puncta.report.icons import brand_page, severity_page
from puncta.report.maps import zone_map
from puncta.report.theme import theme
from puncta.safety import aftercare, plan_numbing, zone_limits

__all__ = [
    "AskedQuestion",
    "Case",
    "InputError",
    "LesionKind",
    "Plan",
    "PunctaError",
    "__version__",
    "aftercare",
    "brand_page",
    "case_from_json",
    "case_to_json",
    "creams",
    "devices",
    "has_text",
    "plan",
    "plan_numbing",
    "plan_record",
    "products",
    "questionnaire",
    "questions",
    "rules",
    "scales",
    "screen",
    "screening_record",
    "severity_page",
    "text",
    "theme",
    "write_report",
    "zone_limits",
    "zone_map",
    "zones",
]
