"""The numbing plan: when on, how much, when off, and how near to the limits of the label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case
from puncta.errors import InputError, Problem, nearest
from puncta.evidence import Parameter, draw_one, parameter, parameters, records
from puncta.messages import text
from puncta.safety.findings import Screening
from puncta.safety.screen import screen

_MG_PER_G = 1000.0
_PERCENT = 100.0
_BAND = (10.0, 50.0, 90.0)  # numerics: the band that holds 80 of 100 draws
_TAIL = 0.999  # numerics: upper end of a spread that has none


@dataclass(frozen=True)
class NumbingPlan:
    """Cream for one session.

    Parameters
    ----------
    product : str
        Key in the numbing library.
    amount_g : float
        Cream in grams.
    area_cm2 : float
        Area covered, intact skin only.
    minutes : float
        Time on the skin.
    absorbed_mg : mapping of active to band
        Uptake per active in mg: (low80, median, high80).
    limit_mg : mapping of active to float
        Limit on the absorbed amount per active in mg.
    warnings : tuple of str
        What a prescriber must look at; empty where there is nothing.
    sources : tuple of str
        Source keys.
    """

    product: str
    amount_g: float
    area_cm2: float
    minutes: float
    absorbed_mg: Mapping[str, tuple[float, float, float]]
    limit_mg: Mapping[str, float]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """True where no cream may be used; the warnings say why."""
        return self.amount_g == 0.0


@dataclass(frozen=True)
class _Cream:
    """One cream's figures."""

    key: str
    actives: tuple[str, ...]
    compounded: bool

    def figure(self, name: str) -> Parameter:
        return parameter(f"numbing.{self.key}.{name}")

    def active(self, active: str, name: str) -> Parameter:
        return self.figure(f"actives.{active}.{name}")


def _cream(key: str) -> _Cream:
    library = records("numbing")
    if key not in library:
        near = nearest(key, library)
        why = f"{text('safety.cream.unknown')}{f': {near}' if near else ''}"
        raise InputError(
            "numbing", [Problem("numbing.product", key, ", ".join(library), why, text("safety.cream.unknown_do"))]
        )
    return _Cream(key, tuple(library[key]["actives"]), bool(library[key].get("compounded", False)))


def _upper(known: Parameter) -> float:
    """Upper end of a figure's spread: its end where it has one, else a far tail."""
    return float(known.spread.at(known.value, np.array([1.0 if "range" in known.spread.shape else _TAIL]))[0])


def _strictest(cream: _Cream, name: str) -> list[Parameter]:
    """The figure of this cream; for a compounded one also those of every labelled cream."""
    others = [key for key, record in records("numbing").items() if not record.get("compounded", False)]
    keys = [cream.key, *(others if cream.compounded else ())]
    return [parameters()[full] for key in keys if (full := f"numbing.{key}.{name}") in parameters()]


def _limits_mg(cream: _Cream, weight_kg: float) -> dict[str, float]:
    out = {}
    for active in cream.actives:
        by_weight = [known.value * weight_kg for known in _strictest(cream, f"actives.{active}.limit_mg_per_kg")]
        whole = [known.value for known in _strictest(cream, f"actives.{active}.limit_mg")]
        out[active] = min(by_weight + whole)
    return out


