"""What a figure rests on, against regression on the same draws, and where nothing varies."""

from __future__ import annotations

import numpy as np
import pytest

from puncta.case import Course, ZoneSetting, read_case
from puncta.errors import PunctaError
from puncta.evidence import draw_one
from puncta.simulation import simulate
from puncta.simulation.sensitivity import sensitivity

CASE = read_case("examples/stretch_marks.toml")
ONCE = Course.regular("gentle", (ZoneSetting("abdomen", 1.0, 4),), 1, 28)


def test_shares_of_a_product_agree_with_regression_on_its_logarithm() -> None:
    found = {one.key: one.variance_fraction for one in sensitivity(CASE, ONCE, "density_per_cm2@abdomen").shares}
    values = np.log(simulate(CASE, ONCE, draws=2000)["density_per_cm2@abdomen"].values[:, 0])
    for key in found:
        column = np.log(draw_one(key, 2000, 0))
        assert found[key] == pytest.approx(np.corrcoef(column, values)[0, 1] ** 2, abs=0.06), key
    assert sum(found.values()) == pytest.approx(1.0, abs=0.1)


def test_persons_and_studies_stand_among_the_causes_of_a_change() -> None:
    found = sensitivity(CASE, ONCE, "improvement_fraction@stretch_marks", 270.0, draws=600)
    assert {"person", "study"} <= {one.key for one in found.shares}
    assert all(one.means for one in found.shares)
    assert [one.variance_fraction for one in found.shares] == sorted(
        (one.variance_fraction for one in found.shares), reverse=True
    )


def test_a_figure_that_does_not_vary_rests_on_nothing() -> None:
    bare = Course("untreated", ())
    found = sensitivity(CASE, bare, "improvement_fraction@stretch_marks", 0.0, draws=200)
    assert found.shares == ()


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(PunctaError, match="too few"):
        sensitivity(CASE, ONCE, "pain_score@abdomen", draws=50)
