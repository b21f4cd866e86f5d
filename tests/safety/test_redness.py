"""Redness that can be seen: masking by melanin, thresholds, hours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.safety import SafetyParameters, seen_from_delta_a, visible_hours, visible_redness

MEAN = nominal(SafetyParameters)
N = 500
DRAWN = draw(SafetyParameters, N, 2)


@pytest.mark.parametrize(("latent", "dark"), [(2.4, 1.4), (4.3, 2.4), (7.2, 3.9)])
def test_the_same_blood_gives_the_optics_runs_values_on_dark_skin(latent: float, dark: float) -> None:
    light = visible_redness(np.array([latent]), np.array([2]), MEAN)[0]
    assert light == latent
    assert visible_redness(np.array([latent]), np.array([6]), MEAN)[0] == pytest.approx(dark, abs=0.15)


@given(st.integers(1, 6), st.integers(1, 6), st.floats(0, 20))
def test_darker_skin_never_looks_redder_nor_shows_it_sooner(one: int, other: int, latent: float) -> None:
    lighter, darker = (np.full(N, t) for t in sorted((one, other)))
    given_latent = np.full((N, 3), latent)
    on_dark, on_light = visible_redness(given_latent, darker, DRAWN), visible_redness(given_latent, lighter, DRAWN)
    assert on_dark.shape == (N, 3)
    assert np.mean(on_dark) <= np.mean(on_light) + 1e-9
    assert np.median(seen_from_delta_a(darker, DRAWN)) >= np.median(seen_from_delta_a(lighter, DRAWN))


def test_the_hours_of_an_exponential_fall_are_found() -> None:
    hours = np.linspace(0, 120, 600)
    start, tau = np.array([8.0, 4.0, 1.0]), 24.0
    seen = visible_hours(hours, start[:, None] * np.exp(-hours / tau), np.full(3, 2.0))
    assert seen == pytest.approx([tau * np.log(4), tau * np.log(2), 0.0], abs=0.05)


def test_two_sessions_count_both_times() -> None:
    hours = np.array([0.0, 10.0, 20.0, 30.0])
    assert visible_hours(hours, np.array([[4.0, 0.0, 4.0, 0.0]]), np.array([2.0]))[0] == pytest.approx(15.0)


def test_redness_that_stays_above_counts_whole_and_at_the_line_not_at_all() -> None:
    hours = np.array([0.0, 5.0, 10.0])
    seen = visible_hours(hours, np.array([[3.0, 3.0, 3.0], [2.0, 2.0, 2.0]]), np.full(2, 2.0))
    assert list(seen) == [10.0, 0.0]
