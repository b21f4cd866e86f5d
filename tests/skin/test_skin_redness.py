"""Redness on a tone: less of it on darker skin, never undefined, and the published sizes on light skin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.skin import (
    OpticsParameters,
    delta_a_of_blood,
    light_skin_melanin,
    melanin_from_ita,
    redness_mask,
)
from puncta.skin.redness import RednessMask

MEAN = nominal(OpticsParameters)
RISES = np.array([[1.0, 2.4, 4.3, 7.2]])


def seen(angle: float, rises: np.ndarray = RISES) -> np.ndarray:
    return redness_mask(melanin_from_ita(np.array([angle]), MEAN), MEAN).seen(rises)[0]


def test_light_skin_shows_what_is_there() -> None:
    assert redness_mask(light_skin_melanin(MEAN), MEAN).seen(RISES) == pytest.approx(RISES, rel=1e-6)
    assert seen(48.0) == pytest.approx(RISES[0], rel=1e-3)
    assert seen(60.0) == pytest.approx(RISES[0], rel=0.03)


def test_the_same_inflammation_looks_less_red_the_darker_the_skin() -> None:
    by_tone = np.array([seen(angle) for angle in (48, 33, 17, 0, -20, -35, -50)])
    assert np.all(np.diff(by_tone, axis=0) < 0)
    # the share that is left: nearly all on tan skin, two thirds to a half on brown, a half to a fifth on dark
    share = by_tone / RISES
    assert np.all(share[2] > 0.85)
    assert np.all((share[4] > 0.40) & (share[4] < 0.70))
    assert np.all((share[5] > 0.20) & (share[5] < 0.50))


@settings(max_examples=30)
@given(st.floats(0, 60), st.floats(0, 60), st.floats(-90, 90))
def test_more_inflammation_never_looks_less_red(one: float, other: float, angle: float) -> None:
    less, more = seen(angle, np.array([sorted((one, other))]))
    assert 0 <= less <= more + 1e-9


@settings(max_examples=20)
@given(st.floats(0, 1), st.integers(0, 100))
def test_no_tone_and_no_draw_is_undefined(melanin: float, seed: int) -> None:
    drawn = draw(OpticsParameters, 4, seed)
    found = redness_mask(np.full(4, melanin), drawn).seen(np.full((4, 3), 6.0))
    assert found.shape == (4, 3)
    assert np.all(np.isfinite(found)) and np.all(found >= 0)
    assert redness_mask(np.full(4, melanin), drawn).seen(np.full(4, 6.0)) == pytest.approx(found[:, 0])


def test_the_masking_is_known_over_the_whole_range_of_the_older_run() -> None:
    """Heated skin holds eight times its blood: on light skin that is the greatest redness of the older run."""
    most = delta_a_of_blood(np.array([7.0]), light_skin_melanin(MEAN), MEAN)[0, 0]
    assert most == pytest.approx(12.0, rel=0.1)


def test_what_is_seen_lies_on_the_straight_lines_between_the_steps() -> None:
    rng = np.random.default_rng(4)
    light, here = (np.maximum.accumulate(rng.normal(0.4, 0.6, (30, 12)).cumsum(axis=1), axis=1) for _ in range(2))
    light, here = light - light[:, :1], here - here[:, :1]  # with level stretches, but for the first
    light[:, 1:] += 0.1
    asked = np.concatenate([rng.uniform(-0.5, 4.0, (30, 9)), light[:, [0, 3, -1]]], axis=1)
    asked = np.minimum(asked, light[:, -1:])
    expected = [np.interp(*row) for row in zip(asked, light, here, strict=True)]
    assert (RednessMask(light, here).seen(asked) == np.array(expected)).all()
    beyond = RednessMask(light, here).seen(2.0 * light[:, -1:])
    assert beyond == pytest.approx(2.0 * here[:, -1:])
