"""Personal: the outcome of further visits in the people who stand for a person, on top of what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters
from puncta.appearance.scales import scale
from puncta.case import Case, Concern, Course, Session, ZoneSetting
from puncta.evidence import draw
from puncta.followup.dose import Dose
from puncta.followup.felt import marks_probability, nearest_passes
from puncta.followup.standing import Standing
from puncta.followup.world import ConcernCourse
from puncta.planning.better import band80
from puncta.planning.stop import moved_probability
from puncta.simulation import Outcome, Quantity, prepare
from puncta.simulation.appearance import patch_contrast

Array = NDArray[np.float64]
_FELT = {"redness_visible_hours": "redness", "pain_score": "pain"}
_THIN = "followup.thin.virtual"


class Personal:
    """Forecasts of one person under any of some courses of further visits.

    Parameters
    ----------
    case : Case
        The case, without what the screening blocks today.
    person : Standing
        Who stands for the person.
    done : sequence of Dose
        What was done.
    added : mapping of str to tuple of Dose
        What each course adds, by its name; days from the first of all visits.
    start : int
        Day of the first further visit.
    rests_on : tuple of str
        Evidence keys of what was learned.
    """

    def __init__(
        self,
        case: Case,
        person: Standing,
        done: Sequence[Dose],
        added: Mapping[str, tuple[Dose, ...]],
        start: int,
        rests_on: tuple[str, ...],
    ) -> None:
        self.case, self.person, self.done, self.added, self.start = case, person, tuple(done), added, start
        self.rests_on = rests_on
        self._known = {str(one.kind): one for one in person.world.case.concerns}

    def _concern(self, kind: str) -> Concern:
        """The concern as it was followed, in the zones that may be treated today."""
        today = next(one for one in self.case.concerns if one.kind == kind)
        return replace(self._known[kind], zones=today.zones)

    def outcome(self, plain: Outcome) -> Outcome:
        """The outcome of a course in this person.

        Parameters
        ----------
        plain : Outcome
            The same course as it is simulated for everyone, which gives needles, healing and uptake.

        Returns
        -------
        Outcome
            Change over days counts from before the first of all visits; pain, redness and dark marks are the person's
            where they were learned, dark marks over all visits together.
        """
        doses = self.added[plain.course.name]
        made: dict[str, Quantity] = {}
        for key, one in plain.quantities.items():
            values = self._values(one, plain, doses)
            if values is None:
                made[key] = one
                continue
            made[key] = replace(
                one, values=values, rests_on=tuple(dict.fromkeys((*one.rests_on, *self.rests_on))),
                limits="limits.followup", thin=one.thin or _THIN,
            )  # fmt: skip
        return replace(plain, quantities=MappingProxyType(made))

    def _values(self, one: Quantity, plain: Outcome, doses: Sequence[Dose]) -> Array | None:
        if one.name in _FELT:
            told = self.person.felt(_FELT[one.name], one.values[:, 0])
            return told[: one.values.shape[0], None]
        if one.name == "pih_probability":
            return self.person.marks((*self.done, *doses))[: one.values.shape[0], None] if doses or self.done else None
        if one.concern is None or one.concern not in self._known:
            return None
        if one.name == "grade_gain_probability":
            return np.full_like(one.values, self._grade(one.concern, plain, doses))
        if one.name not in ("improvement_fraction", "severity_score", "contrast_delta_e"):
            return None
        gone = self._gone(one.concern, doses, one.days, one.zone)
        if one.name == "improvement_fraction":
            return gone
        if one.name == "severity_score":
            concern = self._concern(one.concern)
            high = scale(concern.scale).high
            return np.clip(concern.severity_score * (1.0 - gone), 0.0, np.inf if high is None else high)
        run = prepare(self.case, plain.course, plain.draws_count, plain.seed)
        return patch_contrast(run, gone, draw(AppearanceParameters, plain.draws_count, plain.seed))[0]

    def _gone(self, kind: str, doses: Sequence[Dose], days: Array, zone: str | None = None) -> Array:
        """Share gone over days from the first further visit."""
        at = np.concatenate([[0.0], self.start + days])
        return self.person.gone(self._concern(kind), self.done, doses, at, zone or "")[:, 1:]

    def _grade(self, kind: str, plain: Outcome, doses: Sequence[Dose]) -> float:
        """Chance that from today on this concern moves by a full step."""
        last = float(max(one.days[-1] for one in plain.named("improvement_fraction", kind)))
        concern = self._concern(kind)
        today = float(self.person.visits.today - self.start)
        before, after = self._gone(kind, doses, np.array([today, last])).T
        alone = replace(self.case, concerns=(concern,))
        return moved_probability(alone, {concern: before}, {concern: after})

    def change(self, course: Course, count: int, day: float) -> dict[Concern, Array]:
        """Share gone at a day where only the first visits of a course are given."""
        shown = {session.day + self.start for session in course.sessions[:count]}
        doses = [dose for dose in self.added[course.name] if dose.day in shown]
        return {one: self._gone(str(one.kind), doses, np.array([day]))[:, 0] for one in self.case.concerns}

    def whole(self, course: Course, done_count: int) -> Course:
        """The visits done and those to come, as one course."""
        days, everyone = dict.fromkeys(dose.day for dose in self.done), self.person.everyone.doses
        sessions = [
            Session(
                day,
                tuple(
                    ZoneSetting(one.zone, one.dial_mm, nearest_passes(everyone, one))
                    for one in self.done
                    if one.day == day
                ),
            )
            for day in days
        ]
        assert len(sessions) == done_count
        sessions += [replace(one, day=one.day + self.start) for one in course.sessions]
        return Course(course.name, tuple(sessions), course.home_products)

    def bands(self, course: Course, day: float) -> dict[str, tuple[float, float, float]]:
        """Change and dark marks over the whole course in all simulated people, for the second calculation."""
        everyone, doses = self.person.everyone, (*self.done, *self.added[course.name])
        at = np.array([0.0, self.start + day])
        home = self.person.visits.planned.home_products
        out = {}
        for one in self.case.concerns:
            concern = self._concern(str(one.kind))
            drawn = everyone.luck[str(one.kind)]
            out[f"improvement_fraction@{one.kind}"] = band80(
                ConcernCourse(everyone, concern, doses, home).gone(drawn, at)[:, 1]
            )
        if doses:
            out["pih_probability"] = band80(marks_probability(self.case, everyone.doses, doses))
        return out
