"""Dark marks: starting values set beside what series counted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from calibration.safety.posterior import read
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence import arm, draw, nominal
from puncta.safety import SafetyParameters, counted_dark_marks, pih_probability

N = 2000
DRAWN = draw(SafetyParameters, N, 5)
MEAN = nominal(SafetyParameters)
REFERENCE = float(MEAN.pih_reference_injury_mm3_per_cm2[0])


def _chance(phototype: int, injury: float = REFERENCE, sun: bool = True, melasma: bool = False, before: bool = False):
    return pih_probability(np.full(N, phototype), np.full(N, injury), sun, melasma, before, DRAWN)


@pytest.mark.parametrize(
    ("phototype", "low", "high"), [(1, 0.009, 0.011), (2, 0.009, 0.011), (3, 0.02, 0.03), (4, 0.06, 0.08),
                                   (5, 0.12, 0.17), (6, 0.15, 0.20)]
)  # fmt: skip
def test_before_the_counts_the_chances_by_type_were_those_of_the_reference(
    phototype: int, low: float, high: float
) -> None:
    before = {name: np.array([given["value"]]) for name, given in read("priors")["law"].items()}
    law = replace(MEAN, **before)
    at = pih_probability(np.array([phototype]), np.array([REFERENCE]), True, False, False, law)[0]
    assert low <= at <= high


@pytest.mark.parametrize("phototype", range(1, 7))
def test_the_counts_lower_the_chance_and_leave_room_for_what_was_thought(phototype: int) -> None:
    """No jump beyond what was thought: the middle falls to a third at most, and the bands overlap."""
    before = {name: np.array([given["value"]]) for name, given in read("priors")["law"].items()}
    thought = pih_probability(
        np.array([phototype]), np.array([REFERENCE]), True, False, False, replace(MEAN, **before)
    )[0]
    now = _chance(phototype)
    assert thought / 3 < np.median(now) < thought
    assert np.percentile(now, 99) > thought


def test_counted_series_are_those_of_the_study_table() -> None:
    counted = counted_dark_marks()
    assert (counted["A03"].marked_count, counted["A03"].people_count, counted["A03"].enrolled_count) == (5, 30, 36)
    assert counted["A43"].marked_count == 0 and counted["A43"].people_count == arm("A43").people_count == 39
    assert counted["M15"].marked_count == 1 and counted["M15"].people_count == arm("M15").people_count == 27
    assert arm("A03").people_count == 30 and "PIH 5/30" in arm("A03").adverse_events


def test_expected_counts_of_the_series_are_not_at_odds_with_what_was_counted() -> None:
    """Types are spread evenly over the printed range; each count must lie inside its own 99 % range."""
    injury = {
        "A03": REFERENCE,
        "A43": 2 * REFERENCE,
        "A04": 2 * REFERENCE,
        "M15": REFERENCE,
        "A22": REFERENCE,
        "A12": REFERENCE,
    }
    types = {"A03": (4, 5), "A43": (3, 4, 5), "A04": (3, 4), "M15": (3, 4), "A22": (2, 3), "A12": (4, 5)}
    rng = np.random.default_rng(0)
    for row, series in counted_dark_marks().items():
        chance = np.mean([_chance(t, injury[row], melasma=row == "M15") for t in types[row]], axis=0)
        simulated = rng.binomial(series.people_count, chance)
        low, high = np.percentile(simulated, [0.5, 99.5])
        assert low <= series.marked_count <= high, row


@given(st.integers(1, 6), st.integers(1, 6), st.floats(0, 60), st.floats(0, 60))
def test_darker_skin_and_more_injury_never_lower_the_chance(t1: int, t2: int, v1: float, v2: float) -> None:
    lighter, darker = sorted((t1, t2))
    small, large = sorted((v1, v2))
    assert np.all(_chance(lighter, small) <= _chance(darker, large) + 1e-12)


@given(st.integers(1, 6), st.floats(0.01, 60))
def test_no_sunscreen_melasma_and_earlier_marks_never_lower_the_chance(phototype: int, injury: float) -> None:
    plain = _chance(phototype, injury)
    assert np.all((plain > 0) & (plain < 1))
    for raised in (
        _chance(phototype, injury, sun=False),
        _chance(phototype, injury, melasma=True),
        _chance(phototype, injury, before=True),
    ):
        assert np.all(raised >= plain - 1e-12)


def test_without_injury_there_is_no_chance_and_no_warning() -> None:
    assert np.all(_chance(5, 0.0) == 0)
