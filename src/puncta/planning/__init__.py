"""Planning: courses compared on common draws."""

from puncta.planning.courses import standard_course, usual_course
from puncta.planning.goals import GoalChance, GoalChances
from puncta.planning.plan import plan
from puncta.planning.preview import Preview, preview
from puncta.planning.record import plan_record
from puncta.planning.result import Alternative, Plan
from puncta.planning.stop import OneMore, StopRule

__all__ = [
    "Alternative",
    "GoalChance",
    "GoalChances",
    "OneMore",
    "Plan",
    "Preview",
    "StopRule",
    "plan",
    "plan_record",
    "preview",
    "standard_course",
    "usual_course",
]
