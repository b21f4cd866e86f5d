"""Courses that always stand on the list: untreated, home care alone, and the usual published course."""

from __future__ import annotations

from collections.abc import Mapping

from puncta.case import Case, Course, Role, ZoneSetting
from puncta.planning.settable import Schedule, published_passes, published_schedule
from puncta.safety import ZoneLimit, zone_limits


def untreated(case: Case) -> Course:
    """No visit and no product."""
    return Course("untreated", ())


def home_care(case: Case) -> Course:
    """No visit; the home products of the case."""
    return Course("home_care", (), case.home_care.products)


def course(name: str, case: Case, schedule: Schedule, settings: Mapping[str, tuple[float, int]]) -> Course:
    """Build a course from one setting per zone, home products included.

    Parameters
    ----------
    name : str
        Name key.
    case : Case
        Gives the home products.
    schedule : Schedule
        Visits.
    settings : mapping of str to (dial_mm, passes)
        By zone name.
    """
    zones = tuple(ZoneSetting(zone, dial, passes) for zone, (dial, passes) in settings.items())
    return Course.regular(name, zones, schedule.sessions_count, schedule.interval_days, case.home_care.products)


def standard_course(case: Case, limits: Mapping[str, ZoneLimit]) -> Course:
    """The usual published course as far as the limits allow: deepest allowed dial, four passes, four visits.

    Parameters
    ----------
    case : Case
        The case.
    limits : mapping of str to ZoneLimit
        By zone to be treated; zones without a settable step are left out.

    Returns
    -------
    Course
        Named ``standard``.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> case = read_case("examples/stretch_marks.toml")
    >>> made = standard_course(case, {"abdomen": zone_limits(case, "abdomen")})
    >>> made.sessions[0].settings[0].passes
    4
    """
    settings = {zone: (limit.deepest_mm, published_passes()) for zone, limit in limits.items() if limit.steps_mm}
    return course("standard", case, published_schedule(case), settings)


def usual_course(case: Case) -> Course:
    """The course to simulate where none is named: a published case's own protocol, else the usual published course.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    Course
        Within the limits of every treated zone.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> len(usual_course(read_case("examples/published_A03.toml")).sessions)
    5
    """
    if case.protocol is not None:
        return case.protocol
    return standard_course(case, {use.zone: zone_limits(case, use.zone) for use in case.zones_with(Role.TREAT)})
