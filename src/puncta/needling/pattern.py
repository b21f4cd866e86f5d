"""Pattern: how many punctures fall on a square centimetre."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.needling.devices import Device

Array = NDArray[np.float64]
_SECONDS_PER_MINUTE = 60.0


def density_per_pass_per_cm2(device: Device, speed_cm_per_s: Array, strokes_per_s: Array, swath_cm: Array) -> Array:
    """Punctures per square centimetre in one pass.

    Parameters
    ----------
    device : Device
        Pens: needles x strokes / (speed x swath). Rollers and stamps: fixed by drum or plate.
    speed_cm_per_s, strokes_per_s, swath_cm : ndarray, shape (n,)
        Glide speed, stroke rate and width of the track, above 0; a roller's count depends on none of them.

    Returns
    -------
    ndarray, shape (n,)
        Punctures per cm2 and pass.

    Notes
    -----
    Limits: ``limits.needling``. Source: geometry, and the device's own figures.

    Examples
    --------
    >>> from puncta.needling.devices import device
    >>> density_per_pass_per_cm2(device("exceed"), np.array([3.0]), np.array([120.0]), np.array([0.5]))
    array([480.])
    """
    if device.punctures_per_cm2_per_pass is not None:
        return np.full(speed_cm_per_s.shape, device.punctures_per_cm2_per_pass)
    return device.needles * strokes_per_s / (speed_cm_per_s * swath_cm)


def time_minutes(area_cm2: float, passes: Array, speed_cm_per_s: Array, swath_cm: Array) -> Array:
    """Time that the hand needs for an area.

    Parameters
    ----------
    area_cm2 : float
        Area, above 0.
    passes : ndarray, shape (n,)
        Passes.
    speed_cm_per_s : ndarray, shape (n,)
        Glide speed, above 0.
    swath_cm : ndarray, shape (n,)
        Width of the track, above 0.

    Returns
    -------
    ndarray, shape (n,)
        Minutes of gliding, without lifting and wiping.

    Examples
    --------
    >>> time_minutes(45.0, np.array([4.0]), np.array([3.0]), np.array([0.5]))
    array([2.])
    """
    return area_cm2 * passes / (speed_cm_per_s * swath_cm) / _SECONDS_PER_MINUTE
