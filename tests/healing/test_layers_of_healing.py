"""The grid and the injury: shares by layer, and graded layers that do the work of 160."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.healing.protocols import NOMINAL, PROTOCOLS, channels_of, wound_of

from puncta.evidence import draw
from puncta.healing import HealingParameters, grid, heal, injury
from puncta.healing.grid import PRODUCTION_LAYERS

DEPTH, DENSITY, RADIUS = st.floats(0, 2.5), st.floats(0, 4000), st.floats(0, 0.15)


@pytest.mark.parametrize("layers", [5, PRODUCTION_LAYERS, 20, 40, 80])
def test_layers_fill_the_modelled_depth(layers: int) -> None:
    place = grid(layers)
    assert place.layers == layers
    assert place.thickness_mm.sum() == pytest.approx(2.0)
    assert place.thickness_mm.min() > 0


def test_production_layers_are_finer_in_the_papillary_dermis_than_below() -> None:
    place = grid()
    assert place.layers == PRODUCTION_LAYERS
    above = place.edges_mm[1:] <= float(NOMINAL.zp_bottom[0]) + 1e-12
    assert place.thickness_mm[above].max() < place.thickness_mm[-6:].min()


def test_exchange_between_layers_loses_nothing() -> None:
    place = grid()
    above, below = place.exchange()
    assert above[0] == below[-1] == 0
    assert below[:-1] * place.thickness_mm[:-1] == pytest.approx(above[1:] * place.thickness_mm[1:])


def test_the_dermis_begins_below_the_epidermis_and_a_cut_layer_counts_in_part() -> None:
    share = grid(40).dermal_share(np.array([0.1, 0.0625]))
    assert share[:3, 0].tolist() == [0.0, 0.0, 1.0]
    assert share[:3, 1] == pytest.approx([0.0, 0.75, 1.0])


@pytest.mark.parametrize("layers", [PRODUCTION_LAYERS, 20, 40])
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


def test_production_errs_by_at_most_a_two_hundredth_of_the_change_of_collagen_against_160_layers() -> None:
    rows = [*PROTOCOLS.values(), (0.3, 1500.0, 0.04), (0.7, 500.0, 0.05), (1.25, 1500.0, 0.06), (2.0, 700.0, 0.06)]
    draws, spread = 12, np.repeat(np.array(rows), 12, axis=0).T
    drawn = draw(HealingParameters, draws, seed=2)
    values = {field.name: getattr(drawn, field.name) for field in dataclasses.fields(drawn)}
    lanes = HealingParameters(**{k: np.tile(x, len(rows)) if x.shape[0] > 1 else x for k, x in values.items()})
    usual, close = (
        heal(
            injury(grid(layers), channels_of(*spread), lanes),
            (0, 28, 56, 84, 112, 140),
            lanes,
            age_years=30,
            horizon_days=365,
            output_days=(0, 1, 3, 7, 14, 28, 56, 84, 112, 140, 168, 200, 260, 330, 365),
            layers=layers,
            tolerance=tolerance,
        )
        for layers, tolerance in ((PRODUCTION_LAYERS, None), (160, 1e-5))
    )
    for region in ("papillary", "dermis"):
        found, true = (getattr(run, region).collagen_fold for run in (usual, close))
        error = np.abs(found - true).max(axis=1) / np.abs(true - true[:, :1]).max(axis=1)
        assert error.max() <= 5e-3
        assert np.percentile(error, 95) <= 3e-3
    assert np.abs(usual.redness_delta_a - close.redness_delta_a).max() < 0.04
    assert np.abs(usual.epidermis_fold - close.epidermis_fold).max() < 0.004
