"""Forecast: the share of a concern's severity that goes, with what it rests on and how thin that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.chance import Chance, chance
from puncta.appearance.concerns import Law, Manner, manner
from puncta.appearance.coverage import coverage
from puncta.appearance.parameters import AppearanceParameters
from puncta.appearance.pigmentation import faded, home_use, lightening, sessions_shown
from puncta.appearance.remodelling import remodelling, session_course
from puncta.appearance.shown import Shown, shown, shown_course, study_heading
from puncta.appearance.tissue import Tissue, tissue_fold
from puncta.frozen import frozen

Array = NDArray[np.float64]

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
)
_RELAPSE_KEYS = ("relapse_probability", "relapse_share", "relapse_days", "unprotected_relapse_fold")
#: Add-on classes of products that study arms support, by family of concern.
SCAR_ADDONS = MappingProxyType({"plasma": "addon_plasma", "product": "addon_product", "vitamin_c": "addon_product"})
PIGMENT_ADDONS = MappingProxyType(
    {"plasma": "pigment_addon", "tranexamic_acid": "pigment_addon", "vitamin_c": "pigment_addon"}
)
PIGMENT_HOME = MappingProxyType({"hydroquinone": "pigment_hydroquinone"})


@frozen
class Forecast:
    """Share of today's severity gone, with what it rests on.

    Parameters
    ----------
    improvement_fraction : ndarray, shape (n, t)
        At most 1; below 0 is worse.
    typical_fraction : ndarray, shape (n, t)
        The same for a typical person: what is not known stays, what differs between persons is left out.
    person_spread_fraction : ndarray, shape (n, t)
        How far persons differ: standard deviation around the typical one; small where nothing is done.
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
    person_spread_fraction: Array
    rests_on: tuple[str, ...]
    studies: tuple[str, ...]
    thin: str
    limits: str


@frozen
class _Treated:
    """What is done about a concern, as the laws read it."""

    concern: str
    variety: str
    session_days: tuple[int, ...]
    days: Array
    tissue: Tissue
    addon: str
    home: str
    protected: bool

    @property
    def heading(self) -> str:
        """Heading of studies that the course belongs to."""
        return study_heading(manner(self.concern).heading, bool(self.session_days), self.addon or self.home)


def _named(parameters: AppearanceParameters, name: str) -> Array:
    n = parameters.person_sd.shape
    return np.broadcast_to(getattr(parameters, name), n) if name else np.zeros(n)


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
    *,
    protected: bool = True,
    luck: Chance | None = None,
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
    protected : bool
        Whether the skin is kept from the sun; melasma returns more often where it is not.
    luck : Chance or None
        What differs between studies and between persons; None draws it with the seed.

    Returns
    -------
    Forecast
        Draws over days. Where a mean of studies predicts better than the model, that mean, with the mark that says so.

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
    how = manner(concern)
    pigment = how.law is Law.PIGMENT
    done = _treated(concern, variety, session_days, days, tissue, session_addon, home_addons, protected)
    luck = chance(concern, parameters.person_sd.shape[0], seed) if luck is None else luck
    instead = shown(done.heading) if done.heading else None
    values, typical, worse = (_gone(done, who, parameters) for who in (luck, luck.typical(), luck.typical(-1.0)))
    if instead is None:
        keys, studies = _keys(done, how), coverage(concern, phototype, with_product=bool(done.addon)).arms
    else:
        keys, studies = _keys_instead(how), instead.rows
    rests_on = tuple(f"{AppearanceParameters.EVIDENCE}.{key}" for key in sorted(set(keys)))
    limits = "limits.pigment" if pigment else "limits.outcome"
    return Forecast(values, typical, typical - worse, rests_on, studies, _thin(done, how, instead), limits)


def improvement(
    concern: str,
    variety: str,
    session_days: tuple[int, ...],
    days: Array,
    tissue: Tissue,
    session_addon: str,
    home_addons: Sequence[str],
    parameters: AppearanceParameters,
    luck: Chance,
    *,
    protected: bool = True,
) -> Array:
    """Share of severity gone in given persons alone: `forecast` without what goes with it, in a third of its time.

    Parameters
    ----------
    concern, variety, session_days, days, tissue, session_addon, home_addons, parameters, luck, protected
        As for `forecast`.

    Returns
    -------
    ndarray, shape (n, t)
        Its ``improvement_fraction``.

    Notes
    -----
    Limits: as of `forecast`.

    Examples
    --------
    >>> from puncta.evidence import draw
    >>> p = draw(AppearanceParameters, 40, seed=1)
    >>> same, luck = Tissue(*np.ones((4, 40))), chance("lines", 40, 1)
    >>> both = ("lines", "", (0, 28), np.array([0.0, 270.0]), same, "", ())
    >>> whole = forecast(*both, 4, 1, p, luck=luck).improvement_fraction
    >>> bool(np.all(improvement(*both, p, luck) == whole))
    True
    """
    return _gone(
        _treated(concern, variety, session_days, days, tissue, session_addon, home_addons, protected), luck, parameters
    )


