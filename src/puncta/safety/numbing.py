"""The numbing plan: when on, how much, when off, how deep it numbs, and how near to limits it comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

import numpy as np
from numpy.typing import NDArray

from puncta.absorption import (
    Cream,
    CreamOn,
    body_level,
    cream,
    first_signs_fraction,
    first_signs_ug_per_ml,
    methaemoglobin_fraction,
    numbness,
)
from puncta.case import Case, Role
from puncta.evidence import Parameter, draw_one, parameter, parameters, records
from puncta.frozen import frozen
from puncta.messages import text
from puncta.safety.findings import Screening
from puncta.safety.screen import screen
from puncta.skin import zone

Band = tuple[float, float, float]

_PERCENT = 100.0
_MINUTES_PER_HOUR = 60.0
_UG_PER_MG = 1000.0
_BAND = (10.0, 50.0, 90.0)  # numerics: the band that holds 80 of 100 draws
_TAIL = 0.999  # numerics: upper end of a spread that has none
_NUMB_DRAWS = 200  # numerics: enough for a depth that is told to a tenth of a millimetre
_NOTHING: Band = (0.0, 0.0, 0.0)
_HARM_SOURCES = frozenset(("fda_numbing", "lidocaine_roller_2025"))


@frozen
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
    on_minutes, off_minutes : float
        When it goes on and comes off, in minutes before the first needle.
    peak_ug_per_ml : mapping of active to band
        Highest level in plasma; without actives that blood splits at once.
    first_signs_ug_per_ml : mapping of active to float
        Level from which first signs are described.
    methaemoglobin_fraction : band
        Prilocaine taken up over what makes methaemoglobin in adults; zeros without prilocaine.
    numb_mm : band
        How deep skin is numb at the first needle.
    on_needled_skin : str
        What the same cream would do on needled skin, where it must never go.
    """

    product: str
    amount_g: float
    area_cm2: float
    minutes: float
    absorbed_mg: Mapping[str, Band]
    limit_mg: Mapping[str, float]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    on_minutes: float = 0.0
    off_minutes: float = 0.0
    peak_ug_per_ml: Mapping[str, Band] = field(default_factory=dict)
    first_signs_ug_per_ml: Mapping[str, float] = field(default_factory=dict)
    methaemoglobin_fraction: Band = _NOTHING
    numb_mm: Band = _NOTHING
    on_needled_skin: str = ""

    @property
    def refused(self) -> bool:
        """True where no cream may be used; the warnings say why."""
        return self.amount_g == 0.0


def _upper(known: Parameter) -> float:
    """Upper end of a figure's spread: its end where it has one, else a far tail."""
    return float(known.spread.at(known.value, np.array([1.0 if "range" in known.spread.shape else _TAIL]))[0])


def _strictest(used: Cream, name: str) -> list[Parameter]:
    """The figure of this cream; for a compounded one also those of every labelled cream."""
    others = [key for key, record in records("numbing").items() if not record.get("compounded", False)]
    keys = [used.key, *(others if used.compounded else ())]
    return [parameters()[full] for key in keys if (full := f"numbing.{key}.{name}") in parameters()]


def _limits_mg(used: Cream, weight_kg: float) -> dict[str, float]:
    out = {}
    for active in used.actives:
        by_weight = [known.value * weight_kg for known in _strictest(used, f"actives.{active}.limit_mg_per_kg")]
        whole = [known.value for known in _strictest(used, f"actives.{active}.limit_mg")]
        out[active] = min(by_weight + whole)
    return out


