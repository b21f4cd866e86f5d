"""Courses side by side, published protocols among them."""

from __future__ import annotations

import numpy as np
import pytest

from puncta.case import Course, Session, ZoneSetting, read_case
from puncta.errors import InputError
from puncta.evidence import arms
from puncta.planning import compare, published_course
from puncta.safety import screen
from puncta.simulation import simulate

ACNE = read_case("examples/acne_scars.toml")


def test_a_published_arm_is_laid_on_this_person_as_it_was_printed() -> None:
    row, course = arms()["A03"], published_course(ACNE, "A03")
    assert len(course.sessions) == row.sessions
    assert course.interval_days == row.interval_days
    free = {use.zone for use in ACNE.zones if use.role.value == "treat"} - screen(ACNE).held_zones()
    assert {one.zone for one in course.sessions[0].settings} == free


def test_figures_beside_each_other_are_those_of_each_alone() -> None:
    case = read_case("examples/stretch_marks.toml")
    mine = Course.regular("mine", (ZoneSetting("abdomen", 1.0, 4),), 2, 42)
    found = compare(case, [mine, published_course(case, "S04")], draws=20, seed=2)
    assert {one.course.name for one in found.alternatives} == {"untreated", "mine", "S04"}
    alone = simulate(case, mine, draws=20, seed=2, horizon=found.read_day)
    beside = next(one for one in found.alternatives if one.course.name == "mine")
    for key, quantity in alone.quantities.items():
        np.testing.assert_array_equal(beside.outcome[key].values, quantity.values)


def test_courses_begin_when_no_delay_stands_against_them_as_a_plan_does() -> None:
    case = read_case("examples/isotretinoin.toml")
    once = Course.regular("mine", (ZoneSetting("cheek_left", 1.0, 4),), 1, 28)
    found = compare(case, [once], draws=10)
    begins = {one.course.name: one.starts_on for one in found.alternatives}
    assert begins == {"untreated": case.planned_on, "mine": screen(case).free_from("cheek_left", case.planned_on)}
    assert begins["mine"] is not None and begins["mine"] > case.planned_on


def test_a_course_waits_for_a_held_zone_only_as_long_as_its_visits_there_ask() -> None:
    held, free = "infraorbital_left", screen(ACNE).free_from("infraorbital_left", ACNE.planned_on)
    assert free is not None and free > ACNE.planned_on
    cheek, tear = ZoneSetting("cheek_left", 1.0, 4), ZoneSetting(held, 0.5, 4)
    late = (free - ACNE.planned_on).days
    courses = [
        Course.regular("cheek", (cheek,), 2, 28),
        Course.regular("both", (cheek, tear), 2, 28),
        Course("later", (Session(0, (cheek,)), Session(late - 1, (tear,)))),
    ]
    found = compare(ACNE, courses, draws=10)
    waited = {one.course.name: one.starts_on - ACNE.planned_on for one in found.alternatives if one.starts_on}
    assert {name: wait.days for name, wait in waited.items()} == {"untreated": 0, "cheek": 0, "both": late, "later": 1}


def test_a_course_beyond_a_limit_says_so_and_is_not_recommended() -> None:
    found = compare(ACNE, [Course.regular("deep", (ZoneSetting("cheek_left", 1.5, 8),), 6, 28)], draws=20)
    deep = next(one for one in found.alternatives if one.course.name == "deep")
    assert any(one.name == "dial_mm" for one in deep.second.figures)


@pytest.mark.parametrize("row", ["A99", "A"])
def test_an_unknown_row_names_the_nearest(row: str) -> None:
    with pytest.raises(InputError) as refused:
        published_course(ACNE, row)
    assert refused.value.problems[0].allowed


def test_an_arm_without_needles_cannot_be_laid_on_anybody() -> None:
    without = next(key for key, arm in arms().items() if not arm.sessions)
    with pytest.raises(InputError):
        published_course(ACNE, without)
