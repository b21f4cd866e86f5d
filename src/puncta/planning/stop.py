"""Stop: what one more visit would bring, visit by visit, and from when on it is not worth another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.scales import scale
from puncta.case import Case, Concern, Course, Session
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.planning.better import band80
from puncta.planning.preview import Preview
from puncta.simulation import horizon_days

Array = NDArray[np.float64]


@frozen
class OneMore:
    """What the visit after some others brings.

    Parameters
    ----------
    visits_count : int
        Visits before it.
    grade_probability : float
        Chance that it moves the grade of at least one concern by a full step in this person, 0 to 1.
    further_fraction : tuple of float
        Further share of today's severity gone, mean over concerns: low end, middle, high end of the band of 80 %.
    """

    visits_count: int
    grade_probability: float
    further_fraction: tuple[float, float, float]


@frozen
class StopRule:
    """When to stop.

    Parameters
    ----------
    steps : tuple of OneMore
        From the first visit on, as many as the person allows.
    enough_count : int
        Visits after which one more is not worth it by the rule; as many as allowed where none falls short.
    least_probability : float
        The chance that the rule asks for.
    """

    steps: tuple[OneMore, ...]
    enough_count: int
    least_probability: float


def stop_rule(case: Case, ready: Preview, course: Course) -> StopRule | None:
    """Work out what each further visit of a course brings.

    Parameters
    ----------
    case : Case
        Gives scales, severity and the most visits.
    ready : Preview
        The case made ready for quick looks.
    course : Course
        Its first session and interval are repeated.

    Returns
    -------
    StopRule or None
        None for a course without visits.

    Notes
    -----
    Read when everything has come of the longest course. A grade moves where the severity, rounded to the scale's
    worthwhile step, falls by one. How visits add rests on few courses of different length. Limits: ``limits.stop``.
    """
    if not course.sessions:
        return None
    most = max(case.limits.max_sessions, len(course.sessions))
    apart = course.interval_days or _usual_interval_days()
    longest = _repeated(course, most, apart)
    day = horizon_days(longest)
    looked = [_gone(case, ready, _repeated(course, count, apart), day) for count in range(most + 1)]
    steps = tuple(
        OneMore(
            count,
            moved_probability(case, before, after),
            band80(np.mean([after[k] - before[k] for k in before], axis=0)),
        )
        for count, (before, after) in enumerate(pairwise(looked))
    )
    least = parameter("planning.stop_probability").value
    enough = next((step.visits_count for step in steps if step.grade_probability < least), most)
    return StopRule(steps, enough, least)


def _usual_interval_days() -> int:
    return round(7 * parameter("planning.published_interval_weeks").value)


def _repeated(course: Course, count: int, interval_days: int) -> Course:
    settings = course.sessions[0].settings
    return replace(course, sessions=tuple(Session(index * interval_days, settings) for index in range(count)))


def _gone(case: Case, ready: Preview, course: Course, day: float) -> dict[Concern, Array]:
    looked = ready.look(course, day)
    return {concern: looked[f"improvement_fraction@{concern.kind}"].values[:, -1] for concern in case.concerns}


def moved_probability(case: Case, before: Mapping[Concern, Array], after: Mapping[Concern, Array]) -> float:
    """Chance that the grade of at least one concern moves by a full step in the same person.

    Parameters
    ----------
    case : Case
        Gives scales and severity.
    before, after : mapping of Concern to ndarray, shape (n,)
        Share of severity gone without and with something.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> moved_probability(case, {case.concerns[0]: np.array([0.0])}, {case.concerns[0]: np.array([0.5])})
    1.0
    """
    moved = np.zeros(next(iter(before.values())).shape, dtype=bool)
    for concern in case.concerns:
        steps = concern.severity_score / scale(concern.scale).worthwhile_score
        moved |= np.rint(steps * (1.0 - after[concern])) < np.rint(steps * (1.0 - before[concern]))
    return float(np.mean(moved))
