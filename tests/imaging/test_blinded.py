"""Blinded grading: hidden order, repeats mixed in, agreement; a coin is no better than a coin."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.errors import PunctaError
from puncta.imaging import agreement, showings


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 60), st.integers(0, 1000))
def test_every_pair_is_shown_and_a_quarter_twice(pairs: int, seed: int) -> None:
    order = showings(pairs, seed)
    shown = [one.pair for one in order]
    assert set(shown) == set(range(pairs))
    assert len(shown) == pairs + int(np.ceil(pairs / 4))
    assert max(shown.count(pair) for pair in shown) <= 2
    assert order == showings(pairs, seed)


def test_sides_are_mixed() -> None:
    left = [one.later_is_left for one in showings(400, 3)]
    assert 0.4 < np.mean(left) < 0.6


def test_a_coin_agrees_no_better_than_a_coin() -> None:
    rng = np.random.default_rng(0)
    order = showings(400, 1)
    found = agreement(order, {one.number: str(rng.choice(["left", "right"])) for one in order})
    assert abs(found.kappa or 0.0) < 0.25
    assert found.chance > 0.001


def test_a_missing_answer_is_named() -> None:
    with pytest.raises(PunctaError, match="Showing 1"):
        agreement(showings(3, 0), {})
    with pytest.raises(PunctaError) as caught:
        agreement(showings(3, 0), {1: "left", 2: "oops", 3: "same", 99: "left"})
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == ["Showing 2", "Showing 4", "Showing 99"]
    assert "oops" in str(caught.value)
    with pytest.raises(PunctaError, match="no pair"):
        showings(0, 0)
