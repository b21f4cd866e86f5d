"""Tissue: how the collagen answer of a setting scales the visible change."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.parameters import AppearanceParameters
from puncta.evidence import parameter
from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class Tissue:
    """What one session does in the tissue, against one session of the published courses; one entry per draw.

    Parameters
    ----------
    signal, reference : ndarray, shape (n,)
        Collagen gained here and there, as a share of healthy collagen, 0 or more.
    injury_fold : ndarray, shape (n,)
        Injured volume here over injured volume there, 0 or more.
    depth_mm : ndarray, shape (n,)
        Depth reached here, 0 or more.
    """

    signal: Array
    reference: Array
    injury_fold: Array
    depth_mm: Array

    @classmethod
    def untouched(cls, n: int) -> Tissue:
        """No session at all."""
        return cls(np.zeros(n), np.zeros(n), np.zeros(n), np.zeros(n))

    @property
    def shallow(self) -> bool:
        """Whether most draws stay above the depths that the published courses reached."""
        return bool(np.quantile(self.depth_mm, 0.5) < parameter("appearance.reference_depth_mm").spread.a)


def tissue_fold(tissue: Tissue, power: Array, parameters: AppearanceParameters) -> Array:
    """Factor on the effect of needling.

    Parameters
    ----------
    tissue : Tissue
        What one session does, n draws.
    power : ndarray, shape (n,)
        `tissue_power` or `tissue_power_pigment`.
    parameters : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        1 at the reference; 0 without any injury; held between the least and greatest factor elsewhere.

    Notes
    -----
    Limits: ``limits.depth_response``. The power is a prior that no trial identifies.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(AppearanceParameters)
    >>> tissue_fold(Tissue.untouched(1), p.tissue_power, p)
    array([0.])
    """
    p = parameters
    ratio = (tissue.signal + p.signal_floor) / (tissue.reference + p.signal_floor)
    held = np.clip(ratio**power, p.tissue_fold_least, p.tissue_fold_most)
    gate = tissue.injury_fold / (tissue.injury_fold + p.injury_gate) * (1.0 + p.injury_gate)
    return held * gate
