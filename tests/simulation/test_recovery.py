"""Recovery from a simulated session: what lies beneath does not depend on skin colour, what is seen does."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from puncta.case import Case, Course, ZoneSetting, read_case
from puncta.errors import InputError
from puncta.safety.diary import diary_from
from puncta.simulation import Recovery, recovery, recovery_record

CASE = read_case("examples/acne_scars.toml")


def _once(dial_mm: float, zone: str = "cheek_left") -> Course:
    return Course.regular("gentle", (ZoneSetting(zone, dial_mm, 4),), 1, 28)


def _of(phototype: int, dial_mm: float = 1.0, case: Case = CASE) -> Recovery:
    person = replace(case.person, phototype=phototype, ita_degrees=None)
    return recovery(replace(case, person=person), _once(dial_mm), draws=60, seed=0)


def test_beneath_the_skin_all_phototypes_recover_alike_and_dark_skin_shows_less() -> None:
    light, dark = _of(2), _of(6)
    for sign in ("warmth", "swelling", "dryness", "peeling", "sensitivity"):
        assert np.allclose(light.signs[sign].values, dark.signs[sign].values), sign
    assert np.array_equal(light.inflammation_gone_days.values, dark.inflammation_gone_days.values)
    seen_dark, seen_light = (np.median(found.signs["redness"].values, axis=0) for found in (dark, light))
    assert np.all(seen_dark <= seen_light + 1e-9)
    assert np.median(dark.redness_gone_days.values) < np.median(light.redness_gone_days.values)


def test_deeper_needling_is_red_for_longer_and_inflamed_for_longer() -> None:
    shallow, deep = _of(2, 0.5), _of(2, 1.5)
    for name in ("redness_gone_days", "inflammation_gone_days"):
        assert np.median(getattr(shallow, name).values) < np.median(getattr(deep, name).values)


def test_inflammation_outlasts_the_redness_that_is_seen() -> None:
    found = _of(5)
    assert np.median(found.inflammation_gone_days.values) > np.median(found.redness_gone_days.values)


def test_swatches_are_colours_that_come_back_to_rest() -> None:
    found = _of(2)
    assert len(found.swatches) == 13 and all(len(name) == 7 and name[0] == "#" for name in found.swatches)
    green = [int(name[3:5], 16) for name in found.swatches]
    assert green[1] < green[0] and abs(green[-1] - green[0]) <= 2


def test_the_record_is_plain_and_carries_counts_flags_diary_and_likeness() -> None:
    diary = diary_from({"format": 1, "entries": [{"day": 6, "swelling": 3, "redness": 3, "pus": True}]})
    record = json.loads(json.dumps(recovery_record(_of(5), diary), allow_nan=False))
    assert record["judge_by"] and record["raised"][0]["flag"] == "pus"
    assert record["diary_decisive_count"] == 1 and record["diary_outside_count"] == 1
    marks = record["side_effects"]["dark_marks"]
    assert marks["counts"][0]["words"] == "5 of 30 completers, 36 enrolled (types IV–V)"
    assert 0 < marks["this_plan_probability"]["median"] < 1
    assert record["assumed_count"] > 20 and record["side_effects"]["granuloma"]["pooled"] is None


def test_equal_seeds_give_equal_days() -> None:
    assert recovery_record(_of(3)) == recovery_record(_of(3))


def test_a_course_without_a_session_or_a_zone_that_is_not_needled_is_refused() -> None:
    with pytest.raises(InputError, match="course"):
        recovery(CASE, Course("untreated", ()), draws=20)
    with pytest.raises(InputError, match="zone"):
        recovery(CASE, _once(1.0), zone_name="nose", draws=20)
