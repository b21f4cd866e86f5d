"""Turnover: published days at their site and age, slower with age and site, one pace a person."""

from dataclasses import replace

import numpy as np
import pytest

from puncta.evidence import nominal, parameter
from puncta.evidence.mechanism import mechanism_row
from puncta.healing import HealingParameters, grid, heal, injury
from puncta.needling import Channels
from puncta.skin import turnover

N, SEED = 2001, 1


def _at(name: str, age: float, power: float = 1.0):
    return turnover(name, np.full(N, age), SEED, person_power=power)


@pytest.mark.parametrize(
    ("key", "zone"),
    [("T164", "forearm_left"), ("T165", "forearm_left"), ("T166", "upper_arm_left"), ("T167", "upper_arm_left")],
)
def test_the_arm_is_as_measured(key: str, zone: str) -> None:
    row = mechanism_row(key)
    assert row.age_years and row.value and row.se
    assert np.median(_at(zone, row.age_years[0]).horny_days) == pytest.approx(row.value, abs=2 * row.se)


@pytest.mark.parametrize(("key", "zone"), [("T169", "forehead"), ("T170", "back"), ("T171", "dorsal_hand_left")])
def test_sites_with_a_dye_renew_as_fast_as_it_said(key: str, zone: str) -> None:
    assert np.median(_at(zone, 30.0).horny_days) == pytest.approx(mechanism_row(key).value, rel=0.03)


def test_both_layers_of_a_person_keep_one_pace_and_the_spread_is_the_measured_one() -> None:
    with_own, without = _at("forearm_left", 30.0), _at("forearm_left", 30.0, power=0.0)
    horny, viable = with_own.horny_days / without.horny_days, with_own.viable_days / without.viable_days
    assert horny == pytest.approx(viable)
    assert np.std(np.log(horny)) == pytest.approx(parameter("skin.transit_person_fold").spread.a, rel=0.05)


def test_nothing_changes_below_the_younger_age_that_was_measured() -> None:
    assert np.array_equal(_at("back", 18.0).horny_days, _at("back", 35.0).horny_days)


def test_pigment_and_epidermis_follow_more_slowly_in_old_skin_and_at_a_slow_site() -> None:
    law = nominal(HealingParameters)
    darkens = replace(law, kI=np.ones(1))  # pigment is made while there is inflammation
    wound = injury(grid(), Channels(*(np.array([x]) for x in (1.0, 1000.0, 0.06, 0.2, 0.75))), law)

    def course(name: str, age: float):
        pace = turnover(name, np.array([age]), SEED, person_power=0.0)
        return heal(
            wound,
            (0,),
            darkens,
            age_years=30,
            horizon_days=90,
            output_days=(0, 14, 30, 60, 90),
            turnover_fold=pace.viable_days / law.tv_e,
            shedding_fold=pace.horny_days / law.ts,
        )

    fast, old, slow = course("forehead", 30.0), course("forehead", 80.0), course("dorsal_hand_left", 30.0)
    for other in (old, slow):
        assert other.epidermis_fold[0, 1] < fast.epidermis_fold[0, 1]
        assert other.horny_layer_fold[0, 1] < fast.horny_layer_fold[0, 1]
        # what was made during inflammation is shed later
        left, left_fast = other.melanin_fold[0] - 1.0, fast.melanin_fold[0] - 1.0
        assert left[-1] / left.max() > left_fast[-1] / left_fast.max()
