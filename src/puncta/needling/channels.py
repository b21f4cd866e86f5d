"""Channels: how the openings of the surface and the holes in the epidermis close, and what water loss shows of it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]
_UM_PER_MM = 1000.0


@frozen
class ChannelParameters:
    """How openings close; one draw per person in each field, symbols as in the closing law.

    Parameters
    ----------
    ph_open, ph_occluded : ndarray
        Share of the opened area that closes by recoil, in open air and under occlusion.
    te : ndarray
        Time of recoil, h.
    tSC : ndarray
        Repair of the horny layer, h.
    vk, t0 : ndarray
        Speed of the epidermal edge, µm/h, and its delay, h.
    kTW : ndarray
        Water loss over baseline per opened share.
    old_fold, old_age, young_age : ndarray
        Slower repair with age, years.
    tone_slope, light : ndarray
        Slower repair with lower lightness, per L* and L*.
    person_fold : ndarray
        A person's time of repair against the mean of persons.
    """

    EVIDENCE: ClassVar[str] = "channels"

    ph_open: Array
    ph_occluded: Array
    te: Array
    tSC: Array  # noqa: N815
    vk: Array
    t0: Array
    kTW: Array  # noqa: N815
    old_fold: Array
    old_age: Array
    young_age: Array
    tone_slope: Array
    light: Array
    person_fold: Array


@frozen
class MeterParameters:
    """What stands between the law and the mean that a study reads; one draw per study in each field.

    Parameters
    ----------
    closed_share_fraction : ndarray
        Share of the opened area below which a meter finds nothing.
    study_fold : ndarray
        Time of repair in the study against the law.
    """

    EVIDENCE: ClassVar[str] = "channels"

    closed_share_fraction: Array
    study_fold: Array


def open_area(
    hours: Array,
    opened_area_fraction: Array,
    surface_radius_mm: Array,
    parameters: ChannelParameters,
    *,
    occluded: bool = False,
    age_factor: float | Array = 1.0,
    tone_factor: float | Array = 1.0,
) -> Array:
    """Share of the surface still open after one session: recoil within the hour, repair within days.

    Parameters
    ----------
    hours : ndarray, shape (t,)
        Hours after the session; before it, below 0, nothing is open.
    opened_area_fraction : ndarray, shape (n,)
        Share opened at once, 0 to 1.
    surface_radius_mm : ndarray, shape (n,)
        Radius of a channel's mouth.
    parameters : ChannelParameters
        Draws, shape (n,).
    occluded : bool
        True under a cover that keeps water in; recoil is then small.
    age_factor, tone_factor : float or ndarray, shape (n,)
        From `age_factor` and `tone_factor`; they stretch the repair, not the recoil.

    Returns
    -------
    ndarray, shape (n, t)
        Share of the surface; areas of several sessions add.

    Notes
    -----
    Limits: ``limits.needling``. Published closing times (2 h by impedance in open air, 2 to 3 days under patches,
    48 h and more by water loss) are read as one law seen with different detection limits. Few needles under a meter in
    open air recoil nearly whole; that hundreds of channels side by side recoil as well is not shown.
    Sources: gupta_2011, ogunjimi_2020, ogunjimi_2021, stumpp_2009, sasaki_2019.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> one = np.ones(1)
    >>> open_area(np.array([0, 23, 60]), one, 0.06 * one, nominal(ChannelParameters), occluded=True).round(2)
    array([[1.  , 0.46, 0.02]])
    """
    p = parameters
    recoil = (p.ph_occluded if occluded else p.ph_open)[:, None]
    repair_h = (surface_radius_mm * _UM_PER_MM / p.vk + p.tSC) * age_factor * tone_factor * p.person_fold
    since = np.maximum(np.asarray(hours, dtype=float), 0.0)[None, :]
    left = recoil * np.exp(-since / p.te[:, None]) + (1.0 - recoil) * np.exp(-((since / repair_h[:, None]) ** 2))
    return np.where(np.asarray(hours)[None, :] < 0.0, 0.0, opened_area_fraction[:, None] * left)


def tewl_fold(open_area_fraction: Array, parameters: ChannelParameters) -> Array:
    """Water loss against its baseline.

    Parameters
    ----------
    open_area_fraction : ndarray, shape (n, t)
        From `open_area`, sessions added.
    parameters : ChannelParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n, t)
        1 with the surface closed.

    Notes
    -----
    Limits: ``limits.needling``; no water loss in g/m²/h after each needle depth is published.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> tewl_fold(np.array([[0.0, 0.05]]), nominal(ChannelParameters))
    array([[1. , 2.4]])
    """
    return 1.0 + parameters.kTW[:, None] * open_area_fraction


def hole_radius_mm(hours: Array, surface_radius_mm: Array, parameters: ChannelParameters) -> Array:
    """Radius of the hole in the epidermis while its edge advances.

    Parameters
    ----------
    hours : ndarray, shape (t,)
        Hours after the session, 0 or more.
    surface_radius_mm : ndarray, shape (n,)
        Radius of a channel's mouth.
    parameters : ChannelParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n, t)
        0 once closed.

    Notes
    -----
    Limits: ``limits.needling``. Source: stumpp_2009.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> hole_radius_mm(np.array([0.0, 7.0, 24.0]), np.array([0.06]), nominal(ChannelParameters)).round(3)
    array([[0.06, 0.02, 0.  ]])
    """
    p = parameters
    advanced = p.vk[:, None] * np.maximum(np.asarray(hours)[None, :] - p.t0[:, None], 0.0) / _UM_PER_MM
    return np.maximum(surface_radius_mm[:, None] - advanced, 0.0)


def age_factor(age_years: Array, parameters: ChannelParameters) -> Array:
    """How many times longer repair takes at an age: 1 in the young, then linear.

    Parameters
    ----------
    age_years : ndarray, shape (n,)
        Ages.
    parameters : ChannelParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        1 or more.

    Notes
    -----
    Limits: ``limits.needling``. Source: kelchen_2016, which measured the direction; the size is assumed.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> age_factor(np.array([20.0, 75.0]), nominal(ChannelParameters))
    array([1.  , 1.45])
    """
    p = parameters
    share = np.maximum(age_years - p.young_age, 0.0) / (p.old_age - p.young_age)
    return 1.0 + (p.old_fold - 1.0) * share


def tone_factor(lightness: Array, parameters: ChannelParameters) -> Array:
    """How many times longer repair takes in skin of a given lightness.

    Parameters
    ----------
    lightness : ndarray, shape (n,)
        L* of the skin, 20 to 75.
    parameters : ChannelParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        1 in light skin, more in darker.

    Notes
    -----
    Limits: ``limits.needling``. Source: ogunjimi_2020; the slope is assumed.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> tone_factor(np.array([65.0, 35.0]), nominal(ChannelParameters))
    array([1. , 1.3])
    """
    return 1.0 + parameters.tone_slope * np.maximum(parameters.light - lightness, 0.0)
