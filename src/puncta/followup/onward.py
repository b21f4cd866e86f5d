"""Onward: the search of planning over the visits still to come, on the people who stand for a person now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import Tissue
from puncta.case import Case, Concern, Course
from puncta.followup.dose import Dose, ZoneCourse
from puncta.followup.felt import marks_of_injury
from puncta.followup.standing import Standing
from puncta.planning.search import Field, Setting, chosen_courses, fields_of
from puncta.planning.settable import remaining_schedules
from puncta.planning.table import signal_table
from puncta.safety import ZoneLimit
from puncta.simulation import prepare
from puncta.trials.rows import rows

Array = NDArray[np.float64]
Index = NDArray[np.intp]


def search_onward(
    case: Case,
    person: Standing,
    people: Index,
    done: Sequence[Dose],
    limits: Mapping[str, ZoneLimit],
    start: int,
    read_day: float,
    longest_only: bool,
) -> list[Course]:
    """Find the courses of further visits that are worth a full look.

    Parameters
    ----------
    case : Case
        The case, without what the screening blocks today.
    person : Standing
        Who stands for the person.
    people : ndarray of int, shape (n,)
        Which of all simulated people each of them is.
    done : sequence of Dose
        What was done.
    limits : mapping of str to ZoneLimit
        By zone to be treated.
    start : int
        Day of the first further visit, from the first of all.
    read_day : float
        Day at which courses are compared, from the first of all.
    longest_only : bool
        Whether the skin asks for the longest interval.

    Returns
    -------
    list of Course
        ``gentle``, ``fewest_visits`` and ``fullest`` as the search of a plan gives them, days from the first further
        visit; empty where nothing may be needled, or the person has had as many visits as may be given.

    Notes
    -----
    Depth, passes, number and spacing are searched, the same settings at each further visit; of zones that are planned
    together the first stands for what was done. Pain and dark marks are this
    person's where they were learned; dark marks count over all visits together. Limits: ``limits.followup``.
    """
    visits_done = len({dose.day for dose in done})
    left = remaining_schedules(case, visits_done, longest_only)
    everyone = person.everyone
    run = prepare(case, Course("search", ()), everyone.n, everyone.seed)
    table = signal_table(run.people, everyone.seed)
    fields = fields_of(run, limits, table, lambda pain: person.felt("pain", pain)) if left else ()
    if not fields:
        return []
    seeker = _Seeker(case, person, tuple(done), read_day)
    near = tuple(_near(field, people) for field in fields)
    effects = {}
    for schedule in left:
        days = tuple(start + day for day in schedule.days)
        found = tuple(seeker.effects(field, days) for field in near)
        # a schedule under which some field may not be needled at all is no course
        if all(np.isfinite(row).any() for row in found):
            effects[schedule] = found
    if not effects:
        return []
    return chosen_courses(case, fields, effects, tuple(seeker.rest(field) for field in near))


def _near(field: Field, people: Index) -> Field:
    """The same settings with the tissue of the people who stand for the person."""
    return replace(field, settings=tuple(replace(one, tissue=rows(one.tissue, people)) for one in field.settings))


class _Seeker:
    """What further visits bring, on top of what was done."""

    def __init__(self, case: Case, person: Standing, done: tuple[Dose, ...], read_day: float) -> None:
        self.case, self.person, self.done = case, person, done
        self.days = np.array([0.0, read_day])
        kinds = {str(one.kind): one for one in person.world.case.concerns}
        self.concerns = {one.kind: kinds[str(one.kind)] for one in case.concerns}
        self._luck = {kind: person.luck(one) for kind, one in self.concerns.items()}
        self._course = {kind: person.course(one, ()) for kind, one in self.concerns.items()}

    def _in(self, field: Field) -> list[Concern]:
        lying = self.case.concerns_in(field.zones[0]) or self.case.concerns
        return [self.concerns[one.kind] for one in lying]

    def _gone(self, field: Field, course: ZoneCourse) -> Array:
        return np.mean(
            [
                self._course[one.kind].with_course(course, self._luck[one.kind], self.days)[:, 1]
                for one in self._in(field)
            ],
            axis=0,
        )

    def rest(self, field: Field) -> Array:
        """Without a further visit."""
        return self._gone(field, self._before(field))

    def _before(self, field: Field) -> ZoneCourse:
        return self.person.world.doses.course(field.zones[0], self.done)

    def effects(self, field: Field, days: tuple[int, ...]) -> Array:
        """Share gone under every setting, shape (settings, n); minus infinity beyond the limit on dark marks."""
        before, out = self._before(field), []
        for setting in field.settings:
            if not self._bearable(field, setting, len(days)):
                out.append(np.full(self.person.world.n, -np.inf))
                continue
            course = ZoneCourse((*before.days, *days), _together(before, setting, len(days)))
            out.append(self._gone(field, course))
        return np.stack(out)

    def _bearable(self, field: Field, setting: Setting, count: int) -> bool:
        """Whether the chance of dark marks over all visits stays within the person's limit in this zone."""
        everyone = self.person.everyone
        own = [dose for dose in self.done if dose.zone == field.zones[0]]
        injury = everyone.doses.injury_mm3_per_cm2(own) + count * setting.injury_mm3_per_cm2
        chance = self.person.felt("marks", marks_of_injury(self.case, everyone.doses, injury, field.zones))
        return float(np.median(chance)) <= self.case.limits.max_pih_probability


def _together(before: ZoneCourse, setting: Setting, count: int) -> Tissue:
    """Mean of what the visits done and those to come do in the tissue: visits that differ count by their mean."""
    done = len(before.days)
    share = done / (done + count)

    def mean(name: str) -> Array:
        return share * getattr(before.tissue, name) + (1.0 - share) * getattr(setting.tissue, name)

    return Tissue(mean("signal"), mean("reference"), mean("injury_fold"), mean("depth_mm"))