def plan_numbing(
    case: Case,
    area_cm2: float,
    draws: int,
    seed: int,
    screening: Screening | None = None,
    *,
    needled: bool = False,
) -> NumbingPlan | None:
    """Plan the numbing cream of a session within the limits of the labels.

    Parameters
    ----------
    case : Case
        The case.
    area_cm2 : float
        Area to be needled, above 0.
    draws : int
        Draws for uptake and level.
    seed : int
        Seed of the run.
    screening : Screening, optional
        Result of the screen; None screens the case.
    needled : bool
        True asks for cream on skin that has been needled: always refused, with what it would do as the reason.

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
    Limits: ``limits.numbing``, ``limits.body_level``, ``limits.numbness``. Cream is planned for intact skin only,
    before needling. Area and amount are cut so that even at the upper end of the uptake the shares of all limits
    together stay within one, since the actives add up, and so that 90 of 100 peaks in plasma stay below first signs; a
    compounded cream is refused until a prescriber is named beside its finding, and takes the strictest limit of any
    labelled one. The cut is made for as long as the cream's own
    trial left it on, should it be left on; what is told is for the time planned. Sources: those of the cream,
    pliaglis_label, emla_label_us, fda_numbing.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> plan = plan_numbing(read_case("examples/acne_scars.toml"), 180, 100, seed=1)
    >>> round(plan.amount_g), plan.limit_mg["lidocaine"], plan.on_minutes, plan.off_minutes
    (22, 279.0, 65.0, 5.0)
    """
    if case.numbing is None:
        return None
    used = cream(case.numbing.product)
    found = screen(case) if screening is None else screening
    weight_kg = case.person.weight_kg
    if weight_kg is None:
        return _refused(used, text("safety.cream.weight"))
    limits = _limits_mg(used, weight_kg)
    if used.key in found.blocked:
        return _refused(used, text("safety.cream.blocked"), limits)
    wished, warnings = _as_described(case, used, area_cm2)
    on, cut = _cut_to_limits(used, wished, area_cm2, limits, weight_kg, draws, seed)
    warnings = (*warnings, *cut)
    harm = _on_needled_skin(on, weight_kg, limits, draws, seed)
    if needled:
        return _refused(used, harm, limits)
    levels = body_level(on, weight_kg, draws, seed)
    wipe = parameter("numbness.wipe_minutes").value
    numb_mm, behind = _numb(on, wipe, min(draws, _NUMB_DRAWS), seed)
    return NumbingPlan(
        product=used.key,
        amount_g=on.amount_g,
        area_cm2=on.area_cm2,
        minutes=on.minutes,
        absorbed_mg={active: _band(_taken_mg(used, active, on, draws, seed)) for active in used.actives},
        limit_mg=limits,
        warnings=warnings,
        sources=_sources(used, (*behind, *(key for level in levels for key in level.rests_on))),
        on_minutes=on.minutes + wipe,
        off_minutes=wipe,
        peak_ug_per_ml={level.compound: _band(level.peak_ug_per_ml) for level in levels},
        first_signs_ug_per_ml={level.compound: first_signs_ug_per_ml(level.compound) for level in levels},
        methaemoglobin_fraction=_band(methaemoglobin_fraction(levels)),
        numb_mm=numb_mm,
        on_needled_skin=harm,
    )


def _as_described(case: Case, used: Cream, area_cm2: float) -> tuple[CreamOn, tuple[str, ...]]:
    """The cream as wished, no longer and on no more skin than is described for it, and what was taken off."""
    warnings = [text("safety.cream.compounded")] if used.compounded else []
    minutes, longest = case.numbing.minutes if case.numbing else 0.0, _upper(used.figure("minutes"))
    if minutes > longest:
        warnings.append(text("safety.cream.minutes", minutes=f"{longest:g}", wanted=f"{minutes:g}"))
        minutes = longest
    covered, most = area_cm2, min(known.value for known in _strictest(used, "max_area_cm2"))
    if covered > most:
        covered = most
        words = {"area": f"{covered:.0f}", "wanted": f"{area_cm2:.0f}", "most": f"{most:.0f}"}
        warnings.append(text("safety.cream.area", **words))
    site = "face" if any(zone(use.zone).region == "face" for use in case.zones_with(Role.TREAT)) else "body"
    amount_g = covered * used.figure("amount_g_per_cm2").value
    return CreamOn(used.key, amount_g, covered, minutes, site, needled="after"), tuple(warnings)


