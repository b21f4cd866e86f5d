"""Wilson: between which ends a share of few lies."""

from __future__ import annotations

import math

Z80 = 1.2815515655446004  # numerics: 80 of 100 of a normal


def wilson(count: float, of: float) -> tuple[float, float]:
    """The interval of 80 % of a share (Wilson).

    Parameters
    ----------
    count, of : float
        How many, of how many; no whole number where several readings of one person count as one.

    Returns
    -------
    tuple of float
        Lower and upper end, 0 to 1; one in ten lies beyond each.

    Examples
    --------
    >>> [round(end, 2) for end in wilson(8, 10)]
    [0.6, 0.91]
    """
    if not of:
        return 0.0, 1.0
    share, square = count / of, Z80**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z80 * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)
