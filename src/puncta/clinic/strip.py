"""A change beside its error: a point with its 80 % whisker on the grey strip of what cannot be told from error."""

from __future__ import annotations

import math
from html import escape
from typing import Any

from puncta.clinic.words import say

_WIDTH, _HEIGHT, _ROOM, _DOT, _Z80 = 150.0, 38.0, 2.2, 5.5, 1.2816


def change_strip(row: dict[str, Any]) -> str:
    """Draw one row of a comparison's record as SVG; nothing where it was refused."""
    head = f'<svg class="strip-svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" width="{_WIDTH:g}" height="{_HEIGHT:g}"'
    if row.get("refused"):
        return ""
    change, sdc = row["change"], row["sdc"]
    middle, reach = _WIDTH / 2, max(_ROOM * sdc, 1.2 * abs(change), 1e-9)
    unit = (middle - _DOT) / reach
    edge, at, error = sdc * unit, middle + change * unit, _Z80 * math.sqrt(2.0) * row["sem"] * unit
    low, high = max(1.0, at - error), min(_WIDTH - 1.0, at + error)
    kind = "fulldot" if row["beyond_error"] and row["holds"] else "hollowdot"
    label = say("measure.strip", change=row["shown"], sdc=row["sdc_shown"])
    return (
        f'{head} role="img" aria-label="{escape(label)}">'
        f'<rect class="noise" x="{middle - edge:.1f}" y="4" width="{2 * edge:.1f}" height="30"/>'
        f'<path class="noise-edge" d="M{middle - edge:.1f} 4V34M{middle + edge:.1f} 4V34"/>'
        f'<path class="zeroline" d="M{middle:g} 1V37"/><path class="whisker" d="M{low:.1f} 19H{high:.1f}"/>'
        f'<circle class="{kind}" cx="{at:.1f}" cy="19" r="{_DOT:g}"/></svg>'
    )
