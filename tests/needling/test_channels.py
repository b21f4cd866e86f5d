"""Channels close: recoil within the hour, repair within days, later in the old and under a cover."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.needling.channels import (
    ChannelParameters,
    MeterParameters,
    age_factor,
    hole_radius_mm,
    open_area,
    tewl_fold,
    tone_factor,
)

P = nominal(ChannelParameters)
DRAWS = draw(ChannelParameters, 300, seed=2)
HOURS = np.array([0.0, 2.0, 24.0, 48.0, 168.0])


def _opened(depth_row: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    density, radius = depth_row
    return np.array([1 - np.exp(-density / 100 * np.pi * radius**2)]), np.array([radius])


@pytest.mark.parametrize(
    ("row", "rise_percent"),
    [((1000.0, 0.045), [173, 5.4, 2.7, 0.4, 0]), ((1000.0, 0.06), [299, 9.3, 5.0, 0.8, 0])],
    ids=["0.5 mm pen", "1.5 mm pen"],
)
def test_water_loss_rises_at_once_and_little_of_it_is_left_after_recoil(
    row: tuple[float, float], rise_percent: list[float]
) -> None:
    fold = tewl_fold(open_area(HOURS, *_opened(row), P), P)
    assert 100 * (fold[0] - 1) == pytest.approx(rise_percent, abs=0.6)


def test_under_a_cover_half_is_open_at_21_hours_and_a_few_per_cent_at_55() -> None:
    """Light skin at 26 years; the people of Ogunjimi 2021 (half-lives 20 to 26 h, lifetimes 58 to 63 h) were mixed."""
    share = open_area(np.array([21.0, 55.0]), np.ones(1), np.array([0.06]), P, occluded=True)[0]
    assert share == pytest.approx([0.5, 0.036], abs=0.02)


def test_in_open_air_less_is_open_after_two_hours_than_impedance_can_tell() -> None:
    """Gupta 2011: all sites back to baseline within two hours, every geometry."""
    meter = draw(MeterParameters, 300, seed=2)
    share = open_area(np.array([2.0]), np.ones(300), np.full(300, 0.05), DRAWS)[:, 0]
    assert np.mean(share <= meter.closed_share_fraction) > 0.95


def test_a_slow_person_keeps_channels_open_longer_and_persons_lie_as_far_apart_as_their_studies_say() -> None:
    hours, one, radius = np.arange(0.0, 400.0, 1.0), np.ones(300), np.full(300, 0.05)
    slow, quick = (dataclasses.replace(DRAWS, person_fold=np.full(300, fold)) for fold in (1.3, 0.8))
    covered = [open_area(hours, one, radius, law, occluded=True) for law in (slow, quick)]
    assert np.all(covered[0] >= covered[1])
    half = hours[(open_area(hours, one, radius, DRAWS, occluded=True) <= 0.5).argmax(axis=1)]
    assert 0.25 < np.std(np.log(half)) < 0.55  # 0.25 in lifetimes, 0.54 in half-lives


def test_a_cover_slows_closing() -> None:
    """The time until a tenth is open grows two to twenty times."""
    hours = np.arange(0.0, 200.0, 0.05)
    one, radius = np.ones(1), np.array([0.04])
    recoiling = dataclasses.replace(P, ph_open=np.array([0.95]))
    opened = open_area(hours, one, radius, recoiling)[0]
    covered = open_area(hours, one, radius, recoiling, occluded=True)[0]
    assert np.all(covered >= opened)
    ratio = hours[(covered < 0.1).argmax()] / hours[(opened < 0.1).argmax()]
    assert ratio > 2


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 1), st.floats(0, 0.2), st.booleans())
def test_the_open_share_starts_at_what_was_opened_and_only_falls(area: float, radius: float, covered: bool) -> None:
    hours = np.linspace(0, 400, 200)
    share = open_area(hours, np.full(300, area), np.full(300, radius), DRAWS, occluded=covered)
    assert share[:, 0] == pytest.approx(np.full(300, area))
    assert np.all(np.diff(share, axis=1) <= 1e-15)
    assert np.all((share >= 0) & (share <= area + 1e-15))


def test_nothing_is_open_before_the_session() -> None:
    assert open_area(np.array([-5.0]), np.ones(1), np.array([0.06]), P)[0, 0] == 0


def test_wider_older_and_darker_close_later() -> None:
    day = np.array([24.0])
    one = np.ones(1)
    usual = open_area(day, one, 0.05 * one, P)
    assert open_area(day, one, 0.08 * one, P) > usual
    assert open_area(day, one, 0.05 * one, P, age_factor=age_factor(75 * one, P)) > usual
    assert open_area(day, one, 0.05 * one, P, tone_factor=tone_factor(35 * one, P)) > usual


def test_age_and_tone_factors_stay_within_what_was_published() -> None:
    assert np.all((age_factor(np.full(300, 75.0), DRAWS) >= 1.3) & (age_factor(np.full(300, 75.0), DRAWS) <= 1.6))
    assert np.all(age_factor(np.full(300, 20.0), DRAWS) == 1)
    assert np.all(tone_factor(np.full(300, 70.0), DRAWS) == 1)


def test_epidermal_holes_close_in_the_hours_that_were_filmed() -> None:
    """Stumpp 2009: half of the lesions of 50 to 150 µm radius closed after 10 to 22 hours."""
    hours = np.arange(0.0, 48.0, 0.1)
    closed = [hours[(hole_radius_mm(hours, np.array([radius]), P)[0] == 0).argmax()] for radius in (0.06, 0.15)]
    assert 7 < closed[0] < 13
    assert 18 < closed[1] < 24
