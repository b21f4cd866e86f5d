"""The change by hand: what a typical person shows of a regular course, as a geometric sum in closed form."""

from __future__ import annotations

import math
from statistics import NormalDist, fmean, median

import numpy as np

from puncta.case import Case, Concern, ConcernKind, Course
from puncta.check.facts import area_cm2, figure, passes, tool
from puncta.check.needles import density_per_cm2, reached_mm, volume_mm3_per_cm2
from puncta.evidence import parameter
from puncta.evidence.library import read_data
from puncta.frozen import frozen

_EVEN = tuple((index + 0.5) / 21 for index in range(21))  # numerics: even shares of people
_FOUR = 4  # numerics: gains are told for a course of four sessions
_GAINS = {
    ConcernKind.ATROPHIC_ACNE_SCARS: "gain_acne_scars",
    ConcernKind.LINES: "gain_ageing",
    ConcernKind.LAXITY: "gain_ageing",
    ConcernKind.TEXTURE: "gain_ageing",
    ConcernKind.PORES: "gain_pores",
    ConcernKind.STRETCH_MARKS: "gain_stretch_marks",
    ConcernKind.SURGICAL_SCARS: "gain_raised_scars",
    ConcernKind.BURN_SCARS: "gain_raised_scars",
}
_SCAR_TYPES = {"rolling": "rolling_fold", "boxcar": "boxcar_fold", "ice_pick": "ice_pick_fold"}
_SCAR_PRODUCTS = {"plasma": "addon_plasma", "product": "addon_product", "vitamin_c": "addon_product"}
_PIGMENT_PRODUCTS = ("plasma", "tranexamic_acid", "vitamin_c")
_UNTESTED = {
    ConcernKind.AGE_SPOTS: "untested_pigment_fold",
    ConcernKind.DARK_MARKS: "untested_pigment_fold",
    ConcernKind.DERMAL_PIGMENT: "dermal_pigment_fold",
}


def _known(name: str) -> float:
    return figure(f"appearance.{name}")


@frozen
class _Visits:
    """A course as three figures: how many visits, how far apart, what each does."""

    count: int
    interval_days: float
    fold: float


def improvement_fraction(case: Case, course: Course, concern: Concern, day: float) -> float:
    """Share of a concern's severity gone at a day in a typical person, mean over its zones by area.

    Parameters
    ----------
    case : Case
        The case.
    course : Course
        Visits at equal intervals.
    concern : Concern
        One of the case.
    day : float
        Day to read, from the first visit.

    Returns
    -------
    float
        At most 1.

    Notes
    -----
    Limits: ``limits.check``. Visits at unequal intervals are taken at their mean interval.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> 0.0 < improvement_fraction(case, Course("untreated", ()), case.concerns[0], 270.0) < 0.2
    True
    """
    areas = [area_cm2(case, zone) for zone in concern.zones]
    gone = [_in_zone(case, course, concern, zone, day) for zone in concern.zones]
    return sum(a * g for a, g in zip(areas, gone, strict=True)) / sum(areas)


def _in_zone(case: Case, course: Course, concern: Concern, zone: str, day: float) -> float:
    power = "tissue_power_pigment" if concern.kind not in _GAINS else "tissue_power"
    count = len(course.sessions)
    apart = course.last_day / (count - 1) if count > 1 else 0.0
    visits = _Visits(count, apart, _session_fold(case, course, zone, power))
    laid, home = _products(case, course)
    instead = _mean_of_studies(concern.kind, count, laid, home)
    if concern.kind in _GAINS:
        return _remodelled(concern, visits, laid, day, instead)
    return _lightened(concern.kind, case, visits, laid, home, day, instead)


def _products(case: Case, course: Course) -> tuple[str, tuple[str, ...]]:
    laid = case.library.product(case.session_product).addon if case.session_product and course.sessions else ""
    return laid, tuple(case.library.product(key).addon for key in course.home_products)


def _mean_of_studies(kind: ConcernKind, count: int, laid: str, home: tuple[str, ...]) -> float | None:
    """What studies read on average, where that is shown in place of the law."""
    heading = ""
    if kind is ConcernKind.ATROPHIC_ACNE_SCARS and count:
        product = _SCAR_PRODUCTS.get(laid, "")
        heading = {"": "acne_alone", "addon_plasma": "acne_plasma"}.get(product, "acne_product")
    elif kind is ConcernKind.MELASMA and count:
        heading = "melasma_product" if laid in _PIGMENT_PRODUCTS or "hydroquinone" in home else ""
    elif kind is ConcernKind.MELASMA and "hydroquinone" in home:
        heading = "melasma_home"
    stored = read_data("fitted/appearance_unseen.toml").get("shown", {}).get(heading)
    return None if stored is None else float(stored["mean_fraction"])


def _session_fold(case: Case, course: Course, zone: str, power: str) -> float:
    """What one session of this zone does against one of the published courses, mean over its sessions."""
    settings = [one for session in course.sessions for one in session.settings if one.zone == zone]
    if not settings:
        return 0.0
    usual_depth, usual_density = _known("reference_depth_mm"), _known("reference_density_per_cm2")
    usual = volume_mm3_per_cm2(usual_depth, usual_density), _answer(usual_depth, usual_density)
    hand = tool(case)
    reached = [(reached_mm(hand, zone, one.dial_mm), density_per_cm2(hand, passes(one, hand.kind))) for one in settings]
    # sessions that differ count by their mean
    injury = fmean(volume_mm3_per_cm2(*one) for one in reached) / usual[0]
    gate = _known("injury_gate")
    floor = figure("check.signal_floor_fraction")
    ratio = (fmean(_answer(*one) for one in reached) / usual[1] + floor) / (1.0 + floor)
    held = min(max(ratio ** _known(power), _known("tissue_fold_least")), _known("tissue_fold_most"))
    return held * injury * (1.0 + gate) / (injury + gate)


