"""Melanin and blood: known amounts come back, by optics that are not those that measure."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.imaging.chromophores import chromophores, directions, model_density
from puncta.imaging.render import melanin_density, melanin_of_tone, render_colour


def _maps(melanin: np.ndarray, blood: np.ndarray, usual: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    density = -np.log10(render_colour(melanin, blood)).astype(np.float32)
    found = chromophores(density[None], middle=usual)
    return found.melanin[0], found.blood[0]


@pytest.mark.parametrize("tone", [60.0, 45.0, 30.0, 15.0])
def test_slopes_of_melanin_and_blood_with_an_ideal_camera(tone: float) -> None:
    base = melanin_of_tone(tone)
    usual = -np.log10(render_colour(np.array([base]), np.array([0.015])))[0]
    steps = np.linspace(-0.5, 0.7, 12)
    melanin, still = base * np.exp(steps), np.full(12, 0.015)
    found, _ = _maps(melanin, still, usual)
    assert 0.9 <= np.polyfit(melanin_density(melanin), found, 1)[0] <= 1.15
    _, found = _maps(np.full(12, base), 0.015 * np.exp(steps), usual)
    assert 0.9 <= np.polyfit(steps, found, 1)[0] <= 1.15


def test_on_dark_skin_melanin_still_follows_and_blood_is_told_as_less() -> None:
    """The limit that stands on the page: below an angle of about 10 degrees blood is shrunk."""
    for tone, low in ((-10.0, 0.75), (-35.0, 0.75), (-50.0, 0.9)):
        base = melanin_of_tone(tone)
        usual = -np.log10(render_colour(np.array([base]), np.array([0.015])))[0]
        steps = np.linspace(-0.2, 0.3, 8)
        melanin = base * np.exp(steps)
        found, _ = _maps(melanin, np.full(8, 0.015), usual)
        assert low < np.polyfit(melanin_density(melanin), found, 1)[0] < 1.25
        _, blood = _maps(np.full(8, base), 0.015 * np.exp(steps), usual)
        assert 0.0 < np.polyfit(steps, blood, 1)[0] < 1.15


@settings(max_examples=40, deadline=None)
@given(st.floats(0.015, 0.09), st.floats(0.004, 0.05), st.floats(-0.2, 0.4), st.booleans())
def test_the_model_comes_back_whatever_the_shade(melanin: float, blood: float, shade: float, crossed: bool) -> None:
    density = model_density(np.array([melanin]), np.array([blood]), crossed).astype(np.float32)
    found = chromophores((density + shade)[None], crossed, steps=False)
    assert np.exp(found.blood[0, 0]) == pytest.approx(blood, rel=0.08)
    assert found.shade[0, 0] == pytest.approx(shade, abs=0.02)


def test_directions_are_near_those_of_the_trial() -> None:
    melanin = directions()[0]
    assert melanin @ np.array([0.237, 0.460, 0.856]) > 0.99
