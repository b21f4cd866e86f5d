"""Faults to plant: slips of units, zones, settings, doses and courses, each as a change to what a plan tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from puncta.case import Case, Course, Session, ZoneSetting
from puncta.check import Told

Planted = tuple[Case, Course, Told]
Fault = Callable[[Case, Course, Told], Planted]
Band = tuple[float, float, float]


def _bands(told: Told, change: Callable[[str, Band], Band]) -> Told:
    return replace(told, bands={key: change(key, band) for key, band in told.bands.items()})


def _scaled(name: str, fold: float) -> Fault:
    def plant(case: Case, course: Course, told: Told) -> Planted:
        def change(key: str, band: Band) -> Band:
            return (band[0] * fold, band[1] * fold, band[2] * fold) if key.startswith(name) else band

        return case, course, _bands(told, change)

    return plant


def _swapped(case: Case, course: Course, told: Told) -> Planted:
    """Figures of the first zone under the name of the last, and the other way round."""
    first, last = course.sessions[0].settings[0].zone, course.sessions[0].settings[-1].zone
    names = {first: last, last: first}

    def other(key: str) -> str:
        name, at, zone = key.partition("@")
        return f"{name}{at}{names.get(zone, zone)}"

    return case, course, replace(told, bands={key: told.bands[other(key)] for key in told.bands})


def _set_for_reached(case: Case, course: Course, told: Told) -> Planted:
    dials = {one.zone: one.dial_mm for one in course.sessions[0].settings}

    def change(key: str, band: Band) -> Band:
        name, _, zone = key.partition("@")
        return tuple(value + dials[zone] - band[1] for value in band) if name == "depth_mm" else band  # type: ignore[return-value]

    return case, course, _bands(told, change)


def _told(**changes: Callable[[Told], object]) -> Fault:
    def plant(case: Case, course: Course, told: Told) -> Planted:
        return case, course, replace(told, **{name: change(told) for name, change in changes.items()})  # type: ignore[arg-type]

    return plant


def _one_visit_less_printed(case: Case, course: Course, told: Told) -> Planted:
    return case, replace(course, sessions=course.sessions[:-1]), told


def _weeks_for_days(case: Case, course: Course, told: Told) -> Planted:
    sessions = tuple(Session(one.day // 7, one.settings) for one in course.sessions)
    return case, replace(course, sessions=sessions), told


def _settings(change: Callable[[ZoneSetting], ZoneSetting]) -> Fault:
    def plant(case: Case, course: Course, told: Told) -> Planted:
        sessions = tuple(Session(one.day, tuple(change(s) for s in one.settings)) for one in course.sessions)
        return case, replace(course, sessions=sessions), told

    return plant


def _case(change: Callable[[Case], Case]) -> Fault:
    def plant(case: Case, course: Course, told: Told) -> Planted:
        return change(case), course, told

    return plant


def _mirrored(case: Case, course: Course, told: Told) -> Planted:
    """Improvement with the wrong sign."""

    def change(key: str, band: Band) -> Band:
        return (-band[2], -band[1], -band[0]) if key.startswith("improvement") else band

    return case, course, _bands(told, change)


def _lost(name: str) -> Fault:
    def plant(case: Case, course: Course, told: Told) -> Planted:
        return case, course, replace(told, bands={k: v for k, v in told.bands.items() if not k.startswith(name)})

    return plant


def _limits(told: Told, fold: float) -> Mapping[str, float]:
    return {name: limit * fold for name, limit in told.cream_limit_mg.items()}


def _taken(told: Told, fold: float) -> Mapping[str, Band]:
    return {name: (b[0] * fold, b[1] * fold, b[2] * fold) for name, b in told.cream_absorbed_mg.items()}


#: Each fault by the sentence that a reviewer would write; all are planted into the plan of acne scars.
FAULTS: Mapping[str, Fault] = {
    "depth in micrometres under the name of millimetres": _scaled("depth_mm", 1000.0),
    "depth in tenths of an inch": _scaled("depth_mm", 0.394),
    "punctures per square inch": _scaled("density_per_cm2", 6.45),
    "zones swapped": _swapped,
    "set depth in place of the depth reached": _set_for_reached,
    "one visit less on the card than in the forecast": _one_visit_less_printed,
    "weeks taken for days": _weeks_for_days,
    "passes counted twice": _scaled("density_per_cm2", 2.0),
    "injury of the whole course given as that of a session": _scaled("injury_mm3_per_cm2", 3.0),
    "injury of one session given as that of the whole course": _told(
        injury_mm3_per_cm2=lambda told: told.injury_mm3_per_cm2 / told.sessions_count
    ),
    "hours of redness given as days": _scaled("inflammation_hours", 1.0 / 24.0),
    "cream for one side only": _told(cream_g=lambda told: told.cream_g / 2.0),
    "cream ten times as thick": _told(cream_g=lambda told: told.cream_g * 10.0),
    "cream on skin that is not treated": _told(
        cream_g=lambda told: told.cream_g * 2.5, cream_cm2=lambda told: told.cream_cm2 * 2.5
    ),
    "weight in pounds for the limit of the cream": _told(cream_limit_mg=lambda told: _limits(told, 2.2)),
    "minutes of the cream taken for hours": _told(cream_absorbed_mg=lambda told: _taken(told, 60.0)),
    "per cent in place of a share": _scaled("improvement_fraction", 100.0),
    "worse for better": _mirrored,
    "a setting deeper than the zone allows": _settings(lambda s: replace(s, dial_mm=2.0)),
    "another device than the one at hand": _case(
        lambda case: replace(case, device=replace(case.device, device="dermapen_4"))
    ),
    "a zone that is to be avoided": _case(
        lambda case: replace(case, zones=tuple(replace(z, role=type(z.role).AVOID) for z in case.zones))
    ),
    "pain as if there were no cream": _scaled("pain_score", 1.5),
    "dark marks as of the lightest skin": _scaled("pih_probability", 0.2),
    "a figure left out": _lost("pain_score"),
}
