"""Looks for dark marks: that none were seen is learned from, of the visits that could show them by then."""

from __future__ import annotations

from typing import Any

import pytest
from tests.followup.small import followed, one_cheek, tree

from puncta.errors import InputError
from puncta.followup import as_record, update, visits_from
from puncta.followup.readings import marks_sessions, readings_of


def _marks(**changes: Any) -> list[tuple[str, int, float, str]]:
    visits = followed(**changes)
    found = [one for one in readings_of(one_cheek(), visits) if one.kind == "marks"]
    return [(one.key, one.day, one.value, one.why_not) for one in found]


def test_nobody_looked_is_no_reading() -> None:
    assert _marks() == []


def test_none_seen_is_a_reading_of_all_visits_that_could_show_marks() -> None:
    assert _marks(looks=[{"day": 28, "dark_marks": False}, {"day": 112, "dark_marks": False}]) == [
        ("marks", 112, 0.0, "")
    ]
    assert _marks(marks_seen=False) == [("marks", 150, 0.0, "")]


def test_a_look_speaks_of_the_visits_before_it_alone() -> None:
    early = [{"day": 56, "dark_marks": False}]
    assert _marks(looks=early) == [("marks.looked", 56, 0.0, "")]
    assert [one.day for one in marks_sessions(followed(looks=early))] == [0, 28]


def test_a_look_on_the_day_of_the_first_visit_is_told_and_not_learned_from() -> None:
    assert _marks(looks=[{"day": 0, "dark_marks": False}]) == [("marks.looked", 0, 0.0, "followup.not_used.too_soon")]


def test_marks_that_are_there_are_of_what_was_done_before_them() -> None:
    assert _marks(reactions=[{"day": 5, "kind": "dark_marks"}])[0][:3] == ("marks.looked", 5, 1.0)


def test_a_look_after_today_is_refused() -> None:
    with pytest.raises(InputError) as told:
        visits_from(tree(looks=[{"day": 200, "dark_marks": False}]), one_cheek())
    assert [one.field for one in told.value.problems] == ["today"]


def test_none_seen_lowers_the_chance_and_more_so_after_more_visits() -> None:
    case = one_cheek()

    def chance(**changes: Any) -> float:
        found = update(case, followed(case, **changes), draws=300)
        return next(one.after_mean for one in found.parameters if one.name == "pih_probability")

    nobody, once, all_of_them = (
        chance(),
        chance(looks=[{"day": 28, "dark_marks": False}]),
        chance(looks=[{"day": 150, "dark_marks": False}]),
    )
    assert all_of_them < once < nobody


def test_the_record_tells_the_look() -> None:
    case = one_cheek()
    record = as_record(update(case, followed(case, looks=[{"day": 150, "dark_marks": False}]), draws=100))
    assert record["visits"]["looks"] == [{"day": 150, "dark_marks": False}]
    assert [one["value"] for one in record["readings"] if one["kind"] == "marks"] == [0.0]
