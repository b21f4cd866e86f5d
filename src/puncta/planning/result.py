"""The plan: alternatives side by side, the recommended one, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from puncta.case import Case, Course
from puncta.check import Checked
from puncta.frozen import frozen
from puncta.planning.goals import GoalChances
from puncta.planning.stop import StopRule
from puncta.safety import NumbingPlan, Screening, ZoneLimit
from puncta.simulation import Outcome

#: Names of courses that do nothing further.
BARE = ("untreated", "no_further_visit")


@frozen
class Alternative:
    """One course on the list.

    Parameters
    ----------
    course : Course
        The course; its name is a message key.
    outcome : Outcome
        What it does.
    injury_mm3_per_cm2 : float
        Injured volume per area over the whole course, median over draws, mean over zones.
    best_better_probability : float
        Chance that the best course on the list does better than this one by more than the worthwhile difference.
    distinguishable : bool
        True where that chance is 0.8 or more.
    broken_limits : tuple of str
        Keys of the hard limits that it breaks; such a course is shown, never recommended.
    passed_limits : tuple of str
        Keys of the soft limits that it passes.
    goals : GoalChances
        How likely it is to give this person what is wished for.
    why : str
        Why it is not the recommended one, in a sentence; for that one, why it is.
    second : Checked
        The second calculation of it.
    starts_on : date or None
        First day on which it may begin; None while a delay has no known end, or where no beginning keeps days free.
    """

    course: Course
    outcome: Outcome
    injury_mm3_per_cm2: float
    best_better_probability: float
    distinguishable: bool
    broken_limits: tuple[str, ...]
    passed_limits: tuple[str, ...]
    goals: GoalChances
    why: str
    second: Checked
    starts_on: date | None


@frozen
class Continued:
    """What a plan goes on from.

    Parameters
    ----------
    visits_count : int
        Visits done.
    first_day : int
        Day of the first further visit, counted from the first of all.
    effective_count : float
        Simulated people that carry what was learned of the person.
    readings_count : int
        Readings that were learned from.
    """

    visits_count: int
    first_day: int
    effective_count: float
    readings_count: int


@frozen
class Plan:
    """The result of planning.

    Parameters
    ----------
    case : Case
        The case.
    screening : Screening
        What the screen found.
    alternatives : tuple of Alternative
        In order of injury, least first; untreated and home care alone are always among them. Empty where the
        screening allows no plan.
    recommended : int or None
        Index of the recommended alternative.
    best : int or None
        Index of the alternative with the greatest expected improvement within the limits.
    reason : str
        Why the recommended one, in one or two sentences.
    zone_limits : mapping of str to ZoneLimit
        For each treated zone the limits that bind and inform.
    numbing : NumbingPlan or None
        Cream plan for the recommended course.
    read_day : float
        Day at which courses are compared.
    seed, draws_count : int
        Seed and number of draws.
    starts_on : date or None
        Earliest first visit of the recommended course: the day of planning, the end of a delay, or later so that days
        to keep free stay free; None while a delay has no known end.
    stop : StopRule or None
        What one more visit of the recommended course brings; None where nothing is needled.
    continues : Continued or None
        What was done before it, where the plan goes on from there; then change counts from before the first of all
        visits, and forecasts are this person's.
    by_hand : bool
        Whether the course was chosen by hand and not by the rule.
    """

    case: Case
    screening: Screening
    alternatives: tuple[Alternative, ...]
    recommended: int | None
    best: int | None
    reason: str
    zone_limits: Mapping[str, ZoneLimit]
    numbing: NumbingPlan | None
    read_day: float
    seed: int
    draws_count: int
    starts_on: date | None
    stop: StopRule | None = None
    continues: Continued | None = None
    by_hand: bool = False

    @property
    def checked(self) -> bool:
        """Whether the second calculation agrees on the recommended course; only then is the plan called checked."""
        return self.chosen is not None and self.chosen.second.agrees

    @property
    def bare(self) -> Alternative | None:
        """The alternative without anything further: untreated, or no further visit."""
        return next((one for one in self.alternatives if one.course.name in BARE), None)

    @property
    def chosen(self) -> Alternative | None:
        """The recommended alternative."""
        return None if self.recommended is None else self.alternatives[self.recommended]
