"""Scores: equal to those of SciPy over all that is ever drawn."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from puncta.evidence import heavy_score, normal_chance, normal_score

SHARES = np.concatenate(
    [10.0 ** -np.arange(1.0, 16.0), np.linspace(0.001, 0.999, 999), 1.0 - 10.0 ** -np.arange(1.0, 13.0)]
)


def test_scores_are_those_of_scipy() -> None:
    assert normal_score(SHARES) == pytest.approx(special.ndtri(SHARES), rel=1e-12, abs=1e-15)
    assert heavy_score(SHARES) == pytest.approx(special.stdtrit(4.0, SHARES), rel=1e-9, abs=1e-7)
    scores = np.linspace(-8, 8, 400)
    assert normal_chance(scores) == pytest.approx(special.ndtr(scores), rel=1e-9)


def test_scores_are_those_of_the_standard_library_to_the_last_bit() -> None:
    shares = np.concatenate([SHARES, np.random.default_rng(0).random(20_000), np.nextafter([0.075, 0.925], 0.5)])
    assert normal_score(shares).tolist() == [NormalDist().inv_cdf(share) for share in shares]


@given(st.floats(1e-9, 0.5))
def test_scores_are_even_about_the_middle(share: float) -> None:
    low, high = np.array([share]), np.array([1.0 - share])
    assert normal_score(low) == pytest.approx(-normal_score(high), rel=1e-6, abs=1e-9)
    assert heavy_score(low) == pytest.approx(-heavy_score(high), rel=1e-6, abs=1e-7)


def test_shape_is_kept() -> None:
    assert normal_score(np.full((2, 3), 0.5)).shape == (2, 3)
