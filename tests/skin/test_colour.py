"""Colour: published pairs of XYZ and L*a*b*, white, screen colours, the angle of skin colour and the indices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence.spectrum import spectra, spectrum
from puncta.skin import (
    ita_degrees,
    lab_from_reflectance,
    lab_from_xyz,
    melanin_and_erythema_index,
    swatch_hex,
    wavelengths_nm,
    xyz_from_reflectance,
)

WHITE_D65 = np.array([0.95047, 1.0, 1.08883])
# primaries of sRGB as printed with the standard, and their L*a*b* as tables give them
PUBLISHED = {
    "red": ((0.4124, 0.2126, 0.0193), (53.24, 80.09, 67.20)),
    "green": ((0.3576, 0.7152, 0.1192), (87.74, -86.18, 83.18)),
    "blue": ((0.1805, 0.0722, 0.9505), (32.30, 79.19, -107.86)),
    "middle grey": ((0.17506, 0.18419, 0.20055), (50.0, 0.0, 0.0)),
}


def flat(level: float) -> np.ndarray:
    return np.full(wavelengths_nm().shape[0], level)


@pytest.mark.parametrize("name", PUBLISHED)
def test_xyz_gives_the_published_lab(name: str) -> None:
    xyz, lab = PUBLISHED[name]
    assert lab_from_xyz(np.array(xyz), WHITE_D65) == pytest.approx(lab, abs=0.06)


def test_daylight_is_white() -> None:
    assert lab_from_reflectance(flat(1.0)) == pytest.approx([100.0, 0.0, 0.0], abs=1e-9)
    assert xyz_from_reflectance(flat(1.0)) == pytest.approx(WHITE_D65, abs=2e-3)
    assert swatch_hex(xyz_from_reflectance(flat(1.0))) == "#ffffff"


def test_the_screen_shows_greys_by_the_published_curve() -> None:
    assert swatch_hex(xyz_from_reflectance(flat(0.21586))) == "#808080"
    assert swatch_hex(xyz_from_reflectance(flat(0.0))) == "#000000"
    assert swatch_hex(xyz_from_reflectance(flat(0.0021))) == "#070707"


def test_the_screens_primaries_come_back() -> None:
    for name, shown in (("red", "#ff"), ("blue", "#0"), ("green", "#0")):
        assert swatch_hex(np.array(PUBLISHED[name][0])).startswith(shown)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_more_light_is_never_darker_and_grey_stays_grey(one: float, other: float) -> None:
    dark, bright = (lab_from_reflectance(flat(level)) for level in sorted((one, other)))
    assert dark[0] <= bright[0] + 1e-9
    assert abs(bright[1]) + abs(bright[2]) < 1e-9


@pytest.mark.parametrize(
    ("lab", "angle"), [((60, 10, 10), 45.0), ((50, 10, 15), 0.0), ((40, 10, 10), -45.0), ((60, 0, 0), 90.0)]
)
def test_the_angle_of_skin_colour_is_that_of_its_definition(lab: tuple[float, ...], angle: float) -> None:
    assert ita_degrees(np.array(lab, dtype=float)) == pytest.approx(angle)


def test_the_indices_of_a_grey_and_of_a_step() -> None:
    melanin, erythema = melanin_and_erythema_index(wavelengths_nm(), flat(0.1))
    assert (melanin, erythema) == pytest.approx((100.0, 0.0))
    step = np.where(wavelengths_nm() > 600, 0.5, 0.05)
    assert melanin_and_erythema_index(wavelengths_nm(), step) == pytest.approx((30.103, 100.0), abs=1e-3)


def test_tables_of_light_and_eye_have_their_published_marks() -> None:
    assert spectrum("daylight_d65").at("power", np.array([560.0]))[0] == 100.0
    observer = spectrum("observer_1931")
    assert observer.wavelength_nm[np.argmax(observer.columns["y"])] == 555.0
    assert all(
        column.shape == entry.wavelength_nm.shape for entry in spectra().values() for column in entry.columns.values()
    )


def test_haemoglobin_has_its_peaks_and_crossings() -> None:
    table = spectrum("haemoglobin")
    fine = np.arange(500.0, 600.0, 1.0)
    with_oxygen, without = table.at("oxygenated", fine), table.at("deoxygenated", fine)
    assert fine[np.argmax(with_oxygen)] == pytest.approx(577, abs=2)
    assert fine[np.argmax(without)] == pytest.approx(556, abs=2)
    crossings = fine[:-1][np.diff(np.sign(with_oxygen - without)) != 0]
    assert crossings[-4:] == pytest.approx([529, 545, 570, 584], abs=2)
