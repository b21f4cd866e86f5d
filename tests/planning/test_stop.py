"""When one more visit is enough."""

from __future__ import annotations

import pytest

from puncta.case import Case, Course, ZoneSetting, read_case
from puncta.planning import Preview, preview
from puncta.planning.stop import stop_rule


@pytest.fixture(scope="module")
def acne() -> tuple[Case, Preview]:
    case = read_case("examples/acne_scars.toml")
    return case, preview(case, draws=200, seed=1)


def _course(case: Case, count: int = 3) -> Course:
    return Course.regular("gentle", tuple(ZoneSetting(zone, 1.0, 4) for zone in case.concerns[0].zones), count, 28)


def test_each_further_visit_brings_less(acne: tuple[Case, Preview]) -> None:
    found = stop_rule(*acne, _course(acne[0]))
    assert found is not None
    middles = [step.further_fraction[1] for step in found.steps]
    assert middles == sorted(middles, reverse=True)
    assert len(found.steps) == acne[0].limits.max_sessions


def test_it_is_enough_at_the_first_visit_that_falls_short(acne: tuple[Case, Preview]) -> None:
    found = stop_rule(*acne, _course(acne[0]))
    assert found is not None
    before = found.steps[: found.enough_count]
    assert all(step.grade_probability >= found.least_probability for step in before)
    if found.enough_count < len(found.steps):
        assert found.steps[found.enough_count].grade_probability < found.least_probability


def test_how_many_visits_were_planned_does_not_change_what_a_visit_brings(acne: tuple[Case, Preview]) -> None:
    assert stop_rule(*acne, _course(acne[0], 2)) == stop_rule(*acne, _course(acne[0], 5))


def test_where_nothing_is_needled_there_is_nothing_to_stop(acne: tuple[Case, Preview]) -> None:
    assert stop_rule(*acne, Course("untreated", ())) is None
