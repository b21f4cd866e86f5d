"""The injury histogram: shares that fall with depth and density, beside a count on single punctures."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.needling.patterns import PATTERNS

from puncta.evidence import draw, nominal
from puncta.needling import (
    Channels,
    InjuryHistogram,
    NeedlingParameters,
    OnePass,
    channel_area,
    counted_histogram,
    injury_histogram,
    throw_punctures,
    wound,
)

LAW, DRAWS = nominal(NeedlingParameters), draw(NeedlingParameters, 50, 0)
DENSITIES = np.array([0.0, 1.0, 250.0, 1000.0, 1920.0, 4000.0])
DEPTHS = np.linspace(0.0, 3.0, 25)
SIDE = 20.0


def _histogram(depth: float, density: float) -> InjuryHistogram:
    made = wound(np.full(50, depth), np.full(50, density), np.full(50, 0.1), DRAWS)
    return injury_histogram(made.channels, DENSITIES, DEPTHS)


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 2.5), st.floats(0, 8000))
def test_shares_lie_between_nothing_and_all_and_fall_along_both_axes(depth: float, density: float) -> None:
    found = _histogram(depth, density)
    for shares in (found.denser_fraction, found.deeper_fraction, found.joint_fraction):
        assert np.all((shares >= 0) & (shares <= 1))
        assert np.all(np.diff(shares, axis=0) <= 1e-12)
    assert np.all(np.diff(found.joint_fraction, axis=1) <= 1e-12)
    # both can be no more common than either, and are at least as common as if the two had nothing to do with each other
    either = found.denser_fraction[:, None, :], found.deeper_fraction[None, :, :]
    assert np.all(found.joint_fraction <= np.minimum(*either) + 1e-12)
    assert np.all(found.joint_fraction >= either[0] * either[1] - 1e-12)
    assert found.joint_fraction[0] == pytest.approx(found.deeper_fraction)


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 2.4), st.floats(0, 7000), st.floats(0, 0.3), st.floats(0, 1000))
def test_deeper_and_denser_never_injure_less(depth: float, density: float, down: float, more: float) -> None:
    here = _histogram(depth, density)
    for greater in (_histogram(depth + down, density), _histogram(depth, density + more)):
        assert np.all(greater.deeper_fraction >= here.deeper_fraction - 1e-12)
        assert np.all(greater.denser_fraction >= here.denser_fraction - 1e-12)
        assert np.all(greater.joint_fraction >= here.joint_fraction - 1e-12)


def test_no_puncture_and_no_depth_injure_nothing() -> None:
    for depth, density in ((1.0, 0.0), (0.0, 1000.0)):
        found = _histogram(depth, density)
        assert np.all(found.deeper_fraction == 0)
        assert np.all(found.joint_fraction == 0)
    assert np.all(_histogram(1.0, 0.0).denser_fraction[1:] == 0)


def test_the_histogram_is_the_share_that_channels_take_and_begins_with_opened_skin() -> None:
    made = wound(np.full(50, 1.2), np.full(50, 1500.0), np.full(50, 0.1), DRAWS)
    found = injury_histogram(made.channels, DENSITIES, DEPTHS)
    assert found.deeper_fraction == pytest.approx(1 - np.exp(-channel_area(DEPTHS, made.channels)))
    assert found.deeper_fraction[0] == pytest.approx(made.opened_area_fraction)


def _counted(places: list[np.ndarray], channels: Channels, densities: np.ndarray, depths: np.ndarray):
    """Mean and standard error of deeper, denser and joint shares over throws."""
    found = [
        counted_histogram(one, SIDE, channels, densities, depths, probes=20000, seed=seed)
        for seed, one in enumerate(places)
    ]
    names = ("deeper_fraction", "denser_fraction", "joint_fraction")
    stacks = {name: np.stack([getattr(one, name) for one in found]) for name in names}
    return {name: (s.mean(axis=0), s.std(axis=0, ddof=1) / np.sqrt(len(found))) for name, s in stacks.items()}


def _channels(density: float, depth: float = 1.0) -> Channels:
    return wound(np.array([depth]), np.array([density]), np.array([0.1]), LAW).channels


def test_it_agrees_with_a_count_on_punctures_that_fall_at_random() -> None:
    channels, depths = _channels(1920.0), np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    densities = np.array([0.0, 1000.0, 2000.0, 2500.0])
    rng = np.random.default_rng(7)
    places = [rng.uniform(0, SIDE, (rng.poisson(19.2 * SIDE**2), 2)) for _ in range(16)]
    exact = injury_histogram(channels, densities, depths)
    for name, (mean, error) in _counted(places, channels, densities, depths).items():
        assert np.all(np.abs(getattr(exact, name) - mean) <= 3.5 * error + 1e-4), name


def _opened(one: OnePass, passes: int) -> tuple[float, float, float]:
    """Opened skin by the closed form, counted, and the standard error of the count."""
    channels, zero = _channels(one.density_per_cm2[0] * passes), np.zeros(1)
    places = [throw_punctures(one, passes, SIDE, seed) for seed in range(10)]
    mean, error = _counted(places, channels, zero, zero)["deeper_fraction"]
    return injury_histogram(channels, zero, zero).deeper_fraction[0, 0], mean[0, 0], error[0, 0]


@pytest.mark.parametrize("name", ["six needles, 3 cm/s", "twelve needles, 3 cm/s", "roller"])
def test_random_placement_is_right_for_the_skin_that_pens_and_rollers_open(name: str) -> None:
    exact, counted, error = _opened(PATTERNS[name], 4)
    assert counted == pytest.approx(exact, abs=3 * error + 0.03 * exact)


def test_one_pass_whose_channels_lie_apart_opens_a_little_more_than_chance() -> None:
    exact, counted, error = _opened(PATTERNS["six needles, 6 cm/s"], 1)
    assert exact < counted + 3 * error
    assert counted == pytest.approx(exact * 1.007, abs=3 * error + 0.005 * exact)


def test_a_slow_hand_opens_less_than_random_placement_says() -> None:
    """Strokes 0.07 mm apart along a line share their mouths: a fifth less is opened, and depth hardly differs."""
    exact, counted, _ = _opened(PATTERNS["six needles, 1 cm/s"], 1)
    assert 0.7 * exact < counted < 0.88 * exact


def test_counting_skin_without_punctures_finds_nothing() -> None:
    found = counted_histogram(np.empty((0, 2)), SIDE, _channels(0.0), DENSITIES, DEPTHS, probes=50, seed=0)
    assert np.all(found.deeper_fraction == 0)
    assert found.denser_fraction[:, 0].tolist() == [1, 0, 0, 0, 0, 0]


def test_a_wider_window_evens_counts_out_and_leaves_depth_alone() -> None:
    channels = dataclasses.replace(_channels(1000.0))
    narrow, wide = (injury_histogram(channels, np.array([500.0, 1500.0]), DEPTHS, window_mm2=w) for w in (1.0, 25.0))
    assert wide.denser_fraction[0] > narrow.denser_fraction[0]
    assert wide.denser_fraction[1] < narrow.denser_fraction[1]
    assert np.array_equal(wide.deeper_fraction, narrow.deeper_fraction)
