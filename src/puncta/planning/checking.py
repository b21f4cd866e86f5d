"""Checking: hand a course with its figures to the second calculation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from puncta.case import Case, Course
from puncta.check import Checked, Kind, Told, second_calculation
from puncta.planning.better import band80
from puncta.safety import NumbingPlan
from puncta.simulation import Outcome, area_cm2


def told(case: Case, outcome: Outcome, injury_mm3_per_cm2: float, read_day: float, cream: NumbingPlan | None) -> Told:
    """Gather what a plan tells of a course.

    Parameters
    ----------
    case : Case
        The case, without what the screening blocks.
    outcome : Outcome
        The course, simulated.
    injury_mm3_per_cm2 : float
        Injured volume of the whole course.
    read_day : float
        Day of the change.
    cream : NumbingPlan or None
        Cream of one session.
    """
    bands = {q.key: band80(q.values[:, 0]) for q in outcome.quantities.values() if q.is_scalar}
    for quantity in outcome.named("improvement_fraction"):
        if quantity.zone is None:
            bands[quantity.key] = band80(quantity.at(read_day))
    course = outcome.course
    first = course.sessions[0].settings if course.sessions else ()
    used = cream if cream is not None and not cream.refused and course.sessions else None
    return Told(
        bands=bands,
        sessions_count=len(course.sessions),
        last_day=course.last_day,
        area_cm2=sum(area_cm2(case, one.zone) for one in first),
        injury_mm3_per_cm2=injury_mm3_per_cm2,
        read_day=read_day,
        draws_count=outcome.draws_count,
        cream_g=used.amount_g if used else 0.0,
        cream_cm2=used.area_cm2 if used else 0.0,
        cream_minutes=used.minutes if used else 0.0,
        cream_limit_mg=used.limit_mg if used else {},
        cream_absorbed_mg=used.absorbed_mg if used else {},
    )


def checked(
    case: Case, outcome: Outcome, injury_mm3_per_cm2: float, read_day: float, cream: NumbingPlan | None
) -> Checked:
    """Work out a course a second time, and compare.

    Parameters
    ----------
    case, outcome, injury_mm3_per_cm2, read_day, cream
        As for `told`.

    Returns
    -------
    Checked
        Every figure twice.
    """
    return second_calculation(case, outcome.course, told(case, outcome, injury_mm3_per_cm2, read_day, cream))


#: Figures of a course that goes on which hold for all visits together.
_WHOLE = ("improvement_fraction", "pih_probability")


def checked_onward(
    case: Case,
    outcome: Outcome,
    injury_mm3_per_cm2: float,
    read_day: float,
    cream: NumbingPlan | None,
    whole: Course,
    bands: Mapping[str, tuple[float, float, float]],
    whole_day: float,
) -> Checked:
    """Work out a course that goes on from visits done a second time.

    Parameters
    ----------
    case, outcome, injury_mm3_per_cm2, read_day, cream
        As for `told`, of the visits still to come, in people as they are simulated.
    whole : Course
        The visits done and those to come.
    bands : mapping of str to band
        Change and chance of dark marks over the whole course in all simulated people.
    whole_day : float
        Day of the change, from the first of all visits.

    Returns
    -------
    Checked
        Needles, pain and redness of the visits to come; change, dark marks and the number of visits of the whole
        course. What was learned of the person is a weight on the same people and is not worked out again.
    """
    here = told(case, outcome, injury_mm3_per_cm2, read_day, cream)
    ahead = [one for one in second_calculation(case, outcome.course, here).figures if one.name not in _WHOLE]
    count, last = len(whole.sessions), float(whole.last_day)
    all_of_it = replace(here, bands=dict(bands), sessions_count=count, last_day=last, read_day=whole_day)
    behind = [
        one
        for one in second_calculation(case, whole, all_of_it).figures
        if one.name in _WHOLE or (one.name == "sessions_count" and one.kind is Kind.BOUND)
    ]
    return Checked((*ahead, *behind))
