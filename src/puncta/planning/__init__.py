"""Planning: courses compared on common draws."""

from puncta.planning.beside import compare, published_course
from puncta.planning.courses import standard_course, usual_course
from puncta.planning.goals import GoalChance, GoalChances
from puncta.planning.plan import allowed, plan
from puncta.planning.preview import Preview, preview
from puncta.planning.record import plan_record
from puncta.planning.replay import Difference, Replay, replay
from puncta.planning.result import Alternative, Continued, Plan
from puncta.planning.stop import OneMore, StopRule
from puncta.planning.stored import StoredPlan, read_stored, store

__all__ = [
    "Alternative",
    "Continued",
    "Difference",
    "GoalChance",
    "GoalChances",
    "OneMore",
    "Plan",
    "Preview",
    "Replay",
    "StopRule",
    "StoredPlan",
    "allowed",
    "compare",
    "plan",
    "plan_record",
    "preview",
    "published_course",
    "read_stored",
    "replay",
    "standard_course",
    "store",
    "usual_course",
]
