"""Pain against what trials report, and in the directions that everybody knows."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.safety import PainParameters, pain_score

N = 2000
DRAWN = draw(PainParameters, N, 11)
MEAN = nominal(PainParameters)
MEAN_N = PainParameters(**{f.name: np.full(N, getattr(MEAN, f.name)[0]) for f in fields(PainParameters)})


def _score(length_mm: float, density_per_cm2: float, residual: float = 1.0) -> np.ndarray:
    return pain_score(np.full(N, length_mm), np.full(N, density_per_cm2), np.ones(N), residual, DRAWN)


def _mean_score(length_mm: float, density_per_cm2: float) -> float:
    return float(pain_score(np.array([length_mm]), np.array([density_per_cm2]), np.ones(1), 1.0, MEAN)[0])


@pytest.mark.parametrize(
    ("length_mm", "density", "residual", "reported"),
    [
        pytest.param(0.2, 250, 1.0, 1.35, id="roller 0.2 mm without cream"),
        pytest.param(1.0, 250, 0.70, 5.22, id="roller 1.0 mm with cream"),
        pytest.param(1.25, 4500, 0.32, 3.00, id="pen 1.25 mm, face, 7/7 cream"),
        pytest.param(1.25, 4500, 0.55, 5.38, id="pen 1.25 mm, neck, 2.5/2.5 cream"),
    ],
)
def test_reported_means_lie_within_the_band(length_mm: float, density: float, residual: float, reported: float) -> None:
    low, high = np.percentile(_score(length_mm, density, residual), [10, 90])
    assert low < reported < high


def test_single_needles_follow_powers_and_treatments_saturate() -> None:
    """Gill 2008: three times the length, seven times the score; ten times the needles, just over twice."""
    assert _mean_score(1.45, 1.0) / _mean_score(0.48, 1.0) == pytest.approx(7.0, rel=0.2)
    assert _mean_score(0.62, 50.0) / _mean_score(0.62, 5.0) == pytest.approx(2.1, rel=0.25)
    assert _mean_score(1.5, 4500.0) / _mean_score(0.5, 4500.0) < 1.5
    assert _mean_score(1.0, 4500.0) / _mean_score(1.0, 450.0) < 1.4


def test_persons_differ_by_a_factor_of_their_own() -> None:
    alone = pain_score(
        np.full(N, 0.2), np.full(N, 250.0), np.ones(N), 1.0, replace(MEAN_N, person_fold=DRAWN.person_fold)
    )
    assert np.std(np.log(alone)) == pytest.approx(0.3, rel=0.1)


@given(st.floats(0, 3), st.floats(0, 3), st.floats(1, 5000), st.floats(1, 5000))
def test_deeper_and_denser_never_hurt_less(d1: float, d2: float, n1: float, n2: float) -> None:
    shallow, deep = sorted((d1, d2))
    sparse, dense = sorted((n1, n2))
    assert np.all(_score(shallow, sparse) <= _score(deep, dense) + 1e-9)


@given(st.floats(0, 5), st.floats(0, 1e5), st.floats(0, 1))
def test_the_score_stays_on_its_scale_and_cream_never_adds(depth_mm: float, density: float, residual: float) -> None:
    bare, creamed = _score(depth_mm, density), _score(depth_mm, density, residual)
    assert np.all((bare >= 0) & (bare <= 10))
    assert np.all(creamed <= bare)


def test_no_needle_no_pain() -> None:
    assert np.all(_score(0.0, 0.0) == 0)
