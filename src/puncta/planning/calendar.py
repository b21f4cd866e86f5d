"""Calendar: when a course can begin, so that delays have ended and days to keep free stay free."""

from __future__ import annotations

from datetime import date, timedelta

from puncta.case import Case, Course
from puncta.safety import Screening

# numerics: beginnings that are tried, day by day; who keeps a whole year free is asked again
_MOST_DAYS = 366


def free_for(case: Case, course: Course, found: Screening) -> date | None:
    """Find the day from which no delay stands against a course: at each visit every zone that it needles is free.

    Parameters
    ----------
    case : Case
        Gives the day of planning, before which nothing begins.
    course : Course
        The visits.
    found : Screening
        The delays.

    Returns
    -------
    date or None
        None while a delay on one of its zones has no end.

    Examples
    --------
    >>> from puncta.case import ZoneSetting, read_case
    >>> from puncta.safety import screen
    >>> case = read_case("examples/isotretinoin.toml")
    >>> once = Course.regular("once", (ZoneSetting("cheek_left", 1.0, 4),), 1, 28)
    >>> case.planned_on.isoformat(), free_for(case, once, screen(case)).isoformat()
    ('2026-11-04', '2027-01-04')
    >>> free_for(case, Course("untreated", ()), screen(case)).isoformat()
    '2026-11-04'
    """
    begins = case.planned_on
    for session in course.sessions:
        for setting in session.settings:
            free = found.free_from(setting.zone, case.planned_on)
            if free is None:
                return None
            begins = max(begins, free - timedelta(days=session.day))
    return begins


def first_visit(case: Case, course: Course, earliest: date | None) -> date | None:
    """Find the first day on which a course may begin.

    Parameters
    ----------
    case : Case
        Gives the days to keep free.
    course : Course
        The visits.
    earliest : date or None
        Not before this day; None while that is not known.

    Returns
    -------
    date or None
        None where `earliest` is not known, or where every beginning within a year puts a visit on a day to keep free.

    Examples
    --------
    >>> from puncta.case import KeepFree, read_case
    >>> from dataclasses import replace
    >>> wedding = KeepFree("wedding", date(2026, 12, 1), date(2026, 12, 1), 14)
    >>> case = replace(read_case("examples/acne_scars.toml"), keep_free=(wedding,))
    >>> first_visit(case, Course.regular("gentle", (), 3, 28), date(2026, 11, 20)).isoformat()
    '2026-12-02'
    """
    if earliest is None:
        return None
    for waited in range(_MOST_DAYS):
        begins = earliest + timedelta(days=waited)
        visits = (begins + timedelta(days=session.day) for session in course.sessions)
        if not any(one.forbids(day) for day in visits for one in case.keep_free):
            return begins
    return None
