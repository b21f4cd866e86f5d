"""The mouth of a channel: the fin of the feasibility study, its closed forms, and what shuts it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.absorption.mouth import Channels, fin_length_um, mouths

ONE = np.ones(1)
EDGES = np.concatenate([[0.0, 15.0], np.linspace(100.0, 3000.0, 60)])[:, None]


def channels(radius: float = 30.0, pitch: float = 300.0, depth: float = 500.0, diffusion: float = 400.0) -> Channels:
    return Channels(radius * ONE, (radius / pitch) ** 2 * ONE, depth * ONE, diffusion * ONE)


def drawn(given_channels: Channels, tissue: float = 100.0) -> float:
    found = mouths(given_channels, EDGES, 15 * ONE, 85 * ONE, tissue * ONE, tissue * ONE)
    return float(found.conductance_um_per_s.sum())


@pytest.mark.parametrize(("tissue", "published_um"), [(100.0, 55.0), (50.0, 76.0)])
def test_the_fin_is_as_long_as_the_feasibility_study_says(tissue: float, published_um: float) -> None:
    assert fin_length_um(channels(), tissue * ONE)[0] == pytest.approx(published_um, rel=0.02)


def test_a_deep_channel_in_even_tissue_draws_what_an_endless_fin_behind_a_neck_draws() -> None:
    deep = channels(depth=2900.0)
    per_area, length = 0.01 * 400.0, fin_length_um(deep, 100 * ONE)[0]
    assert drawn(deep) == pytest.approx(1 / (15.0 / per_area + length / per_area), rel=1e-9)


def test_what_enters_the_mouth_leaves_into_the_layers_down_to_the_tip_and_nowhere_else() -> None:
    found = mouths(channels(depth=500.0), EDGES, 15 * ONE, 85 * ONE, 50 * ONE, 100 * ONE).conductance_um_per_s[:, 0]
    assert found[0] == 0
    assert (found[EDGES[:-1, 0] >= 500.0] == 0).all()
    assert (found >= 0).all()


def test_a_needle_that_stays_in_the_stratum_corneum_opens_nothing() -> None:
    assert drawn(channels(depth=15.0)) == 0
    assert drawn(channels(depth=16.0)) > 0


def test_no_channels_draw_nothing_and_give_no_warning() -> None:
    none = Channels(0 * ONE, 0 * ONE, 0 * ONE, 400 * ONE)
    found = mouths(none, EDGES, 15 * ONE, 85 * ONE, 50 * ONE, 100 * ONE)
    assert (found.conductance_um_per_s == 0).all()
    assert (found.drawn(np.array([0.5])) >= 0).all()


def test_depth_beyond_a_few_fin_lengths_changes_nothing() -> None:
    assert drawn(channels(depth=1000.0)) == pytest.approx(drawn(channels(depth=500.0)), rel=1e-3)
    assert drawn(channels(depth=150.0)) == pytest.approx(drawn(channels(depth=500.0)), rel=0.03)


@given(st.floats(5, 80), st.floats(1.6, 60), st.floats(20, 2500), st.floats(10, 700), st.floats(5, 400))
def test_wider_denser_and_more_fluid_channels_draw_more(
    radius: float, spacing: float, depth: float, diffusion: float, tissue: float
) -> None:
    pitch = spacing * radius
    here = drawn(channels(radius, pitch, depth, diffusion), tissue)
    assert here >= 0
    assert drawn(channels(1.2 * radius, pitch, depth, diffusion), tissue) >= here
    assert drawn(channels(radius, 0.8 * pitch, depth, diffusion), tissue) >= here
    assert drawn(channels(radius, pitch, depth, 1.2 * diffusion), tissue) >= here * (1 - 1e-9)
    assert drawn(channels(radius, pitch, depth, diffusion), 1.2 * tissue) >= here * (1 - 1e-9)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_smaller_opening_draws_less_and_never_less_than_its_share(first: float, second: float) -> None:
    found = mouths(channels(), EDGES, 15 * ONE, 85 * ONE, 50 * ONE, 100 * ONE)
    small, large = sorted((first, second))
    assert found.drawn(small * ONE)[0] <= found.drawn(large * ONE)[0] + 1e-12
    assert small - 1e-12 <= found.drawn(small * ONE)[0] <= np.sqrt(small) + 1e-12
