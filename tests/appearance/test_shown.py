"""Shown: where a mean of studies predicts better, the forecast is that mean and says so."""

import numpy as np
import pytest

from puncta.appearance import AppearanceParameters, Tissue, forecast
from puncta.appearance.shown import shown, study_heading
from puncta.evidence import arms, draw
from puncta.messages import has_text
from puncta.validation.outcomes import MODEL, TESTABLE, left_out, tally, validate_outcomes

N = 3000
LAW = draw(AppearanceParameters, N, 1)
SAME = Tissue(*np.ones((4, N)))
DAYS = np.array([0.0, 30.0, 400.0])
MONTHLY = (0, 28, 56, 84)


def _plasma() -> tuple[np.ndarray, str, tuple[str, ...]]:
    found = forecast("atrophic_acne_scars", "", MONTHLY, DAYS, SAME, "plasma", (), 4, 1, LAW)
    return found.improvement_fraction, found.thin, found.studies


def test_a_baseline_is_shown_exactly_where_it_scores_better_in_either_exercise() -> None:
    held = validate_outcomes(20000).held_back
    for heading in TESTABLE:
        best = {
            tally(heading, own).best
            for own in ([e for e in left_out() if e.heading == heading], [e for e in held if e.heading == heading])
            if own
        }
        assert (shown(heading) is not None) == (best != {MODEL}), heading


def test_a_shown_mean_starts_at_nothing_and_ends_at_the_mean_of_its_studies() -> None:
    mean = shown("acne_plasma")
    assert mean is not None
    values, thin, studies = _plasma()
    assert np.all(values[:, 0] == 0)
    assert np.median(values[:, -1]) == pytest.approx(mean.mean_fraction, abs=0.02)
    assert thin == f"appearance.shown.{mean.baseline}"
    assert has_text(thin)
    assert studies == mean.rows


def test_a_shown_mean_is_made_of_calibration_rows_alone() -> None:
    for heading in TESTABLE:
        mean = shown(heading)
        if mean is not None:
            assert all(arms()[row].role != "validation" for row in mean.rows)


def test_headings_follow_what_is_done() -> None:
    assert study_heading("acne", False, "") == ""
    assert study_heading("acne", True, "vitamin_c") == "acne_product"
    assert study_heading("melasma", True, "") == ""
    assert study_heading("melasma", True, "tranexamic_acid") == "melasma_product"
    assert study_heading("", True, "plasma") == ""
