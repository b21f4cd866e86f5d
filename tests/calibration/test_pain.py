"""The fit of pain: its draws belong to the model as it is, and meet the rows within their errors."""

import numpy as np
import pytest
from calibration.pain.posterior import law_names, names, observe, read, values

from puncta.evidence import fitted, parameter

KEPT = fitted("pain")


def test_all_of_the_law_was_moved_and_is_called_fitted() -> None:
    assert KEPT is not None
    assert min(KEPT.contraction.values()) > 0.5
    assert {parameter(f"pain.{name}").kind for name in law_names()} == {"fitted"}


def test_the_kept_law_meets_what_was_read_without_cream_within_its_error() -> None:
    assert KEPT is not None
    k = KEPT.columns["half_length_mm"].shape[0]
    found = values(np.zeros((k, len(names()))))
    found |= {name: KEPT.columns[name] for name in law_names()}
    seen, told = observe(found), read("targets")
    for part in ("length", "number"):
        off = np.log(np.median(seen[told[part]["row"]]) / told[part]["fold"])
        assert abs(off) < 2.0 * told[part]["log_error"]  # the length of the arrays is held where it was thought to be
    bare = told["mean"][0]
    assert bare["cream"] == ""
    assert np.median(seen[bare["row"]]) == pytest.approx(bare["score"], abs=1.5 * bare["error"])
