"""Validating: roles never mix, unusable rows stand beside nothing, a planted miss is a miss in table and record."""

import json
from dataclasses import replace

import pytest

from puncta import InputError, validate, validation_record
from puncta.evidence.mechanism import mechanism_row
from puncta.validation.words import reason_of_miss

KEYS = ("T016", "T029", "T164", "T170", "T002", "T026")
# two quick rows stand in for validation
PLAYED = {key: replace(mechanism_row(key), role="validation") for key in ("T164", "T170")}
ROWS = [PLAYED.get(key, mechanism_row(key)) for key in KEYS]
FOUND = validate(draws=60, rows=ROWS)


def test_each_role_is_counted_apart_and_unusable_rows_not_at_all() -> None:
    calibration, validation = (FOUND.tally(role) for role in ("calibration", "validation"))
    assert (calibration.rows_count, validation.rows_count) == (3, 2)
    assert [row.key for row in FOUND.unusable] == ["T002"]
    assert FOUND.tally("validation", "closing").inside_fraction is None
    assert FOUND.tally("calibration", "water_loss").built_in_count == 1


def test_a_planted_row_far_outside_is_reported_outside() -> None:
    planted = replace(mechanism_row("T016"), key="planted", value=500.0)
    found = validate(draws=60, rows=[planted])
    assert [entry.row.key for entry in found.misses] == ["planted"]
    assert found.misses[0].distance > 3
    assert found.tally("calibration").inside_count == 0


def test_the_same_seed_gives_the_same_and_rows_keep_the_order_of_groups() -> None:
    assert validate(draws=60, rows=ROWS) == FOUND
    assert [entry.row.group for entry in FOUND.compared] == ["closing", "water_loss", "epidermis", "epidermis", "depth"]


def test_a_row_alone_and_among_others_is_the_same() -> None:
    assert validate(draws=60, rows=[mechanism_row("T029")]).compared[0] == FOUND.compared[-1]


def test_the_record_is_plain_and_says_what_the_validation_says() -> None:
    record = json.loads(json.dumps(validation_record(FOUND), allow_nan=False))
    assert record["inside"]["calibration"]["all"]["rows_count"] == 3
    assert {entry["row"]: entry["inside"] for entry in record["rows"]} == {e.row.key: e.inside for e in FOUND.compared}
    assert record["unusable"][0]["reason"] == "recalled only"
    assert "words" in record["rows"][0]


def test_an_infinite_miss_stays_plain() -> None:
    endless = replace(FOUND.compared[0], inside=False, distance=float("inf"))
    assert validation_record(replace(FOUND, compared=(endless,)))["rows"][0]["distance"] is None


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(InputError, match="mechanism"):
        validate("outcomes")


def test_progress_runs_to_one() -> None:
    seen: list[float] = []
    validate(draws=20, rows=ROWS[:3], progress=seen.append)
    assert seen[-1] == 1.0
    assert seen == sorted(seen)


def test_every_miss_has_a_reason_of_its_own_or_says_that_none_is_known() -> None:
    reasons = {entry.row.key: reason_of_miss(entry) for entry in FOUND.compared}
    assert "histology" in reasons["T029"]
    assert reasons["T016"] == "no reason is known"
    assert reason_of_miss(replace(FOUND.compared[0], row=mechanism_row("T001"))) != reasons["T016"]
