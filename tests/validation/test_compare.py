"""Comparing: a planted row outside is reported outside, a figure at the edge by its rounding inside."""

from dataclasses import replace

import numpy as np
import pytest

from puncta.evidence.mechanism import mechanism_row
from puncta.validation.bench import Bench
from puncta.validation.compare import compare, sampling_error

BENCH = Bench(2001, seed=0)
EVEN = np.linspace(0.0, 100.0, 2001)
PLAIN = mechanism_row("H03b")  # prints no spread


@pytest.mark.parametrize(
    ("value", "inside", "distance"), [(50.0, True, 0.0), (89.0, True, 0.97), (9.0, False, -1.02), (170.0, False, 2.99)]
)
def test_a_figure_is_inside_where_80_of_100_draws_hold_it(value: float, inside: bool, distance: float) -> None:
    found = compare(replace(PLAIN, value=value, rounding=0.05), EVEN, BENCH)
    assert (found.low, found.high) == pytest.approx((10, 90), abs=0.1)
    assert found.inside is inside
    assert found.distance == pytest.approx(distance, abs=0.02)
    assert found.agreeing_fraction is None


def test_a_figure_may_miss_by_its_rounding() -> None:
    assert compare(replace(PLAIN, value=90.4, rounding=0.5), EVEN, BENCH).inside
    assert not compare(replace(PLAIN, value=90.4, rounding=0.05), EVEN, BENCH).inside


@pytest.mark.parametrize(
    ("says", "value", "share"),
    [
        ("at_most", 80.1, 0.8),
        ("at_most", 79.0, 0.79),
        ("at_least", 50.0, 0.5),
        ("rise", None, 1.0),
        ("fall", None, 0.0),
    ],
)
def test_a_bound_or_direction_is_inside_where_80_of_100_draws_agree(says, value: float | None, share: float) -> None:
    found = compare(replace(PLAIN, says=says, value=value), EVEN, BENCH)
    assert found.agreeing_fraction == pytest.approx(share, abs=0.005)
    assert found.inside is (share >= 0.8)


def test_no_change_is_neither_a_rise_nor_a_fall() -> None:
    for says in ("rise", "fall"):
        assert not compare(replace(PLAIN, says=says, value=None), np.zeros(2001), BENCH).inside


def test_a_model_without_spread_has_a_band_without_width_and_a_miss_without_bound() -> None:
    found = compare(replace(PLAIN, value=50.0, rounding=0.5), np.full(2001, 49.8), BENCH)
    assert found.low == found.high == pytest.approx(49.8)
    assert found.inside
    missed = compare(replace(PLAIN, value=60.0, rounding=0.0), np.full(2001, 49.8), BENCH)
    assert not missed.inside
    assert missed.distance == np.inf


def test_the_error_of_a_mean_is_what_its_source_prints() -> None:
    row = replace(PLAIN, sd=12.0, n=9.0)
    assert np.std(sampling_error(row, BENCH)) == pytest.approx(4.0, rel=0.05)
    assert np.std(sampling_error(replace(row, se=1.0), BENCH)) == pytest.approx(1.0, rel=0.05)
    even = sampling_error(replace(row, printed_range=(3.0, 6.0)), BENCH)
    assert (even.min(), even.max()) == pytest.approx((-1.5, 1.5), abs=0.01)
    assert not sampling_error(PLAIN, BENCH).any()


def test_a_band_is_measured_against_80_of_100_people_of_its_source() -> None:
    found = compare(replace(PLAIN, value=50.0, sd=10.0, n=1e6), EVEN, BENCH)
    assert found.width_over_source == pytest.approx(80 / 25.63, rel=0.01)
    assert compare(PLAIN, EVEN, BENCH).width_over_source is None


def test_a_band_is_explained_by_its_own_people_or_by_the_pooled_ones() -> None:
    """T052 prints people that lie further apart than those of all pain series together."""
    row = mechanism_row("T052")
    found = compare(row, np.linspace(0.0, 10.0, 2001), BENCH)
    assert found.width_over_source is not None
    assert found.width_over_pooled is not None
    assert found.width_over_source < 1.0 < found.width_over_pooled
    assert found.width_over_people == found.width_over_source
    close = compare(replace(row, sd=0.1), np.linspace(0.0, 10.0, 2001), BENCH)
    assert close.width_over_people == close.width_over_pooled
    assert compare(replace(PLAIN, quantity="none such"), EVEN, BENCH).width_over_people is None


def test_a_share_never_gets_below_nothing_by_its_error() -> None:
    row = replace(PLAIN, value=0.0, printed_range=(-50.0, 50.0))
    assert compare(row, np.full(2001, 1.0), BENCH).low == 0.0
