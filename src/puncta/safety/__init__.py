"""Safety: who may be treated, how deep, how sore, how red."""

from puncta.safety.aftercare import Advice, aftercare
from puncta.safety.dark_marks import Counted, counted_dark_marks, pih_probability
from puncta.safety.endpoint import endpoint, endpoint_key
from puncta.safety.findings import Action, Finding, PositionTaken, Quiet, Screening
from puncta.safety.limits import LimitLine, ZoneLimit, has_melasma, zone_limits
from puncta.safety.numbing import NumbingPlan, plan_numbing, residual_pain_fraction
from puncta.safety.pain import PainParameters, pain_score
from puncta.safety.parameters import SafetyParameters
from puncta.safety.questionnaire import AskedQuestion, questionnaire
from puncta.safety.questions import Question, questions
from puncta.safety.record import screening_record
from puncta.safety.redness import SkinTone, seen_from_delta_a, skin_tone, visible_hours, visible_redness
from puncta.safety.rules import Rule, rules
from puncta.safety.screen import screen

__all__ = [
    "Action",
    "Advice",
    "AskedQuestion",
    "Counted",
    "Finding",
    "LimitLine",
    "NumbingPlan",
    "PainParameters",
    "PositionTaken",
    "Question",
    "Quiet",
    "Rule",
    "SafetyParameters",
    "Screening",
    "SkinTone",
    "ZoneLimit",
    "aftercare",
    "counted_dark_marks",
    "endpoint",
    "endpoint_key",
    "has_melasma",
    "pain_score",
    "pih_probability",
    "plan_numbing",
    "questionnaire",
    "questions",
    "residual_pain_fraction",
    "rules",
    "screen",
    "screening_record",
    "seen_from_delta_a",
    "skin_tone",
    "visible_hours",
    "visible_redness",
    "zone_limits",
]
