"""The grid and the injury: shares by layer, and twelve layers that do the work of forty."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.healing.protocols import COURSE, NOMINAL, PROTOCOLS, channels_of, follow, wound_of

from puncta.evidence import draw
from puncta.healing import HealingParameters, grid, heal, injury

DEPTH, DENSITY, RADIUS = st.floats(0, 2.5), st.floats(0, 4000), st.floats(0, 0.15)


@pytest.mark.parametrize("layers", [5, 12, 20, 40, 80])
def test_layers_fill_the_modelled_depth(layers: int) -> None:
    place = grid(layers)
    assert place.layers == layers
    assert place.thickness_mm.sum() == pytest.approx(2.0)
    assert place.thickness_mm.min() > 0


def test_production_needs_at_most_twelve_layers_finer_at_the_top() -> None:
    thickness = grid().thickness_mm
    assert grid().layers <= 12
    assert np.all(np.diff(thickness) >= -1e-12)


def test_exchange_between_layers_loses_nothing() -> None:
    place = grid()
    above, below = place.exchange()
    assert above[0] == below[-1] == 0
    assert below[:-1] * place.thickness_mm[:-1] == pytest.approx(above[1:] * place.thickness_mm[1:])


def test_the_dermis_begins_below_the_epidermis_and_a_cut_layer_counts_in_part() -> None:
    share = grid(40).dermal_share(np.array([0.1, 0.0625]))
    assert share[:3, 0].tolist() == [0.0, 0.0, 1.0]
    assert share[:3, 1] == pytest.approx([0.0, 0.75, 1.0])


@pytest.mark.parametrize("layers", [12, 20, 40])
def test_fading_weights_do_not_depend_on_the_number_of_layers(layers: int) -> None:
    weights = grid(layers).fading_weights(np.array([0.1]), np.array([0.35]))
    assert weights.sum() == pytest.approx(1 - np.exp(-1.9 / 0.35), abs=1e-3)


@settings(max_examples=150, deadline=None)
@given(DEPTH, DENSITY, RADIUS)
def test_what_is_hurt_is_a_share_that_falls_with_depth_and_holds_what_is_cut(
    depth: float, density: float, radius: float
) -> None:
    wound = wound_of((depth, density, radius), layers=40)
    cut, hurt = wound.cut_fraction[:, 0], wound.hurt_fraction[:, 0]
    assert np.all((cut >= 0) & (cut <= hurt) & (hurt <= 1))
    assert np.all(np.diff(hurt) <= 1e-15)


@settings(max_examples=100, deadline=None)
@given(DEPTH, DENSITY, RADIUS, st.floats(1.0, 1.5))
def test_a_deeper_denser_or_wider_injury_hurts_more(depth: float, density: float, radius: float, more: float) -> None:
    rows = [(depth, density, radius), (depth * more, density, radius), (depth, density * more, radius)]
    hurt = wound_of(*rows, (depth, density, radius * more)).hurt_fraction
    assert np.all(hurt[:, 1:] >= hurt[:, :1] - 1e-15)


@pytest.mark.parametrize("row", [(0.0, 1000.0, 0.06), (1.0, 0.0, 0.06), (1.0, 1000.0, 0.0)])
def test_no_depth_no_density_or_no_width_hurts_nothing(row: tuple[float, float, float]) -> None:
    wound = wound_of(row)
    assert not wound.cut_fraction.any()
    assert not wound.hurt_fraction.any()


def test_doubling_a_small_density_doubles_what_is_hurt() -> None:
    hurt = wound_of((1.0, 0.5, 0.06), (1.0, 1.0, 0.06), layers=40).hurt_fraction
    reached = hurt[:, 0] > 1e-12
    assert hurt[reached, 1] / hurt[reached, 0] == pytest.approx(np.full(reached.sum(), 2.0), rel=1e-3)


def test_passes_multiply_the_density_and_what_is_spared() -> None:
    """Placement is random: what two passes spare is the product of what each spares."""
    hurt = wound_of((1.5, 400.0, 0.06), (1.5, 600.0, 0.06), (1.5, 1000.0, 0.06)).hurt_fraction
    assert 1 - hurt[:, 2] == pytest.approx((1 - hurt[:, 0]) * (1 - hurt[:, 1]))


def test_shares_agree_with_a_count_of_channels_thrown_at_random() -> None:
    rng = np.random.default_rng(7)
    depth, density, radius = 1.0, 400.0, 0.06
    tips = np.maximum(rng.normal(depth, 0.2 * depth, 200_000), 1e-9)
    for layer in (1, 9, 17):
        z = grid(40).centres_mm[layer]
        area = density / 100 * np.pi * np.mean((radius * np.maximum(0, 1 - z / tips) ** 0.75) ** 2)
        cut = wound_of((depth, density, radius), layers=40).cut_fraction[layer, 0]
        assert cut == pytest.approx(1 - np.exp(-area), rel=0.02, abs=1e-6)


def test_twelve_layers_agree_with_forty() -> None:
    outputs = (0, 1, 7, 28, 112, 365)
    fine, coarse = (
        follow(wound_of(*PROTOCOLS.values(), layers=layers), COURSE, outputs, layers=layers) for layers in (40, 12)
    )
    for region in ("papillary", "dermis"):
        reached, reference = (getattr(run, region).collagen_fold for run in (coarse, fine))
        assert np.abs(reached - reference).max() < 0.0025
    assert np.abs(coarse.redness_delta_a - fine.redness_delta_a).max() < 0.06
    assert np.abs(coarse.epidermis_fold - fine.epidermis_fold).max() < 0.0025


def test_twelve_layers_agree_with_forty_over_draws() -> None:
    n = 48
    draws = draw(HealingParameters, n, seed=2)
    rows = np.array(list(PROTOCOLS.values()))[np.arange(n) % len(PROTOCOLS)].T
    runs = [
        heal(
            injury(grid(layers), channels_of(*rows), draws),
            COURSE,
            draws,
            age_years=30,
            horizon_days=180,
            output_days=(1, 7, 28, 112, 180),
            layers=layers,
        )
        for layers in (12, 40)
    ]
    for region in ("papillary", "dermis"):
        coarse, fine = (getattr(run, region).collagen_fold for run in runs)
        error = np.abs(coarse - fine).max(axis=1)
        assert np.percentile(error, 90) < 0.003
        assert error.max() < 0.015


def test_a_grid_of_two_layers_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 3"):
        grid(2)


def test_blunter_channels_hurt_more() -> None:
    rows = np.array([PROTOCOLS["P10"]]).T
    blunt = injury(grid(), channels_of(*rows, taper=0.5), NOMINAL)
    assert np.all(blunt.hurt_fraction >= wound_of(PROTOCOLS["P10"]).hurt_fraction)
