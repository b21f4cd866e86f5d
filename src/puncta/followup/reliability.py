"""Reliability: over many people, how often readings lie where forecasts said they would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from puncta.evidence import wilson
from puncta.frozen import frozen

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
