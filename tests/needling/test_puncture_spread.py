"""Spread: counts, opened skin, overlap and evenness of a session."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.needling.patterns import LAW, PATTERNS, ROLLER, pen, stamp

from puncta.needling import OnePass, device, dispersion_fold, one_pass, spread_of_punctures


def _spread(one: OnePass, passes: float, radius: float):
    return spread_of_punctures(one, np.array([passes]), np.array([radius]))


@pytest.mark.parametrize("one", PATTERNS.values(), ids=PATTERNS)
@settings(max_examples=30)
@given(st.integers(0, 20), st.floats(0, 0.15))
def test_more_passes_open_and_overlap_more_and_lie_more_evenly(one: OnePass, passes: int, radius: float) -> None:
    here, more = _spread(one, passes, radius), _spread(one, passes + 1, radius)
    assert more.density_per_cm2[0] > here.density_per_cm2[0]
    for shares in (here, more):
        assert 0 <= shares.opened_area_fraction[0] <= 1
        assert 0 <= shares.overlap_fraction[0] < 1
    assert more.opened_area_fraction[0] >= here.opened_area_fraction[0]
    assert more.overlap_fraction[0] >= here.overlap_fraction[0] - 1e-12
    assert more.count_variation_fold[0] < here.count_variation_fold[0]


def test_no_pass_opens_nothing() -> None:
    nothing = _spread(ROLLER, 0, 0.06)
    assert nothing.density_per_cm2[0] == nothing.opened_area_fraction[0] == nothing.overlap_fraction[0] == 0
    assert np.isinf(nothing.count_variation_fold[0])


@pytest.mark.parametrize(("per_cm2", "radius", "share"), [(250, 0.0355, 0.010), (1000, 0.06, 0.11)])
def test_opened_skin_is_that_of_published_examples(per_cm2: float, radius: float, share: float) -> None:
    """250 per cm2 of 71 um open 1.0 %; 1,000 of 120 um open 11 %."""
    one = PATTERNS["six needles, 3 cm/s"]
    found = _spread(one, per_cm2 / one.density_per_cm2[0], radius)
    assert found.opened_area_fraction[0] == pytest.approx(share, abs=0.004)


def test_overlap_is_negligible_where_mouths_cover_less_than_a_tenth() -> None:
    found = _spread(PATTERNS["six needles, 3 cm/s"], 1, np.sqrt(0.1 / 4.8 / np.pi))
    assert found.overlap_fraction[0] == pytest.approx(0.05, abs=0.002)


def test_a_needle_alone_in_every_window_counts_as_one_or_none() -> None:
    """Needles of a roller stand 2.5 mm apart, so a mm2 holds one or none: variance over mean is 1 - mean."""
    assert dispersion_fold(ROLLER)[0] == pytest.approx(1 - 0.153, abs=1e-6)


def test_a_window_much_smaller_than_all_gaps_sees_punctures_that_fall_at_random() -> None:
    for one in PATTERNS.values():
        assert dispersion_fold(one, 1e-4)[0] == pytest.approx(1.0, abs=0.01)


def test_slow_strokes_lie_in_lines_and_are_less_even_than_chance() -> None:
    slow, usual = PATTERNS["six needles, 1 cm/s"], PATTERNS["six needles, 3 cm/s"]
    assert (
        dispersion_fold(slow)[0] > dispersion_fold(usual)[0] > 1 > dispersion_fold(PATTERNS["six needles, 6 cm/s"])[0]
    )


def test_more_needles_make_a_pass_of_equal_density_more_even() -> None:
    """Twelve needles at half the stroke rate make the punctures of six, along twice as many lines."""
    six, twelve = pen("exceed", 3.0, 120.0, 0.5), pen("rejuvapen_nxt", 3.0, 60.0, 0.5)
    assert six.density_per_cm2 == pytest.approx(twelve.density_per_cm2)
    assert dispersion_fold(twelve)[0] < dispersion_fold(six)[0]


def test_presses_anywhere_are_as_uneven_as_one_press_is_dense() -> None:
    """Stamps of one needle fall at random; plates of many bring their neighbours with them."""
    assert dispersion_fold(stamp(1, 1.0))[0] == pytest.approx(1.0)
    assert dispersion_fold(stamp(20, 0.2))[0] == pytest.approx(25.0, rel=0.2)


def test_draws_side_by_side_are_as_each_alone() -> None:
    speed, rate, swath = np.array([1.0, 3.0, 6.0]), np.array([150.0, 120.0, 75.0]), np.full(3, 0.5)
    together = dispersion_fold(one_pass(device("exceed"), speed, rate, swath, LAW))
    alone = [dispersion_fold(PATTERNS[f"six needles, {v} cm/s"])[0] for v in (1, 3, 6)]
    assert together == pytest.approx(alone)


def test_a_layout_that_is_not_turned_keeps_its_lines() -> None:
    """Two needles behind one another make one line, side by side two: the second is more even."""
    usual = pen("exceed", 3.0, 120.0, 0.5)
    behind = dataclasses.replace(usual, layout=np.array([[0.0, 0.0], [0.05, 0.0]]), turned=False)
    beside = dataclasses.replace(behind, layout=behind.layout[:, ::-1] * 20)
    assert dispersion_fold(beside)[0] < dispersion_fold(behind)[0]
