"""Optics: limits that must hold, an older published run as truth, nothing beyond 0 and 1."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.skin import OpticsParameters, delta_a_of_blood, ita_degrees, reflectance, resting_lab, wavelengths_nm
from puncta.skin.light import blood_absorption, diffuse_reflectance, returned_inside, surface_reflection

MEAN = nominal(OpticsParameters)
ONE = np.ones(1)
SHARE = st.floats(0.0, 1.0)

# this project's older run: even blood, published coefficients, no mirror reflection
OLDER = replace(
    MEAN,
    surface_seen_fraction=0 * ONE,
    bloodless_fold=ONE,
    resting_vessel_um=0 * ONE,
    flushed_vessel_um=0 * ONE,
    resting_saturation_fraction=0.75 * ONE,
    flushed_saturation_fraction=0.75 * ONE,
    resting_blood_fraction=0.002 * ONE,
)


def of(melanin: float, blood: float, saturation: float = 0.7, flushed: float = 0.0) -> np.ndarray:
    made, held, share, added = (np.array([part]) for part in (melanin, blood, saturation, flushed))
    return reflectance(wavelengths_nm(), made, held, share, MEAN, flushed_blood_fraction=added)[0]


def test_the_older_run_is_found_again_in_the_tones() -> None:
    lab = resting_lab(np.array([0.013, 0.03, 0.06, 0.10, 0.20, 0.30]), OLDER)
    assert ita_degrees(lab) == pytest.approx([64, 48, 26, 6, -19, -35], abs=1.5)


@pytest.mark.parametrize(
    ("melanin", "rise"),
    [
        (0.03, (2.4, 4.3, 7.2, 12.0)),
        (0.10, (2.4, 4.2, 6.9, 11.0)),
        (0.20, (1.9, 3.3, 5.4, 8.4)),
        (0.30, (1.4, 2.4, 3.9, 5.9)),
    ],
)
def test_the_older_run_is_found_again_in_the_rise_of_redness(melanin: float, rise: tuple[float, ...]) -> None:
    found = delta_a_of_blood(np.array([1.0, 2.0, 4.0, 9.0]), np.array([melanin]), OLDER)[0]
    assert found == pytest.approx(rise, rel=0.05)


def test_without_absorbers_nearly_all_light_comes_back() -> None:
    clear = replace(MEAN, bloodless_fold=0 * ONE)
    zero = np.zeros(1)
    assert reflectance(wavelengths_nm(), zero, zero, ONE, clear) == pytest.approx(1.0)
    unseen = replace(clear, surface_seen_fraction=zero)
    mirror = surface_reflection(np.array([1.4]))[0]
    assert reflectance(wavelengths_nm(), zero, zero, ONE, unseen) == pytest.approx(1.0 - mirror)


def test_full_of_melanin_only_the_surface_is_left() -> None:
    assert of(1.0, 0.0)[0] == pytest.approx(surface_reflection(np.array([1.4]))[0], abs=1e-4)


@given(SHARE, SHARE, SHARE, SHARE)
def test_energy_is_kept_and_nothing_is_undefined(melanin: float, blood: float, share: float, flushed: float) -> None:
    found = of(melanin, blood, share, flushed)
    assert np.all(np.isfinite(found))
    assert np.all((found >= 0) & (found <= 1))


@given(SHARE, SHARE, st.floats(0.0, 0.2))
def test_more_melanin_never_gives_back_more_light(one: float, other: float, blood: float) -> None:
    less, more = sorted((one, other))
    assert np.all(of(more, blood) <= of(less, blood) + 1e-12)


@given(st.floats(0.0, 0.3), st.floats(0.0, 0.3), SHARE)
def test_more_blood_never_gives_back_more_light(one: float, other: float, melanin: float) -> None:
    less, more = sorted((one, other))
    # blood takes the place of skin that absorbs little in the red, so that a hair's breadth is left open
    assert np.all(of(melanin, more) <= of(melanin, less) + 1e-4)


def test_oxygen_makes_blood_redder_and_vessels_hide_it() -> None:
    red, green = np.array([660.0]), np.array([540.0])
    at = {(s, d): blood_absorption(red, s * ONE, d * ONE, MEAN)[0, 0] for s in (0.0, 1.0) for d in (0.0, 60.0)}
    assert at[1.0, 0.0] < at[0.0, 0.0] / 5
    widths = [blood_absorption(green, ONE, d * ONE, MEAN)[0, 0] for d in (0.0, 1e-6, 10.0, 60.0, 300.0)]
    assert widths[0] == pytest.approx(widths[1], rel=1e-4)
    assert np.all(np.diff(widths[1:]) < 0)


def test_blood_absorbs_as_published_where_its_table_says_so() -> None:
    # 150 g/L of haemoglobin of 64,500 g/mol with all its oxygen at 542 nm
    assert blood_absorption(np.array([542.0]), ONE, 0 * ONE, MEAN)[0, 0] == pytest.approx(285.4, abs=0.2)


@pytest.mark.parametrize(("index", "back"), [(1.0, 0.0), (1.33, 0.431), (1.4, 0.493)])
def test_the_surface_sends_back_inside_what_tables_say(index: float, back: float) -> None:
    assert returned_inside(index) == pytest.approx(back, abs=0.005)


def test_a_matched_thick_layer_follows_the_closed_form() -> None:
    # albedo 0.75 without mismatch: 0.75 / (1 + 0.5 + (5/3) sqrt(0.75))
    expected = 0.75 / (1.5 + 5 / 3 * np.sqrt(0.75))
    assert diffuse_reflectance(ONE[:, None], 3 * ONE[:, None], ONE[:, None])[0, 0] == pytest.approx(expected)


def test_a_thicker_epidermis_of_like_melanin_is_darker() -> None:
    parts = (wavelengths_nm(), 0.1 * ONE, 0.01 * ONE, 0.7 * ONE, MEAN)
    assert np.all(reflectance(*parts, epidermis_mm=0.12 * ONE) < reflectance(*parts, epidermis_mm=0.06 * ONE))


@settings(max_examples=20)
@given(SHARE)
def test_people_in_columns_are_the_people_one_by_one(melanin: float) -> None:
    drawn = draw(OpticsParameters, 3, 1)
    together = resting_lab(np.array([0.01, melanin, 0.9]), drawn)
    alone = OpticsParameters(**{name: value[1:2] for name, value in vars(drawn).items()})
    assert together[1] == pytest.approx(resting_lab(np.array([melanin]), alone)[0])
