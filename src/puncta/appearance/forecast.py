"""Forecast: the share of a concern's severity that goes, with what it rests on and how thin that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.chance import chance
from puncta.appearance.coverage import coverage
from puncta.appearance.parameters import AppearanceParameters
from puncta.appearance.pigmentation import lightening
from puncta.appearance.remodelling import remodelling
from puncta.appearance.tissue import Tissue, tissue_fold
from puncta.errors import PunctaError, nearest

Array = NDArray[np.float64]

_GAINS = MappingProxyType(
    {
        "atrophic_acne_scars": "gain_acne_scars",
        "lines": "gain_ageing",
        "laxity": "gain_ageing",
        "texture": "gain_ageing",
        "pores": "gain_pores",
        "stretch_marks": "gain_stretch_marks",
    }
)
_VARIETIES = MappingProxyType({"rolling": "rolling_fold", "boxcar": "boxcar_fold", "ice_pick": "ice_pick_fold"})
_REMODELLING_KEYS = (
    "untreated_gain",
    "untreated_person_sd",
    "session_scale",
    "session_weight",
    "maturation_days",
    "study_scale",
    "person_sd",
)
_TISSUE_KEYS = (
    "tissue_power",
    "tissue_fold_least",
    "tissue_fold_most",
    "signal_floor",
    "injury_gate",
    "reference_depth_mm",
    "reference_density_per_cm2",
)
_PIGMENT_KEYS = (
    "pigment_per_session",
    "pigment_session_power",
    "pigment_reference_sessions",
    "pigment_emergence_days",
    "pigment_home_days",
    "study_scale_pigment",
    "person_sd",
    "untreated_person_sd",
    "maturation_days",
    "relapse_probability",
    "relapse_share",
    "relapse_days",
)
#: Add-on classes of products that study arms support, by family of concern.
SCAR_ADDONS = MappingProxyType({"plasma": "addon_plasma", "product": "addon_product", "vitamin_c": "addon_product"})
PIGMENT_ADDONS = MappingProxyType(
    {"plasma": "pigment_addon", "tranexamic_acid": "pigment_addon", "vitamin_c": "pigment_addon"}
)
PIGMENT_HOME = MappingProxyType({"hydroquinone": "pigment_hydroquinone"})

CONCERNS = (*_GAINS, "melasma")


@dataclass(frozen=True)
class Forecast:
    """Share of today's severity gone, with what it rests on.

    Parameters
    ----------
    improvement_fraction : ndarray, shape (n, t)
        At most 1; below 0 is worse.
    typical_fraction : ndarray, shape (n, t)
        The same for a typical person: what is not known stays, what differs between persons is left out.
    rests_on : tuple of str
        Evidence keys.
    studies : tuple of str
        Study rows behind it.
    thin : str
        Message key of why the evidence is thin; empty where it is not.
    limits : str
        Message key of the limits.
    """

    improvement_fraction: Array
    typical_fraction: Array
    rests_on: tuple[str, ...]
    studies: tuple[str, ...]
    thin: str
    limits: str


def _named(parameters: AppearanceParameters, name: str, n: int) -> Array:
    return np.broadcast_to(getattr(parameters, name), (n,)) if name else np.zeros(n)


def forecast(
    concern: str,
    variety: str,
    session_days: tuple[int, ...],
    days: Array,
    tissue: Tissue,
    session_addon: str,
    home_addons: Sequence[str],
    phototype: int,
    seed: int,
    parameters: AppearanceParameters,
) -> Forecast:
    """Forecast one concern over a course.

    Parameters
    ----------
    concern : str
        One of `CONCERNS`.
    variety : str
        Scar type where it matters, else empty.
    session_days : tuple of int
        Days of the sessions; empty for none.
    days : ndarray, shape (t,)
        Days to read, ascending from 0.
    tissue : Tissue
        What one session does in the tissue, n draws.
    session_addon : str
        Add-on class of the product needled in; empty or ``none`` without.
    home_addons : sequence of str
        Add-on classes of home products.
    phototype : int
        1 to 6; for the count of people, never for the size of the effect.
    seed : int
        Seed of the run.
    parameters : AppearanceParameters
        Draws, shape (n,).

    Returns
    -------
    Forecast
        Draws over days.

    Raises
    ------
    PunctaError
        Where the concern is unknown.

    Notes
    -----
    Limits: ``limits.outcome``, ``limits.pigment``, ``limits.depth_response``.

    Examples
    --------
    >>> from puncta.evidence import draw
    >>> p = draw(AppearanceParameters, 400, seed=1)
    >>> same = Tissue(*np.ones((4, 400)))
    >>> f = forecast("atrophic_acne_scars", "", (0, 28, 56, 84), np.array([0.0, 270.0]), same, "", (), 4, 1, p)
    >>> bool(0.3 < np.median(f.improvement_fraction[:, 1]) < 0.55)
    True
    """
    if concern not in CONCERNS:
        raise PunctaError(f"there is no forecast for {concern!r}; nearest: {nearest(concern, CONCERNS) or 'none'}")
    n = parameters.person_sd.shape[0]
    luck = chance(concern, n, seed)
    counted = coverage(concern, phototype, with_product=session_addon not in ("", "none"))
    keys: list[str] = []
    if concern == "melasma":
        power = "tissue_power_pigment"
        addon = PIGMENT_ADDONS.get(session_addon, "") if session_days else ""
        home = next((PIGMENT_HOME[name] for name in home_addons if name in PIGMENT_HOME), "")
        fold = tissue_fold(tissue, getattr(parameters, power), parameters)
        session_gain, home_gain = _named(parameters, addon, n), _named(parameters, home, n)
        values, typical = (
            lightening(session_days, days, session_gain, home_gain, fold, who, parameters)
            for who in (luck, luck.typical())
        )
        keys += [*_PIGMENT_KEYS, *(name for name in (addon, home) if name)]
        thin = "appearance.thin.melasma_product" if addon or home else "appearance.thin.melasma"
        limits = "limits.pigment"
    else:
        power = "tissue_power"
        name = _GAINS[concern]
        gain = _named(parameters, name, n)
        keys += [name, *_REMODELLING_KEYS]
        if concern == "atrophic_acne_scars" and variety in _VARIETIES:
            gain = gain * _named(parameters, _VARIETIES[variety], n)
            keys.append(_VARIETIES[variety])
        addon = SCAR_ADDONS.get(session_addon, "") if session_days else ""
        if addon:
            keys.append(addon)
        fold = tissue_fold(tissue, getattr(parameters, power), parameters)
        further = _named(parameters, addon, n)
        values, typical = (
            remodelling(session_days, days, gain, further, fold, who, parameters) for who in (luck, luck.typical())
        )
        thin = "" if concern == "atrophic_acne_scars" and variety != "ice_pick" else f"appearance.thin.{concern}"
        if not thin and session_days and tissue.shallow:
            thin = "appearance.thin.shallow"
        limits = "limits.outcome"
    if session_days:
        keys += [key for key in _TISSUE_KEYS if key != "tissue_power"] + [power]
    rests_on = tuple(f"{AppearanceParameters.EVIDENCE}.{key}" for key in sorted(set(keys)))
    return Forecast(values, typical, rests_on, counted.arms, thin, limits)
