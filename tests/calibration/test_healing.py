"""The fit of healing: where nothing is moved stand the values in use, and those lie near the targets."""

import numpy as np
import pytest
from calibration.healing.posterior import names, parameters, residuals, widths

from puncta.evidence import nominal
from puncta.healing import HealingParameters


def test_what_is_moved_has_a_prior_and_nothing_else_has_one() -> None:
    assert set(widths()) < set(names())


def test_no_score_gives_the_values_in_use() -> None:
    at_zero, known = parameters(np.zeros((1, len(names())))), nominal(HealingParameters)
    for name in names():
        assert getattr(at_zero, name)[0] == pytest.approx(getattr(known, name)[0], rel=1e-9)


def test_the_values_in_use_lie_near_the_targets() -> None:
    distance = residuals(np.zeros((1, len(names()))))[0]
    assert np.sqrt((distance**2).mean()) < 1.0