def _treated(
    concern: str,
    variety: str,
    session_days: tuple[int, ...],
    days: Array,
    tissue: Tissue,
    session_addon: str,
    home_addons: Sequence[str],
    protected: bool,
) -> _Treated:
    pigment = manner(concern).law is Law.PIGMENT
    # an add-on counts where study arms support it: of scars, and of melasma
    known = PIGMENT_ADDONS if pigment else SCAR_ADDONS
    addon = session_addon if session_days and session_addon in known else ""
    home = next((name for name in home_addons if pigment and name in PIGMENT_HOME), "")
    return _Treated(concern, variety, session_days, days, tissue, addon, home, protected)


def _gone(done: _Treated, luck: Chance, parameters: AppearanceParameters) -> Array:
    how = manner(done.concern)
    instead = shown(done.heading) if done.heading else None
    if instead is not None:
        return _instead(instead, done, how, luck, parameters)
    return (_pigment if how.law is Law.PIGMENT else _remodelling)(done, how, luck, parameters)


def _remodelling(done: _Treated, how: Manner, luck: Chance, p: AppearanceParameters) -> Array:
    gain = _named(p, how.gain)
    if done.variety in how.varieties:
        gain = gain * _named(p, how.varieties[done.variety])
    further = _named(p, SCAR_ADDONS[done.addon] if done.addon else "")
    fold = tissue_fold(done.tissue, p.tissue_power, p)
    return remodelling(done.session_days, done.days, gain, further, fold, luck, p)


def _pigment(done: _Treated, how: Manner, luck: Chance, p: AppearanceParameters) -> Array:
    reach = _named(p, how.untested) if how.untested else np.ones(p.person_sd.shape)
    further = reach * _named(p, PIGMENT_ADDONS[done.addon] if done.addon else "")
    home = reach * _named(p, PIGMENT_HOME[done.home] if done.home else "")
    fold = reach * tissue_fold(done.tissue, p.tissue_power_pigment, p)
    exposed = 1.0 if done.protected else p.unprotected_relapse_fold
    relapse = np.minimum(p.relapse_probability * exposed, 1.0) if how.relapses else np.zeros(p.person_sd.shape)
    if how.untested:  # no study followed it: what studies of pigment and of scars differ by may both lie between
        luck = replace(luck, study=luck.study * (1.0 + p.study_scale / p.study_scale_pigment))
    gone = lightening(done.session_days, done.days, further, home, fold, luck, p, relapse)
    return faded(gone, done.days, p.dark_mark_fading_days) if how.fades else gone


def _instead(mean: Shown, done: _Treated, how: Manner, luck: Chance, p: AppearanceParameters) -> Array:
    days = done.days
    if how.law is Law.PIGMENT:
        developed = sessions_shown(done.session_days, days, p) if done.session_days else home_use(days, p)
        begun = developed
    else:
        whole = session_course(done.session_days, np.array([np.inf]), p)
        developed = session_course(done.session_days, days, p) / whole
        begun = 1.0 - np.exp(-days[None, :] / p.maturation_days[:, None])
    return shown_course(mean, developed, begun, luck.study, luck.person, p.person_sd)


def _keys(done: _Treated, how: Manner) -> list[str]:
    pigment = how.law is Law.PIGMENT
    keys = [*(_PIGMENT_KEYS if pigment else (*_REMODELLING_KEYS, how.gain))]
    keys += [name for name in (how.untested, how.varieties.get(done.variety, "")) if name]
    if done.addon:
        keys.append((PIGMENT_ADDONS if pigment else SCAR_ADDONS)[done.addon])
    if done.home:
        keys.append(PIGMENT_HOME[done.home])
    if how.relapses:
        keys += _RELAPSE_KEYS
    if how.fades:
        keys.append("dark_mark_fading_days")
    if how.untested:
        keys.append("study_scale")
    if done.session_days:
        keys += [*_TISSUE_KEYS, "tissue_power_pigment" if pigment else "tissue_power"]
    return keys


def _keys_instead(how: Manner) -> list[str]:
    if how.law is Law.PIGMENT:
        return ["person_sd", "pigment_home_days", "pigment_emergence_days"]
    return ["person_sd", "maturation_days", "session_scale"]


def _thin(done: _Treated, how: Manner, instead: Shown | None) -> str:
    if instead is not None:
        return f"appearance.shown.{instead.baseline}"
    if done.concern == "melasma":
        return "appearance.thin.melasma_product" if done.addon or done.home else "appearance.thin.melasma"
    if how.thin or done.variety == "ice_pick":
        return f"appearance.thin.{done.concern}"
    return "appearance.thin.shallow" if done.session_days and done.tissue.shallow else ""
