"""Validation of outcomes: what the two exercises must show, and that what is stored is not stale."""

import numpy as np
import pytest

from puncta.evidence import arms, fitted
from puncta.validation.outcomes import (
    BASELINES,
    MODEL,
    TESTABLE,
    checks,
    left_out,
    left_out_hash,
    outcome_validation_record,
    predictive_checks,
    probe,
    probe_hash,
    scored,
    validate_outcomes,
)

FOUND = validate_outcomes(2000)
CHECKS = {check.name: check for check in checks()}


def test_no_study_both_calibrates_and_validates() -> None:
    roles: dict[str, set[str]] = {}
    for arm in arms().values():
        if arm.role in ("calibration", "validation", "reproduction"):
            roles.setdefault(arm.study, set()).add(arm.role)
    assert all(len(found) == 1 for found in roles.values())
    kept = fitted("appearance")
    assert kept is not None
    assert all(arms()[row].role in ("calibration", "reproduction") for row in kept.rows)


@pytest.mark.parametrize("name", ["left_out", "held_back"])
def test_bands_hold_and_the_model_beats_both_baselines_over_all(name: str) -> None:
    line = FOUND.tallies(getattr(FOUND, name))[-1]
    assert 0.70 <= line.inside80_count / line.readings_count <= 0.90
    assert all(line.interval_scores[MODEL] < line.interval_scores[other] for other in BASELINES)


def test_every_study_of_a_testable_heading_is_left_out_once_for_each_reading() -> None:
    rows = [entry.arm.key for entry in left_out()]
    assert len(rows) == len(set(rows)) == 44
    assert {entry.heading for entry in left_out()} == set(TESTABLE)


def test_what_was_stored_belongs_to_studies_and_law_as_they_are() -> None:
    assert left_out_hash() == probe_hash() == predictive_checks()["probe_hash"]


def test_the_priors_could_have_held_the_studies_and_the_fit_does() -> None:
    stored = predictive_checks()
    for name, least in (("prior", 0.9), ("fit", 0.8)):
        every = stored[name]["all"]
        assert every["inside80"] >= least * every["readings"]
        low, _, high = every["mean"]["band95"]
        assert low < every["mean"]["reported"] < high
    assert stored["fit"]["all"]["width80"] < stored["prior"]["all"]["width80"]


def test_the_draws_belong_to_the_law_as_it_is() -> None:
    kept = fitted("appearance")
    assert kept is not None
    for arm in scored(arms().values()):
        assert probe(arm) == pytest.approx(kept.probes[arm.key], rel=1e-4), arm.key


def test_the_law_agrees_with_the_program_of_the_fit_which_was_written_apart() -> None:
    """Within a hundredth: the program leaves out the gate of injury and takes the middle of a range."""
    kept = fitted("appearance")
    assert kept is not None
    apart = {key.removesuffix("_apart"): value for key, value in kept.probes.items() if key.endswith("_apart")}
    printed = [key for key in apart if arms()[key].sessions_low is None]
    assert len(printed) > 25
    for key in printed:
        assert probe(arms()[key]) == pytest.approx(apart[key], abs=0.006), key


def test_kinetics_of_the_weekly_course_and_the_blinded_trial_are_reproduced() -> None:
    for name in ("share_last", "share_day_30", "points_A01a", "points_A01b"):
        assert CHECKS[name].met, name


def test_two_trials_without_effect_lie_in_the_band_of_95() -> None:
    assert CHECKS["almost_none_A07a"].met
    assert CHECKS["almost_none_A35a"].met


def test_pigment_falls_by_a_near_constant_factor_per_session() -> None:
    for key in ("M09", "M10"):
        two, four = CHECKS[f"factor_{key}a"], CHECKS[f"factor_{key}b"]
        assert two.met, key
        assert four.met, key
        assert two.median == pytest.approx(four.median, abs=0.03), key


def test_what_cannot_be_tested_is_told_apart() -> None:
    record = outcome_validation_record(FOUND)
    headings = {entry["heading"] for entry in record["readings"]["untestable"]}
    assert headings == {"acne_untreated", "melasma_alone", "ageing", "striae", "raised_scars"}
    told = [row["row"] for part in ("held_back", "reproduced", "untestable") for row in record["readings"][part]]
    assert sorted(told) == sorted(arm.key for arm in scored(arms().values()))
    assert all(row["reason"] for row in record["unusable"])


def test_scores_of_stored_readings_are_those_of_their_bands() -> None:
    for entry in left_out():
        width = entry.high - entry.low
        missed = max(entry.low - entry.figure, 0.0) + max(entry.figure - entry.high, 0.0)
        assert entry.interval_scores[MODEL] == pytest.approx(width + 10 * missed, abs=2e-3)
        assert np.isfinite(list(entry.ranked_scores.values())).all()
