"""Goals: how likely a course is to give this person what is wished for."""

from __future__ import annotations

import numpy as np

from puncta.appearance.scales import scale
from puncta.case import Case, ConcernKind
from puncta.frozen import frozen
from puncta.simulation import Outcome


@frozen
class GoalChance:
    """The chance of one wish.

    Parameters
    ----------
    concern : ConcernKind
        For which concern.
    improvement_fraction : float
        Share of today's severity to be gone.
    wished : bool
        True where the person wished it; False where nothing was said and one full step of the scale stands in.
    reached_probability : float
        Chance that this person gets there by the day of reading, 0 to 1.
    """

    concern: ConcernKind
    improvement_fraction: float
    wished: bool
    reached_probability: float


@frozen
class GoalChances:
    """The chances of all wishes.

    Parameters
    ----------
    each : tuple of GoalChance
        One per concern with a wish; without any wish one per concern.
    all_probability : float
        Chance that all come true in the same person.
    """

    each: tuple[GoalChance, ...]
    all_probability: float


def goal_chances(case: Case, outcome: Outcome, day: float) -> GoalChances:
    """Count the draws in which wishes come true.

    Parameters
    ----------
    case : Case
        Gives wishes, scales and severity today.
    outcome : Outcome
        A course, simulated.
    day : float
        Day of reading.

    Returns
    -------
    GoalChances
        Persons and our knowledge are drawn together, so that the chances hold for one person.

    Notes
    -----
    Limits: ``limits.outcome``, ``limits.draws``.

    Examples
    --------
    >>> from puncta.case import Course, read_case
    >>> from puncta.simulation import simulate
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = goal_chances(case, simulate(case, Course("untreated", ()), draws=200), 270.0)
    >>> found.each[0].improvement_fraction, found.each[0].reached_probability < 0.2
    (0.3, True)
    """
    each, met = [], np.ones(outcome.draws_count, dtype=bool)
    for kind, wanted, wished in _wishes(case):
        whole = next(q for q in outcome.named("improvement_fraction", kind) if q.zone is None)
        there = whole.at(day) >= wanted
        met &= there
        each.append(GoalChance(kind, wanted, wished, float(np.mean(there))))
    return GoalChances(tuple(each), float(np.mean(met)))


def _wishes(case: Case) -> list[tuple[ConcernKind, float, bool]]:
    known = {concern.kind for concern in case.concerns}
    wished = [(goal.concern, goal.improvement_fraction, True) for goal in case.goals if goal.concern in known]
    if wished:
        return wished
    return [
        (concern.kind, min(scale(concern.scale).worthwhile_score / concern.severity_score, 1.0), False)
        for concern in case.concerns
        if concern.severity_score > 0
    ]
