"""Pain: how much a session hurts, with and without cream."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]
_WORST = 10.0


@frozen
class PainParameters:
    """How it hurts; one draw per person in each field.

    Parameters
    ----------
    half_length_mm : ndarray
        Length at which pain is half of the scale with the reference number of needles.
    length_power, needles_power : ndarray
        How pain rises with length and number of needles where it is small.
    reference_needles : ndarray
        Number of needles to which the length belongs.
    person_fold : ndarray
        A person's pain against the mean of persons.
    """

    EVIDENCE: ClassVar[str] = "pain"

    half_length_mm: Array
    length_power: Array
    needles_power: Array
    reference_needles: Array
    person_fold: Array


def pain_score(
    length_mm: Array,
    at_once: Array,
    zone_factor: Array,
    residual_fraction: Array | float,
    parameters: PainParameters,
) -> Array:
    """Pain of a session on the scale from 0 to 10.

    Parameters
    ----------
    length_mm : ndarray, shape (n,)
        Length of the needles, or what a pen is set to, 0 or more; not the depth that channels reach.
    at_once : ndarray, shape (n,)
        Needles in the skin at one time, 0 or more; how many punctures all passes leave does not count.
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
    Powers of length and number as of single needles and arrays that are pressed at once, saturating towards the top of
    the scale. Needles hurt before they pierce: a roller of 0.2 mm leaves hardly a channel and is felt, so that length
    is what counts. That passes add nothing, and a pen's strokes do not add up, is assumed: no trial varied either.
    Limits: ``limits.pain``; people differ by a log-normal factor. Sources: gill_2008, petukhova_2017, luz_2017,
    medicina_2026.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(PainParameters)
    >>> pain_score(np.array([1.0]), np.array([12.0]), np.ones(1), 1.0, p).round(1)
    array([6.5])
    """
    p = parameters
    dose = (length_mm / p.half_length_mm) ** p.length_power
    dose = dose * (at_once / p.reference_needles) ** p.needles_power
    felt = _WORST * dose / (1.0 + dose) * zone_factor * p.person_fold
    return np.minimum(felt, _WORST) * residual_fraction
