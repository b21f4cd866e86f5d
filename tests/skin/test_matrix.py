"""Matrix: collagen and elastin fall as published, and an untreated person follows the age curve exactly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence import draw, nominal
from puncta.skin import MatrixParameters, collagen_age_fold, collagen_of_young_fraction, elastin_intact_fraction

MEAN = nominal(MatrixParameters)


def test_collagen_falls_by_about_a_hundredth_a_year() -> None:
    assert collagen_of_young_fraction(np.array([21.0]), MEAN)[0] == pytest.approx(0.99)


@given(st.floats(10, 90), st.floats(0, 20))
def test_untreated_skin_follows_the_age_curve_exactly(age: float, years: float) -> None:
    law = draw(MatrixParameters, 20, 5)
    today, then = (collagen_of_young_fraction(np.full(20, at), law) for at in (age, age + years))
    fold = collagen_age_fold(np.full(20, age), np.array([0.0, years * 365.25]), law)
    assert np.all(fold[:, 0] == 1)
    assert fold[:, 1] == pytest.approx(then / today, rel=1e-12)


@given(st.floats(10, 100), st.floats(0, 1))
def test_intact_elastin_is_a_share_that_sun_and_age_lower(age: float, spoilt: float) -> None:
    kept = elastin_intact_fraction(np.array([age]), np.array([spoilt]), MEAN)[0]
    assert 0 <= kept <= 1 - spoilt
    assert elastin_intact_fraction(np.array([age + 5]), np.array([spoilt]), MEAN)[0] <= kept
