"""Safety: who may be treated, how deep, how sore, how red."""

from puncta.safety.findings import Action, Finding, PositionTaken, Quiet, Screening
from puncta.safety.limits import LimitLine, ZoneLimit
from puncta.safety.numbing import NumbingPlan

__all__ = [
    "Action",
    "Finding",
    "LimitLine",
    "NumbingPlan",
    "PositionTaken",
    "Quiet",
    "Screening",
    "ZoneLimit",
]
