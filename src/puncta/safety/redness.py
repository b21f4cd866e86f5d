"""Redness that can be seen: what skin colour lets through, and for how long."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.safety.parameters import SafetyParameters

Array = NDArray[np.float64]
_DARK = 4


def _by_type(parameters: SafetyParameters) -> Array:
    p = parameters
    full = np.ones_like(p.redness_mask_4_fraction)
    # types I to III show what is there
    return np.stack([full, full, full, p.redness_mask_4_fraction, p.redness_mask_5_fraction, p.redness_mask_6_fraction])


def visible_redness(latent_delta_a: Array, phototype: NDArray[np.int64], parameters: SafetyParameters) -> Array:
    """Change of a* that a meter sees on this skin, from the change that light skin would show.

    Parameters
    ----------
    latent_delta_a : ndarray, shape (n,) or (n, t)
        Change of a* on light skin, 0 or more.
    phototype : ndarray of int, shape (n,)
        Fitzpatrick types, 1 to 6.
    parameters : SafetyParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, same shape as given
        Change of a* on this skin: the same inflammation looks less red on dark skin.

    Notes
    -----
    Limits: ``limits.redness``. Source: skin_optics_run.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> visible_redness(np.array([4.3]), np.array([6]), nominal(SafetyParameters)).round(1)
    array([2.4])
    """
    mask = _by_type(parameters)[phototype - 1, np.arange(phototype.shape[0])]
    return latent_delta_a * mask.reshape(mask.shape + (1,) * (latent_delta_a.ndim - 1))


def seen_from_delta_a(phototype: NDArray[np.int64], parameters: SafetyParameters) -> Array:
    """Change of a* from which redness is seen on this skin.

    Parameters
    ----------
    phototype : ndarray of int, shape (n,)
        Fitzpatrick types, 1 to 6.
    parameters : SafetyParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Threshold.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> seen_from_delta_a(np.array([2]), nominal(SafetyParameters))
    array([2.])
    """
    p = parameters
    return np.where(phototype < _DARK, p.redness_seen_light_delta_a, p.redness_seen_dark_delta_a)


def visible_hours(hours: Array, visible_delta_a: Array, seen_delta_a: Array) -> Array:
    """Hours during which redness is seen, over all recorded time.

    Parameters
    ----------
    hours : ndarray, shape (t,)
        Recorded times, ascending.
    visible_delta_a : ndarray, shape (n, t)
        Change of a* on this skin.
    seen_delta_a : ndarray, shape (n,)
        Threshold.

    Returns
    -------
    ndarray, shape (n,)
        Hours above the threshold, linear between recorded times.

    Examples
    --------
    >>> visible_hours(np.array([0.0, 10.0]), np.array([[4.0, 0.0]]), np.array([2.0]))
    array([5.])
    """
    over = visible_delta_a - seen_delta_a[:, None]
    left, right = over[:, :-1], over[:, 1:]
    span = np.diff(hours)[None, :]
    rise = np.where(left == right, 1.0, np.abs(right - left))
    above = np.clip(np.maximum(left, right), 0.0, None)
    crossing = (left > 0) != (right > 0)
    share = np.where(crossing, above / rise, np.where((left > 0) & (right > 0), 1.0, 0.0))
    return (share * span).sum(axis=1)
