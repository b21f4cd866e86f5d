"""Curve: from the levels of a screen to linear light and back, by tables."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.imaging.backend import opencv

Float = NDArray[np.float32]

# numerics: definition of sRGB, exact by convention
_BELOW, _SLOPE, _SHIFT, _POWER = 0.04045, 12.92, 0.055, 2.4
_LINEAR_BELOW = 0.0031308  # numerics: the same curve seen from the other side
_EIGHT_BITS, _SIXTEEN_BITS = 255, 65535  # numerics: highest levels

#: Least linear light that is told from none: half a level of 8 bits.
FLOOR = 0.5 / _EIGHT_BITS / _SLOPE


@cache
def _table(most: int) -> Float:
    level = np.arange(most + 1) / most
    linear = np.where(level <= _BELOW, level / _SLOPE, ((level + _SHIFT) / (1.0 + _SHIFT)) ** _POWER)
    return linear.astype(np.float32)


def linear(levels: NDArray[Any]) -> Float:
    """Linear light of levels of sRGB.

    Parameters
    ----------
    levels : ndarray of uint8 or uint16
        As stored.

    Returns
    -------
    ndarray of float32, same shape
        0 to 1.

    Examples
    --------
    >>> linear(np.array([[[0, 188, 255]]], np.uint8)).round(2).tolist()
    [[[0.0, 0.5, 1.0]]]
    """
    if levels.dtype == np.uint8:
        return opencv().LUT(levels, _table(_EIGHT_BITS))
    return _table(_SIXTEEN_BITS)[levels]


def levels(light: NDArray[np.floating]) -> NDArray[np.uint8]:
    """Levels of sRGB, in 8 bits, of linear light.

    Parameters
    ----------
    light : ndarray
        Linear light; what lies outside 0 to 1 is cut.

    Returns
    -------
    ndarray of uint8, same shape
        For a screen.

    Examples
    --------
    >>> levels(np.array([0.0, 0.5, 1.0, 2.0])).tolist()
    [0, 188, 255, 255]
    """
    cut = np.clip(light, 0.0, 1.0)
    bent = (1.0 + _SHIFT) * cut ** (1.0 / _POWER) - _SHIFT
    curved = np.where(cut <= _LINEAR_BELOW, _SLOPE * cut, bent)
    return np.rint(curved * _EIGHT_BITS).astype(np.uint8)
