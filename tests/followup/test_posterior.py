"""Posterior: the closed form where there is one, a plain ensemble where there is none, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.followup.linear import Linear, closed_form, moments

from puncta.followup.posterior import posterior, prior_scores

PEOPLE = 2000
SLOPE = np.array([[1.0, 0.5, 0.0], [0.8, -0.3, 0.2], [0.1, 0.9, 0.4], [0.0, 0.0, 1.0]])
VALUE, SD = np.array([1.2, 0.4, -0.7, 0.3]), np.array([0.5, 0.8, 0.6, 1.5])


def _of(model: Any, seed: int = 0) -> Any:
    return posterior(model, prior_scores(model, {}, model.world.n, seed), seed)


def test_where_all_is_normal_and_straight_the_answer_is_that_of_the_text_book() -> None:
    found = _of(Linear(SLOPE, VALUE, SD, PEOPLE))
    mean, covariance = closed_form(SLOPE, VALUE, SD)
    seen, spread = moments(found)
    np.testing.assert_allclose(seen, mean, atol=0.03)
    np.testing.assert_allclose(spread, np.sqrt(np.diag(covariance)), rtol=0.04)
    assert found.method == "gauss_newton" and found.effective_sample > 1000


def test_pulls_of_the_readings_add_to_the_mode() -> None:
    found = _of(Linear(SLOPE, VALUE, SD, PEOPLE))
    np.testing.assert_allclose(found.pull.sum(axis=0), closed_form(SLOPE, VALUE, SD)[0], atol=1e-4)


def test_what_everyone_is_drawn_with_is_weighed_as_well() -> None:
    """People differ by an offset that no score holds: those it makes likely count more."""
    offset = np.linspace(-3.0, 3.0, PEOPLE)[:, None] * np.ones((1, 1))
    slope, value, sd = np.array([[0.01]]), np.array([1.0]), np.array([0.5])
    found = _of(Linear(slope, value, sd, PEOPLE, offset))
    carried = found.weight @ offset[found.people, 0]
    assert carried == pytest.approx(1.0, abs=0.05)
    assert float(np.sqrt(found.weight @ (offset[found.people, 0] - carried) ** 2)) == pytest.approx(0.5, rel=0.1)


def test_a_person_far_from_everyone_makes_importance_adaptive_and_still_finds_the_answer() -> None:
    rng = np.random.default_rng(1)
    slope = rng.standard_normal((30, 12))
    value, sd = rng.standard_normal(30) * 3.0, np.full(30, 0.05)
    offset = rng.standard_normal((150, 30)) * 0.05
    found = _of(Linear(slope, value, sd, 150, offset))
    assert found.method == "adaptive"
    assert np.isfinite(found.theta).all() and found.effective_sample >= 1.0


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(4)))
def test_the_order_of_readings_changes_nothing(order: list[int]) -> None:
    first, second = (_of(Linear(SLOPE[rows], VALUE[rows], SD[rows], 300)) for rows in (np.arange(4), np.array(order)))
    np.testing.assert_allclose(moments(first)[0], moments(second)[0], atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(value=st.floats(-5.0, 5.0), slope=st.floats(-2.0, 2.0))
def test_a_reading_with_an_endless_error_changes_nothing(value: float, slope: float) -> None:
    more = Linear(np.vstack([SLOPE, [slope, slope, 0.0]]), np.append(VALUE, value), np.append(SD, 1e7), 300)
    np.testing.assert_allclose(moments(_of(more))[0], moments(_of(Linear(SLOPE, VALUE, SD, 300)))[0], atol=1e-4)


@settings(max_examples=25, deadline=None)
@given(fold=st.floats(1.3, 10.0), which=st.integers(0, 3))
def test_more_error_never_makes_it_surer(fold: float, which: int) -> None:
    worse = SD.copy()
    worse[which] *= fold
    sure, unsure = (moments(_of(Linear(SLOPE, VALUE, sd, 1000)))[1] for sd in (SD, worse))
    assert (unsure >= sure * 0.95).all()  # a twentieth for the draws


def test_without_readings_nothing_moves() -> None:
    model: Any = Linear(SLOPE[:0], VALUE[:0], SD[:0], 300)
    prior = prior_scores(model, {}, 300, 0)
    found = posterior(model, prior, 0)
    assert found.method == "prior" and found.theta is prior and found.effective_sample == 300.0


def test_equal_seeds_give_equal_bytes_and_picked_rows_stand_for_the_weights() -> None:
    model = Linear(SLOPE, VALUE, SD, 500)
    first, second = _of(model, 3), _of(model, 3)
    assert first.theta.tobytes() == second.theta.tobytes() and first.log_weight.tobytes() == second.log_weight.tobytes()
    rows = first.picked(500, 3)
    np.testing.assert_allclose(first.theta[rows].mean(axis=0), moments(first)[0], atol=0.08)


def test_leaving_a_reading_out_is_what_the_others_alone_say() -> None:
    found = _of(Linear(SLOPE, VALUE, SD, 4000))
    kept = np.array([0, 1, 2])
    wanted, _ = closed_form(SLOPE[kept], VALUE[kept], SD[kept])
    np.testing.assert_allclose(found.without(3) @ found.theta, wanted, atol=0.05)


def test_tails_let_one_wrong_reading_go() -> None:
    """With tails a single reading far off pulls less than it would if errors were normal."""
    value = np.array([1.0, 1.1, 0.9, 9.0])
    normal = Linear(np.ones((4, 1)), value, np.full(4, 0.3), 500)
    heavy = Linear(np.ones((4, 1)), value, np.full(4, 0.3), 500)
    heavy.readings = tuple(replace(one, freedom=5.0) for one in heavy.readings)
    assert moments(_of(heavy))[0][0] < 0.6 * moments(_of(normal))[0][0]
