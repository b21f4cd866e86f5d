"""Better: how far the draws of a course lie apart, and when one course is said to be better than another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter

Array = NDArray[np.float64]


def better_probability(best: Array, other: Array) -> Array:
    """Chance that the best course does better than another by more than the worthwhile difference.

    Parameters
    ----------
    best : ndarray, shape (n,)
        Improvement of the best course, one entry per common draw.
    other : ndarray, shape (n,) or (k, n)
        Improvement of the other course or courses on the same draws.

    Returns
    -------
    ndarray, shape () or (k,)
        Chance, 0 to 1.

    Examples
    --------
    >>> float(better_probability(np.array([0.4, 0.5]), np.array([0.3, 0.49])))
    0.5
    """
    worthwhile = parameter("planning.worthwhile_difference_fraction").value
    return np.asarray(np.mean(best - other > worthwhile, axis=-1))


def indistinguishable(best: Array, other: Array) -> NDArray[np.bool_]:
    """Say where that chance is too small to call the best course better.

    Parameters
    ----------
    best : ndarray, shape (n,)
        Improvement of the best course.
    other : ndarray, shape (n,) or (k, n)
        Improvement of the other course or courses on the same draws.

    Examples
    --------
    >>> bool(indistinguishable(np.array([0.4, 0.5]), np.array([0.39, 0.49])))
    True
    """
    return np.asarray(better_probability(best, other) < parameter("planning.distinguishable_probability").value)


def band80(values: Array) -> tuple[float, float, float]:
    """Low end, middle and high end of the band that holds 80 of 100 draws; draws without an answer are left out.

    Parameters
    ----------
    values : ndarray, shape (n,)
        Draws.

    Examples
    --------
    >>> band80(np.arange(11.0))
    (1.0, 5.0, 9.0)
    """
    low, middle, high = np.nanpercentile(values, (10.0, 50.0, 90.0))  # numerics: ends of the band of 80 of 100
    return float(low), float(middle), float(high)
