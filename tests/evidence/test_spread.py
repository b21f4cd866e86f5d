"""Spreads: the value is the median, ends are ends, and flawed entries are refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.errors import EvidenceError
from puncta.evidence import Spread

HALF = np.array([0.5])


@given(st.floats(0.1, 50), st.floats(0.05, 1.5))
def test_the_value_is_the_median_of_every_spread(value: float, width: float) -> None:
    for given_ in (
        {"fixed": True},
        {"sd": width},
        {"log_sd": width},
        {"range": [value - width, value + 2 * width]},
        {"log_range": [value / (1 + width), value * (1 + 2 * width)]},
    ):
        drawn = Spread.read(given_, "key", value).at(value, HALF)
        assert drawn == pytest.approx(value)


@given(st.floats(0.1, 5), st.floats(0.01, 4), st.floats(0.01, 4))
def test_draws_rise_with_the_uniform_and_stay_inside_a_range(value: float, below: float, above: float) -> None:
    u = np.linspace(0.001, 0.999, 50)
    drawn = Spread.read({"range": [value - below, value + above]}, "key", value).at(value, u)
    assert np.all(np.diff(drawn) > 0)
    assert drawn.min() >= value - below
    assert drawn.max() <= value + above


def test_bounds_hold_for_a_normal() -> None:
    drawn = Spread.read({"sd": 1.0, "low": 0.0}, "key", 0.2).at(0.2, np.array([0.01, 0.5]))
    assert drawn[0] == 0.0


@pytest.mark.parametrize(
    "flawed",
    [
        {},
        {"sd": 0.1, "range": [0, 1]},
        {"sd": -1},
        {"range": [2, 3]},
        {"log_range": [0, 2]},
        {"sdd": 1},
        {"range": [1, 1]},
    ],
)
def test_a_flawed_spread_is_refused(flawed: dict) -> None:
    with pytest.raises((EvidenceError, ValueError)):
        Spread.read(flawed, "key", 1.0)
