"""Pain against what trials report, and in the directions that everybody knows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.safety import SafetyParameters, pain_score

N = 2000
DRAWN = draw(SafetyParameters, N, 11)
MEAN = nominal(SafetyParameters)


def _score(depth_mm: float, density_per_cm2: float, residual: float = 1.0) -> np.ndarray:
    return pain_score(np.full(N, depth_mm), np.full(N, density_per_cm2), np.ones(N), residual, DRAWN)


@pytest.mark.parametrize(("depth_mm", "score"), [(0.2, 1.5), (0.5, 4.0), (1.0, 6.6), (1.5, 7.8), (2.5, 8.8)])
def test_the_law_runs_through_its_published_points(depth_mm: float, score: float) -> None:
    found = pain_score(np.array([depth_mm]), np.array([250.0]), np.ones(1), 1.0, MEAN)
    assert found[0] == pytest.approx(score, abs=0.06)


@pytest.mark.parametrize(
    ("depth_mm", "density", "residual", "reported"),
    [
        pytest.param(1.0, 250, 0.80, 5.22, id="roller 1.0 mm with cream"),
        pytest.param(1.0, 1500, 0.41, 3.00, id="pen 1.25 mm, face, 7/7 cream"),
        pytest.param(1.0, 1500, 0.74, 5.38, id="pen 1.25 mm, neck, 2.5/2.5 cream"),
    ],
)
def test_reported_means_lie_within_the_band(depth_mm: float, density: float, residual: float, reported: float) -> None:
    low, high = np.percentile(_score(depth_mm, density, residual), [10, 90])
    assert low < reported < high


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
