"""Planning: courses compared on common draws."""

from puncta.planning.result import Alternative, Plan

__all__ = ["Alternative", "Plan"]
