"""Calendar: when a course can begin, so that days to keep free stay free."""

from __future__ import annotations

from datetime import date, timedelta

from puncta.case import Case, Course

# numerics: beginnings that are tried, day by day; who keeps a whole year free is asked again
_MOST_DAYS = 366


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
