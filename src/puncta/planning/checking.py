"""Checking: hand a course with its figures to the second calculation."""

from __future__ import annotations

from puncta.case import Case
from puncta.check import Checked, Told, second_calculation
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
