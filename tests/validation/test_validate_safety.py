"""Safety beside what was published: roles fixed by row, counts as counts, misses told, targets judged by rule."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from tests.cli.command import puncta

from puncta.evidence import parameters, sources
from puncta.evidence.mechanism import mechanism_rows
from puncta.safety.side_effects import side_effects
from puncta.validation import safety_validation_record, validate_safety
from puncta.validation.bench import Bench
from puncta.validation.safety import PIGMENT_SOURCES, all_signs_hours, dark_marks_count, signs_hours
from puncta.validation.safety_row import SAFETY_GROUPS, safety_rows

FOUND = validate_safety(200)
RECORD = safety_validation_record(FOUND)


def test_the_shared_rows_of_redness_and_pain_are_all_there_and_say_why_they_are_left_out() -> None:
    shared = {key for key, row in mechanism_rows().items() if row.group in SAFETY_GROUPS}
    told = {entry["row"] for entry in (*RECORD["rows"], *RECORD["unusable"])}
    assert shared < told
    assert all(entry["reason"] for entry in RECORD["unusable"])


def test_a_study_behind_a_starting_value_never_validates() -> None:
    behind = {source for entry in parameters().values() for source in entry.sources}
    for row in safety_rows().values():
        assert row.role != "validation" or row.study not in behind, row.key
    assert {row.role for row in safety_rows().values() if row.group == "pigment"} == {"calibration", "validation"}


def test_counts_are_those_of_the_side_effects() -> None:
    counted = {count.row: (count.marked_count, count.people_count) for count in side_effects()["dark_marks"]}
    for key, row in safety_rows().items():
        if row.group == "pigment" and key.removesuffix("m") in counted:
            assert (row.value, row.n) == counted[key.removesuffix("m")]
            assert row.study in sources()


def test_simulated_counts_are_people_and_none_are_marked_without_needles() -> None:
    row = safety_rows()["A03m"]
    counts = dark_marks_count(row, Bench(50, seed=0))
    assert np.all((counts >= 0) & (counts <= 30) & (counts == np.rint(counts)))
    untouched = replace(row, density_per_cm2=0.0)
    assert np.all(dark_marks_count(untouched, Bench(50, seed=0)) == 0)


def test_all_signs_last_at_least_as_long_as_some() -> None:
    row, bench = safety_rows()["A31r"], Bench(60, seed=0)
    assert np.all(all_signs_hours(row, bench) >= signs_hours(row, bench))


def test_at_least_seven_of_ten_rows_lie_inside_and_misses_are_told() -> None:
    every = RECORD["groups"]["all"]
    assert every["reached"] and every["inside_count"] >= 0.7 * every["rows_count"]
    assert sum(not entry["inside"] for entry in RECORD["rows"]) == every["rows_count"] - every["inside_count"]
    assert len(PIGMENT_SOURCES) == 5 and RECORD["pigment_sources"]["rows_count"] == 5


def test_a_planted_count_far_outside_is_a_miss() -> None:
    planted = replace(safety_rows()["A03m"], key="planted", value=29.0)
    assert [entry.row.key for entry in validate_safety(80, rows=[planted]).misses] == ["planted"]


def test_what_has_no_data_says_so_and_the_command_prints_what_the_record_holds() -> None:
    assert "assumed" in RECORD["without_data"]
    ran = puncta("validate", "safety", "--draws", "60")
    assert ran.code == 0 and RECORD["without_data"].split(",")[0] in ran.out and "dark marks" in ran.out
    as_json = json.loads(puncta("validate", "safety", "--draws", "60", "--json").out)
    assert as_json["part"] == "safety" and {entry["row"] for entry in as_json["rows"]} >= {"T043", "A03m", "S01p"}


@pytest.mark.parametrize("seed", [1, 2])
def test_another_seed_turns_hardly_a_row(seed: int) -> None:
    other = {entry.row.key: entry.inside for entry in validate_safety(200, seed).compared}
    same = {entry.row.key: entry.inside for entry in FOUND.compared}
    assert sum(other[key] != inside for key, inside in same.items()) <= 2
