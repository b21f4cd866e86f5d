"""Absorption beside what was published: every row told once, eligible or with its reason, misses as plainly as hits."""

import csv
from pathlib import Path

import pytest

import puncta
from puncta.validation import absorption_validation_record, validate_absorption
from puncta.validation.numbing_row import numbing_rows
from puncta.validation.permeation_row import permeation_rows

FOUND = validate_absorption(draws=60)
RECORD = absorption_validation_record(FOUND)
SHARED = Path(puncta.__file__).parents[3] / "shared" / "evidence" / "permeation.csv"


def test_every_row_is_told_once_with_a_reason() -> None:
    told = [row["row"] for row in RECORD["rows"]] + [row["row"] for row in RECORD["unusable"]]
    assert len(told) == len(set(told))
    assert set(told) == {*permeation_rows(), *numbing_rows()}
    assert all(row["reason"] for row in (*RECORD["rows"], *RECORD["unusable"]))


def test_what_starts_in_the_needles_is_not_a_film_and_a_ratio_alone_says_nothing() -> None:
    reasons = {row["row"]: row["reason"] for row in RECORD["unusable"]}
    assert "inside the needles" in reasons["P0001"]
    assert "ratio without its dose and time" in reasons["P0756"]


def test_copper_is_missed_and_says_so() -> None:
    copper = [reading for reading in FOUND.permeation if "copper" in reading.row.what]
    assert len(copper) == 12
    assert not any(reading.inside for reading in copper)


def test_whole_skin_is_told_by_class_for_compounds_that_were_left_out() -> None:
    every = FOUND.intact[0]
    assert (every.name, every.records_count) == ("all", 324)
    assert every.rmse_log10 <= 0.70 < every.published_rmse_log10
    assert 0.75 <= FOUND.held_compounds_fraction <= 0.85


@pytest.mark.skipif(not SHARED.exists(), reason="the shared table is not beside this checkout")
def test_the_table_holds_every_row_that_is_not_a_record_of_whole_skin() -> None:
    with SHARED.open(newline="") as file:
        ids = {row["id"] for row in csv.DictReader(file) if "Cheruvu" not in row["source"]}
    assert ids == set(permeation_rows())
