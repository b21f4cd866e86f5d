"""Safety: who may be treated, how deep, how sore, how red."""

from puncta.safety.findings import Action, Finding, PositionTaken, Quiet, Screening
from puncta.safety.limits import LimitLine, ZoneLimit
from puncta.safety.numbing import NumbingPlan
from puncta.safety.questions import Question, questions
from puncta.safety.rules import Rule, rules
from puncta.safety.screen import screen

__all__ = [
    "Action",
    "Finding",
    "LimitLine",
    "NumbingPlan",
    "PositionTaken",
    "Question",
    "Quiet",
    "Rule",
    "Screening",
    "ZoneLimit",
    "questions",
    "rules",
    "screen",
]
