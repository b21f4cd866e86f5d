"""What is written reads back as the same value."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.case.mutations import EXAMPLES
from tests.case.strategies import cases, courses

from puncta.case import (
    Case,
    Course,
    ZoneSetting,
    case_from_json,
    case_from_toml,
    case_to_json,
    case_to_toml,
    course_from_json,
    course_from_toml,
    course_to_json,
    course_to_toml,
    read_case,
)

STEADY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@given(case=cases())
@STEADY
def test_a_case_survives_toml_and_json(case: Case) -> None:
    assert case_from_toml(case_to_toml(case)) == case
    assert case_from_json(case_to_json(case)) == case


@given(case=cases())
@STEADY
def test_toml_and_json_hold_the_same(case: Case) -> None:
    tree = tomllib.loads(case_to_toml(case))
    assert json.loads(case_to_json(case)) == json.loads(json.dumps(tree, default=str))


@given(course=courses())
@STEADY
def test_a_course_survives_toml_and_json(course: Course) -> None:
    assert course_from_toml(course_to_toml(course)) == course
    assert course_from_json(course_to_json(course)) == course


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.toml")), ids=lambda file: file.stem)
def test_an_example_survives_and_its_second_writing_is_the_first(file: Path) -> None:
    case = read_case(file)
    once = case_to_toml(case)
    assert case_to_toml(case_from_toml(once)) == once
    assert case_from_json(case_to_json(case)) == case


def test_a_regular_course_of_all_treated_zones_is_written_short() -> None:
    text = case_to_toml(read_case(EXAMPLES / "published_A03.toml"))
    assert "sessions = 5\ninterval_days = 30\ndial_mm = 1.5\n" in text


def test_another_course_is_written_session_by_session() -> None:
    case = read_case(EXAMPLES / "published_A03.toml")
    course = Course.regular("one side", (ZoneSetting("cheek_left", 1.5, None),), 2, 28)
    other = Case(**{**vars(case), "protocol": course})
    assert "settings = [{ zone" in case_to_toml(other)
    assert case_from_toml(case_to_toml(other)) == other
