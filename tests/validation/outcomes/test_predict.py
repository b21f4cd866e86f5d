"""Predict: an arm under its own protocol, blind to its own figure."""

from dataclasses import replace

import numpy as np
import pytest

from puncta.appearance import AppearanceParameters
from puncta.evidence import arms, draw, nominal
from puncta.validation.outcomes import RaterParameters, predict, study_of, truth
from puncta.validation.outcomes.arm_course import arm_courses, completed

N = 600
LAW, RATERS = draw(AppearanceParameters, N, 0), draw(RaterParameters, N, 0)


def _seen(key: str) -> np.ndarray:
    return predict(arms()[key], study_of(arms()[key]), LAW, RATERS, 0)


def test_the_figure_itself_is_never_looked_at() -> None:
    arm = arms()["A07a"]
    other = replace(arm, improvement_fraction=0.9)
    assert np.array_equal(_seen("A07a"), predict(other, study_of(arm), LAW, RATERS, 0))


def test_what_is_printed_is_taken_as_printed_and_the_rest_differs_between_draws() -> None:
    assert len(set(arm_courses(arms()["A03"], 24, 0))) == 1
    unprinted = arm_courses(completed(arms()["A26"], study_of(arms()["A26"])), 24, 0)
    assert len({len(course.session_days) for course in unprinted}) > 1
    assert len({course.read_day for course in unprinted}) > 10


def test_a_reading_half_way_through_knows_the_sessions_still_to_come() -> None:
    course = arm_courses(completed(arms()["M09a"], study_of(arms()["M09a"])), 1, 0)[0]
    assert course.session_days == (0, 30, 60, 90)
    assert course.read_day == 60


def test_a_cream_is_judged_on_the_day_of_the_arm_it_is_compared_with() -> None:
    assert completed(arms()["M02b"], study_of(arms()["M02b"])).followup_days == arms()["M02a"].followup_days


def test_an_untreated_half_hardly_changes() -> None:
    low, middle, high = np.percentile(_seen("A01d"), (10, 50, 90))
    assert -0.2 < low < 0.05 < middle < 0.12 < high


def test_both_sides_of_one_trial_share_what_is_their_study() -> None:
    plain, active = _seen("A10a"), _seen("A10b")
    assert np.corrcoef(plain, active)[0, 1] > 0.5
    assert abs(np.corrcoef(plain, _seen("A16a"))[0, 1]) < 0.35


def test_the_plain_side_of_a_comparison_is_marked_down_and_an_open_one_up() -> None:
    middle = {design: np.median(predict(replace(arms()["A03"], design=design), [], LAW, RATERS, 0)) for design in
              ("blinded", "open", "plain_side")}  # fmt: skip
    assert middle["plain_side"] < middle["blinded"] < middle["open"]


def test_more_people_give_a_narrower_band() -> None:
    arm = arms()["A35a"]
    few, many = (predict(replace(arm, improvement_se_fraction=se), [arm], LAW, RATERS, 0) for se in (0.15, 0.01))
    assert np.std(few) > np.std(many)


def test_without_injury_needling_alone_leaves_melasma_as_it_is() -> None:
    law = nominal(AppearanceParameters)
    nothing = replace(law, pigment_per_session=np.zeros(1))
    assert truth(arms()["M09b"], study_of(arms()["M09b"]), nothing, np.zeros(1), 0)[0] == pytest.approx(0.0, abs=1e-9)
