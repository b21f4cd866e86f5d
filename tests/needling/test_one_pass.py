"""One pass: strokes along a track, tracks edge to edge, and the density that published examples give."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.needling.patterns import LAW, PATTERNS, ROLLER, pen

from puncta.evidence import draw
from puncta.needling import OnePass, PatternParameters, device, devices, one_pass


@pytest.mark.parametrize(
    ("key", "rate", "swath", "per_cm2"), [("exceed", 150, 0.5, 900), ("skinpen_precision", 117, 0.6, 1365)]
)
def test_pens_at_two_centimetres_a_second_make_what_the_law_says(
    key: str, rate: float, swath: float, per_cm2: float
) -> None:
    """n = N f / (v w): 6 x 150 / (2 x 0.5) = 900, 14 x 117 / (2 x 0.6) = 1,365 a pass."""
    assert pen(key, 2.0, rate, swath).density_per_cm2[0] == pytest.approx(per_cm2)


def test_strokes_of_a_pen_fall_a_quarter_of_a_millimetre_apart() -> None:
    assert pen("exceed", 3.0, 120.0, 0.5).along_mm[0] == pytest.approx(0.25)


def test_a_roller_sets_24_needles_around_each_of_its_8_rows_every_15_degrees() -> None:
    """Schwarz and Laaff 2011: 192 needles, 8 rows, drum 2 cm by 2 cm, 15 degrees."""
    roller = device("dermaroller_mf8")
    assert roller.rows is not None and roller.needles / roller.rows == 360 / 15
    assert ROLLER.layout.shape == (8, 2)
    assert ROLLER.unit_mm[0] == pytest.approx(2.5)
    assert ROLLER.along_mm[0] == pytest.approx(20 * np.pi / 24, rel=0.002)


@pytest.mark.parametrize("one", PATTERNS.values(), ids=PATTERNS)
def test_needles_of_the_layout_over_the_area_they_repeat_on_are_the_density(one: OnePass) -> None:
    assert 100 * len(one.layout) / (one.along_mm * one.across_mm) == pytest.approx(one.density_per_cm2)


@pytest.mark.parametrize("key", devices())
@given(st.floats(0.5, 6), st.floats(50, 150), st.floats(0.3, 2))
def test_every_device_has_a_pattern_of_its_density(key: str, speed: float, rate: float, swath: float) -> None:
    tool = device(key)
    one = one_pass(tool, np.array([speed]), np.array([rate]), np.array([swath]), LAW)
    expected = tool.punctures_per_cm2_per_pass or tool.needles * rate / (speed * swath)
    assert one.density_per_cm2[0] == pytest.approx(expected)
    assert 100 * len(one.layout) / (one.along_mm * one.across_mm) == pytest.approx(expected)


def test_rings_stand_within_the_swath_in_every_draw() -> None:
    law = draw(PatternParameters, 500, 0)
    assert np.all((law.ring_of_swath_fraction > 0.5) & (law.ring_of_swath_fraction < 1))


def test_a_ring_in_the_record_comes_before_the_assumed_one() -> None:
    own = device("array_36", devices("examples/devices"))
    one = one_pass(own, np.array([3.0]), np.array([100.0]), np.array([0.55]), LAW)
    assert one.unit_mm[0] == pytest.approx(2.5)
    assert one.layout.shape == (36, 2)
