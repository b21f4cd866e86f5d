"""Scores: from uniform numbers to normal ones and back, without a library that takes long to load."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_STANDARD = NormalDist()


def normal_score(share: Array) -> Array:
    """Standard normal number below which a share of all lies.

    Parameters
    ----------
    share : ndarray
        0 to 1, both excluded.

    Returns
    -------
    ndarray
        Of the same shape.

    Examples
    --------
    >>> normal_score(np.array([0.1, 0.5])).round(3)
    array([-1.282,  0.   ])
    """
    return _each(_STANDARD.inv_cdf, share)


def normal_chance(score: Array) -> Array:
    """Share of all standard normal numbers below a number.

    Parameters
    ----------
    score : ndarray
        Any numbers.

    Returns
    -------
    ndarray
        Of the same shape, 0 to 1.

    Examples
    --------
    >>> normal_chance(np.array([-1.2815515655446004, 0.0])).round(3)
    array([0.1, 0.5])
    """
    return _each(_STANDARD.cdf, score)


def heavy_score(share: Array) -> Array:
    """Number of Student's distribution with 4 degrees of freedom below which a share of all lies.

    Parameters
    ----------
    share : ndarray
        0 to 1, both excluded.

    Returns
    -------
    ndarray
        Of the same shape, from the closed form that four degrees of freedom have.

    Examples
    --------
    >>> heavy_score(np.array([0.1, 0.5])).round(3)
    array([-1.533,  0.   ])
    """
    width = np.sqrt(4.0 * share * (1.0 - share))
    # rounding may leave the middle a hair below 1
    beyond = np.maximum(np.cos(np.arccos(width) / 3.0) / width - 1.0, 0.0)
    return np.sign(share - 0.5) * 2.0 * np.sqrt(beyond)


def _each(of: Callable[[float], float], numbers: Array) -> Array:
    return np.fromiter(map(of, numbers.ravel().tolist()), float, numbers.size).reshape(numbers.shape)
