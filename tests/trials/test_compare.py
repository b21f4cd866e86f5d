"""Tests of two arms: as SciPy and a search for the best likelihood have them, and nominal where nothing differs."""

from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats

from puncta.trials import paired_t, proportional_odds, two_sample_t

REPEATS = 4000
_FOUR_ERRORS = 4 * np.sqrt(0.95 * 0.05 / REPEATS)


def _normal(seed: int, people: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(REPEATS, people))


def test_t_tests_are_those_of_scipy_with_people_missing() -> None:
    first, second = _normal(1, 15)[:50], _normal(2, 15)[:50] + 0.3
    first[:, 3] = np.nan
    second[7, 5:9] = np.nan
    found = two_sample_t(first, second, 0.9)
    told: Any = stats.ttest_ind(first, second, axis=1, nan_policy="omit")
    assert np.allclose(found.p_value, told.pvalue)
    ends = told.confidence_interval(0.9)
    assert np.allclose(found.low, ends.low) and np.allclose(found.high, ends.high)
    pairs = paired_t(first, second, 0.95)
    told = stats.ttest_rel(first, second, axis=1, nan_policy="omit")
    assert np.allclose(pairs.p_value, told.pvalue)


def test_log_odds_are_those_of_the_best_likelihood() -> None:
    made = np.random.default_rng(5)
    first, second = (
        made.integers(0, 4, (1, 60)).astype(float),
        np.minimum(made.integers(0, 5, (1, 50)), 3).astype(float),
    )

    def cost(free: np.ndarray) -> float:
        cut = np.concatenate([[-np.inf], free[0] + np.concatenate([[0.0], np.cumsum(np.exp(free[1:3]))]), [np.inf]])
        total = 0.0
        for values, shift in ((first, free[3]), (second, 0.0)):
            share = np.diff(1.0 / (1.0 + np.exp(-(cut - shift))))
            total -= np.log(share[values[0].astype(int)]).sum()
        return total

    best = optimize.minimize(
        cost,
        np.array([-1.0, 0.0, 0.0, 0.0]),
        method="Nelder-Mead",
        options={"maxiter": 4000, "xatol": 1e-6, "fatol": 1e-9},
    )
    assert proportional_odds(first, second, 4, 0.95).estimate[0] == pytest.approx(best.x[3], abs=2e-3)


def test_intervals_hold_nothing_95_times_in_100_where_nothing_differs() -> None:
    first, second = _normal(3, 14), _normal(4, 14)
    grades = [np.digitize(part, [-0.8, 0.2, 1.0]).astype(float) for part in (_normal(5, 60), _normal(6, 60))]
    for found in (
        two_sample_t(first, second, 0.95),
        paired_t(first, second, 0.95),
        proportional_odds(grades[0], grades[1], 4, 0.95),
    ):
        covered = np.mean((found.low < 0) & (found.high > 0))
        assert abs(covered - 0.95) < _FOUR_ERRORS + 0.002, covered


def test_who_is_left_alone_is_not_compared() -> None:
    lonely = np.full((1, 5), np.nan)
    lonely[0, 0] = 1.0
    assert np.isnan(two_sample_t(lonely, np.arange(5.0)[None], 0.95).estimate[0])
    assert np.isnan(paired_t(lonely, np.arange(5.0)[None], 0.95).p_value[0])
    assert np.isnan(proportional_odds(lonely, np.arange(5.0)[None], 5, 0.95).low[0])
