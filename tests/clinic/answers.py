"""Answers to the whole questionnaire, as the browser sends them."""

from __future__ import annotations

from puncta import questions
from puncta.clinic.models import Visit


def all_no(visit: Visit, **other: str) -> dict[str, str]:
    """Every question answered with no, but for those named."""
    given = {f"q_{key}": other.get(key, "no") for key in questions()}
    return {**given, "version": str(visit.version)}