def _answer(depth_mm: float, density_per_cm2: float) -> float:
    """Collagen that one session leaves: more with depth, and with punctures until they are enough for that depth."""
    if depth_mm <= 0.0:
        return 0.0
    enough = figure("check.enough_per_cm2") * depth_mm ** -figure("check.enough_power")
    reached = (density_per_cm2 / enough) ** figure("check.density_steepness")
    return depth_mm ** figure("check.depth_power") * reached / (1.0 + reached)


def _there(days: float, constant_days: float) -> float:
    """Share that is there of what comes with a time constant."""
    return 1.0 - math.exp(-max(days, 0.0) / constant_days)


def _geometric(ratio: float, count: int) -> float:
    """Sum of the first powers of a ratio: 1 + ratio + ..."""
    return float(count) if math.isclose(ratio, 1.0) else (ratio**count - 1.0) / (ratio - 1.0)


def _developed(visits: _Visits, day: float, less: float, constant_days: float) -> float:
    """Sum over visits of less^i (1 - exp(-(day - i interval) / constant)), as two geometric sums."""
    done = visits.count
    if visits.interval_days > 0.0:
        done = min(visits.count, math.floor(day / visits.interval_days) + 1)
    grown = less * math.exp(visits.interval_days / constant_days)
    return _geometric(less, done) - math.exp(-day / constant_days) * _geometric(grown, done)


def _remodelled(concern: Concern, visits: _Visits, laid: str, day: float, instead: float | None) -> float:
    matured = _known("maturation_days")
    drift = _known("untreated_gain") * _there(day, matured)
    if not visits.count:
        return min(drift, 1.0)
    less = math.exp(-1.0 / _known("session_scale"))
    developed = _developed(visits, day, less, matured)
    if instead is not None:
        return min(instead * developed / _geometric(less, visits.count), 1.0)
    four, all_of_them = _geometric(less, _FOUR), _geometric(less, visits.count)
    counted = (all_of_them / four) ** (_known("session_weight") - 1.0)
    gain = _known(_GAINS[concern.kind]) * visits.fold
    if concern.kind is ConcernKind.ATROPHIC_ACNE_SCARS and concern.variety in _SCAR_TYPES:
        gain *= _known(_SCAR_TYPES[concern.variety])
    if laid in _SCAR_PRODUCTS:
        gain += _known(_SCAR_PRODUCTS[laid])
    return min(drift + gain * counted * developed / four, 1.0)


def _lightened(
    kind: ConcernKind, case: Case, visits: _Visits, laid: str, home: tuple[str, ...], day: float, instead: float | None
) -> float:
    used = _there(day, _known("pigment_home_days"))
    shown = _developed(visits, day, 1.0, _known("pigment_emergence_days")) / visits.count if visits.count else 0.0
    if instead is not None:
        return min(instead * (shown if visits.count else used), 1.0)
    reach = _known(_UNTESTED[kind]) if kind in _UNTESTED else 1.0
    fall = reach * _known("pigment_hydroquinone") * used if "hydroquinone" in home else 0.0
    if visits.count:
        usual = _known("pigment_reference_sessions")
        course = _known("pigment_per_session") * usual * (visits.count / usual) ** _known("pigment_session_power")
        course *= reach * visits.fold
        product = reach * _known("pigment_addon") if laid in _PIGMENT_PRODUCTS else 0.0
        fall += shown * (course + product) * (1.0 - _returned(kind, case, visits, day))
    gone = 1.0 - math.exp(-fall)
    if kind is ConcernKind.DARK_MARKS:
        gone = _fading_middle(gone, day, max(shown, used if fall else 0.0))
    return min(gone, 1.0)


def _fading_middle(gone: float, day: float, begun: float) -> float:
    """Middle over people of what also fades by itself.

    People differ by more than what is left, and nothing is left below nothing: the middle of the product is not the
    product of the middles, so it is taken over even shares of both.
    """
    people = NormalDist(
        0.0, math.hypot(_known("person_sd"), _heavy(_known("study_scale") + _known("study_scale_pigment")))
    )
    fading = parameter("appearance.dark_mark_fading_days")
    days = fading.spread.at(fading.value, np.array(_EVEN))
    left = [
        max(1.0 - gone - begun * people.inv_cdf(share), 0.0) * math.exp(-day / float(one))
        for share in _EVEN
        for one in days
    ]
    return 1.0 - median(left)


def _heavy(scale: float) -> float:
    """Standard deviation of a t with 4 degrees of freedom of that scale."""
    return scale * math.sqrt(2.0)


def _returned(kind: ConcernKind, case: Case, visits: _Visits, day: float) -> float:
    """Share of the effect of the visits that comes back, over all people: some relapse, some do not."""
    if kind is not ConcernKind.MELASMA:
        return 0.0
    often = _known("relapse_probability")
    if not case.home_care.sunscreen:
        often = min(often * _known("unprotected_relapse_fold"), 1.0)
    after = day - (visits.count - 1) * visits.interval_days
    return often * _known("relapse_share") * _there(after, _known("relapse_days"))
