"""Body level: what blood carries of a numbing cream, over time, on whole skin and, as harm only, on needled skin."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.creams import Cream, cream
from puncta.errors import InputError, Problem
from puncta.evidence import draw, draw_one, parameter, parameter_keys
from puncta.frozen import frozen
from puncta.messages import text
from puncta.units import convert

Array = NDArray[np.float64]

SITES = ("face", "body")
NEEDLED = ("no", "before", "after")
#: Hours at which a level is told, where none are asked for.
# numerics: close enough to draw a line, long enough for the last of it
LEVEL_HOURS = tuple(np.linspace(0.0, 12.0, 73).tolist())
_PRILOCAINE = "prilocaine"
# how much more blood flows through needled, reddened skin
_NEEDLED_FLOW = "absorption.clearance_needled_fold"
_TOXIC = MappingProxyType(
    {"lidocaine": "body_level.lidocaine_toxic_ug_per_ml", _PRILOCAINE: "body_level.prilocaine_toxic_ug_per_ml"}
)
_UG_PER_MG, _MINUTES_PER_HOUR = convert(1, "mg", "ug"), convert(1, "h", "min")


@frozen
class BodyLevelParameters:
    """What sets the level in blood; one draw per person in each field.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> float(nominal(BodyLevelParameters).release_per_h[0])
    1.0
    """

    EVIDENCE: ClassVar[str] = "body_level"

    lidocaine_volume_l_per_kg: Array
    lidocaine_clearance_l_per_h_kg: Array
    prilocaine_volume_l_per_kg: Array
    prilocaine_clearance_l_per_h_kg: Array
    release_per_h: Array
    body_release_fold: Array
    body_uptake_fold: Array
    cover_uptake_fold: Array
    needled_uptake_ug_per_cm2_per_h: Array


@frozen
class CreamOn:
    """Cream on skin once.

    Parameters
    ----------
    cream : str
        Key in the numbing library.
    amount_g, area_cm2 : float
        Grams, and area covered, above 0.
    minutes : float
        Time on the skin, 0 or more.
    site : str
        ``face``, or ``body`` for trunk and limbs.
    occluded : bool, optional
        Whether it is covered; as the cream is meant where not given.
    needled : str
        ``no``; ``after``: needled when the cream is off; ``before``: cream on needled skin, computed as harm only.

    Raises
    ------
    InputError
        With everything that is wrong.
    """

    cream: str
    amount_g: float
    area_cm2: float
    minutes: float
    site: str = "face"
    occluded: bool | None = None
    needled: str = "no"

    def __post_init__(self) -> None:
        number, name = text("numbing.level.do_number"), text("numbing.level.do_name")
        positive = text("numbing.level.above_nothing")
        problems = [
            Problem(field, f"{value:g}", positive, "", number)
            for field, value in (("amount_g", self.amount_g), ("area_cm2", self.area_cm2))
            if not 0.0 < value < np.inf
        ]
        if not 0.0 <= self.minutes < np.inf:
            problems.append(Problem("minutes", f"{self.minutes:g}", text("numbing.level.minutes"), "", number))
        for field, value, known in (("site", self.site, SITES), ("needled", self.needled, NEEDLED)):
            if value not in known:
                problems.append(Problem(field, value, ", ".join(known), text(f"numbing.level.{field}"), name))
        if problems:
            raise InputError("numbing", problems)


@frozen
class BodyLevel:
    """One active in skin and blood, n draws.

    Parameters
    ----------
    compound : str
        Key of the active.
    held_mg : float
        What the cream holds of it.
    absorbed_mg, peak_ug_per_ml, peak_hours, area_ug_h_per_ml : ndarray, shape (n,)
        Taken up; highest level in plasma and hours from putting on to it; area under the level for all time.
    hours : ndarray, shape (t,)
        Hours after the cream is put on.
    in_skin_mg, in_body_mg, cleared_mg, ug_per_ml : ndarray, shape (n, t)
        Where it is, and the level in plasma.
    rests_on : tuple of str
        Evidence keys.
    limits : str
        Message key of the model's limits.
    """

    compound: str
    held_mg: float
    absorbed_mg: Array
    peak_ug_per_ml: Array
    peak_hours: Array
    area_ug_h_per_ml: Array
    hours: Array
    in_skin_mg: Array
    in_body_mg: Array
    cleared_mg: Array
    ug_per_ml: Array
    rests_on: tuple[str, ...]
    limits: str = "limits.body_level"


def body_level(
    on: CreamOn,
    weight_kg: float | Array,
    n: int,
    seed: int,
    *,
    hours: Array | None = None,
    parameters: BodyLevelParameters | None = None,
) -> tuple[BodyLevel, ...]:
    """Follow the actives of a numbing cream from the skin through the body.

    Parameters
    ----------
    on : CreamOn
        The cream on the skin.
    weight_kg : float or ndarray, shape (n,)
        Weight, above 0.
    n, seed : int
        Number of draws and seed; equal seeds give equal persons.
    hours : ndarray, shape (t,), optional
        Hours after it is put on to tell; ``LEVEL_HOURS`` where not given.
    parameters : BodyLevelParameters, optional
        Draws, shape (n,); drawn with the seed where not given.

    Returns
    -------
    tuple of BodyLevel
        One per active that reaches blood as itself; tetracaine is split there at once and has none.

    Raises
    ------
    InputError
        Where there is no such cream, or a weight is not above 0.

    Notes
    -----
    While the cream lies there, skin takes up evenly, by area and time and never more than the cream holds; what skin
    holds passes into blood in proportion, and blood is cleared in proportion: one compartment, in closed form. Limits:
    ``limits.body_level``. Sources: those of the cream, bennett_1982, simon_1997, simon_1998, emla_smpc.

    Examples
    --------
    >>> face = CreamOn("lidocaine_prilocaine", amount_g=10, area_cm2=100, minutes=120)
    >>> lidocaine, prilocaine = body_level(face, weight_kg=70, n=400, seed=0)
    >>> bool(0.05 < np.median(lidocaine.peak_ug_per_ml) < 0.2)
    True
    """
    used = cream(on.cream)
    weight = np.asarray(weight_kg, dtype=float)
    if not np.all((weight > 0.0) & np.isfinite(weight)):
        wrong = f"{weight[~(weight > 0.0)].min() if weight.ndim else float(weight):g}"
        do = text("numbing.level.do_number")
        raise InputError("numbing", [Problem("weight_kg", wrong, text("numbing.level.above_nothing"), "", do)])
    p = draw(BodyLevelParameters, n, seed) if parameters is None else parameters
    at = np.array(LEVEL_HOURS) if hours is None else np.asarray(hours, dtype=float)
    return tuple(_one(on, used, active, weight, at, n, seed, p) for active in used.actives if active in _TOXIC)


def methaemoglobin_fraction(levels: Sequence[BodyLevel]) -> Array:
    """Prilocaine taken up, added over applications, over what makes methaemoglobin in adults.

    Parameters
    ----------
    levels : sequence of BodyLevel
        Levels of one person's applications of a day, same draws.

    Returns
    -------
    ndarray, shape (n,)
        Share; 0 without prilocaine, 1 where methaemoglobin is described.

    Notes
    -----
    What counts is the sum and not the peak, since a product of its breakdown oxidises. Written for healthy adults: not
    for G6PD deficiency, methaemoglobinaemia or medicines that raise it, where such a cream is stopped by the screen.
    Source: openanesthesia_methaemoglobin.

    Examples
    --------
    >>> day = body_level(CreamOn("lidocaine_prilocaine", 270, 2700, 240, site="body"), 75, 100, seed=0)
    >>> bool(np.median(methaemoglobin_fraction(day)) > 0.5)
    True
    """
    taken = [level.absorbed_mg for level in levels if level.compound == _PRILOCAINE]
    whole = np.sum(taken, axis=0) if taken else np.zeros(levels[0].absorbed_mg.shape if levels else (1,))
    return whole / parameter("body_level.methaemoglobin_mg").value


def first_signs_fraction(levels: Sequence[BodyLevel]) -> Array:
    """Peaks of all actives over the level from which first signs are described, added up.

    Parameters
    ----------
    levels : sequence of BodyLevel
        Levels of one application, same draws.

    Returns
    -------
    ndarray, shape (n,)
        1 where first signs may start; peaks count as if they came at one time.

    Notes
    -----
    First signs at 1 µg/mL of lidocaine, toxic from 5; the same share of its toxic level is taken for prilocaine.
    Sources: pliaglis_label, emla_label_us.

    Examples
    --------
    >>> worst = body_level(CreamOn("lidocaine_tetracaine_23_7_compounded", 60, 600, 120), 60, 100, seed=0)
    >>> bool(np.percentile(first_signs_fraction(worst), 90) > 1)
    True
    """
    shares = [level.peak_ug_per_ml / first_signs_ug_per_ml(level.compound) for level in levels]
    return np.sum(shares, axis=0) if shares else np.zeros(1)


def first_signs_ug_per_ml(compound: str) -> float:
    """Level of lidocaine or prilocaine from which first signs are described, in µg/mL.

    Examples
    --------
    >>> first_signs_ug_per_ml("lidocaine")
    1.0
    """
    return parameter("body_level.first_signs_fraction").value * parameter(_TOXIC[compound]).value


def _one(
    on: CreamOn, used: Cream, active: str, weight: Array, at: Array, n: int, seed: int, p: BodyLevelParameters
) -> BodyLevel:
    passes = used.draw_passes_ug_per_cm2_per_h(active, n, seed)
    if on.occluded is not None and on.occluded != used.occluded:
        passes = passes * (p.cover_uptake_fold if on.occluded else 1.0 / p.cover_uptake_fold)
    release = p.release_per_h
    if on.site == "body":
        passes, release = passes * p.body_uptake_fold, release * p.body_release_fold
    if on.needled == "before":
        passes = passes + p.needled_uptake_ug_per_cm2_per_h
    red = release * draw_one(_NEEDLED_FLOW, n, seed)
    during, later = red if on.needled == "before" else release, release if on.needled == "no" else red
    held = on.amount_g * used.strength_mg_per_g(active)
    rate = passes * on.area_cm2 / _UG_PER_MG
    # a thin cream is used up before it is wiped off
    hours_in = np.minimum(on.minutes / _MINUTES_PER_HOUR, held / rate)
    volume = getattr(p, f"{active}_volume_l_per_kg") * weight
    cleared_l_per_h = getattr(p, f"{active}_clearance_l_per_h_kg") * weight
    out = cleared_l_per_h / volume
    skin, body = _course(at, rate, hours_in, during, later, out)
    left_skin, left_body = (left[:, 0] for left in _course(hours_in[:, None], rate, hours_in, during, later, out))
    wait = _hours_to_peak(left_skin, left_body, later, out)
    peak = _after(wait, left_skin, left_body, later, out)[1]
    taken = rate * hours_in
    keys = [*parameter_keys(BodyLevelParameters), *used.evidence_keys, *([] if on.needled == "no" else [_NEEDLED_FLOW])]
    return BodyLevel(
        compound=active,
        held_mg=held,
        absorbed_mg=taken,
        peak_ug_per_ml=peak / volume,  # mg/L
        peak_hours=hours_in + wait,
        area_ug_h_per_ml=taken / cleared_l_per_h,
        hours=at,
        in_skin_mg=skin,
        in_body_mg=body,
        cleared_mg=rate[:, None] * np.minimum(at, hours_in[:, None]) - skin - body,
        ug_per_ml=body / volume[:, None],
        rests_on=tuple(key for key in keys if _bears_on(key, active, used)),
    )


def _bears_on(key: str, active: str, used: Cream) -> bool:
    """Whether a figure bears on an active: not those of the cream's or the body's other actives."""
    others = {*_TOXIC, *used.actives} - {active}
    return not any(f".{other}_" in key or f".{other}." in key for other in others)


def _course(at: Array, rate: Array, hours_in: Array, during: Array, later: Array, out: Array) -> tuple[Array, Array]:
    """In skin and in body at hours, shape (n, t): filled evenly while cream is there to be taken up, emptied after."""
    rate, until, during, later, out = (one[:, None] for one in (rate, hours_in, during, later, out))
    s = np.minimum(at, until)
    skin = -rate * np.expm1(-during * s) / during
    body = -rate * (np.expm1(-out * s) / out + _apart(during, out, s))
    return _after(np.maximum(at - until, 0.0), skin, body, later, out)


def _after(s: Array, skin: Array, body: Array, later: Array, out: Array) -> tuple[Array, Array]:
    """In skin and in body a time after nothing more comes in."""
    return skin * np.exp(-later * s), body * np.exp(-out * s) + later * skin * _apart(later, out, s)


def _apart(first: Array, then: Array, s: Array) -> Array:
    """What a unit in the first of two stores leaves in the second, over the first one's rate; also for equal rates."""
    x = np.abs(then - first) * s
    small = x < np.finfo(float).tiny  # numerics: equal rates, where the quotient is 1
    return s * np.exp(-np.minimum(first, then) * s) * np.where(small, 1.0, -np.expm1(-x) / np.where(small, 1.0, x))


def _hours_to_peak(skin: Array, body: Array, later: Array, out: Array) -> Array:
    """Hours from the end of uptake to the highest level; 0 where nothing was taken up."""
    some = skin > 0.0
    share = np.where(some, body, 0.0) / (later * np.where(some, skin, 1.0))
    apart = out - later
    equal = np.abs(apart) < np.finfo(float).tiny  # numerics: equal rates, where the limit is taken
    far = np.where(equal, 1.0, apart)
    # the level rises when uptake ends, since it has risen all the while: the logarithms exist
    grown = (np.log1p(far / later) + np.log1p(-far * share)) / far
    return np.where(some, np.maximum(np.where(equal, 1.0 / later - share, grown), 0.0), 0.0)
