"""Advice: cases as a practitioner would write them, and what must hold of every way on."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.followup.small import ZONE, followed, one_cheek

from puncta.case import Answer, Reply
from puncta.followup import next_course, update
from puncta.safety import zone_limits

CASES = tomllib.loads((Path(__file__).parent / "cases" / "advice.toml").read_text(encoding="utf-8"))["case"]
FIRST = next(one for one in CASES if one["says"].startswith("After the first visit"))


@pytest.mark.parametrize("told", CASES, ids=[one["says"] for one in CASES])
def test_as_a_practitioner_would_say(told: dict[str, Any]) -> None:
    found = update(one_cheek(), followed(**told["changes"]), draws=200)
    if "not" in told:
        assert found.advice.action != told["not"]
        return
    assert (found.advice.action, told["words"] in found.advice.reason) == (told["action"], True), found.advice.reason


def test_a_screening_that_stops_comes_before_any_forecast() -> None:
    case = one_cheek()
    ill = replace(case, history={**case.history, "infection_in_field": Answer(Reply.YES)})
    assert update(ill, followed(ill), draws=200).advice.action == "refer"


def test_no_way_on_goes_deeper_than_the_limits_allow_and_more_needling_never_waits_worse() -> None:
    case = one_cheek()
    found = update(case, followed(today=60, grades=[]), draws=200)
    deepest = zone_limits(case, ZONE).deepest_mm
    assert all(max(one.dial_mm, default=0.0) <= deepest for one in found.advice.options)
    ways = {one.key: one for one in found.advice.options}
    assert ways["one_more"].further_fraction[1] > ways["wait"].further_fraction[1]
    assert ways["one_more"].pih_probability[1] >= ways["wait"].pih_probability[1]
    assert ways["wait"].better_probability == 0.0 and ways["wait"].more_probability == 0.0


def test_a_way_that_breaks_a_limit_is_shown_and_never_advised() -> None:
    case = one_cheek()
    few = replace(case, limits=replace(case.limits, max_sessions=3))
    found = update(few, followed(few, today=60, grades=[]), draws=200)
    ways = {one.key: one for one in found.advice.options}
    assert "max_sessions" in ways["one_more"].breaks and found.advice.option != "one_more"


def test_the_next_course_is_the_way_that_is_advised() -> None:
    found = update(one_cheek(), followed(**FIRST["changes"]), draws=200)
    made = next_course(found)
    assert made.name == "continue" and [one.day for one in made.sessions] == [28]
    assert made.sessions[0].settings[0].zone == ZONE
