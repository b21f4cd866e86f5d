"""A diary against its envelope: for each sign, what was written beside what 80 of 100 people like this one write."""

from __future__ import annotations

from html import escape
from typing import Any

from puncta.clinic.library import text
from puncta.clinic.words import say

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM, _MOST = 168.0, 104.0, 20.0, 22.0, 86.0, 3
_BAR, _DOT = 9.0, 4.2


def envelopes(compared: dict[str, Any] | None) -> list[str]:
    """One small drawing for each sign that was looked at, in the order of the library.

    Parameters
    ----------
    compared : dict or None
        What a diary's record keeps of the library's reading.
    """
    by_sign: dict[str, list[dict[str, Any]]] = {}
    for row in (compared or {}).get("diary", []):
        by_sign.setdefault(row["sign"], []).append(row)
    return [_drawn(sign, sorted(rows, key=lambda row: row["day"])) for sign, rows in by_sign.items()]


def _drawn(sign: str, rows: list[dict[str, Any]]) -> str:
    name = text(f"recovery.sign.{sign}")
    outside = [str(row["day"]) for row in rows if not row["inside"]]
    told = say("envelope.outside", days=", ".join(outside)) if outside else say("envelope.inside")
    last = max(row["day"] for row in rows) or 1

    def x(day: float) -> float:
        return round(_LEFT + 8 + (_WIDTH - _LEFT - 18) * day / last, 1)

    def y(grade: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * grade / _MOST, 1)

    parts = [f'<text class="tick strong" x="0" y="12">{escape(name)}</text>']
    for grade in range(_MOST + 1):
        parts.append(f'<path class="guideline" d="M{_LEFT:g} {y(grade)}H{_WIDTH:g}"/>')
        parts.append(f'<text class="tick" x="{_LEFT - 6:g}" y="{y(grade) + 4:g}" text-anchor="end">{grade}</text>')
    for row in rows:
        at, high, low = x(row["day"]), y(row["high_score"]), y(row["low_score"])
        box = f'x="{at - _BAR / 2:g}" y="{high - 2:g}" width="{_BAR:g}" height="{low - high + 4:g}"'
        parts.append(f'<rect class="band80" {box}/>')
        parts.append(f'<text class="tick" x="{at:g}" y="{_HEIGHT - 4:g}" text-anchor="middle">{row["day"]}</text>')
        parts.append(_mark(at, y(row["grade_score"]), row["inside"]))
    label = escape(f"{name}: {told}")
    return (
        f'<svg class="envelope forecast" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" aria-label="{label}">'
        f"{''.join(parts)}</svg>"
    )


def _mark(x: float, y: float, inside: bool) -> str:
    """A dot inside; a diamond outside: the shape says it before the colour does."""
    if inside:
        return f'<circle class="fulldot" cx="{x:g}" cy="{y:g}" r="{_DOT:g}"/>'
    reach = _DOT + 2
    path = f"M{x:g} {y - reach:g}L{x + reach:g} {y:g}L{x:g} {y + reach:g}L{x - reach:g} {y:g}Z"
    return f'<path class="outsidemark" d="{path}"/>'
