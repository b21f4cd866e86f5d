"""Apart: one thing changes, and how often another figure is called changed for it.

Run ``uv run python -m calibration.imaging.apart FIRST 2`` with a first person that no run has seen;
``evidence/data/fitted/imaging_checks_apart.toml`` keeps, by what changed and by figure, over all tones: called beyond
the error, called beyond it among all figures, and told.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np
from calibration.imaging.checked import errors_hash, keep, table_rows
from calibration.imaging.people import TONES, light_seed, pair, person

#: What changes -> how it is drawn.
CAUSES = {
    "spots": {"spots": 0.5}, "red_places": {"redness": 0.3}, "melanin": {"melanin_ln": -0.2},
    "blood": {"blood_ln": 0.4}, "relief": {"relief": 1.2}, "lines": {"lines": 0.5},
}  # fmt: skip
#: Figures that tell another thing than what changed.
OTHERS = {
    "spots": ("texture", "line_strength", "line_length", "pores", "redness", "blood"),
    "red_places": ("texture", "line_strength", "line_length", "pores", "spots", "melanin"),
    "melanin": ("texture", "line_strength", "line_length", "pores", "redness", "blood"),
    "blood": ("texture", "line_strength", "line_length", "pores", "spots", "melanin"),
    "relief": ("spots", "redness", "melanin", "blood", "ita", "lightness", "a_star", "b_star"),
    "lines": ("spots", "redness", "melanin", "blood", "ita", "lightness", "a_star", "b_star"),
}


def called(cause: str, people: range) -> dict[str, list[int]]:
    """By figure that should stay: called beyond its error, called among all figures, told."""
    out: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for tone in TONES:
        for who in people:
            found = pair(person(tone, who), person(tone, who, **CAUSES[cause]), who, light_seed(tone, who))
            for one in found.changes:
                if one.metric in OTHERS[cause] and not one.refused:
                    out[one.metric] = list(np.add(out[one.metric], [one.beyond_error, one.holds, True]).tolist())
    return dict(out)


def main() -> None:
    """Write what was found."""
    first, number = int(sys.argv[1]), int(sys.argv[2])
    about = {"first_person": first, "people": number, "errors_hash": f'"{errors_hash()}"'}
    lines: list[str] = []
    for cause in CAUSES:
        rows = called(cause, range(first, first + number))
        print(cause, rows, flush=True)
        lines += ["", f"[{cause}]", *table_rows(rows, quoted=False)]
    keep("apart", "apart", about, lines)


if __name__ == "__main__":
    main()
