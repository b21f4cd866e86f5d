"""Weigh: courses side by side on common draws, what each is worth, and which is recommended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Course
from puncta.frozen import frozen
from puncta.messages import has_text, text
from puncta.planning.better import better_probability, indistinguishable
from puncta.planning.calendar import first_visit
from puncta.planning.checking import checked
from puncta.planning.goals import goal_chances
from puncta.planning.result import Alternative
from puncta.safety import NumbingPlan
from puncta.simulation import Outcome, area_cm2

Array = NDArray[np.float64]
_PERCENT = 100
_LIMITED: Mapping[str, str] = {
    "max_pain_score": "pain_score",
    "max_redness_hours": "inflammation_hours",
    "max_pih_probability": "pih_probability",
}


@frozen
class Weighed:
    """Courses, weighed.

    Parameters
    ----------
    alternatives : tuple of Alternative
        Least injury first.
    recommended, best : int
        Indices of the recommended one, and of the one with the greatest expected improvement within the limits.
    reason : str
        Why the recommended one.
    """

    alternatives: tuple[Alternative, ...]
    recommended: int
    best: int
    reason: str


@frozen
class _Told:
    """What weighing finds out about one course before the words."""

    outcome: Outcome
    gain: Array
    injury: float
    broken: tuple[str, ...]
    passed: tuple[str, ...]
    starts_on: date | None


def weigh(
    case: Case,
    outcomes: list[Outcome],
    read_day: float,
    earliest: Sequence[date | None],
    cream: NumbingPlan | None,
    prefer: Sequence[str] = (),
) -> Weighed:
    """Weigh courses that were simulated on the same draws.

    Parameters
    ----------
    case : Case
        The case, without what the screening blocks.
    outcomes : list of Outcome
        The courses; untreated is one of them. A published protocol stands last.
    read_day : float
        Day at which they are compared.
    earliest : sequence of date or None
        For each course, the day before which it may not begin; None while a delay has no end.
    cream : NumbingPlan or None
        Cream of one session.
    prefer : sequence of str
        Names of courses: the first of them within the limits is taken as the recommended one, in place of the rule.

    Returns
    -------
    Weighed
        Of courses that are not distinguishably worse than the best, the one with the least injury is recommended;
        one that breaks a hard limit never is.
    """
    found = [_tell(case, outcome, read_day, day) for outcome, day in zip(outcomes, earliest, strict=True)]
    within = [index for index in range(len(found)) if not found[index].broken]
    best = max(within, key=lambda index: (float(np.mean(found[index].gain)), -index))
    chances = [float(better_probability(found[best].gain, one.gain)) for one in found]
    apart = [not bool(indistinguishable(found[best].gain, one.gain)) for one in found]
    level = [index for index in within if not apart[index]]
    recommended = min(level, key=lambda index: (found[index].injury, -float(np.mean(found[index].gain))))
    if case.protocol is not None:
        recommended = len(found) - 1
    asked = [index for name in prefer for index in within if found[index].outcome.course.name == name]
    recommended = asked[0] if asked else recommended
    names = [course_words(one.outcome.course) for one in found]
    made = []
    for index, one in enumerate(found):
        made.append(
            Alternative(
                course=one.outcome.course,
                outcome=one.outcome,
                injury_mm3_per_cm2=one.injury,
                best_better_probability=chances[index],
                distinguishable=apart[index],
                broken_limits=one.broken,
                passed_limits=one.passed,
                goals=goal_chances(case, one.outcome, read_day),
                why=_why(case, index, recommended, best, names, chances, apart, one, found[recommended].injury),
                second=checked(case, one.outcome, one.injury, read_day, cream),
                starts_on=one.starts_on,
            )
        )
    order = sorted(range(len(made)), key=lambda index: (made[index].injury_mm3_per_cm2, index))
    reason = _reason(case, names, recommended, best, chances)
    return Weighed(tuple(made[i] for i in order), order.index(recommended), order.index(best), reason)


def _tell(case: Case, outcome: Outcome, read_day: float, earliest: date | None) -> _Told:
    beyond = _beyond(case, outcome)
    broken = tuple(f"planning.broken.{_LIMITED[name]}" for name in beyond if name not in case.limits.soft)
    passed = tuple(f"planning.broken.{_LIMITED[name]}" for name in beyond if name in case.limits.soft)
    starts = first_visit(case, outcome.course, earliest)
    if starts is None and earliest is not None:
        broken = (*broken, "planning.broken.keep_free")
    return _Told(outcome, improvement(outcome, read_day), course_injury(outcome), broken, passed, starts)


def course_words(course: Course) -> str:
    """Name of a course in words; of a published arm its row, of somebody's own course the name it was given."""
    key = f"planning.course.{course.name}"
    return text(key) if has_text(key) else course.name


def _why(
    case: Case,
    index: int,
    recommended: int,
    best: int,
    names: list[str],
    chances: list[float],
    apart: list[bool],
    one: _Told,
    injury: float,
) -> str:
    """Why a course is not the recommended one; why it is, for that one."""
    words = {"best": names[best], "chosen": names[recommended], "chance": str(round(_PERCENT * chances[index]))}
    if case.protocol is not None:
        key = ("protocol", "beside") if case.published else ("own", "beside_own")
        return text(f"planning.why.{key[index != recommended]}")
    if index == recommended:
        return text("planning.why.best" if index == best else "planning.why.least", **words)
    if one.broken:
        return text("planning.why.broken", limits="; ".join(text(key) for key in one.broken))
    if not apart[index] and one.injury < injury:
        return text("planning.why.short", **words)
    return text("planning.why.less" if apart[index] else "planning.why.level", **words)


def _reason(case: Case, names: list[str], recommended: int, best: int, chances: list[float]) -> str:
    """Why the recommended course, in words."""
    if case.protocol is not None:
        return text("planning.reason.protocol" if case.published else "planning.reason.own")
    words = {"chosen": names[recommended], "best": names[best]}
    if recommended == best:
        return text("planning.reason.best", **words)
    return text("planning.reason.least", **words, chance=round(_PERCENT * chances[recommended]))


def improvement(outcome: Outcome, day: float) -> Array:
    """Share of severity gone at a day, mean over the concerns of the case, one entry per draw."""
    whole = [q.at(day) for q in outcome.named("improvement_fraction") if q.zone is None]
    return np.mean(whole, axis=0)


def _beyond(case: Case, outcome: Outcome) -> list[str]:
    """Names of the person's limits that the middle of a course lies beyond."""
    # redness as light skin would show it: a limit that dark skin hides would let dark skin be injured more
    return [
        name
        for name, figure in _LIMITED.items()
        if any(float(np.median(q.values)) > getattr(case.limits, name) for q in outcome.named(figure))
    ]


def course_injury(outcome: Outcome) -> float:
    """Median injured volume over the whole course, per area of all treated zones."""
    zones = [
        (
            area_cm2(outcome.case, q.zone),
            float(np.median(q.values)) * sum(q.zone in {s.zone for s in v.settings} for v in outcome.course.sessions),
        )
        for q in outcome.named("injury_mm3_per_cm2")
        if q.zone is not None
    ]
    areas, volumes = np.array(zones).reshape(-1, 2).T
    return float(areas @ volumes / areas.sum()) if zones else 0.0
