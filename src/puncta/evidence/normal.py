"""Scores: from uniform numbers to normal ones and back, without a library that takes long to load."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_STANDARD = NormalDist()
# numerics: Wichura's algorithm AS 241 for the middle of the distribution, the one that NormalDist follows, too
_MIDDLE, _REACH = 0.425, 0.180625
_ABOVE = (
    *(2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457),
    *(13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
)
_BELOW = (
    *(5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867),
    *(5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)


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
    # numbers of the middle need products and sums alone, which are the same on every processor; logarithms are not
    away = share - 0.5
    rest = _REACH - away * away
    score = np.asarray(_polynomial(_ABOVE, rest) * away / _polynomial(_BELOW, rest))
    tails = np.abs(away) > _MIDDLE
    score[tails] = _each(_STANDARD.inv_cdf, share[tails])
    return score


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


def _polynomial(factors: tuple[float, ...], at: Array) -> Array:
    """A polynomial by Horner's rule, the highest power first."""
    value = factors[0] * at
    for factor in factors[1:-1]:
        value = (value + factor) * at
    return value + factors[-1]


def _each(of: Callable[[float], float], numbers: Array) -> Array:
    return np.fromiter(map(of, numbers.ravel().tolist()), float, numbers.size).reshape(numbers.shape)
