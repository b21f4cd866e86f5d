"""Chart: rendered under known lights by sensors of a camera, found, fitted, and the light told apart."""

import numpy as np
import pytest
from numpy.typing import NDArray

from puncta.evidence.spectrum import spectrum
from puncta.imaging import Photograph
from puncta.imaging.backend import opencv
from puncta.imaging.chart import Chart, find_chart, fit_chart, light_difference
from puncta.imaging.curve import levels

cv2 = opencv()

AT = np.arange(400.0, 701.0, 10.0)
Array = NDArray[np.float64]


def _sensor() -> Array:
    """Three bell-shaped sensors, near those of a usual camera, not the eye's."""
    places = ((600.0, 35.0), (535.0, 42.0), (460.0, 28.0))
    return np.stack([np.exp(-0.5 * ((AT - middle) / width) ** 2) for middle, width in places])


def daylight() -> Array:
    return spectrum("daylight_d65").at("power", AT)


def glow(kelvin: float) -> Array:
    metres = AT * 1e-9
    return 1e-30 / (metres**5 * (np.exp(1.4388e-2 / (metres * kelvin)) - 1.0))


def shot(light: Array) -> Array:
    """Patches as the camera sees them, grey balanced, in linear light."""
    patches = np.stack([spectrum("colour_checker").at(f"patch_{number:02d}", AT) for number in range(1, 25)])
    weights = _sensor() * light
    return 0.9 * (patches @ weights.T) / weights.sum(axis=1)


def scene(seen: Array, turn: float = 4.0) -> Photograph:
    rng = np.random.default_rng(0)
    side, gap = 120, 12
    board = np.full((4 * side + 60, 6 * side + 60, 3), 0.02)
    for number, colour in enumerate(seen):
        row, column = divmod(number, 6)
        top, left = 30 + row * side + gap, 30 + column * side + gap
        board[top : top + side - 2 * gap, left : left + side - 2 * gap] = colour
    picture = np.full((1300, 1700, 3), 0.25)
    picture[400 : 400 + board.shape[0], 500 : 500 + board.shape[1]] = board
    picture = np.clip(picture * (1 + 0.01 * rng.standard_normal(picture.shape)), 0, 1)
    around = cv2.getRotationMatrix2D((850, 650), turn, 1.0)
    return Photograph("chart", cv2.warpAffine(levels(picture), around, (1700, 1300)))


def _fit(light: Array) -> Chart:
    return fit_chart(np.zeros((4, 2)), shot(light))


@pytest.mark.parametrize("turn", [0.0, 5.0, -12.0])
def test_a_rendered_chart_is_found_and_corrected(turn: float) -> None:
    found = find_chart(scene(shot(daylight()), turn))
    assert found is not None
    assert found.error_delta_e < 3.0
    assert light_difference(found, _fit(daylight())) < 0.03


def test_another_light_is_told_even_where_grey_is_balanced() -> None:
    day = _fit(daylight())
    for kelvin in (2856.0, 3200.0, 4000.0):
        assert light_difference(day, _fit(glow(kelvin))) > 0.05
    assert light_difference(day, fit_chart(np.zeros((4, 2)), 0.6 * shot(daylight()) * [1.1, 1.0, 0.9])) < 0.001
