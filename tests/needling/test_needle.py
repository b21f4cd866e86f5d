"""Needles: density is geometry, depth follows the rule, and more of everything injures more."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.needling import NeedlingParameters, device, hand, needle, wound
from puncta.needling.pattern import density_per_pass_per_cm2
from puncta.person import People, Person, Sex
from puncta.skin import skin_layers

N = 300
PEOPLE = People.like(Person("P", 34, Sex.FEMALE, 62, 4), N, seed=1)
PEN = device("exceed")
LAYERS = skin_layers("cheek_left", PEOPLE, 1)


def _cheek(dial_mm: float, passes: int | None):
    return needle(PEN, "cheek_left", dial_mm, passes, 42.0, hand(PEN, None, None, N, 1), LAYERS, 1)


def test_a_roller_makes_16_per_cm2_per_pass_and_about_250_in_15() -> None:
    roller = device("dermaroller_mf8")
    per_pass = density_per_pass_per_cm2(roller, np.ones(1), np.ones(1), np.ones(1))[0]
    assert per_pass == pytest.approx(16, rel=0.06)
    assert 15 * per_pass == pytest.approx(250, rel=0.09)


def test_a_pen_follows_needles_times_rate_over_speed_times_swath() -> None:
    one = np.ones(1)
    assert density_per_pass_per_cm2(PEN, 2 * one, 150 * one, 0.5 * one)[0] == pytest.approx(900)


def test_density_agrees_with_a_monte_carlo_of_a_gliding_cartridge() -> None:
    """Strokes fall at equal times along a track of one swath; needles sit at random places of the cartridge."""
    rng = np.random.default_rng(5)
    speed, rate, swath, length = 3.0, 120.0, 0.5, 400.0
    centres = np.arange(0.0, length, speed / rate)
    x = (centres[:, None] + rng.uniform(-0.2, 0.2, (centres.size, PEN.needles))).ravel()
    inside = np.count_nonzero((x > 10) & (x < 390)) / (380.0 * swath)
    one = np.ones(1)
    assert density_per_pass_per_cm2(PEN, speed * one, rate * one, swath * one)[0] == pytest.approx(inside, rel=0.01)


def test_opened_area_agrees_with_discs_thrown_at_random() -> None:
    law = nominal(NeedlingParameters)
    made = wound(np.array([1.0]), np.array([2000.0]), np.array([0.1]), law)
    rng = np.random.default_rng(3)
    side = 10.0
    centres = rng.uniform(0, side, (rng.poisson(2000 / 100 * side**2), 2))
    probes = rng.uniform(1, side - 1, (4000, 2))
    near = np.array([np.min(np.sum((centres - p) ** 2, axis=1)) for p in probes]) < made.surface_radius_mm[0] ** 2
    assert made.opened_area_fraction[0] == pytest.approx(near.mean(), abs=0.02)


def test_injured_volume_of_few_channels_is_the_volume_of_the_cones() -> None:
    law = nominal(NeedlingParameters)
    made = wound(np.array([1.0]), np.array([1.0]), np.array([0.1]), law)
    cone = np.pi * made.surface_radius_mm[0] ** 2 * 1.0 / (2 * law.taper[0] + 1)
    assert made.injury_mm3_per_cm2[0] == pytest.approx(cone, rel=2e-3)


def test_the_reached_depth_of_a_pen_lies_about_its_dial_by_the_published_rule() -> None:
    depth = _cheek(1.0, 4).wound.depth_mm
    low, middle, high = np.percentile(depth, [10, 50, 90])
    assert 0.65 < low < middle < high < 1.05


@settings(max_examples=40)
@given(st.sampled_from(PEN.steps_mm[:-1]), st.integers(1, 9))
def test_deeper_and_more_passes_never_injure_less(dial_mm: float, passes: int) -> None:
    here = _cheek(dial_mm, passes).wound
    deeper = _cheek(PEN.steps_mm[PEN.steps_mm.index(dial_mm) + 1], passes).wound
    more = _cheek(dial_mm, passes + 1).wound
    for greater in (deeper, more):
        assert np.all(greater.injury_mm3_per_cm2 >= here.injury_mm3_per_cm2)
        assert np.all(greater.opened_area_fraction >= here.opened_area_fraction)
    assert np.all((here.bleeding_fraction >= 0) & (here.bleeding_fraction < 1))


def test_no_depth_makes_no_wound() -> None:
    law = draw(NeedlingParameters, 5, 0)
    made = wound(np.zeros(5), np.full(5, 1000.0), np.full(5, 0.1), law)
    assert np.all(made.injury_mm3_per_cm2 == 0)
    assert np.all(made.opened_area_fraction == 0)
    assert np.all(made.bleeding_fraction == 0)


def test_passes_that_a_paper_does_not_report_are_drawn_from_the_published_range() -> None:
    passes = _cheek(1.0, None).passes
    assert passes.min() >= 4
    assert passes.max() <= 10
    assert np.unique(passes).size > 100
