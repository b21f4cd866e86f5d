"""Tissue signal: how the collagen answer of a setting scales the visible change."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.parameters import AppearanceParameters

Array = NDArray[np.float64]


def tissue_fold(signal: Array, reference: Array, power: Array, parameters: AppearanceParameters) -> Array:
    """Factor on the effect of needling from the collagen signal of one session.

    Parameters
    ----------
    signal, reference : ndarray, shape (n,)
        Collagen gained by one session at this setting, and at the setting of the published courses.
    power : ndarray, shape (n,)
        `tissue_power` or `tissue_power_pigment`.
    parameters : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        1 at the reference; 0 without any signal; held between the least and greatest factor elsewhere.

    Notes
    -----
    Limits: ``limits.depth_response``. The power is a prior that no trial identifies.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(AppearanceParameters)
    >>> tissue_fold(np.zeros(1), np.ones(1), p.tissue_power, p)
    array([0.])
    """
    ratio = np.maximum(signal, 0.0) / reference
    present = np.maximum(ratio, np.finfo(float).tiny)
    held = np.clip(present**power, parameters.tissue_fold_least, parameters.tissue_fold_most)
    gate = ratio / (ratio + parameters.signal_gate) * (1.0 + parameters.signal_gate)
    return held * gate
