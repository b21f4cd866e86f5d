"""Pigmentation: how melasma lightens over a course, and how it returns."""

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
        Study, person and relapse scores, shape (n,).
    parameters : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n, t)
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
    array([[0.  , 0.41]])
    """
    p = parameters
    n = p.person_sd.shape[0]
    fall = home[:, None] * (1.0 - np.exp(-days[None, :] / p.pigment_home_days[:, None]))
    begun = np.any(home > 0) * (1.0 - np.exp(-days[None, :] / p.pigment_home_days[:, None])) * np.ones((n, 1))
    if session_days:
        count = len(session_days)
        reference = p.pigment_reference_sessions
        course = p.pigment_per_session * reference * (count / reference) ** p.pigment_session_power * tissue
        shown = sum(
            1.0 - np.exp(-np.maximum(days - day, 0.0)[None, :] / p.pigment_emergence_days[:, None])
            for day in session_days
        )
        share = np.asarray(shown) / count
        after = np.maximum(days - session_days[-1], 0.0)[None, :]
        returned = (luck.relapse < p.relapse_probability) * p.relapse_share
        held = 1.0 - returned[:, None] * (1.0 - np.exp(-after / p.relapse_days[:, None]))
        fall = fall + share * held * (course + session_addon)[:, None]
        begun = np.maximum(begun, share)
    spread = (p.study_scale_pigment * luck.study + p.person_sd * luck.person)[:, None]
    drift = (p.untreated_person_sd * luck.person)[:, None] * (1.0 - np.exp(-days[None, :] / p.maturation_days[:, None]))
    gone = 1.0 - np.exp(-fall) + begun * spread + (1.0 - begun) * drift
    return np.minimum(gone, 1.0)
