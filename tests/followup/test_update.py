"""Update: what must hold whatever was read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.followup.small import KIND, ZONE, followed, one_cheek, tree

from puncta.followup import Update, Visits, as_record, update
from puncta.followup.answers import log_chance
from puncta.followup.checked import probe_answers
from puncta.followup.readings import Reading, readings_of
from puncta.simulation import simulate

DRAWS = 200


def _update(visits: Visits, **changes: object) -> Update:
    return update(one_cheek(), visits, draws=DRAWS, **changes)  # type: ignore[arg-type]


def _gain(found: Update) -> object:
    return next(one for one in found.parameters if one.name == "gain")


def test_what_was_promised_is_the_forecast_of_the_plan() -> None:
    visits = followed()
    found = _update(visits)
    told = next(one for one in found.forecasts if one.concern == KIND)
    whole = simulate(one_cheek(), visits.planned, draws=DRAWS, horizon=float(told.days[-1]))
    quantity = whole[f"improvement_fraction@{KIND}"]
    for day in (28.0, 112.0, float(told.days[-1])):
        low, middle, high = np.percentile(quantity.at(day), [10, 50, 90])
        at = [np.interp(day, told.days, getattr(told.promised, key)) for key in ("low80", "median", "high80")]
        np.testing.assert_allclose(at, [low, middle, high], atol=2e-3)


def test_without_readings_the_forecast_stands_as_it_was() -> None:
    bare = [{"day": day, "zones": [{"zone": ZONE, "dial_mm": 1.0, "passes": 4}]} for day in (0, 28, 56)]
    found = _update(followed(grades=[], sessions=bare))
    assert found.method == "prior" and not found.readings
    for told in found.forecasts:
        np.testing.assert_allclose(told.now.median, told.delivered.median, rtol=1e-6)
    for one in found.parameters:
        assert (one.after_mean, one.after_sd) == pytest.approx((one.before_mean, one.before_sd))


def test_a_better_grade_promises_more_and_either_grade_makes_it_surer() -> None:
    good, poor = (_update(followed(grades=[{"day": 150, "score": score, "blinded": True}])) for score in (1.0, 3.0))
    assert _gain(good).after_mean > _gain(poor).after_mean  # type: ignore[attr-defined]
    for found in (good, poor):
        assert _gain(found).after_sd < _gain(found).before_sd  # type: ignore[attr-defined]


def test_raters_who_hope_say_less_of_the_skin_than_blinded_ones() -> None:
    grades = [{"day": 150, "score": 2.0}]
    open_, blind = (_update(followed(grades=[{**one, "blinded": b} for one in grades])) for b in (False, True))
    assert _gain(open_).after_mean < _gain(blind).after_mean  # type: ignore[attr-defined]


def test_two_raters_say_more_than_one_who_says_it_twice() -> None:
    def told(raters: str) -> float:
        grades = [{"day": 150, "score": 2.0, "rater": who, "blinded": True} for who in raters]
        return _gain(_update(followed(grades=grades))).after_sd  # type: ignore[attr-defined]

    assert told("BC") < told("BB") * 1.02


def test_with_fewer_than_three_visits_the_gain_alone_is_learned() -> None:
    done = {"zone": ZONE, "dial_mm": 1.0, "passes": 4, "pain_score": 9}
    sessions = [{"day": 0, "zones": [done]}]
    found = _update(followed(sessions=sessions, grades=[{"day": 56, "score": 2.0}], today=56))
    assert found.visits.seen_count == 2
    assert [one.name for one in found.parameters if one.learned] == ["gain"]
    assert [one.kind for one in found.not_used] == ["pain"]
    assert "followup.thin.few" in found.thin


def test_pain_of_every_visit_above_the_forecast_raises_what_is_expected() -> None:
    done = {"zone": ZONE, "dial_mm": 1.0, "passes": 4, "pain_score": 9}
    found = _update(followed(sessions=[{"day": day, "zones": [done]} for day in (0, 28, 56)]))
    pain = next(one for one in found.parameters if one.name == "pain_score")
    assert pain.after_mean > pain.before_mean + 1.0 and pain.moved[0].key.startswith("pain")


def test_the_order_of_the_file_changes_nothing() -> None:
    grades = [{"day": day, "score": score, "blinded": True} for day, score in ((56, 3.0), (112, 2.0), (150, 2.0))]
    first, second = (_update(followed(grades=order)) for order in (grades, grades[::-1]))
    assert _gain(first).after_mean == pytest.approx(_gain(second).after_mean, abs=0.02)  # type: ignore[attr-defined]


def test_a_reading_that_hardly_anybody_would_give_is_marked_and_carries_little() -> None:
    grades = [{"day": day, "score": 2.0, "blinded": True, "readings": 3} for day in (100, 120, 140)]
    odd = {"day": 150, "score": 4.0, "blinded": True, "readings": 3}
    found = _update(followed(grades=[*grades, odd]))
    marked = [one.reading.value for one in found.readings if one.outlier]
    assert marked == [4.0]


def test_a_person_whose_readings_nobody_would_give_is_unlike_everyone() -> None:
    done = {"zone": ZONE, "dial_mm": 0.3, "passes": 4, "pain_score": 10}
    sessions = [{"day": day, "zones": [{**done, "pain_score": 10 if day else 0}]} for day in (0, 28, 56, 84)]
    grades = [{"day": day, "score": 4.0 if day % 2 else 1.0, "blinded": True, "readings": 5} for day in (101, 102, 103)]
    found = _update(followed(sessions=sessions, grades=grades))
    assert found.unlike.unlike and found.advice.action == "refer"
    assert not _update(followed()).unlike.unlike


def test_equal_seeds_give_an_equal_record_and_its_figures_are_finite_or_none() -> None:
    import json

    first, second = (as_record(_update(followed(), seed=4)) for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)


def test_a_rounded_grade_is_an_interval_and_an_end_of_the_scale_is_open() -> None:
    grade = Reading("g", "grade", 1, KIND, "", "A", 4.0, half=0.5, low=1.0, high=4.0, freedom=5.0)
    spread, middles = np.full(1, 0.4), np.array([1.0, 2.0, 3.0, 4.0])
    whole = [np.exp(log_chance(replace(grade, value=v), v, np.array([2.7]), spread))[0] for v in middles]
    assert sum(whole) == pytest.approx(1.0)
    assert log_chance(grade, 4.0, np.array([9.0]), spread)[0] > np.log(0.99)


def test_zones_of_one_visit_are_one_person_s_pain() -> None:
    done = [{"zone": ZONE, "dial_mm": 1.0, "passes": 4, "pain_score": 3}]
    visits = followed(sessions=[{"day": day, "zones": done} for day in (0, 28, 56)])
    assert sum(one.kind == "pain" for one in readings_of(one_cheek(), visits)) == 3


def test_every_day_of_grading_has_its_own_error() -> None:
    grades = [
        {"day": 56, "score": 2.0, "rater": "A"},
        {"day": 112, "score": 2.0, "rater": "B"},
        {"day": 150, "score": 2.0, "rater": "A", "readings": 4},
    ]
    screen = as_record(_update(followed(grades=grades)))["screen"][0]
    once, other, four = (one["error80_fraction"] for one in screen["graded"])
    # the rater of the first grade errs the same way twice; another one does not, and more readings scatter less
    assert four < once < other
    assert screen["error80_fraction"] == four
    assert screen["came"]["day"] == 150


def test_every_way_on_begins_from_one_and_the_same_today() -> None:
    found = _update(followed(today=56, sessions=tree()["sessions"][:2], grades=[{"day": 56, "score": 3.0}]))
    further = {one.key: one.further_fraction[1] for one in found.advice.options}
    wait, more, planned = (further[key] for key in ("wait", "one_more", "as_planned"))
    assert wait < more < planned


def test_what_was_worked_out_before_is_what_would_be_worked_out_again() -> None:
    answers = probe_answers(one_cheek())
    theta = np.random.default_rng(0).normal(size=(64, len(answers.names)))
    first = answers.expected(theta)[0].copy()
    answers.expected(theta + 1.0)
    np.testing.assert_array_equal(answers.expected(theta)[0], first)
    np.testing.assert_array_equal(replace(answers).expected(theta)[0], first)
