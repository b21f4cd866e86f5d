"""Safety: who may be treated, how deep, how sore, how red."""

from puncta.safety.aftercare import Advice, aftercare
from puncta.safety.dark_marks import Counted, counted_dark_marks, pih_probability
from puncta.safety.diary import PLAIN_SIGNS, DiaryEntry, diary_from, read_diary
from puncta.safety.endpoint import endpoint, endpoint_key
from puncta.safety.envelope import Judged, judge_diary
from puncta.safety.findings import Action, Finding, PositionTaken, Quiet, Screening
from puncta.safety.limits import LimitLine, ZoneLimit, has_melasma, zone_limits
from puncta.safety.numbing import NumbingPlan, plan_numbing, residual_pain_fraction
from puncta.safety.pain import PainParameters, pain_score
from puncta.safety.parameters import SafetyParameters
from puncta.safety.questionnaire import AskedQuestion, questionnaire
from puncta.safety.questions import Question, questions
from puncta.safety.record import screening_record
from puncta.safety.recovery_signs import SIGNS, RecoveryParameters
from puncta.safety.red_flags import Raised, RedFlag, raised_flags, red_flags
from puncta.safety.redness import SkinTone, seen_from_delta_a, skin_tone, visible_hours, visible_redness
from puncta.safety.rules import Rule, rules
from puncta.safety.screen import screen
from puncta.safety.side_effects import EffectCount, Likeness, likeness, pooled_probability, side_effects

__all__ = [
    "PLAIN_SIGNS",
    "SIGNS",
    "Action",
    "Advice",
    "AskedQuestion",
    "Counted",
    "DiaryEntry",
    "EffectCount",
    "Finding",
    "Judged",
    "Likeness",
    "LimitLine",
    "NumbingPlan",
    "PainParameters",
    "PositionTaken",
    "Question",
    "Quiet",
    "Raised",
    "RecoveryParameters",
    "RedFlag",
    "Rule",
    "SafetyParameters",
    "Screening",
    "SkinTone",
    "ZoneLimit",
    "aftercare",
    "counted_dark_marks",
    "diary_from",
    "endpoint",
    "endpoint_key",
    "has_melasma",
    "judge_diary",
    "likeness",
    "pain_score",
    "pih_probability",
    "plan_numbing",
    "pooled_probability",
    "questionnaire",
    "questions",
    "raised_flags",
    "read_diary",
    "red_flags",
    "residual_pain_fraction",
    "rules",
    "screen",
    "screening_record",
    "seen_from_delta_a",
    "side_effects",
    "skin_tone",
    "visible_hours",
    "visible_redness",
    "zone_limits",
]
