"""Diaries: read with every mistake at once; red flags by phototype; entries inside or outside the expected course."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.errors import InputError
from puncta.evidence import draw, sources
from puncta.safety import DiaryEntry, judge_diary, raised_flags, red_flags
from puncta.safety.diary import PLAIN_SIGNS, diary_from, read_diary
from puncta.safety.recovery_signs import SIGNS, RecoveryParameters

N = 400
DAYS = np.array([0.0, 0.25, *np.arange(1.0, 30.0)])
LAW = draw(RecoveryParameters, N, seed=0)


def _diary(*rows: dict[str, Any]) -> tuple[DiaryEntry, ...]:
    return diary_from({"format": 1, "entries": list(rows)})


def _forecast(level: float) -> dict[str, np.ndarray]:
    fading = level * 0.5 ** (DAYS / 1.5)
    return {sign: np.tile(fading, (N, 1)) for sign in SIGNS}


def test_the_example_reads_and_raises_nothing() -> None:
    diary = read_diary("examples/clinic/diary.toml")
    assert [entry.day for entry in diary] == [0, 1, 2, 3]
    assert not raised_flags(diary, 2) and not raised_flags(diary, 5)


def test_all_mistakes_of_a_diary_are_told_together() -> None:
    tree = {
        "format": 2,
        "colour": "red",
        "entries": [
            {"day": -1, "redness": 4, "rednes": 1, "pus": 1},
            {"swelling": True},
            {"day": 3},
            {"day": 3, "warmth": 1.5},
            "text",
        ],
    }
    with pytest.raises(InputError) as caught:
        diary_from(tree)
    fields = [problem.field for problem in caught.value.problems]
    assert fields == [
        "format", "colour", "entries[0].day", "entries[0].redness", "entries[0].rednes", "entries[0].pus",
        "entries[1].day", "entries[1].swelling", "entries[3].warmth", "entries[4]", "entries[3].day",
    ]  # fmt: skip
    assert "redness" in caught.value.problems[4].do


@pytest.mark.parametrize(
    "tree", [[], {}, {"format": 1}, {"format": 1, "entries": []}, {"format": True, "entries": [{"day": 1}]}]
)
def test_what_is_no_diary_is_refused(tree: Any) -> None:
    with pytest.raises(InputError):
        diary_from(tree)


def test_every_red_flag_has_words_and_a_source_and_none_on_dark_skin_leans_on_redness() -> None:
    for phototype in range(1, 7):
        for flag in red_flags(phototype):
            assert flag.words and all(key in sources() for key in flag.sources)
            assert phototype < 4 or flag.sign != "redness"
    dark = {flag.sign for flag in red_flags(6)}
    assert dark >= {"warmth", "sensitivity", "swelling", "darkening"}
    assert set(PLAIN_SIGNS) <= dark


@pytest.mark.parametrize(
    ("rows", "light", "dark"),
    [
        ([{"day": 2, "redness": 1}, {"day": 3, "redness": 2}], ["redness_grows"], []),
        ([{"day": 2, "warmth": 1}, {"day": 4, "warmth": 2}], ["warmth_grows"], ["warmth_grows"]),
        ([{"day": 1, "swelling": 1}, {"day": 2, "swelling": 2}], [], []),
        ([{"day": 3, "sensitivity": 1}, {"day": 4}, {"day": 5, "sensitivity": 3}], ["pain_grows"], ["pain_grows"]),
        ([{"day": 9, "redness": 1}], ["redness_lasts"], []),
        ([{"day": 9, "redness": 0, "swelling": 0}], [], []),
        ([{"day": 10, "darkening": True}], ["darkening"], ["darkening"]),
        ([{"day": 0, "pus": True}, {"day": 1, "pus": True}], ["pus"], ["pus"]),
        ([{"day": 1, "lumps": True}], [], []),
        ([{"day": 7, "lumps": True, "fever": True}], ["fever", "lumps"], ["fever", "lumps"]),
        ([{"day": 1, "blisters": True}], ["blisters"], ["blisters"]),
    ],
)
def test_red_flags_are_raised_by_what_grows_lasts_or_is_there(
    rows: list[dict[str, Any]], light: list[str], dark: list[str]
) -> None:
    assert [raised.flag.key for raised in raised_flags(_diary(*rows), 2)] == light
    assert [raised.flag.key for raised in raised_flags(_diary(*rows), 5)] == dark


def test_far_more_than_expected_lies_outside_and_less_never_does() -> None:
    high = judge_diary(_diary({"day": 5, "swelling": 3}), DAYS, _forecast(1.0), 2, LAW, seed=0)[0]
    none = judge_diary(_diary({"day": 0, "swelling": 0}), DAYS, _forecast(3.0), 2, LAW, seed=0)[0]
    assert not high.inside and high.as_high_probability < 0.05
    assert none.inside


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 28), st.sampled_from(SIGNS), st.integers(0, 2), st.floats(0.0, 3.0))
def test_a_higher_grade_is_never_more_expected(day: int, sign: str, grade: int, level: float) -> None:
    one, more = (
        judge_diary(_diary({"day": day, sign: value}), DAYS, _forecast(level), 2, LAW, seed=0)[0]
        for value in (grade, grade + 1)
    )
    assert more.as_high_probability <= one.as_high_probability
    assert one.inside or not more.inside


def test_redness_alone_decides_nothing_on_dark_skin_and_decides_on_light() -> None:
    diary = _diary({"day": 5, "redness": 3, "warmth": 3})
    light, dark = (judge_diary(diary, DAYS, _forecast(0.5), phototype, LAW, seed=0) for phototype in (3, 4))
    assert [one.decides for one in light] == [True, True]
    assert [one.decides for one in dark] == [False, True]


def test_diaries_written_by_people_of_the_forecast_itself_lie_inside_nineteen_times_of_twenty() -> None:
    rng = np.random.default_rng(0)
    inside = []
    for _ in range(300):
        day = int(rng.integers(1, 8))
        true = 1.5 * 0.5 ** (day / 1.5)
        grade = int(np.rint(np.clip(true + 0.5 * rng.standard_normal(), 0.0, 3.0)))
        inside += [
            one.inside for one in judge_diary(_diary({"day": day, "dryness": grade}), DAYS, _forecast(1.5), 2, LAW, 0)
        ]
    assert np.mean(inside) >= 0.95
