"""The case and the course: read, check, write."""

from puncta.case.case import (
    Answer,
    Case,
    DeviceChoice,
    HomeCare,
    Lesion,
    LesionKind,
    Numbing,
    Override,
    Policy,
    Reply,
    Role,
    ZoneUse,
)
from puncta.case.concern import VARIETIES, Concern, ConcernKind
from puncta.case.course import Course, Session, ZoneSetting
from puncta.case.library import Library, read_library
from puncta.case.names import Names
from puncta.case.read import (
    case_from_json,
    case_from_toml,
    course_from_json,
    course_from_toml,
    read_case,
    read_policy,
    with_policy,
)
from puncta.case.what_if import what_if
from puncta.case.wishes import Goal, KeepFree, Limits
from puncta.case.write import case_to_json, case_to_toml, course_to_json, course_to_toml

__all__ = [
    "VARIETIES",
    "Answer",
    "Case",
    "Concern",
    "ConcernKind",
    "Course",
    "DeviceChoice",
    "Goal",
    "HomeCare",
    "KeepFree",
    "Lesion",
    "LesionKind",
    "Library",
    "Limits",
    "Names",
    "Numbing",
    "Override",
    "Policy",
    "Reply",
    "Role",
    "Session",
    "ZoneSetting",
    "ZoneUse",
    "case_from_json",
    "case_from_toml",
    "case_to_json",
    "case_to_toml",
    "course_from_json",
    "course_from_toml",
    "course_to_json",
    "course_to_toml",
    "read_case",
    "read_library",
    "read_policy",
    "what_if",
    "with_policy",
]
