"""Control: the rules of the step that both backends keep, to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np

# numerics: first step of a segment and shortest before giving up, in days; growth, shrinkage, caution
FIRST, SHORTEST, GROW, SHRINK, CAUTION = 1e-4, 1e-9, 5.0, 0.2, 0.9
# numerics: tries granted anew when the worst lanes are given up; a state below or above is no answer
MORE_TRIES, LOW, HIGH = 100.0, -0.01, 1e6
#: What became of a lane.
SOUND, NOT_FINITE, TOO_STIFF, OUT_OF_RANGE = range(4)
#: Numbers that the loop hands to the blocks.
SCALARS = ("high", "ih", "low")
#: The blocks of a step in order.
STAGES = tuple(f"{way}{stage}{s}" for stage in (1, 2, 3, 4) for way in ("down", "up") for s in ("", "_s"))


def next_step(span: Any, worst: Any) -> Any:
    """The next step from this one and its squared error: nearly the inverse cube root, from square roots alone.

    A square root is the same to the last bit everywhere, a power is not; 1/8 + 1/32 + 1/128 is nearly 1/6.
    """
    roots = [worst]
    for _ in range(7):
        roots.append(np.sqrt(roots[-1]))
    fold = CAUTION / (roots[3] * roots[5] * roots[7])  # numerics: powers 1/8, 1/32, 1/128
    fold = np.where(fold < SHRINK, SHRINK, fold)
    fold = np.where(fold > GROW, GROW, fold)
    return np.where(span * fold < SHORTEST, SHORTEST, span * fold)
