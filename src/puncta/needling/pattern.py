"""Pattern: how many punctures fall on a square centimetre."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.needling.devices import Device

Array = NDArray[np.float64]
_SECONDS_PER_MINUTE = 60.0


def density_per_pass_per_cm2(device: Device, speed_cm_per_s: Array, strokes_per_s: float | None = None) -> Array:
    """Punctures per square centimetre in one pass.

    Parameters
    ----------
    device : Device
        Pens and stamps: needles x strokes / (speed x swath). Rollers: fixed by the drum.
    speed_cm_per_s : ndarray, shape (n,)
        Glide speed of the hand, above 0; a roller's count does not depend on it.
    strokes_per_s : float or None
        Stroke rate; None takes the device's usual rate.

    Returns
    -------
    ndarray, shape (n,)
        Punctures per cm2 and pass.

    Notes
    -----
    Limits: ``limits.needling``. Source: geometry, and the device's own figures.

    Examples
    --------
    >>> from puncta.needling import device
    >>> density_per_pass_per_cm2(device("exceed"), np.array([3.0]), 120).round()
    array([480.])
    """
    if device.punctures_per_cm2_per_pass is not None:
        return np.full(speed_cm_per_s.shape, device.punctures_per_cm2_per_pass)
    rate = device.usual_strokes_per_s if strokes_per_s is None else strokes_per_s
    if rate is None or device.swath_cm is None:
        raise ValueError(f"{device.key} has no stroke rate or swath")
    return device.needles * rate / (speed_cm_per_s * device.swath_cm)


def time_minutes(area_cm2: float, passes: Array, speed_cm_per_s: Array, swath_cm: float) -> Array:
    """Time that the hand needs for an area.

    Parameters
    ----------
    area_cm2 : float
        Area, above 0.
    passes : ndarray, shape (n,)
        Passes.
    speed_cm_per_s : ndarray, shape (n,)
        Glide speed, above 0.
    swath_cm : float
        Width of the track, above 0.

    Returns
    -------
    ndarray, shape (n,)
        Minutes of gliding, without lifting and wiping.

    Examples
    --------
    >>> time_minutes(45.0, np.array([4.0]), np.array([3.0]), 0.5)
    array([2.])
    """
    return area_cm2 * passes / (speed_cm_per_s * swath_cm) / _SECONDS_PER_MINUTE
