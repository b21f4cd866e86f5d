"""At once: how many needles of a device are in the skin, or press on it, at one time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.needling.devices import Device

Array = NDArray[np.float64]
_HALF = 0.5
_MM_PER_CM = 10.0


def needles_at_once(device: Device, length_mm: float | Array, sunk_mm: Array) -> Array:
    """Needles in the skin at one time.

    Parameters
    ----------
    device : Device
        Of a pen or stamp all needles come down together; of a roller those that lie lowest.
    length_mm : float or ndarray, shape (n,)
        Needle that is out, 0 or more.
    sunk_mm : ndarray, shape (n,)
        How far a roller's lowest tip lies below the plane of the skin at rest, 0 or more.

    Returns
    -------
    ndarray, shape (n,)
        Number of needles, 1 or more; of a roller at least one of each row.

    Notes
    -----
    A roller's needles stand evenly round the drum; those count whose tip lies below the plane of the skin at rest.
    The skin gives way to the whole drum, so that how far it is pressed in does not hang on the length of needles. Where
    a record has no ``drum_cm``, the circle of the tips follows from the needles, and from the punctures that one
    rolling leaves. Limits: ``limits.pain``. Source: schwarz_2011 for the drum.

    Examples
    --------
    >>> from puncta.needling import device
    >>> needles_at_once(device("exceed"), 1.0, np.ones(1))
    array([6.])
    >>> needles_at_once(device("dermaroller_mf8"), 1.5, np.array([0.3, 0.8, 1.5])).round()
    array([14., 23., 32.])
    """
    if device.kind != "roller":
        return np.full(sunk_mm.shape, float(device.needles))
    drum = device.record.value("drum_cm")
    if drum is None:
        tips = (
            _MM_PER_CM * device.needles / (2.0 * np.pi * (device.punctures_per_cm2_per_pass or 1.0) * device.swath_cm)
        )
    else:
        tips = _HALF * _MM_PER_CM * drum + length_mm
    low = np.arccos(np.clip(1.0 - sunk_mm / tips, -1.0, 1.0))
    return np.maximum(device.needles * low / np.pi, float(device.rows or 1))
