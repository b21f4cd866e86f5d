"""Pigmentation: how melasma, age spots and dark marks lighten over a course, and how melasma returns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.chance import Chance
from puncta.appearance.parameters import AppearanceParameters

Array = NDArray[np.float64]


def lightening(
    session_days: tuple[int, ...],
    days: Array,
    session_addon: Array,
    home: Array,
    tissue: Array,
    luck: Chance,
    parameters: AppearanceParameters,
    relapse_probability: Array | None = None,
) -> Array:
    """Share of today's pigment contrast gone, day by day.

    Parameters
    ----------
    session_days : tuple of int
        Days of the sessions; empty for home care alone or nothing.
    days : ndarray, shape (t,)
        Days to read, ascending from 0.
    session_addon : ndarray, shape (n,)
        Fall of the logarithm by a product needled in; 0 without.
    home : ndarray, shape (n,)
        Fall of the logarithm by home care; 0 without.
    tissue : ndarray, shape (n,)
        From `tissue_fold` with the power for pigment.
    luck : Chance
        Study, person and relapse scores, shape (n,); persons also (k, n), k of them in the place of each.
    parameters : AppearanceParameters
        Draws, shape (n,).
    relapse_probability : ndarray, shape (n,), or None
        Chance of a relapse; None takes that of the parameters, 0 for what does not return.

    Returns
    -------
    ndarray, shape (n, t) or (k, n, t)
        At most 1; below 0 is darker than today.

    Notes
    -----
    Within a course the remainder falls by a near-constant factor per session; how far a course gets depends on the
    number of sessions only through an unidentified power. A relapse takes back a share of what the sessions gave, not
    of what home care holds. Limits: ``limits.pigment``.
    Sources: farshi_2020, ismail_2019, outcome_model.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(AppearanceParameters)
    >>> zero = np.zeros(1)
    >>> luck = Chance(zero, zero, zero + 1)
    >>> lightening((), np.array([0.0, 84.0]), zero, p.pigment_hydroquinone, zero, luck, p).round(2)
    array([[0.  , 0.42]])
    """
    p = parameters
    used = home_use(days, p)
    fall = home[:, None] * used
    begun = np.any(home > 0) * used
    if session_days:
        count = len(session_days)
        reference = p.pigment_reference_sessions
        course = p.pigment_per_session * reference * (count / reference) ** p.pigment_session_power * tissue
        share = sessions_shown(session_days, days, p)
        after = np.maximum(days - session_days[-1], 0.0)[None, :]
        chance = p.relapse_probability if relapse_probability is None else relapse_probability
        returned = (luck.relapse < chance) * p.relapse_share
        held = 1.0 - returned[:, None] * (1.0 - np.exp(-after / p.relapse_days[:, None]))
        fall = fall + share * held * (course + session_addon)[:, None]
        begun = np.maximum(begun, share)
    spread = (p.study_scale_pigment * luck.study + p.person_sd * luck.person)[..., None]
    matured = 1.0 - np.exp(-days[None, :] / p.maturation_days[:, None])
    drift = (p.untreated_person_sd * luck.person)[..., None] * matured
    gone = 1.0 - np.exp(-fall) + begun * spread + (1.0 - begun) * drift
    return np.minimum(gone, 1.0)


def home_use(days: Array, parameters: AppearanceParameters) -> Array:
    """Share of the effect of home care that is there, shape (n, t)."""
    return 1.0 - np.exp(-days[None, :] / parameters.pigment_home_days[:, None])


def sessions_shown(session_days: tuple[int, ...], days: Array, parameters: AppearanceParameters) -> Array:
    """Share of the effect of all sessions that shows, shape (n, t)."""
    emergence = parameters.pigment_emergence_days[:, None]
    shown = sum(1.0 - np.exp(-np.maximum(days - day, 0.0)[None, :] / emergence) for day in session_days)
    return np.asarray(shown) / len(session_days)


def faded(gone: Array, days: Array, fading_days: Array) -> Array:
    """Share of today's contrast gone where it also fades by itself.

    Parameters
    ----------
    gone : ndarray, shape (n, t)
        Share gone by treatment.
    days : ndarray, shape (t,)
        Days.
    fading_days : ndarray, shape (n,)
        Time constant of fading by itself.

    Examples
    --------
    >>> faded(np.array([[0.5]]), np.array([1e6]), np.array([200.0]))
    array([[1.]])
    """
    return 1.0 - (1.0 - gone) * np.exp(-days[None, :] / fading_days[:, None])
