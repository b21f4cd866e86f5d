"""Planning: courses compared on common draws."""

from puncta.planning.plan import plan
from puncta.planning.result import Alternative, Plan

__all__ = ["Alternative", "Plan", "plan"]
