"""Melanin and blood: known amounts come back, by optics that are not those that measure."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.imaging.chromophores import OwnSkin, chromophores, melanin_against, own_skin
from puncta.imaging.pigments import model_density
from puncta.imaging.render import melanin_density, melanin_of_tone, render_colour

BLOOD = 0.015
LIGHT_AND_TONES = [
    *((False, tone) for tone in (60.0, 45.0, 30.0, 15.0, 5.0, 0.0)),
    *((True, tone) for tone in (60.0, 45.0, 30.0, 15.0, 5.0, 0.0, -5.0)),
]


def _density(melanin: np.ndarray, blood: np.ndarray, crossed: bool) -> np.ndarray:
    return -np.log10(np.maximum(render_colour(melanin, blood, crossed), 1e-4)).astype(np.float32)[None]


def _own(tone: float, crossed: bool) -> tuple[float, OwnSkin]:
    base = melanin_of_tone(tone)
    return base, own_skin(_density(np.array([base]), np.array([BLOOD]), crossed)[0, 0], crossed)


@pytest.mark.parametrize(("crossed", "tone"), LIGHT_AND_TONES)
def test_slopes_of_melanin_and_blood_with_an_ideal_camera(crossed: bool, tone: float) -> None:
    base, own = _own(tone, crossed)
    assert not own.ambiguous
    steps = np.linspace(-0.4, 0.3, 12)
    melanin = base * np.exp(steps)
    found = chromophores(_density(melanin, np.full(12, BLOOD), crossed), own).melanin[0]
    assert 0.9 <= np.polyfit(melanin_density(melanin), found, 1)[0] <= 1.15
    found = chromophores(_density(np.full(12, base), BLOOD * np.exp(steps), crossed), own).blood[0]
    assert 0.9 <= np.polyfit(steps, found, 1)[0] <= 1.15


@pytest.mark.parametrize("tone", [60.0, 45.0, 30.0, 15.0, 5.0, 0.0, -5.0, -10.0, -15.0, -20.0, -28.0, -35.0, -50.0])
def test_a_lesion_against_its_surround_tells_melanin_on_every_tone(tone: float) -> None:
    base, own = _own(tone, False)
    melanin = base * np.exp(np.linspace(-0.3, 0.7, 12))
    seen = _density(melanin, np.full(12, BLOOD), False)
    around = np.broadcast_to(_density(np.array([base]), np.array([BLOOD]), False), seen.shape)
    found = melanin_against(seen, around, own)[0]
    assert 0.9 <= np.polyfit(melanin_density(melanin), found, 1)[0] <= 1.15
    # gain and shade of a capture drop out
    assert melanin_against(seen + np.float32(0.2), around + np.float32(0.2), own)[0] == pytest.approx(found, abs=1e-3)


def test_on_dark_skin_colour_alone_cannot_tell_blood() -> None:
    """Error of blood that no method can be below, from three channels that are off by a hundredth, shade unknown."""
    least = {}
    for crossed, tone in ((False, 30.0), (False, -20.0), (True, -10.0)):
        base = melanin_of_tone(tone)
        fold = np.exp(0.01)
        at = _density(np.array([base, base * fold, base]), np.array([BLOOD, BLOOD, BLOOD * fold]), crossed)[0]
        along = np.stack([(at[1] - at[0]) / 0.01, (at[2] - at[0]) / 0.01, np.ones(3)], axis=1).astype(np.float64)
        least[crossed, tone] = 0.01 * float(np.sqrt(np.linalg.inv(along.T @ along)[1, 1]))
    assert least[False, 30.0] < 0.4
    assert least[False, -20.0] > 1.5
    assert least[True, -10.0] < 0.4


@settings(max_examples=40, deadline=None)
@given(st.floats(0.015, 0.09), st.floats(0.004, 0.05), st.floats(-0.2, 0.4), st.booleans())
def test_the_model_comes_back_whatever_the_shade(melanin: float, blood: float, shade: float, crossed: bool) -> None:
    density = model_density(np.array([melanin]), np.array([blood]), crossed).astype(np.float32)
    own = OwnSkin(float(np.log(melanin)), float(np.log(blood)), crossed, ambiguous=False)
    found = chromophores((density + shade)[None], own)
    assert np.exp(found.blood[0, 0]) == pytest.approx(blood, rel=0.08)
    assert found.shade[0, 0] == pytest.approx(shade, abs=0.02)


def test_directions_are_near_those_of_the_trial() -> None:
    own = own_skin(model_density(np.array([0.03]), np.array([0.01]))[0])
    assert own.directions()[0] @ np.array([0.237, 0.460, 0.856]) > 0.99
