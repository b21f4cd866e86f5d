"""Channels narrow with depth; healing, histogram and wound read one shape."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from puncta.evidence import draw, nominal
from puncta.healing import HealingParameters, grid, injury
from puncta.needling import Channels, NeedlingParameters, channel_area, wound

DEPTHS = np.linspace(0.0, 4.0, 81)


def _channels(depth: float, density: float, radius: float, scatter: float = 0.2, taper: float = 0.75) -> Channels:
    return Channels(*(np.array([x]) for x in (depth, density, radius, scatter, taper)))


@given(st.floats(0, 2.5), st.floats(0, 8000), st.floats(0, 0.15), st.floats(0, 0.3), st.floats(0.5, 1))
def test_area_falls_with_depth_from_the_area_of_the_mouths(
    depth: float, density: float, radius: float, scatter: float, taper: float
) -> None:
    area = channel_area(DEPTHS, _channels(depth, density, radius, scatter, taper))[:, 0]
    assert area[0] == pytest.approx(density / 100 * np.pi * radius**2)
    assert np.all(np.diff(area) <= 1e-15)
    assert np.all(area >= 0)


@pytest.mark.parametrize("scatter", [0.1, 0.2, 0.3])
@pytest.mark.parametrize("taper", [0.5, 0.75, 1.0])
def test_the_mean_over_scattered_depths_is_close_to_its_integral(scatter: float, taper: float) -> None:
    shape = _channels(1.0, 100 / (np.pi * 0.01), 0.1, scatter, taper)
    for z in (0.1, 0.5, 0.9, 1.2):
        exact = quad(lambda tip, z=z: norm.pdf(tip, 1, scatter) * (1 - z / tip) ** (2 * taper), z, 1 + 9 * scatter)[0]
        assert channel_area(np.array([z]), shape)[0, 0] == pytest.approx(exact, abs=0.007)


@pytest.mark.parametrize("density", [500.0, 1000.0, 4000.0])
def test_the_volume_of_a_wound_is_the_area_under_the_share_cut(density: float) -> None:
    """The wound takes all channels as deep as their mean; scatter spares some overlap."""
    law = draw(NeedlingParameters, 300, 0)
    made = wound(np.full(300, 1.5), np.full(300, density), np.full(300, 0.1), law)
    z = np.linspace(0.0, 5.0, 1001)
    scattered = 100 * np.trapezoid(-np.expm1(-channel_area(z, made.channels)), z, axis=0)
    assert np.all(scattered >= 0.9999 * made.injury_mm3_per_cm2)
    assert np.all(scattered <= (1 + 0.01 * density / 1000) * made.injury_mm3_per_cm2)


def test_healing_takes_the_same_cut_and_a_rim_around_it() -> None:
    """With a rim of k radii around each channel the share cut or crushed is 1 - (1 - cut)^(k k)."""
    shape, law = _channels(1.2, 1500.0, 0.055), nominal(HealingParameters)
    place = grid(40)
    hurt = injury(place, shape, law)
    cut = -np.expm1(-channel_area(place.centres_mm, shape))
    assert np.array_equal(hurt.cut_fraction, cut)
    assert hurt.hurt_fraction == pytest.approx(1 - (1 - cut) ** (law.rim[0] ** 2))
    assert np.all(hurt.hurt_fraction >= hurt.cut_fraction)
