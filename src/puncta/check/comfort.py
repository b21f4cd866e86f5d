"""Comfort by hand: pain, redness and dark marks of one course in one zone."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from puncta.case import Case, ConcernKind, Numbing, Reply
from puncta.check.facts import Tool, base, figure
from puncta.check.needles import at_once
from puncta.evidence import fitted

_WORST = 10.0
_DARK = 4  # numerics: Fitzpatrick type IV


def pain_score(tool: Tool, zone: str, dial_mm: float, left_fraction: float) -> float:
    """Pain of a session, 0 to 10.

    Parameters
    ----------
    tool : Tool
        Device and hand.
    zone : str
        Zone with side.
    dial_mm : float
        Set depth.
    left_fraction : float
        Share of the pain that cream leaves.

    Examples
    --------
    >>> pen = Tool("pen", 12, 1.5, 0.15, 0.5, 3.0, 120.0, 1.0, None, 1, None)
    >>> round(pain_score(pen, "cheek_left", 1.0, 1.0), 1)
    6.6
    """
    lengths = figure("pain.length_power") * math.log(min(dial_mm, tool.needle_mm) / figure("pain.half_length_mm"))
    needles = figure("pain.needles_power") * math.log(at_once(tool) / figure("pain.reference_needles"))
    felt = _WORST / (1.0 + math.exp(-lengths - needles)) * figure(f"zones.{base(zone)}.pain_factor")
    return min(felt, _WORST) * left_fraction


def pain_left_fraction(cream: Numbing | None) -> float:
    """Share of the pain that cream leaves; 1 without.

    Examples
    --------
    >>> pain_left_fraction(None)
    1.0
    """
    if cream is None:
        return 1.0
    left = figure(f"numbing.{cream.product}.residual_pain_fraction")
    least = figure("safety.cream_short_time_fraction")
    time = cream.minutes / figure(f"numbing.{cream.product}.minutes")
    works = min(max((time - least) / (1.0 - least), 0.0), 1.0)
    return 1.0 - works * (1.0 - left)


def inflamed_hours(depth_mm: float, opened_fraction: float) -> float:
    """How long redness lasts as light skin would show it.

    Parameters
    ----------
    depth_mm : float
        Depth reached.
    opened_fraction : float
        Share of the surface opened.

    Returns
    -------
    float
        Hours; redness dies away by one time constant until it is no longer seen.

    Notes
    -----
    A law of its own: a power of the opened area times depth below the surface layer, and one time constant. Limits:
    ``limits.check``.

    Examples
    --------
    >>> 24 < inflamed_hours(0.92, 0.17) < 72
    True
    """
    below = max(depth_mm - figure("check.redness_from_mm"), 0.0)
    strength = figure("check.redness_per_mm") * opened_fraction ** figure("check.redness_opened_power") * below
    return _hours(strength)


def _hours(strength: float) -> float:
    """How long a redness of so many times what is just seen takes to die away; nothing where it is never seen."""
    sharp = figure("check.redness_sharpness")
    return figure("check.redness_hours") / sharp * math.log1p(strength**sharp)


def seen_hours(case: Case, inflamed: float) -> float:
    """How long redness is seen on this skin: darker skin lets less through and needs more.

    Parameters
    ----------
    case : Case
        For skin type and colour.
    inflamed : float
        Hours as light skin would show it.
    """
    phototype = case.person.phototype
    angle = case.person.ita_degrees
    if angle is None:
        angle = figure(f"optics.phototype_{phototype}_ita_degrees")
    if angle < figure("optics.brown_above_ita_degrees"):
        return 0.0  # on the darkest skin hardly any redness is seen, in the middle of people none
    darker = figure("optics.light_skin_ita_degrees") - angle
    hidden = max(darker - figure("check.mask_from_degrees"), 0.0) / figure("check.mask_degrees")
    if phototype >= _DARK:
        hidden += math.log(figure("safety.redness_seen_dark_delta_a") / figure("safety.redness_seen_light_delta_a"))
    # the same redness, that much weaker
    sharp, hours = figure("check.redness_sharpness"), figure("check.redness_hours")
    strength = math.expm1(inflamed * sharp / hours) ** (1.0 / sharp)
    return _hours(strength * math.exp(-hidden))


def dark_marks_probability(case: Case, treated: tuple[str, ...], injury_mm3_per_cm2: float) -> float:
    """Chance of dark marks over a course.

    Parameters
    ----------
    case : Case
        For skin type, sunscreen, melasma and history.
    treated : tuple of str
        Zones that are needled.
    injury_mm3_per_cm2 : float
        Injured volume of the whole course where it is greatest.
    """
    if injury_mm3_per_cm2 <= 0.0:
        return 0.0
    logit = _log_odds(*(case.person.phototype_range or (case.person.phototype, case.person.phototype)))
    fold = injury_mm3_per_cm2 / figure("safety.pih_reference_injury_mm3_per_cm2")
    gate = figure("safety.pih_injury_gate_mm3_per_cm2")
    logit += figure("safety.pih_injury_power") * math.log(fold) - math.log1p(gate / injury_mm3_per_cm2)
    marks = case.history.get("dark_marks_after_healing")
    if not case.home_care.sunscreen:
        logit += math.log(figure("safety.pih_no_sunscreen_fold"))
    if _melasma(case, treated):
        logit += math.log(figure("safety.pih_melasma_fold"))
    if marks is not None and marks.reply is Reply.YES:
        logit += math.log(figure("safety.pih_history_fold"))
    return 1.0 / (1.0 + math.exp(-logit))


@cache
def _log_odds(low: int, high: int) -> float:
    """Logarithm of the odds at the injury of the series, in the middle of some skin types.

    Steps between types were fitted together, so the middle is taken of their sums and not of each.
    """
    joint = fitted("safety")
    assert joint is not None
    light = joint.columns["pih_light_probability"]
    by_type = [np.log(light / (1.0 - light))] * 2
    for step in range(3, high + 1):
        by_type.append(by_type[-1] + np.log(joint.columns[f"pih_step_{step}_fold"]))
    return float(np.median(np.concatenate(by_type[low - 1 : high])))


def _melasma(case: Case, treated: tuple[str, ...]) -> bool:
    named = {zone for concern in case.concerns if concern.kind is ConcernKind.MELASMA for zone in concern.zones}
    told = case.history.get("melasma")
    if told is not None and told.reply is Reply.YES:
        named |= set(told.zones) if told.zones else set(treated)
    return bool(named & set(treated))
