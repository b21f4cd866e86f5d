"""Scores: against closed forms and against a plain second writing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from puncta.validation.outcomes.score import interval_score, ranked_score


def test_a_figure_inside_costs_the_width_alone_and_one_outside_ten_times_the_miss() -> None:
    assert interval_score(0.1, 0.5, 0.5) == pytest.approx(0.4)
    assert interval_score(0.1, 0.5, 0.0) == pytest.approx(0.4 + 10 * 0.1)


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(-3, 3))
def test_a_band_never_scores_better_than_its_width(a: float, b: float, figure: float) -> None:
    low, high = min(a, b), max(a, b)
    assert interval_score(low, high, figure) >= high - low


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30), st.floats(-2, 2))
def test_the_ranked_score_equals_the_mean_of_pairs(draws: list[float], figure: float) -> None:
    drawn = np.array(draws)
    pairs = np.abs(drawn[:, None] - drawn[None, :]).mean() / 2
    assert ranked_score(drawn, figure) == pytest.approx(np.abs(drawn - figure).mean() - pairs, abs=1e-12)


def test_the_ranked_score_of_a_normal_forecast_is_its_closed_form() -> None:
    drawn, z = norm.ppf((np.arange(20000) + 0.5) / 20000), 0.7
    closed = z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi)
    assert ranked_score(drawn, z) == pytest.approx(closed, abs=1e-3)


def test_the_true_spread_scores_best_among_narrower_and_wider_ones() -> None:
    truth = norm.ppf((np.arange(4000) + 0.5) / 4000)
    end = float(norm.ppf(0.9))
    mean = {s: np.mean([interval_score(-end * s, end * s, y) for y in truth]) for s in (0.5, 1.0, 2.0)}
    assert mean[1.0] < mean[0.5]
    assert mean[1.0] < mean[2.0]
