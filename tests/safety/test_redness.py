"""Redness that can be seen: masking by skin colour, thresholds, hours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import draw
from puncta.safety import SafetyParameters, seen_from_delta_a, skin_tone, visible_hours, visible_redness

N = 200
DRAWN = draw(SafetyParameters, N, 2)


def seen(angle: float | None, phototype: int, latent: float) -> np.ndarray:
    return visible_redness(np.full((N, 2), latent), skin_tone(angle, np.full(N, phototype), 2))[:, 0]


@pytest.mark.parametrize("latent", [2.4, 4.3, 7.2])
def test_light_skin_shows_what_is_there_and_dark_skin_less_than_six_tenths(latent: float) -> None:
    """Six tenths is what an older run without mirror reflection left at an angle of -35."""
    assert np.median(seen(48.0, 2, latent)) == pytest.approx(latent, rel=0.02)
    low, high = np.percentile(seen(-35.0, 6, latent), [10, 90])
    assert 0.1 * latent < low < high < 0.6 * latent


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.floats(0, 20))
def test_darker_types_never_look_redder_nor_show_it_sooner(one: int, other: int, latent: float) -> None:
    lighter, darker = sorted((one, other))
    on_dark, on_light = seen(None, darker, latent), seen(None, lighter, latent)
    # the lightest skins differ by a hair either way
    assert np.mean(on_dark) <= 1.03 * np.mean(on_light) + 1e-9
    if lighter < darker and darker > 4 and latent > 0.1:
        assert np.mean(on_dark) < 0.95 * np.mean(on_light)
    types = (np.full(N, kind) for kind in (darker, lighter))
    late, soon = (np.median(seen_from_delta_a(kind, DRAWN)) for kind in types)
    assert late >= soon


def test_a_measured_angle_counts_and_the_phototype_then_does_not() -> None:
    assert np.array_equal(seen(-12.0, 2, 5.0), seen(-12.0, 6, 5.0))
    assert np.median(seen(-12.0, 2, 5.0)) < 0.8 * np.median(seen(None, 2, 5.0))


def test_a_phototype_alone_leaves_more_open_than_a_measured_angle() -> None:
    guessed, measured = seen(None, 5, 5.0), seen(-8.0, 5, 5.0)
    assert np.ptp(np.percentile(guessed, [10, 90])) > 1.3 * np.ptp(np.percentile(measured, [10, 90]))


def test_the_trace_names_the_angle_or_the_type() -> None:
    assert "optics.ita_error_degrees" in skin_tone(18.0, np.full(3, 4), 0).rests_on
    guessed = skin_tone(None, np.full(3, 4), 0).rests_on
    assert "optics.phototype_4_ita_degrees" in guessed
    assert "optics.ita_error_degrees" not in guessed
    assert len(set(guessed)) == len(guessed)


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


def test_a_darker_angle_is_a_lower_lightness() -> None:
    light, dark = (skin_tone(angle, np.full(50, 4), seed=0).lightness for angle in (50.0, -30.0))
    assert np.all(dark < light)
    assert 60 < np.median(light) < 75
