"""The second calculation of a course: each figure of the plan beside a closed form."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from puncta.case import Case, Course, ZoneSetting
from puncta.check.bounds import deepest_mm
from puncta.check.comfort import (
    dark_marks_probability,
    inflamed_hours,
    pain_left_fraction,
    pain_score,
    seen_hours,
)
from puncta.check.compare import Checked, Compared, bound, exact, median
from puncta.check.cream import cream_bounds
from puncta.check.facts import area_cm2, passes, tool
from puncta.check.needles import density_per_cm2, minutes, opened_fraction, reached_mm, volume_mm3_per_cm2
from puncta.check.outcome import improvement_fraction
from puncta.frozen import frozen

Band = tuple[float, float, float]
_LOST: Band = (math.nan, math.nan, math.nan)


@frozen
class Told:
    """What a plan tells of one course, as plain figures.

    Parameters
    ----------
    bands : mapping of str to band
        Low end, middle and high end of the band of 80 %, by ``name@zone`` or ``name@concern``; change at ``read_day``.
    sessions_count, last_day : float
        Visits, and the day of the last.
    area_cm2 : float
        Area that is needled.
    injury_mm3_per_cm2 : float
        Injured volume of the whole course, mean over zones by area.
    read_day : float
        Day of the change.
    draws_count : int
        Draws behind the bands.
    cream_g, cream_cm2, cream_minutes : float
        Cream of one session; 0 without.
    cream_limit_mg : mapping of str to float
        Limit by active.
    cream_absorbed_mg : mapping of str to band
        Uptake by active.
    """

    bands: Mapping[str, Band]
    sessions_count: float
    last_day: float
    area_cm2: float
    injury_mm3_per_cm2: float
    read_day: float
    draws_count: int
    cream_g: float
    cream_cm2: float
    cream_minutes: float
    cream_limit_mg: Mapping[str, float]
    cream_absorbed_mg: Mapping[str, Band]


def second_calculation(case: Case, course: Course, told: Told) -> Checked:
    """Work out a course a second time, and compare.

    Parameters
    ----------
    case : Case
        The case, without what the screening blocks.
    course : Course
        The course as it is printed.
    told : Told
        What the plan tells of it.

    Returns
    -------
    Checked
        Every figure twice, with the tolerance; a figure that the plan does not tell counts as apart.

    Notes
    -----
    Limits: ``limits.check``. Closed forms with the middle value of every parameter, in single numbers.

    Examples
    --------
    >>> from puncta.case import Course, read_case
    >>> told = Told({}, 0, 0, 0.0, 0.0, 270.0, 200, 0.0, 0.0, 0.0, {}, {})
    >>> found = second_calculation(read_case("examples/acne_scars.toml"), Course("untreated", ()), told)
    >>> [one.name for one in found.apart]  # the change was not told
    ['improvement_fraction']
    """
    settings = _first_settings(course)
    found = [*_course(case, course, told)]
    for setting in settings:
        found += _zone(case, course, setting, told)
    if settings:
        found += _marks(case, course, told)
    for concern in case.concerns:
        gone = improvement_fraction(case, course, concern, told.read_day)
        band = told.bands.get(f"improvement_fraction@{concern.kind}", _LOST)
        found.append(median("improvement_fraction", concern.kind, band, gone, told.draws_count))
    if told.cream_g:
        found += _cream(case, course, told)
    return Checked(tuple(found))


def _injury(case: Case, setting: ZoneSetting) -> float:
    hand = tool(case)
    depth = reached_mm(hand, setting.zone, setting.dial_mm)
    return volume_mm3_per_cm2(depth, density_per_cm2(hand, passes(setting, hand.kind)))


def _first_settings(course: Course) -> tuple[ZoneSetting, ...]:
    """How each zone is needled for the first time, be it at a later visit."""
    first: dict[str, ZoneSetting] = {}
    for session in course.sessions:
        for one in session.settings:
            first.setdefault(one.zone, one)
    return tuple(first.values())


def _course(case: Case, course: Course, told: Told) -> Iterator[Compared]:
    count = len(course.sessions)
    yield exact("sessions_count", "", told.sessions_count, float(count))
    yield bound("sessions_count", "", float(count), float(max(case.limits.max_sessions, _given(case))))
    yield exact("course_days", "", told.last_day, float(course.last_day))
    opening = course.sessions[0].settings if course.sessions else ()
    yield exact("area_cm2", "", told.area_cm2, sum(area_cm2(case, one.zone) for one in opening))
    areas = {one.zone: area_cm2(case, one.zone) for one in _first_settings(course)}
    if areas:
        every = {one.zone: area_cm2(case, one.zone) for session in course.sessions for one in session.settings}
        whole = sum(every[one.zone] * _injury(case, one) for session in course.sessions for one in session.settings)
        whole /= sum(every.values())
        widest = max((told.bands.get(f"injury_mm3_per_cm2@{zone}", _LOST) for zone in areas), key=lambda b: b[2] - b[0])
        # the middle of a sum has the spread of its parts, times the visits
        low, high = (told.injury_mm3_per_cm2 + count * (end - widest[1]) for end in (widest[0], widest[2]))
        yield median("injury_mm3_per_cm2", "", (low, told.injury_mm3_per_cm2, high), whole, told.draws_count)


def _given(case: Case) -> int:
    return len(case.protocol.sessions) if case.protocol is not None else 0


def _zone(case: Case, course: Course, setting: ZoneSetting, told: Told) -> Iterator[Compared]:
    hand, zone = tool(case), setting.zone
    times = passes(setting, hand.kind)
    depth, density = reached_mm(hand, zone, setting.dial_mm), density_per_cm2(hand, times)
    opened = opened_fraction(depth, density)
    inflamed = inflamed_hours(depth, opened)
    second = {
        "depth_mm": depth,
        "density_per_cm2": density,
        "opened_area_fraction": opened,
        "injury_mm3_per_cm2": volume_mm3_per_cm2(depth, density),
        "time_minutes": minutes(hand, area_cm2(case, zone), times),
        "pain_score": pain_score(hand, zone, setting.dial_mm, _pain_left(case)),
        "inflammation_hours": inflamed,
        "redness_visible_hours": seen_hours(case, inflamed),
    }
    if case.protocol is None or course is not case.protocol:  # a published series did what it did
        dials = [one.dial_mm for session in course.sessions for one in session.settings if one.zone == zone]
        yield bound("dial_mm", zone, max(dials), deepest_mm(case, zone))
    for name, value in second.items():
        yield median(name, zone, told.bands.get(f"{name}@{zone}", _LOST), value, told.draws_count)


def _pain_left(case: Case) -> float:
    return 1.0 if case.person.weight_kg is None else pain_left_fraction(case.numbing)


def _marks(case: Case, course: Course, told: Told) -> Iterator[Compared]:
    totals: dict[str, float] = {}
    for session in course.sessions:
        for one in session.settings:
            totals[one.zone] = totals.get(one.zone, 0.0) + _injury(case, one)
    chance = dark_marks_probability(case, tuple(totals), max(totals.values()))
    yield median("pih_probability", "", told.bands.get("pih_probability", _LOST), chance, told.draws_count)


def _cream(case: Case, course: Course, told: Told) -> Iterator[Compared]:
    bounds = cream_bounds(case, told.cream_minutes)
    if bounds is None:
        yield bound("cream_g", "", told.cream_g, 0.0)
        return
    yield exact("cream_g", "", told.cream_g, bounds.grams_per_cm2 * told.cream_cm2)
    treated = sum(area_cm2(case, one.zone) for one in (course.sessions[0].settings if course.sessions else ()))
    yield bound("cream_cm2", "", told.cream_cm2, min(bounds.most_area_cm2, treated))
    used_up = 0.0
    for active, limit in bounds.limit_mg.items():
        taken = bounds.absorbed_mg_per_cm2[active] * told.cream_cm2
        used_up += taken / limit
        yield exact("cream_limit_mg", active, told.cream_limit_mg.get(active, math.nan), limit)
        absorbed = told.cream_absorbed_mg.get(active, _LOST)
        yield median("cream_absorbed_mg", active, absorbed, taken, told.draws_count)
    yield bound("cream_limit_fraction", "", used_up, 1.0)
