"""Predicted against observed, over everybody in the clinic: do the bands hold, how wide are they, do they drift."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean, median
from typing import Any

from puncta.clinic.library import ReliabilityPoint, reliability, wilson
from puncta.clinic.models import Clinic, UpdateRecord
from puncta.clinic.words import say

#: Fewer people than this say nothing about the next one.
FEWEST_PEOPLE = 20
KINDS = ("grade", "photograph", "pain", "redness")
_HALF_YEAR = 6


def readings_of_all(clinic: Clinic) -> Iterator[dict[str, Any]]:
    """Every reading of the latest update of each case, with what 80 of 100 people would have been read."""
    told: set[Any] = set()
    found = UpdateRecord.objects.filter(case__person__clinic=clinic, case__person__erased_at=None, state="done")
    for one in found.order_by("-created_at").iterator(100):
        if one.case_id in told:
            continue
        told.add(one.case_id)
        for reading in (one.record or {}).get("readings", []):
            if reading["kind"] in KINDS and "expected" in reading:
                yield {**reading, "case": one.case_id, "at": one.created_at}


def calibration(clinic: Clinic) -> dict[str, Any]:
    """Reliability, sharpness and drift by kind of reading; where there are too few people, the count alone."""
    rows = list(readings_of_all(clinic))
    people = len({row["case"] for row in rows})
    kinds = []
    for kind in KINDS:
        own = [row for row in rows if row["kind"] == kind]
        of = len({row["case"] for row in own})
        values: dict[str, Any] = {"kind": kind, "name": say(f"progress.kind.{kind}") if kind != "photograph" else say(
            "calibration.photographs"), "count": len(own), "people": of, "enough": of >= FEWEST_PEOPLE}  # fmt: skip
        if values["enough"]:
            values |= {
                "points": reliability(own),
                "inside": _share([row["inside80"] for row in own]),
                "sharp": f"{median(row['expected']['high80'] - row['expected']['low80'] for row in own):.2g}",
                "bias": f"{fmean(row['residual'] for row in own):+.2g}".replace("-", "−"),
                "drift": _drift(own),
            }
        kinds.append(values)
    return {"people": people, "fewest": FEWEST_PEOPLE, "kinds": kinds, "any": any(one["enough"] for one in kinds)}


def _share(inside: list[bool]) -> dict[str, Any]:
    low, high = wilson(sum(inside), len(inside))
    return {"share": round(100 * fmean(inside)), "low": round(100 * low), "high": round(100 * high)}


def _drift(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The share inside the band by half-year."""
    by: dict[str, list[bool]] = {}
    for row in sorted(rows, key=lambda row: row["at"]):
        half = 1 + (row["at"].month - 1) // _HALF_YEAR
        by.setdefault(f"{row['at'].year}/{half}", []).append(row["inside80"])
    return [{"when": when, "count": len(inside), **_share(inside)} for when, inside in by.items()]


def reliability_chart(points: Sequence[ReliabilityPoint], label: str) -> str:
    """Predicted share across, observed share up, the diagonal where forecasts hold."""
    size, left, top = 168.0, 34.0, 8.0

    def x(value: float) -> float:
        return round(left + size * value, 1)

    def y(value: float) -> float:
        return round(top + size * (1 - value), 1)

    parts = []
    for mark in (0.0, 0.5, 1.0):
        parts.append(f'<path class="guideline" d="M{left} {y(mark)}H{x(1)}"/>')
        parts.append(f'<text class="tick" x="{left - 5}" y="{y(mark) + 4}" text-anchor="end">{100 * mark:.0f}</text>')
        parts.append(f'<text class="tick" x="{x(mark)}" y="{y(0) + 15}" text-anchor="middle">{100 * mark:.0f}</text>')
    parts.append(f'<path class="bareline" d="M{x(0)} {y(0)}L{x(1)} {y(1)}"/>')
    for one in points:
        at = x(one.predicted)
        parts.append(f'<path class="whisker" d="M{at} {y(one.low)}V{y(one.high)}"/>')
        parts.append(f'<circle class="fulldot" cx="{at}" cy="{y(one.observed)}" r="5"/>')
    head = f'<svg class="reliability forecast" viewBox="0 0 212 202" role="img" aria-label="{label}">'
    return f"{head}{''.join(parts)}</svg>"
