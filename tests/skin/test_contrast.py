"""Contrast: a patch stands out less as it lightens, on every tone, and not at all once its melanin is as around it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.skin import OpticsParameters, melanin_from_ita, patch_contrast_delta_e

LAW = nominal(OpticsParameters)
TONES = (55.0, 40.0, 20.0, 0.0, -20.0, -40.0)


def _melanin(ita: float) -> float:
    return float(melanin_from_ita(np.array([ita]), LAW)[0])


@pytest.mark.parametrize("ita", TONES)
def test_the_difference_falls_with_the_contrast_and_ends_at_nothing(ita: float) -> None:
    left = np.linspace(1.5, 0.0, 16)[None, :]
    found = patch_contrast_delta_e(left, np.array([_melanin(ita)]), np.array([1.5]), LAW)[0]
    assert np.all(np.diff(found) < 0)
    assert found[-1] == 0


@settings(max_examples=20, deadline=None)
@given(st.floats(1.05, 2.5), st.floats(1.05, 2.5), st.sampled_from(TONES))
def test_a_darker_patch_stands_out_more(one: float, other: float, ita: float) -> None:
    p = draw(OpticsParameters, 2, 0)
    here = np.full(2, _melanin(ita))
    folds = sorted((one, other))
    small, great = (patch_contrast_delta_e(np.ones((2, 1)), here, np.full(2, fold), p) for fold in folds)
    assert np.all(small <= great + 1e-9)


def test_between_the_levels_the_straight_line_is_close() -> None:
    """The difference at a contrast between two of the levels, against the patch computed there."""
    melanin, fold = np.array([_melanin(20.0)]), np.array([1.8])
    laid = patch_contrast_delta_e(np.array([[0.6]]), melanin, fold, LAW)[0, 0]
    exact = patch_contrast_delta_e(np.array([[1.0]]), melanin, 1.0 + 0.6 * (fold - 1.0), LAW)[0, 0]
    assert laid == pytest.approx(exact, rel=0.02)
