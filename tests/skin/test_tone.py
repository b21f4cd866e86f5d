"""Tone: words of the classes, melanin from the angle and back, phototypes with a wide spread."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import draw, nominal, parameters
from puncta.skin import (
    OpticsParameters,
    ita_degrees,
    melanin_from_ita,
    person_ita_degrees,
    resting_lab,
    tone_class,
    tone_keys,
)

MEAN = nominal(OpticsParameters)
N = 2001


@pytest.mark.parametrize(
    ("angle", "word"),
    [
        (60, "very_light"), (55, "light"), (47, "light"), (33, "intermediate"), (17, "tan"), (10, "brown"),
        (-18, "brown"), (-30, "dark"), (-51, "dark"),
    ],
)  # fmt: skip
def test_each_angle_has_its_word(angle: float, word: str) -> None:
    assert tone_class(angle) == word


@given(st.floats(-75.0, 62.0))
def test_melanin_from_an_angle_gives_that_angle_back(angle: float) -> None:
    melanin = melanin_from_ita(np.array([angle]), MEAN)
    assert ita_degrees(resting_lab(melanin, MEAN))[0] == pytest.approx(angle, abs=0.05)


@given(st.floats(-90.0, 90.0), st.floats(-90.0, 90.0))
def test_a_darker_angle_never_has_less_melanin(one: float, other: float) -> None:
    darker, lighter = melanin_from_ita(np.array(sorted((one, other))), MEAN)
    assert lighter <= darker
    assert lighter >= 0
    assert darker <= 1


@settings(max_examples=30)
@given(st.integers(0, 500))
def test_every_drawn_skin_gets_darker_with_melanin(seed: int) -> None:
    drawn = draw(OpticsParameters, 5, seed)
    angles = np.array([ita_degrees(resting_lab(np.full(5, m), drawn)) for m in np.linspace(0, 0.9, 40)])
    assert np.all(np.isfinite(angles))
    assert np.all(np.diff(angles, axis=0) < 0)


def test_a_measured_angle_is_trusted_within_its_error() -> None:
    angles = person_ita_degrees(-12.0, np.full(N, 2), 0)
    assert np.median(angles) == pytest.approx(-12, abs=0.1)
    assert angles.std() == pytest.approx(1.46, rel=0.05)


def test_a_phototype_says_little_about_the_tone() -> None:
    angles = {kind: person_ita_degrees(None, np.full(N, kind), 0) for kind in range(1, 7)}
    medians = [np.median(angles[kind]) for kind in range(1, 7)]
    assert np.all(np.diff(medians) < 0)
    # at least three classes within 80 of 100 persons of type IV
    low, high = np.percentile(angles[4], [10, 90])
    assert len({tone_class(float(a)) for a in angles[4] if low <= a <= high}) >= 3


def test_the_keys_are_those_that_were_used() -> None:
    assert tone_keys(True, {4}) == ("optics.ita_error_degrees",)
    assert "optics.phototype_5_ita_degrees" in tone_keys(False, {5, 6})
    assert set(tone_keys(False, {1, 2, 3, 4, 5, 6})) <= set(parameters())
