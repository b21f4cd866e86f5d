"""The plan: alternatives side by side, the recommended one, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from puncta.case import Case, Course
from puncta.frozen import frozen
from puncta.safety import NumbingPlan, Screening, ZoneLimit
from puncta.simulation import Outcome


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
        Messages of the person's or clinic's limits that it breaks; such a course is shown, never recommended.
    """

    course: Course
    outcome: Outcome
    injury_mm3_per_cm2: float
    best_better_probability: float
    distinguishable: bool
    broken_limits: tuple[str, ...] = ()


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
        Earliest first visit: the day of planning, or the end of a delay; None while a delay has no known end.
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

    @property
    def chosen(self) -> Alternative | None:
        """The recommended alternative."""
        return None if self.recommended is None else self.alternatives[self.recommended]