def plan_numbing(
    case: Case, area_cm2: float, draws: int, seed: int, screening: Screening | None = None
) -> NumbingPlan | None:
    """Plan the numbing cream of a session within the limits of the labels.

    Parameters
    ----------
    case : Case
        The case.
    area_cm2 : float
        Area to be needled, above 0.
    draws : int
        Draws for the uptake.
    seed : int
        Seed of the run.
    screening : Screening, optional
        Result of the screen; None screens the case.

    Returns
    -------
    NumbingPlan or None
        None where no cream is wished. Amount 0 where the cream is refused; the warning says why.

    Raises
    ------
    InputError
        Where there is no such cream.

    Notes
    -----
    Limits: ``limits.numbing``. Cream is planned for intact skin only, before needling. Area and amount are cut so that
    even at the upper end of the uptake the shares of all limits together stay within one, since the actives add up;
    a compounded cream takes the strictest limit of any labelled one. Sources: those of the cream.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> plan = plan_numbing(read_case("examples/acne_scars.toml"), 180, 100, seed=1)
    >>> round(plan.amount_g), plan.limit_mg["lidocaine"]
    (22, 279.0)
    """
    if case.numbing is None:
        return None
    cream = _cream(case.numbing.product)
    found = screen(case) if screening is None else screening
    if case.person.weight_kg is None:
        return _refused(cream, text("safety.cream.weight"))
    limits = _limits_mg(cream, case.person.weight_kg)
    if cream.key in found.blocked:
        return _refused(cream, text("safety.cream.blocked"), limits)
    warnings = [text("safety.cream.compounded")] if cream.compounded else []
    minutes, longest = case.numbing.minutes, _upper(cream.figure("minutes"))
    if minutes > longest:
        warnings.append(text("safety.cream.minutes", minutes=f"{longest:g}", wanted=f"{minutes:g}"))
        minutes = longest
    covered, most = area_cm2, min(known.value for known in _strictest(cream, "max_area_cm2"))
    if covered > most:
        covered = most
        words = {"area": f"{covered:.0f}", "wanted": f"{area_cm2:.0f}", "most": f"{most:.0f}"}
        warnings.append(text("safety.cream.area", **words))
    amount_g = covered * cream.figure("amount_g_per_cm2").value
    held_mg = {
        active: amount_g * _MG_PER_G * cream.active(active, "strength_percent").value / _PERCENT
        for active in cream.actives
    }
    share = sum(
        held_mg[active] * _upper(cream.active(active, "absorbed_fraction")) / limits[active] for active in cream.actives
    )
    cut = max(share, 1.0)
    if cut > 1.0:
        covered, amount_g = covered / cut, amount_g / cut
        words = {"area": f"{covered:.0f}", "wanted": f"{area_cm2:.0f}", "limit": f"{_PERCENT:g}"}
        warnings.append(text("safety.cream.dose", **words))
    absorbed = {}
    for active in cream.actives:
        fraction = draw_one(cream.active(active, "absorbed_fraction").key, draws, seed)
        low, median, high = np.percentile(held_mg[active] / cut * fraction, _BAND)
        absorbed[active] = (float(low), float(median), float(high))
    return NumbingPlan(
        product=cream.key,
        amount_g=amount_g,
        area_cm2=covered,
        minutes=minutes,
        absorbed_mg=absorbed,
        limit_mg=limits,
        warnings=tuple(warnings),
        sources=_sources(cream),
    )


def _refused(cream: _Cream, why: str, limits: Mapping[str, float] | None = None) -> NumbingPlan:
    return NumbingPlan(cream.key, 0.0, 0.0, 0.0, {}, limits or {}, (why,), _sources(cream))


def _sources(cream: _Cream) -> tuple[str, ...]:
    known = (entry for key, entry in parameters().items() if key.startswith(f"numbing.{cream.key}."))
    return tuple(sorted({source for entry in known for source in entry.sources}))


def residual_pain_fraction(
    case: Case, draws: int, seed: int, screening: Screening | None = None
) -> NDArray[np.float64]:
    """Share of the pain that the case's cream leaves.

    Parameters
    ----------
    case : Case
        The case.
    draws : int
        How many draws.
    seed : int
        Seed of the run.
    screening : Screening, optional
        Result of the screen; None screens the case.

    Returns
    -------
    ndarray, shape (draws,)
        1 without cream or where it is refused; rises towards 1 where the cream is left on for less than its usual time.

    Notes
    -----
    Limits: ``limits.pain``. Sources: those of the cream; the rise with time is assumed.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> residual_pain_fraction(read_case("examples/published_A03.toml"), 2, seed=1)
    array([1., 1.])
    """
    found = screen(case) if screening is None else screening
    if case.numbing is None or case.person.weight_kg is None or case.numbing.product in found.blocked:
        return np.ones(draws)
    cream = _cream(case.numbing.product)
    usual = cream.figure("minutes").value
    nothing = draw_one("safety.cream_short_time_fraction", draws, seed)
    effect = np.clip((case.numbing.minutes / usual - nothing) / (1.0 - nothing), 0.0, 1.0)
    return 1.0 - effect * (1.0 - draw_one(cream.figure("residual_pain_fraction").key, draws, seed))
