"""Absorption of a case: amounts that add up, words that promise nothing, and clear refusals."""

import numpy as np
import pytest

from puncta import InputError, absorb, absorption_record, read_case, text, usual_course
from puncta.absorption import DOSE_PLACES

CASE = read_case("examples/melasma.toml")
COURSE = usual_course(CASE)
FOUND = absorb(CASE, COURSE, product="tranexamic_acid_solution", draws=40, wiped_after_hours=6.0)
RECORD = absorption_record(FOUND)


def test_the_places_of_every_dose_sum_to_what_was_put_on() -> None:
    for one in FOUND.doses:
        for dose in (one.needled, one.whole):
            whole = np.sum([getattr(dose, f"{name}_ug_per_cm2") for name in DOSE_PLACES], axis=0)
            assert whole == pytest.approx(np.repeat(dose.applied_ug_per_cm2[:, None], whole.shape[1], axis=1), rel=1e-8)


def test_needled_skin_takes_up_within_minutes_what_whole_skin_needs_hours_for() -> None:
    one = RECORD["doses"][0]
    quarter = min(range(len(one["hours"])), key=lambda index: abs(one["hours"][index] - 0.25))
    assert one["needled"]["delivered_fraction"]["median"][quarter] > 0.8
    assert one["whole"]["delivered_fraction"]["median"][quarter] < 0.05


def test_levels_by_depth_are_told_and_fall_below_the_needles_in_the_first_minute() -> None:
    profile = FOUND.doses[0].needled.profile
    assert profile is not None
    first = np.median(profile.level_ug_per_ml[:, 1], axis=0)
    assert first[profile.depth_mm > 0.9].max() < 0.1 * first.max()


def test_every_record_bears_the_notice_and_promises_nothing_without_a_study() -> None:
    assert RECORD["notice"] == text("absorb.notice")
    assert "M02a" in RECORD["doses"][0]["needled"]["effect"]
    assert RECORD["doses"][0]["whole"]["effect"] == "delivered, effect unknown"
    assert "enhancement" not in str(RECORD).lower()


def test_what_may_not_lie_on_needled_skin_is_told_as_a_harm() -> None:
    record = absorption_record(absorb(CASE, COURSE, product="niacinamide_serum", draws=20))
    assert "harm" in record["doses"][0]["needled"]["effect"]
    assert record["doses"][0]["needled"]["studies"] == []


def test_a_macromolecule_says_why_whole_skin_is_not_told() -> None:
    record = absorption_record(absorb(CASE, COURSE, product="prp", draws=20))
    assert "macromolecule" in record["doses"][0]["intact_refused"]


def test_everything_that_is_wrong_is_told_together() -> None:
    untreated = type(COURSE)("untreated", ())
    with pytest.raises(InputError) as caught:
        absorb(read_case("examples/acne_scars.toml"), untreated, wiped_after_hours=0.0)
    assert {problem.field for problem in caught.value.problems} >= {"course", "wiped_after_hours"}


def test_an_unknown_product_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="niacinamide_serum"):
        absorb(CASE, COURSE, product="niacinamid_serum")
