"""Reliability: over many people, how often readings lie where forecasts said they would."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from puncta.frozen import frozen

Z80 = 1.2815515655446004  # numerics: 80 of 100 of a normal
# numerics: a band of 80 of 100, and its middle
_LEVELS = ((0.1, "low80"), (0.5, "median"), (0.9, "high80"))


@frozen
class ReliabilityPoint:
    """One level of a forecast against what was read.

    Parameters
    ----------
    predicted, observed : float
        Share of readings said to lie below, and that did.
    low, high : float
        Interval of 80 % of the share that did.
    """

    predicted: float
    observed: float
    low: float
    high: float


def wilson(count: int, of: int) -> tuple[float, float]:
    """The interval of 80 % of a share (Wilson).

    Parameters
    ----------
    count, of : int
        How many, of how many.

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


def reliability(readings: Sequence[Mapping[str, Any]]) -> tuple[ReliabilityPoint, ...]:
    """Predicted against observed at the ends and the middle of the bands.

    Parameters
    ----------
    readings : sequence of mapping
        Entries of ``readings`` in records of `as_record`, of any number of people; what is rounded and lies on the edge
        counts half below.

    Examples
    --------
    >>> one = {"value": 2.0, "expected": {"low80": 1.0, "median": 2.0, "high80": 3.0}}
    >>> [(point.predicted, point.observed) for point in reliability([one, one])]
    [(0.1, 0.0), (0.5, 0.5), (0.9, 1.0)]
    """
    points = []
    for level, name in _LEVELS:
        pairs = [(row["value"], row["expected"][name]) for row in readings]
        below = sum(1.0 if value < edge else 0.5 * (value == edge) for value, edge in pairs)
        points.append(ReliabilityPoint(level, below / len(pairs), *wilson(round(below), len(pairs))))
    return tuple(points)
