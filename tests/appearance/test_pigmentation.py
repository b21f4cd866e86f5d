"""Pigmentation: a constant factor per session, home care alone, and relapse."""

import numpy as np
import pytest

from puncta.appearance import AppearanceParameters, Tissue, coverage, forecast
from puncta.appearance.chance import Chance
from puncta.appearance.pigmentation import lightening
from puncta.evidence import draw, nominal

LAW = nominal(AppearanceParameters)
ZERO, ONE = np.zeros(1), np.ones(1)
NO_RELAPSE = Chance(ZERO, ZERO, ONE)


def test_within_a_course_pigment_falls_by_a_near_constant_factor_per_session() -> None:
    """Row M09: 0.895 per session alone."""
    days = np.array([0.0, 30, 60, 90, 120])
    left = 1 - lightening((0, 30, 60, 90), days, ZERO, ZERO, ONE, NO_RELAPSE, LAW)[0]
    factors = left[1:] / left[:-1]
    assert factors == pytest.approx(np.full(4, factors.mean()), abs=0.012)
    assert 0.88 < factors.mean() < 0.95


def test_hydroquinone_alone_lightens_as_its_trials_say() -> None:
    """Rows M02b and M14b: 47 and 43 % in twelve weeks."""
    gone = lightening((), np.array([0.0, 84.0]), ZERO, LAW.pigment_hydroquinone, ONE, NO_RELAPSE, LAW)[0, 1]
    assert 0.36 < gone < 0.50


def test_a_relapse_takes_back_a_share_after_the_last_session_only() -> None:
    days = np.array([0.0, 90.0, 270.0])
    relapsing = Chance(ZERO, ZERO, ZERO)
    back = lightening((0, 30, 60, 90), days, ZERO, ZERO, ONE, relapsing, LAW)[0]
    held = lightening((0, 30, 60, 90), days, ZERO, ZERO, ONE, NO_RELAPSE, LAW)[0]
    assert back[1] == held[1]
    assert back[2] < held[2]


def test_untreated_melasma_stays_where_it_is_in_the_middle() -> None:
    law = draw(AppearanceParameters, 801, 3)
    untreated = forecast("melasma", "", (), np.array([0.0, 270.0]), Tissue.untouched(801), "", (), 5, 3, law)
    assert abs(np.median(untreated.improvement_fraction[:, 1])) < 0.02


def test_the_counts_of_people_like_this_one_come_from_the_table() -> None:
    """Only M06 among the calibration rows of melasma prints its types, I to IV."""
    assert coverage("melasma", 5).same_type_count == 0
    assert coverage("melasma", 3).same_type_count == 30
    assert coverage("atrophic_acne_scars", 5).same_type_count == 30
