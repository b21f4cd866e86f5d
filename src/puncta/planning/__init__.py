"""Planning: courses compared on common draws."""

from puncta.planning.courses import standard_course, usual_course
from puncta.planning.plan import plan
from puncta.planning.record import plan_record
from puncta.planning.result import Alternative, Plan

__all__ = ["Alternative", "Plan", "plan", "plan_record", "standard_course", "usual_course"]
