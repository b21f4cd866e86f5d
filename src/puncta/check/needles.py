"""Needles by hand: punctures, depth, injured volume and time of one session in one zone."""

from __future__ import annotations

import math

from puncta.check.facts import Tool, base, figure

_MM2_PER_CM2 = 100.0
_MM_PER_CM = 10.0
_SECONDS_PER_MINUTE = 60.0
_TERMS = 40  # numerics: terms of the series; beyond the mouths that any setting opens it needs fewer


def density_per_cm2(tool: Tool, passes: float) -> float:
    """Punctures per cm² of a session: needles that come down while the track passes over a square centimetre.

    Parameters
    ----------
    tool : Tool
        Device and hand.
    passes : float
        Passes.

    Examples
    --------
    >>> pen = Tool("pen", 6, 1.5, 0.15, 0.5, 3.0, 120.0, 1.0, None, 1, None)
    >>> density_per_cm2(pen, 4)
    1920.0
    """
    if tool.per_pass is not None:
        return tool.per_pass * passes
    seconds_per_cm2 = 1.0 / (tool.speed_cm_per_s * tool.swath_cm)
    return tool.needles * tool.strokes_per_s * seconds_per_cm2 * passes


def reached_mm(tool: Tool, zone: str, dial_mm: float) -> float:
    """Mean depth that channels reach.

    Parameters
    ----------
    tool : Tool
        Device and hand.
    zone : str
        Zone with side.
    dial_mm : float
        Set depth.

    Examples
    --------
    >>> pen = Tool("pen", 6, 1.5, 0.15, 0.5, 3.0, 120.0, 1.0, None, 1, None)
    >>> round(reached_mm(pen, "cheek_left", 1.0), 3)
    0.89
    """
    out = min(dial_mm, tool.needle_mm)
    if tool.kind == "roller":
        share = 1.0 / (1.0 + (figure("needling.roller_half_length_mm") / out) ** figure("needling.roller_steepness"))
    else:
        share = figure(f"needling.ratio_{tool.kind}")
    soft = figure(f"zones.{base(zone)}.deflection_factor") / tool.speed_fold ** figure("needling.give_speed_power")
    return min(max(share * out + figure("needling.deflection_mm") * (1.0 - soft), 0.0), out)


def mouth_mm(depth_mm: float) -> float:
    """Radius of a channel's mouth."""
    return figure("needling.radius_limit_mm") / (
        1.0 + figure("needling.radius_half_mm") / max(depth_mm, 1e-9)
    )  # numerics: no division by nothing


def volume_mm3_per_cm2(depth_mm: float, per_cm2: float) -> float:
    """Injured volume under a cm², overlaps counted once: the power series of the integral, term by term.

    Parameters
    ----------
    depth_mm : float
        Depth reached.
    per_cm2 : float
        Punctures.

    Notes
    -----
    The integral of 1 - exp(-m s^(2t)) over s from 0 to 1 is the sum over k of (-1)^(k+1) m^k / (k! (2tk + 1)).

    Examples
    --------
    >>> round(volume_mm3_per_cm2(1.0, 100.0), 3)
    0.427
    """
    if depth_mm <= 0.0:
        return 0.0
    m = per_cm2 / _MM2_PER_CM2 * math.pi * mouth_mm(depth_mm) ** 2
    power, term, total = 2.0 * figure("needling.taper"), 1.0, 0.0
    for k in range(1, _TERMS):
        term *= -m / k
        total -= term / (power * k + 1.0)
    return _MM2_PER_CM2 * depth_mm * total


def opened_fraction(depth_mm: float, per_cm2: float) -> float:
    """Share of the surface opened."""
    return 1.0 - math.exp(-per_cm2 / _MM2_PER_CM2 * math.pi * mouth_mm(depth_mm) ** 2)


def minutes(tool: Tool, area_cm2: float, passes: float) -> float:
    """Time of gliding over an area.

    Examples
    --------
    >>> minutes(Tool("pen", 6, 1.5, 0.15, 0.5, 3.0, 120.0, 1.0, None, 1, None), 45.0, 4)
    2.0
    """
    return passes * area_cm2 / tool.swath_cm / tool.speed_cm_per_s / _SECONDS_PER_MINUTE


def at_once(tool: Tool) -> float:
    """Needles in the skin at one time."""
    if tool.kind != "roller":
        return float(tool.needles)
    if tool.drum_cm is None:
        around = tool.needles / ((tool.per_pass or 1.0) * tool.swath_cm)
        radius = _MM_PER_CM * around / (2.0 * math.pi)
    else:
        radius = _MM_PER_CM * tool.drum_cm / 2.0 + tool.needle_mm
    sunk = figure("pattern.roller_sunk_mm")
    half_turn = math.acos(min(max(1.0 - sunk / radius, -1.0), 1.0))
    return max(tool.needles * half_turn / math.pi, float(tool.rows))
