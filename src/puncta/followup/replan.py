"""Replan: the rest of a course planned anew, for this person, from what was done and read. Start reading here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Course, Role, Session, ZoneSetting
from puncta.errors import InputError, Problem, StoppedError
from puncta.evidence import parameter
from puncta.followup.advice import has_lasting_redness, ways_on
from puncta.followup.dose import Dose, Doses, delivered_doses
from puncta.followup.onward import search_onward
from puncta.followup.personal import Personal
from puncta.followup.standing import standing
from puncta.followup.update import Update
from puncta.followup.world import World, world_of
from puncta.messages import text
from puncta.planning import Alternative, Continued, OneMore, Plan, StopRule, allowed
from puncta.planning.better import band80
from puncta.planning.checking import Checked, checked_onward
from puncta.planning.settable import longest_interval_days, usual_interval_days
from puncta.planning.stop import moved_probability
from puncta.planning.weigh import Weighed, course_injury, course_words, weigh
from puncta.safety import NumbingPlan, Screening, ZoneLimit, plan_numbing, screen, zone_limits
from puncta.simulation import DRAWS, Outcome, area_cm2, simulate

Array = NDArray[np.float64]
Progress = Callable[[str, float], None]
WAITING = "no_further_visit"
#: Names that the search gives, least injury first.
SEARCHED = ("gentle", "fewest_visits", "fullest")
_SEARCHED = 128  # numerics: people on whom settings are ranked; the courses found are looked at on more
_SEARCH_SHARE = 0.4  # numerics: share of the work that the search takes


def replan(
    found: Update,
    *,
    case: Case | None = None,
    course: Course | None = None,
    draws: int = DRAWS,
    progress: Progress | None = None,
) -> Plan:
    """Plan the rest of a course for a person who was followed.

    Parameters
    ----------
    found : Update
        From `update`.
    case : Case or None
        The case as it is today, with today's screening; None takes that of the update, on the day of the last look.
    course : Course or None
        A course of further visits to look at instead of a search, days from the first of them; it is marked as chosen
        by hand.
    draws : int
        People behind each forecast, at most as many as the update had.
    progress : callable or None
        Called with a message key and the share done, 0 to 1.

    Returns
    -------
    Plan
        No further visit always; then what the search over needle length, passes, number and spacing of further visits
        finds, and the quick ways of the advice. Change and chances are this person's and count from before the first of
        all visits; the chance of a grade counts from today. Limits, common draws, the rule of the least injury and the
        second calculation are those of any plan.

    Raises
    ------
    StoppedError
        Where the screening allows no needling now.
    InputError
        Where the case of today has no concern that was followed.

    Notes
    -----
    The second calculation works out the needles of the visits to come, and change and dark marks of the whole course in
    people as simulated; what was learned of the person is a weight on these. Limits: ``limits.followup``.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.followup.read import read_visits
    >>> from puncta.followup.update import update
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = update(case, read_visits("examples/visits/acne_scars.toml", case), draws=100)
    >>> made = replan(found, draws=40)  # doctest: +SKIP
    >>> made.alternatives[0].course.name  # doctest: +SKIP
    'no_further_visit'
    """
    tell = progress or (lambda _step, _share: None)
    tell("progress.screen", 0.0)
    today = _today(found, case)
    screening = screen(today)
    if not screening.allows_plan:
        raise StoppedError(text("planning.reason.stopped"))
    return _Replan(found, today, screening, min(draws, found.draws_count), tell).plan(course)


def _today(found: Update, case: Case | None) -> Case:
    """The case of today, its concerns as they were graded before the first visit: change counts from there."""
    first = found.visits.first_visit
    if case is None:
        on = first + timedelta(days=found.visits.today) if first is not None else found.case.planned_on
        return replace(found.case, protocol=None, planned_on=max(on, found.case.planned_on))
    followed = {one.kind: one for one in found.case.concerns}
    concerns = tuple(
        replace(followed[one.kind], zones=kept)
        for one in case.concerns
        if one.kind in followed and (kept := tuple(zone for zone in one.zones if zone in followed[one.kind].zones))
    )
    if not concerns:
        given, wanted = (", ".join(str(one.kind) for one in which.concerns) for which in (case, found.case))
        problem = Problem("concerns", given, wanted, text("followup.why.followed"), text("followup.plan_alone"))
        raise InputError("case", [problem])
    return replace(case, protocol=None, concerns=concerns)


class _Replan:
    """One planning of the rest, on common draws."""

    def __init__(self, found: Update, case: Case, screening: Screening, n: int, tell: Progress) -> None:
        self.found, self.case, self.screening, self.n, self.tell = found, case, screening, n, tell
        self.visits = found.visits
        self.able = allowed(case, screening)
        self.done = delivered_doses(found.case, found.visits)
        self.limits: Mapping[str, ZoneLimit] = {
            use.zone: zone_limits(self.able, use.zone) for use in self.able.zones_with(Role.TREAT)
        }
        self.late = has_lasting_redness(found.visits)
        self.start = self._start()

    def _start(self) -> int:
        """Day of the first further visit: not before today, nor before the interval since the last one is over."""
        apart = longest_interval_days() if self.late else usual_interval_days()
        last = self.visits.sessions[-1].day + apart if self.visits.sessions else 0
        return max(self.visits.today, last)

    def plan(self, course: Course | None) -> Plan:
        home = self.visits.planned.home_products
        waiting = Course(WAITING, (), home)
        if course is not None:
            courses = [waiting, replace(course, home_products=home)]
        else:
            courses = [waiting, *self._searched(), *self._ways()]
        read_day = self._read_day(courses)
        personal = self._personal(courses)
        outcomes, plain = [], []
        for index, one in enumerate(courses):
            self.tell("progress.simulate", _SEARCH_SHARE + (1.0 - _SEARCH_SHARE) * index / len(courses))
            outcome = simulate(self.able, one, draws=self.n, seed=self.found.seed, horizon=read_day)
            plain.append(outcome)
            outcomes.append(personal.outcome(outcome))
        self.tell("progress.compare", 1.0)
        prefer = self._prefer(course)
        weighed = weigh(self.able, outcomes, read_day, [self._earliest()] * len(outcomes), None, prefer)
        by_name = {one.course.name: one for one in plain}
        alternatives = tuple(
            replace(one, second=self._second(one, by_name[one.course.name], personal, read_day))
            for one in weighed.alternatives
        )
        names = [one.course.name for one in alternatives]
        recommended = weighed.recommended if course is None else names.index(course.name)
        if course is not None:
            alternatives = tuple(_by_hand(one, one.course.name == course.name) for one in alternatives)
        chosen = alternatives[recommended]
        used = len({one.key for one in (reading.reading for reading in self.found.readings)})
        return Plan(
            case=self.case,
            screening=self.screening,
            alternatives=alternatives,
            recommended=recommended,
            best=weighed.best,
            reason=self._reason(self._why(weighed, chosen, course), used),
            zone_limits=self.limits,
            numbing=self._cream(chosen.course),
            read_day=read_day,
            seed=self.found.seed,
            draws_count=self.n,
            starts_on=chosen.starts_on,
            stop=self._stop(personal, chosen.course, read_day),
            continues=Continued(len(self.visits.sessions), self.start, self.found.effective_sample, used),
            by_hand=course is not None,
        )

    def _why(self, weighed: Weighed, chosen: Alternative, course: Course | None) -> str:
        if course is not None:
            return text("planning.reason.chosen")
        if chosen.course.name == WAITING:
            return self.found.advice.reason
        best = course_words(weighed.alternatives[weighed.best].course)
        odds = round(100 * chosen.best_better_probability)
        return text("planning.reason.onward", chosen=course_words(chosen.course), best=best, chance=odds)

    def _reason(self, words: str, used: int) -> str:
        told = text("planning.reason.continues", visits=len(self.visits.sessions), readings=used)
        return f"{words} {told}"

    def _searched(self) -> list[Course]:
        if self.visits.stays_away:
            return []
        self.tell("progress.search", 0.0)
        seen = standing(self._world(()), self.found.posterior, self.visits, min(_SEARCHED, self.found.draws_count),
                        self.found.seed)  # fmt: skip
        rows = self.found.posterior.picked(self.found.draws_count, self.found.seed)[: seen.world.n]
        read_day = float(self.start + self._longest_days()) + parameter("followup.settled_days").value
        people = self.found.posterior.people[rows]
        return search_onward(self.able, seen, people, self.done, self.limits, self.start, read_day, self.late)

    def _longest_days(self) -> int:
        left = self.able.limits.max_sessions - len(self.visits.sessions)
        return longest_interval_days() * max(left - 1, 0)

    def _ways(self) -> list[Course]:
        """The quick ways of the advice as courses, those that the zones of today still allow."""
        out = []
        for key, doses in ways_on(self.found.case, self.visits).items():
            by_day: dict[int, list[ZoneSetting]] = {}
            for dose in doses:
                if dose.zone in self.limits and dose.passes is not None:
                    by_day.setdefault(dose.day, []).append(ZoneSetting(dose.zone, dose.dial_mm, dose.passes))
            days = sorted(by_day)
            if days:
                sessions = tuple(Session(day - days[0], tuple(by_day[day])) for day in days)
                out.append(Course(key, sessions, self.visits.planned.home_products))
        return out

    def _read_day(self, courses: Sequence[Course]) -> float:
        """Day at which all are compared, from the first further visit: when the change of the longest has come."""
        return float(max(one.last_day for one in courses)) + parameter("followup.settled_days").value

    def _doses(self, course: Course) -> tuple[Dose, ...]:
        return tuple(
            Dose(self.start + session.day, one.zone, one.dial_mm, one.passes, None, self.able.device.device)
            for session in course.sessions
            for one in session.settings
        )

    def _world(self, added: Sequence[Dose]) -> World:
        doses = Doses(self.found.case, (*self.done, *added), self.found.draws_count, self.found.seed)
        return world_of(self.found.case, doses)

    def _personal(self, courses: Sequence[Course]) -> Personal:
        added = {one.name: self._doses(one) for one in courses}
        world = self._world([dose for doses in added.values() for dose in doses])
        person = standing(world, self.found.posterior, self.visits, self.n, self.found.seed)
        return Personal(self.able, person, self.done, added, self.start, self.found.rests_on)

    def _earliest(self) -> date | None:
        days = [self.screening.free_from(use.zone, self.case.planned_on) for use in self.able.zones_with(Role.TREAT)]
        known = [day for day in days if day is not None]
        if not days or len(known) != len(days):
            return None
        return max(*known, self.case.planned_on + timedelta(days=self.start - self.visits.today))

    def _second(self, one: Alternative, plain: Outcome, personal: Personal, read_day: float) -> Checked:
        whole = personal.whole(one.course, len(self.visits.sessions))
        bands = personal.bands(one.course, read_day)
        day, cream = self.start + read_day, self._cream(one.course)
        return checked_onward(self.able, plain, course_injury(plain), read_day, cream, whole, bands, day)

    def _cream(self, course: Course) -> NumbingPlan | None:
        """Cream of one further visit, for the zones that it needles."""
        if not course.sessions:
            return None
        area = sum(area_cm2(self.able, one.zone) for one in course.sessions[0].settings)
        return plan_numbing(self.able, area, self.n, self.found.seed, self.screening)

    def _prefer(self, course: Course | None) -> tuple[str, ...]:
        """What to go on with: what was asked for; nothing where the advice is so; else what the search found."""
        if course is not None:
            return (course.name,)
        advised = self.found.advice
        going_on = bool(advised.option) and advised.option != "wait"
        return (*SEARCHED, WAITING) if going_on else (WAITING,)

    def _stop(self, personal: Personal, course: Course, read_day: float) -> StopRule | None:
        """What each further visit brings this person, by the chance of a full step of the grade."""
        if not course.sessions:
            return None
        looked = [personal.change(course, count, read_day) for count in range(len(course.sessions) + 1)]
        steps = tuple(
            OneMore(
                count,
                moved_probability(self.able, before, after),
                band80(np.mean([after[key] - before[key] for key in before], axis=0)),
            )
            for count, (before, after) in enumerate(pairwise(looked))
        )
        least = parameter("planning.stop_probability").value
        enough = next((step.visits_count for step in steps if step.grade_probability < least), len(course.sessions))
        return StopRule(steps, enough, least)


def _by_hand(one: Alternative, chosen: bool) -> Alternative:
    return replace(one, why=text("planning.why.own" if chosen else "planning.why.beside_own"))
