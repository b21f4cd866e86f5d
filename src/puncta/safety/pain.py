"""Pain: how much a session hurts, with and without cream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_WORST = 10.0


@dataclass(frozen=True)
class PainParameters:
    """How it hurts; one draw per person in each field.

    Parameters
    ----------
    half_length_mm : ndarray
        Length at which pain is half of the scale at the reference density.
    length_power, density_power : ndarray
        How pain rises with length and density where it is small.
    reference_density_per_cm2 : ndarray
        Density to which the length belongs.
    person_fold : ndarray
        A person's pain against the mean of persons.
    """

    EVIDENCE: ClassVar[str] = "pain"

    half_length_mm: Array
    length_power: Array
    density_power: Array
    reference_density_per_cm2: Array
    person_fold: Array


def pain_score(
    length_mm: Array,
    density_per_cm2: Array,
    zone_factor: Array,
    residual_fraction: Array | float,
    parameters: PainParameters,
) -> Array:
    """Pain of a session on the scale from 0 to 10.

    Parameters
    ----------
    length_mm : ndarray, shape (n,)
        Length of the needles, or what a pen is set to, 0 or more; not the depth that channels reach.
    density_per_cm2 : ndarray, shape (n,)
        Punctures per cm2 over all passes, 0 or more.
    zone_factor : ndarray, shape (n,)
        Pain of the zone against the mean of the face.
    residual_fraction : ndarray, shape (n,), or float
        Share of the pain that cream leaves; 1 without cream.
    parameters : PainParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Score, 0 to 10; 0 where no needle is used.

    Notes
    -----
    Powers of length and number as of single needles and small arrays, saturating at the doses of treatments. Needles
    hurt before they pierce: a roller of 0.2 mm leaves hardly a channel and is felt, so that length is what counts.
    Limits: ``limits.pain``; people differ by a log-normal factor. Sources: gill_2008, petukhova_2017, luz_2017,
    medicina_2026.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(PainParameters)
    >>> pain_score(np.array([1.0]), np.array([250.0]), np.ones(1), 1.0, p).round(1)
    array([7.9])
    """
    p = parameters
    dose = (length_mm / p.half_length_mm) ** p.length_power
    dose = dose * (density_per_cm2 / p.reference_density_per_cm2) ** p.density_power
    felt = _WORST * dose / (1.0 + dose) * zone_factor * p.person_fold
    return np.minimum(felt, _WORST) * residual_fraction