def _cut_to_limits(
    used: Cream, on: CreamOn, wanted_cm2: float, limits: Mapping[str, float], weight_kg: float, draws: int, seed: int
) -> tuple[CreamOn, tuple[str, ...]]:
    """Area and amount cut until dose and level hold, and why."""
    # limits hold though the cream be left on for as long as its trial left it
    longer = replace(on, minutes=max(on.minutes, used.figure("absorbed_minutes").value))
    signs = first_signs_fraction(body_level(longer, weight_kg, draws, seed))
    shares = {"dose": _dose_share(used, on, limits), "level": float(np.percentile(signs, _BAND[-1]))}
    why = max(shares, key=lambda name: shares[name])
    if shares[why] <= 1.0:
        return on, ()
    on = replace(on, amount_g=on.amount_g / shares[why], area_cm2=on.area_cm2 / shares[why])
    words = {"area": f"{on.area_cm2:.0f}", "wanted": f"{wanted_cm2:.0f}", "limit": f"{_PERCENT:g}"}
    return on, (text(f"safety.cream.{why}", **words),)


def _taken_mg(used: Cream, active: str, on: CreamOn, n: int, seed: int) -> NDArray[np.float64]:
    """What intact skin of the face takes up of an active; the cautious figure for every site."""
    passed = used.draw_passes_ug_per_cm2_per_h(active, n, seed) * on.area_cm2 * on.minutes / _MINUTES_PER_HOUR
    return np.minimum(passed / _UG_PER_MG, on.amount_g * used.strength_mg_per_g(active))


def _dose_share(used: Cream, on: CreamOn, limits: Mapping[str, float]) -> float:
    """Shares of all limits together at the upper end of every uptake, of what is put on or was in the cream's trial."""
    put_on_g = max(on.amount_g, on.area_cm2 * used.figure("absorbed_g_per_cm2").value)
    return sum(
        put_on_g * used.strength_mg_per_g(active) * _upper(used.active(active, "absorbed_fraction")) / limit_mg
        for active, limit_mg in limits.items()
    )


def _on_needled_skin(on: CreamOn, weight_kg: float, limits: Mapping[str, float], draws: int, seed: int) -> str:
    """The harm of the same cream on skin that has been needled, in words."""
    whole = body_level(on, weight_kg, draws, seed)[0]
    open_skin = body_level(replace(on, needled="before"), weight_kg, draws, seed)[0]
    return text(
        "numbing.on_needled_skin",
        active=whole.compound,
        high=_short(_band(open_skin.peak_ug_per_ml)[-1]),
        whole=_short(_band(whole.peak_ug_per_ml)[-1]),
        held=f"{whole.held_mg:,.0f}",
        limit=f"{limits[whole.compound]:,.0f}",
    )


def _numb(on: CreamOn, wipe: float, draws: int, seed: int) -> tuple[Band, tuple[str, ...]]:
    """How deep it is numb at the first needle, and the evidence keys behind it."""
    if on.minutes == 0.0:
        return _NOTHING, ()
    found = numbness(on.cream, on.minutes, draws, seed, minutes=np.array([on.minutes + wipe]), site=on.site)
    return _band(found.numb_mm[:, 0]), found.rests_on


def _band(values: NDArray[np.float64]) -> Band:
    low, median, high = np.percentile(values, _BAND)
    return float(low), float(median), float(high)


def _short(level: float) -> str:
    return f"{level:.2g}"


def _refused(used: Cream, why: str, limits: Mapping[str, float] | None = None) -> NumbingPlan:
    return NumbingPlan(used.key, 0.0, 0.0, 0.0, {}, limits or {}, (why,), _sources(used))


def _sources(used: Cream, more: Iterable[str] = ()) -> tuple[str, ...]:
    named = {key for entry in (*used.evidence_keys, *more) for key in parameter(entry).sources}
    return tuple(sorted(named | _HARM_SOURCES))


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
    used = cream(case.numbing.product)
    usual = used.figure("minutes").value
    nothing = draw_one("safety.cream_short_time_fraction", draws, seed)
    effect = np.clip((case.numbing.minutes / usual - nothing) / (1.0 - nothing), 0.0, 1.0)
    return 1.0 - effect * (1.0 - draw_one(used.figure("residual_pain_fraction").key, draws, seed))
