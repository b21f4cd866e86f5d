"""Pain: how much a session hurts, with and without cream."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.safety.parameters import SafetyParameters

Array = NDArray[np.float64]
_WORST = 10.0


def pain_score(
    depth_mm: Array,
    density_per_cm2: Array,
    zone_factor: Array,
    residual_fraction: Array | float,
    parameters: SafetyParameters,
) -> Array:
    """Pain of a session on the scale from 0 to 10.

    Parameters
    ----------
    depth_mm : ndarray, shape (n,)
        Depth reached, 0 or more.
    density_per_cm2 : ndarray, shape (n,)
        Punctures per cm2 over all passes, 0 or more.
    zone_factor : ndarray, shape (n,)
        Pain of the zone against the mean of the face.
    residual_fraction : ndarray, shape (n,), or float
        Share of the pain that cream leaves; 1 without cream.
    parameters : SafetyParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Score, 0 to 10; 0 where no needle enters.

    Notes
    -----
    Limits: ``limits.pain``. The law is shaped on a few trials; people differ by a log-normal factor.
    Sources: gill_2008, luz_2017, medicina_2026.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(SafetyParameters)
    >>> pain_score(np.array([1.0]), np.array([250.0]), np.ones(1), 1.0, p).round(1)
    array([6.6])
    """
    p = parameters
    risen = depth_mm**p.pain_depth_power
    by_depth = _WORST * risen / (risen + p.pain_half_depth_mm**p.pain_depth_power)
    by_density = (density_per_cm2 / p.pain_reference_density_per_cm2) ** p.pain_density_power
    felt = by_depth * by_density * zone_factor * p.pain_person_fold
    return np.minimum(felt, _WORST) * residual_fraction
