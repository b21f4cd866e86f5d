"""Remodelling: how scars, lines, laxity, texture, pores and stretch marks change over a course."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.chance import Chance
from puncta.appearance.parameters import AppearanceParameters

Array = NDArray[np.float64]
_SESSIONS_OF_GAIN = 4


def session_course(session_days: tuple[int, ...], days: Array, parameters: AppearanceParameters) -> Array:
    """Developed share of the gain of four sessions, session by session and day by day.

    Parameters
    ----------
    session_days : tuple of int
        Days of the sessions.
    days : ndarray, shape (t,)
        Days to read.
    parameters : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n, t)
        0 before the first session; tends to 1 after four sessions.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> late = session_course((0, 28, 56, 84), np.array([2000.0]), nominal(AppearanceParameters))
    >>> late.round(3)
    array([[1.]])
    """
    scale = parameters.session_scale[:, None]
    developed = np.zeros((scale.shape[0], days.shape[0]))
    for index, day in enumerate(session_days):
        age = np.maximum(days - day, 0.0)[None, :]
        developed += np.exp(-index / scale) * (1.0 - np.exp(-age / parameters.maturation_days[:, None]))
    four = sum(np.exp(-index / scale) for index in range(_SESSIONS_OF_GAIN))
    return developed / four


def session_fold(count: int, parameters: AppearanceParameters) -> Array:
    """Factor that lessens how much the number of sessions counts between courses; 1 at four sessions.

    Parameters
    ----------
    count : int
        Sessions of the course, 1 or more.
    parameters : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Multiplies `session_course`.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> session_fold(4, nominal(AppearanceParameters))
    array([1.])
    """
    scale = parameters.session_scale
    reached = sum(np.exp(-index / scale) for index in range(count)) / sum(
        np.exp(-index / scale) for index in range(_SESSIONS_OF_GAIN)
    )
    return np.asarray(reached) ** (parameters.session_weight - 1.0)


def remodelling(
    session_days: tuple[int, ...],
    days: Array,
    gain: Array,
    addon: Array,
    tissue: Array,
    luck: Chance,
    parameters: AppearanceParameters,
) -> Array:
    """Share of today's severity gone, day by day.

    Parameters
    ----------
    session_days : tuple of int
        Days of the sessions; empty for an untreated person.
    days : ndarray, shape (t,)
        Days to read, ascending from 0.
    gain : ndarray, shape (n,)
        Gain of four sessions, scar type included.
    addon : ndarray, shape (n,)
        Further gain by a product that a study arm supports; 0 without.
    tissue : ndarray, shape (n,)
        From `tissue_fold`.
    luck : Chance
        Study and person scores, shape (n,); persons also (k, n), k of them in the place of each.
    parameters : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n, t) or (k, n, t)
        At most 1; below 0 is worse than today.

    Notes
    -----
    Limits: ``limits.outcome``, ``limits.depth_response``. Gains are held: no decay is known or modelled.

    Examples
    --------
    >>> from puncta.appearance.chance import Chance
    >>> from puncta.evidence import nominal
    >>> p = nominal(AppearanceParameters)
    >>> zero = np.zeros(1)
    >>> late = remodelling((0, 28, 56, 84), np.array([0.0, 2000.0]), p.gain_acne_scars, zero, np.ones(1),
    ...                    Chance(zero, zero, zero), p)
    >>> late.round(2)
    array([[0.  , 0.46]])
    """
    p = parameters
    drift = 1.0 - np.exp(-days[None, :] / p.maturation_days[:, None])
    if not session_days:
        return np.minimum((p.untreated_gain + p.untreated_person_sd * luck.person)[..., None] * drift, 1.0)
    # what studies and persons differ by shows as soon as anything may have changed, however far the course has come
    apart = p.untreated_gain + p.study_scale * luck.study + p.person_sd * luck.person
    course = session_course(session_days, days, p) * session_fold(len(session_days), p)[:, None]
    return np.minimum(apart[..., None] * drift + course * (gain * tissue + addon)[:, None], 1.0)
