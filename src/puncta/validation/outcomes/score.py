"""Scores: how good a band was, once the figure is known; the smaller the better."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.validation.compare import HIGH_PERCENT, LOW_PERCENT

Array = NDArray[np.float64]
_OUTSIDE_SHARE = (100.0 - HIGH_PERCENT + LOW_PERCENT) / 100.0


def interval_score(low: float, high: float, figure: float) -> float:
    """Width of a band of 80 of 100, and ten times the distance by which a figure misses it.

    Examples
    --------
    >>> round(interval_score(0.2, 0.6, 0.5), 3), round(interval_score(0.2, 0.6, 0.7), 3)
    (0.4, 1.4)
    """
    return high - low + 2.0 / _OUTSIDE_SHARE * (max(low - figure, 0.0) + max(figure - high, 0.0))


def ranked_score(draws: Array, figure: float) -> float:
    """Continuous ranked probability score of draws, shape (n,).

    Examples
    --------
    >>> round(ranked_score(np.array([0.4, 0.6]), 0.5), 3)
    0.05
    """
    ordered = np.sort(draws)
    n = ordered.shape[0]
    spread = float(np.sum((2.0 * np.arange(1, n + 1) - n - 1.0) * ordered)) / n**2
    return float(np.mean(np.abs(ordered - figure))) - spread
