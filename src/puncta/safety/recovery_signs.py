"""Recovery signs: what is seen and felt in the days after a session, graded from 0, none, to 3, strong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]

#: Signs with a forecast, in the order shown. Warmth goes with the blood that comes, whatever the skin lets through.
SIGNS = ("redness", "warmth", "swelling", "dryness", "peeling", "sensitivity")
STRONGEST = 3.0
#: Zones beside the eye, where swelling stands out.
NEAR_EYE = frozenset(("infraorbital", "crows_feet"))
_HALF = 0.5


@frozen
class RecoveryParameters:
    """The days after a session; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "recovery"

    reference_depth_mm: Array
    depth_power: Array
    person_fold: Array
    swelling_score: Array
    swelling_peak_hours: Array
    swelling_half_hours: Array
    swelling_near_eye_fold: Array
    dryness_score: Array
    dryness_peak_hours: Array
    dryness_half_hours: Array
    peeling_score: Array
    peeling_peak_hours: Array
    peeling_half_hours: Array
    sensitivity_score: Array
    sensitivity_peak_hours: Array
    sensitivity_half_hours: Array
    redness_moderate_fold: Array
    redness_strong_fold: Array
    inflammation_gone_fraction: Array
    rating_sd_score: Array
    outside_probability: Array


def redness_grade(delta_a: Array, seen_delta_a: Array, parameters: RecoveryParameters) -> Array:
    """Grade a change of a*: 1 where it is just seen, 2 moderate, 3 strong.

    Parameters
    ----------
    delta_a : ndarray, shape (n, t)
        Change of a*, as it is seen on this skin, or before skin colour for warmth.
    seen_delta_a : ndarray, shape (n,)
        Change that is just seen.
    parameters : RecoveryParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n, t)
        Grades, 0 to 3, straight between the three.

    Notes
    -----
    Limits: ``limits.recovery``. Source: puncta_judgement.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> redness_grade(np.array([[0.0, 1.0, 2.0, 5.0, 20.0]]), np.array([2.0]), nominal(RecoveryParameters)).round(2)
    array([[0. , 0.5, 1. , 2. , 3. ]])
    """
    moderate, strong = parameters.redness_moderate_fold, parameters.redness_strong_fold
    folds = delta_a / seen_delta_a[:, None]
    ends = np.stack([np.zeros_like(moderate), np.ones_like(moderate), moderate, strong], axis=1)
    grades = np.arange(ends.shape[1], dtype=float)
    return np.stack([np.interp(row, points, grades) for row, points in zip(folds, ends, strict=True)])


def bump_signs(hours: Array, depth_mm: Array, near_eye: bool, parameters: RecoveryParameters) -> Mapping[str, Array]:
    """Swelling, dryness, peeling and sensitivity over the hours after a session.

    Parameters
    ----------
    hours : ndarray, shape (t,)
        Hours since the session, 0 or more.
    depth_mm : ndarray, shape (n,)
        Depth reached.
    near_eye : bool
        True beside the eye.
    parameters : RecoveryParameters
        Draws, shape (n,).

    Returns
    -------
    mapping of str to ndarray
        By sign, shape (n, t), grades 0 to 3; nothing where no depth is reached.

    Notes
    -----
    Each rises evenly to its highest and then halves again and again; heights grow with depth. Limits:
    ``limits.recovery``. Sources: chu_2021, hkjdv_2018, minh_2019, safety_recalled.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> course = bump_signs(np.array([0.0, 12.0, 32.0]), np.array([0.5]), False, nominal(RecoveryParameters))
    >>> course["swelling"].round(2)
    array([[0. , 0.8, 0.4]])
    """
    p = parameters
    grown = p.person_fold * (depth_mm / p.reference_depth_mm) ** p.depth_power
    out = {}
    for sign in ("swelling", "dryness", "peeling", "sensitivity"):
        height, peak, half = (getattr(p, f"{sign}_{part}") for part in ("score", "peak_hours", "half_hours"))
        if near_eye and sign == "swelling":
            height = height * p.swelling_near_eye_fold
        rise = hours[None, :] / peak[:, None]
        fall = _HALF ** (np.maximum(hours[None, :] - peak[:, None], 0.0) / half[:, None])
        out[sign] = np.minimum((height * grown)[:, None] * np.minimum(rise, 1.0) * fall, STRONGEST)
    return out


def last_day_above(days: Array, values: Array, threshold: Array) -> Array:
    """The day on which a curve falls below a threshold for good, straight between recorded days.

    Parameters
    ----------
    days : ndarray, shape (t,)
        Recorded days, ascending.
    values : ndarray, shape (n, t)
        The curve.
    threshold : ndarray, shape (n,)
        Above it counts.

    Returns
    -------
    ndarray, shape (n,)
        Days; 0 where it never rises above, the last day where it never falls below.

    Examples
    --------
    >>> last_day_above(np.array([0.0, 1.0, 2.0, 3.0]), np.array([[4.0, 2.0, 0.0, 0.0]]), np.array([1.0]))
    array([1.5])
    """
    over = values - threshold[:, None]
    above = over > 0.0
    last = above.shape[1] - 1 - np.argmax(above[:, ::-1], axis=1)
    right = np.minimum(last + 1, above.shape[1] - 1)
    row = np.arange(values.shape[0])
    high, low = over[row, last], over[row, right]
    share = np.where(right > last, high / np.where(high > low, high - low, 1.0), 0.0)
    return np.where(above.any(axis=1), days[last] + share * (days[right] - days[last]), 0.0)
