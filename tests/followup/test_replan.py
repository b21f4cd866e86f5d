"""Replan: the rest of a course searched for one person, under the same limits and with a second calculation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.followup.small import ZONE, followed, one_cheek

from puncta.case import Case, Course, Session, ZoneSetting
from puncta.errors import InputError, StoppedError
from puncta.followup import Update, replan, update
from puncta.planning import Alternative, Plan, plan_record

DRAWS = 40
EARLY = [{"day": day, "zones": [{"zone": ZONE, "dial_mm": 1.0, "passes": 4}]} for day in (0, 28)]


def _update(case: Case | None = None, **changes: object) -> Update:
    case = case or one_cheek()
    return update(case, followed(case, **changes), draws=100)


@pytest.fixture(scope="module")
def early() -> Update:
    """Two visits of four, a grade half way."""
    return _update(sessions=EARLY, grades=[{"day": 56, "score": 3.0, "blinded": True}], today=56)


@pytest.fixture(scope="module")
def made(early: Update) -> Plan:
    """The rest of it."""
    return replan(early, draws=DRAWS)


def _named(plan: Plan) -> dict[str, Alternative]:
    return {one.course.name: one for one in plan.alternatives}


def test_no_further_visit_searched_courses_and_quick_ways_stand_side_by_side(made: Plan) -> None:
    names = set(_named(made))
    assert {"no_further_visit", "gentle", "one_more", "as_planned"} <= names
    assert made.bare is not None and made.bare.course.name == "no_further_visit"
    injuries = [one.injury_mm3_per_cm2 for one in made.alternatives]
    assert injuries == sorted(injuries)


def test_what_is_searched_stays_within_what_the_person_may_have(made: Plan, early: Update) -> None:
    most = early.case.limits.max_sessions - 2
    for one in made.alternatives:
        assert len(one.course.sessions) <= most
        for session in one.course.sessions:
            assert all(setting.dial_mm <= made.zone_limits[setting.zone].deepest_mm for setting in session.settings)


def test_where_the_advice_goes_on_the_search_is_recommended_and_waiting_where_it_does_not(made: Plan) -> None:
    assert made.chosen is not None and made.chosen.course.name == "gentle"
    done = _update(grades=[{"day": 150, "score": 1.0, "blinded": True}])
    assert done.advice.action == "stop"
    stopped = replan(done, draws=DRAWS)
    assert stopped.chosen is not None and stopped.chosen.course.name == "no_further_visit"
    assert stopped.reason.startswith(done.advice.reason)


def test_until_today_every_way_has_come_equally_far_and_later_more_visits_bring_more(made: Plan, early: Update) -> None:
    kind = early.case.concerns[0].kind
    told = {name: one.outcome[f"improvement_fraction@{kind}"].values for name, one in _named(made).items()}
    for name, values in told.items():
        np.testing.assert_allclose(values[:, 0], told["no_further_visit"][:, 0], err_msg=name)
    assert np.median(told["as_planned"][:, -1]) > np.median(told["no_further_visit"][:, -1])


def test_the_forecast_is_the_persons_and_not_everybodys(early: Update) -> None:
    kind = early.case.concerns[0].kind
    good = _update(sessions=EARLY, grades=[{"day": 56, "score": 1.0, "blinded": True}], today=56)
    ends = []
    for found in (good, early):
        bare = replan(found, draws=DRAWS).bare
        assert bare is not None
        ends.append(float(np.median(bare.outcome[f"improvement_fraction@{kind}"].values[:, -1])))
    assert ends[0] > ends[1]


def test_every_course_has_a_second_calculation_that_agrees(made: Plan) -> None:
    for one in made.alternatives:
        assert one.second.agrees, (one.course.name, one.second.apart)
        names = [figure.name for figure in one.second.figures]
        assert "improvement_fraction" in names
        assert ("pain_score" in names) is bool(one.course.sessions)


def test_dark_marks_count_over_all_visits_and_beyond_the_limit_nothing_is_searched(early: Update, made: Plan) -> None:
    chance = {name: float(np.median(one.outcome["pih_probability"].values)) for name, one in _named(made).items()
              if one.course.sessions}  # fmt: skip
    assert chance["one_more"] < chance["as_planned"] < chance["fullest"]
    strict = replace(early.case, limits=replace(early.case.limits, max_pih_probability=1e-6))
    held = replan(early, case=strict, draws=DRAWS)
    assert not {"gentle", "fewest_visits", "fullest"} & set(_named(held))
    assert held.chosen is not None and held.chosen.course.name == "no_further_visit"


def test_a_course_chosen_by_hand_is_looked_at_and_called_so(early: Update) -> None:
    own = Course("Two deeper", tuple(Session(day, (ZoneSetting(ZONE, 1.2, 5),)) for day in (0, 42)))
    made = replan(early, course=own, draws=DRAWS)
    assert made.by_hand and made.chosen is not None and made.chosen.course.name == "Two deeper"
    assert [one.course.name for one in made.alternatives] == ["no_further_visit", "Two deeper"]
    assert "no recommendation" in made.reason and "2 visits" in made.reason
    assert made.stop is not None and [step.visits_count for step in made.stop.steps] == [0, 1]


def test_the_first_further_visit_keeps_the_interval(early: Update, made: Plan) -> None:
    assert made.continues is not None
    assert made.continues.first_day == 56
    sooner = _update(sessions=EARLY, grades=[], today=35)
    found = replan(sooner, draws=DRAWS)
    assert found.continues is not None and found.continues.first_day == 56
    assert plan_record(made)["continues"]["visits_count"] == 2


def test_a_screening_that_stops_allows_no_plan(early: Update) -> None:
    stopped = replace(early.case, person=replace(early.case.person, age_years=16.0))
    with pytest.raises(StoppedError):
        replan(early, case=stopped, draws=DRAWS)


def test_a_case_of_today_without_what_was_followed_is_refused(early: Update) -> None:
    other = replace(early.case, concerns=(replace(early.case.concerns[0], kind="texture"),))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="concern that was followed"):
        replan(early, case=other, draws=DRAWS)
