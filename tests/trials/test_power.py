"""Power by simulation beside the closed form, coverage on null trials, and what a size search finds."""

from dataclasses import replace

import numpy as np
import pytest
from tests.trials.small import parallel_trial, split_trial

from puncta.errors import InputError
from puncta.trials import (
    Trial,
    compare_designs,
    find_size,
    paired_t,
    power_of,
    power_paired_t,
    power_proportional_odds,
    power_two_sample_t,
    proportional_odds,
    rehearse,
    two_sample_t,
)
from puncta.trials.rehearse import closed_form_power
from puncta.trials.trial import Conduct, Range

REPEATS = 4000
LEVEL = 0.95


def _won(share: float) -> float:
    """Four Monte Carlo errors of a share of all repeats."""
    return 4 * float(np.sqrt(share * (1 - share) / REPEATS))


def test_the_t_tests_reach_the_power_of_the_closed_form() -> None:
    made = np.random.default_rng(11)
    first, second = made.normal(0.8, 1.0, (REPEATS, 22)), made.normal(0.0, 1.0, (REPEATS, 18))
    wanted = power_two_sample_t(0.8, 1.0, 22, 18, LEVEL)
    found = two_sample_t(
        np.pad(first, ((0, 0), (0, 18)), constant_values=np.nan),
        np.pad(second, ((0, 0), (22, 0)), constant_values=np.nan),
        LEVEL,
    )
    assert abs(np.mean(found.p_value < 0.05) - wanted) < _won(wanted)
    wanted = power_paired_t(0.5, 1.0, 30, LEVEL)
    pairs = paired_t(made.normal(0.5, 1.0, (REPEATS, 30)), np.zeros((REPEATS, 30)), LEVEL)
    assert abs(np.mean(pairs.p_value < 0.05) - wanted) < _won(wanted)


def test_proportional_odds_reach_the_power_of_the_closed_form() -> None:
    made, log_odds = np.random.default_rng(12), 0.9
    cut = np.array([-1.2, 0.0, 1.1])
    first, second = (
        np.digitize(made.logistic(size=(REPEATS, 60)) + shift, cut).astype(float) for shift in (log_odds, 0.0)
    )
    shares = np.mean([[np.mean(part == grade) for grade in range(4)] for part in (first, second)], axis=0)
    wanted = power_proportional_odds(log_odds, shares.tolist(), 120, 1.0, LEVEL)
    found = np.mean(proportional_odds(first, second, 4, LEVEL).p_value < 0.05)
    assert abs(found - wanted) < _won(wanted) + 0.01  # Whitehead's form holds for many people


def _plain(trial: Trial) -> Trial:
    """Nobody is lost and severity is alike, so that changes are near to normal."""
    population = replace(trial.population, severity_score=Range(40.0, 0.0, 40.0, 40.0), scar_type=(("mixed", 1.0),))
    return replace(trial, population=population, conduct=Conduct(), worlds="nominal")


@pytest.mark.parametrize("trial", [split_trial(), parallel_trial()], ids=["split", "parallel"])
def test_a_rehearsed_trial_reaches_the_power_of_the_closed_form(trial: Trial) -> None:
    held = rehearse(_plain(trial), 10, 2000)
    shift = 3.0 - float(np.nanmean(held.compared().estimate))  # a difference that is not found every time
    found = held.compared(shift=shift)
    share, wanted = float(np.mean(found.p_value < 0.05)), closed_form_power(held, 10, shift)
    assert 0.1 < wanted < 0.99
    assert abs(share - wanted) < 4 * np.sqrt(wanted * (1 - wanted) / 2000) + 0.01


def _null(trial: Trial) -> Trial:
    """Both arms do the same."""
    return replace(trial, arms=(trial.arms[0], replace(trial.arms[0], name=trial.arms[1].name)))


@pytest.mark.parametrize("worlds", ["nominal", "drawn"])
@pytest.mark.parametrize("design", ["split", "parallel", "grades"])
def test_intervals_of_null_trials_hold_nothing_as_often_as_they_say(design: str, worlds: str) -> None:
    trial = _null(split_trial() if design == "split" else parallel_trial())
    if design == "grades":
        arms = tuple(replace(arm, scales=("goodman_baron_grade",)) for arm in trial.arms)
        analysis = replace(trial.analysis, scale="goodman_baron_grade", test="proportional_odds")
        population = replace(trial.population, severity_score=Range(3.0, 0.7, 1.0, 4.0))
        trial = replace(trial, arms=arms, analysis=analysis, population=population)
    found = rehearse(trial, 40, 1500, worlds).compared()
    told = np.isfinite(found.estimate)
    covered = np.mean((found.low < 0)[told] & (found.high > 0)[told])
    assert told.mean() > 0.99
    assert abs(covered - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 1500) + 0.003, covered


def test_more_people_give_more_power_and_assurance_stays_below_it() -> None:
    few, many = power_of(split_trial(), (6, 24), 400)
    assert few.nominal_fraction < many.nominal_fraction and few.half_width > many.half_width
    assert many.assurance_fraction < many.nominal_fraction


def test_a_size_is_found_for_a_wanted_effect_and_none_where_there_is_none() -> None:
    found, curve = find_size(parallel_trial(), 0.8, 300, effect=4.0)
    assert found is not None and 20 <= found <= 60
    assert all(abs(one.effect - 4.0) < 0.6 for one in curve if one.people_count >= 14)
    wider, _ = find_size(parallel_trial(), 0.8, 300, effect=3.0)
    assert wider is not None and wider > found


def test_the_split_face_design_needs_fewer_people_than_the_parallel_one() -> None:
    sides, groups = compare_designs((split_trial(people_count=12), parallel_trial(people_count=12)), 400)
    assert sides.nominal_fraction > groups.nominal_fraction


def test_a_power_that_cannot_be_is_refused() -> None:
    with pytest.raises(InputError, match="power"):
        find_size(split_trial(), 1.2)
    with pytest.raises(InputError, match="sizes"):
        power_of(split_trial(), (1,))
