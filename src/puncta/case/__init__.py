"""The case and the course: read, check, write."""

from puncta.case.case import (
    Answer,
    Case,
    Concern,
    ConcernKind,
    DeviceChoice,
    Goal,
    HomeCare,
    Lesion,
    Limits,
    Numbing,
    Override,
    Policy,
    Reply,
    Role,
    ZoneUse,
)
from puncta.case.course import Course, Session, ZoneSetting

__all__ = [
    "Answer",
    "Case",
    "Concern",
    "ConcernKind",
    "Course",
    "DeviceChoice",
    "Goal",
    "HomeCare",
    "Lesion",
    "Limits",
    "Numbing",
    "Override",
    "Policy",
    "Reply",
    "Role",
    "Session",
    "ZoneSetting",
    "ZoneUse",
]
