"""Thrown punctures: as many as the densities say, and as uneven as the closed form says."""

import numpy as np
import pytest
from scipy.spatial import KDTree
from tests.needling.patterns import PATTERNS, ROLLER

from puncta.needling import OnePass, dispersion_fold, throw_punctures

SIDE, REACH = 30.0, float(np.sqrt(1 / np.pi))


def _thrown(one: OnePass, passes: int, throws: int) -> tuple[np.ndarray, np.ndarray]:
    """Density, and squared distance of counts in a mm2 from their mean over that mean, of each throw."""
    mean = one.density_per_cm2[0] * passes / 100
    density, spread = [], []
    for seed in range(throws):
        places = throw_punctures(one, passes, SIDE, seed)
        density.append(len(places) / SIDE**2 * 100)
        spots = np.random.default_rng(1000 + seed).uniform(REACH, SIDE - REACH, (1500, 2))
        counts = KDTree(places).query_ball_point(spots, REACH, return_length=True)
        spread.append(np.mean((counts - mean) ** 2) / mean)
    return np.array(density), np.array(spread)


@pytest.mark.parametrize("passes", [1, 4])
@pytest.mark.parametrize("one", PATTERNS.values(), ids=PATTERNS)
def test_density_and_unevenness_agree_with_the_closed_forms(one: OnePass, passes: int) -> None:
    for thrown, expected in zip(
        _thrown(one, passes, 24), (one.density_per_cm2[0] * passes, dispersion_fold(one)[0]), strict=True
    ):
        error = thrown.std(ddof=1) / np.sqrt(thrown.size)
        assert thrown.mean() == pytest.approx(expected, abs=3 * error)


def test_a_roller_makes_16_per_cm2_in_a_pass_and_229_to_250_in_fifteen() -> None:
    """Published: 16 a pass, about 250 in fifteen; by the drum 15.3 and 229."""
    for passes, low, high in ((1, 15.2, 16.0), (15, 229.0, 250.0)):
        density, _ = _thrown(ROLLER, passes, 24)
        error = density.std(ddof=1) / np.sqrt(density.size)
        assert low - 3 * error <= density.mean() <= high + 3 * error


def test_no_pass_no_puncture_and_equal_seeds_equal_punctures() -> None:
    assert throw_punctures(ROLLER, 0, SIDE, 1).shape == (0, 2)
    assert np.array_equal(throw_punctures(ROLLER, 2, SIDE, 1), throw_punctures(ROLLER, 2, SIDE, 1))
    assert not np.array_equal(throw_punctures(ROLLER, 2, SIDE, 1)[:9], throw_punctures(ROLLER, 2, SIDE, 2)[:9])


def test_punctures_lie_within_the_square_and_in_one_pass_of_a_pen_a_stroke_apart() -> None:
    one = PATTERNS["six needles, 3 cm/s"]
    places = throw_punctures(one, 1, SIDE, 3)
    assert np.all((places >= 0) & (places < SIDE))
    gaps = KDTree(places).query(places, k=2)[0][:, 1]
    assert gaps.max() <= one.along_mm[0] + 1e-9 or np.mean(gaps <= one.along_mm[0] + 1e-9) > 0.99
