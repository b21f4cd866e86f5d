"""Planning: courses compared on common draws."""

from puncta.planning.plan import Alternative, Plan

__all__ = ["Alternative", "Plan"]
