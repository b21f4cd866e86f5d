"""Dose record and methods paragraph: what was planned, complete and honest about what is not known."""

import json

import pytest
from tests.report.made import plan_of, view_of
from tests.report.plans import PLANS

from puncta.report.dose import dose_json, dose_record
from puncta.report.methods import methods_text


def test_the_record_lists_every_session_and_zone_with_its_setting() -> None:
    record = dose_record(plan_of("acne"))
    assert [session["day"] for session in record["sessions"]] == [0, 28, 56, 84]
    first = record["sessions"][0]["zones"][0]
    assert (first["zone"], first["dial_mm"], first["passes"]) == ("cheek_right", 1.0, 4)
    assert first["speed_cm_per_s"] == 3.0 and first["strokes_per_s"] == 120.0
    depth = first["depth_mm"]
    assert depth["low80"] < depth["median"] < depth["high80"] < first["dial_mm"]


def test_a_later_session_with_another_setting_has_no_borrowed_figures() -> None:
    sessions = dose_record(plan_of("long"))["sessions"]
    assert sessions[0]["zones"][0]["depth_mm"] is not None
    assert sessions[1]["zones"][0]["dial_mm"] != sessions[0]["zones"][0]["dial_mm"]
    assert sessions[1]["zones"][0]["depth_mm"] is None


def test_what_is_not_known_is_null_and_never_zero() -> None:
    zone = dose_record(plan_of("bare"))["sessions"][0]["zones"][0]
    assert zone["density_per_cm2"] is None and zone["depth_mm"] is not None
    published = dose_record(plan_of("published"))["sessions"][0]["zones"][0]
    assert published["passes"] is None and published["strokes_per_s"] is None
    assert dose_record(plan_of("acne"))["device"]["cartridge"]["lot"] is None


def test_the_record_carries_seed_version_and_hashes() -> None:
    record = dose_record(plan_of("acne"))
    assert record["seed"] == 11 and record["draws_count"] == 400 and record["puncta"]
    assert all(len(digest) == 64 for digest in record["hashes"].values())
    assert record["plan"] == view_of("acne").plan_key


@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_record_is_json_and_repeats(name: str) -> None:
    written = dose_json(plan_of(name))
    assert json.loads(written) == json.loads(dose_json(plan_of(name)))
    assert "NaN" not in written and "Infinity" not in written


def test_no_needling_gives_an_empty_list_of_sessions() -> None:
    assert dose_record(plan_of("melasma"))["sessions"] == []


@pytest.mark.parametrize("name", sorted(PLANS))
def test_the_methods_paragraph_names_tool_seed_and_assumed_values(name: str) -> None:
    written = methods_text(plan_of(name), view_of(name))
    paragraph, status = written.strip().split("\n\n")
    assert "Puncta " in paragraph and "seed 11" in paragraph and "are assumed" in paragraph
    assert status.endswith("A licensed person decides.")
    assert "\n" not in paragraph and "{" not in paragraph


def test_the_methods_paragraph_gives_set_and_reached_depth_with_ranges() -> None:
    written = methods_text(plan_of("acne"), view_of("acne"))
    assert "dial 1.0 mm, 4 passes" in written
    assert "reached depth 0.75 (0.61 to 0.90) mm" in written
    assert "to be reported beside them" in written


def test_a_protocol_that_reports_no_passes_is_not_given_any() -> None:
    assert "dial 1.5 mm, not stated passes" in methods_text(plan_of("published"), view_of("published"))
