"""The fit of dark marks: its draws belong to the model as it is, to rows that calibrate, and say what they know."""

import tomllib

import numpy as np
import pytest
from calibration.safety.fit import probes
from calibration.safety.posterior import law_names, names, observe, rows, type_shares, values

from puncta.evidence import fitted, parameter
from puncta.evidence.fitted import FOLDER
from puncta.validation.safety import dark_marks_left_out
from puncta.validation.safety_row import safety_rows

KEPT = fitted("safety")


def test_only_rows_that_calibrate_are_fitted() -> None:
    assert KEPT is not None and set(KEPT.rows) == set(rows())
    for row in rows():
        assert safety_rows()[row].role == "calibration" and safety_rows()[row].group == "pigment"


def test_the_kept_draws_belong_to_the_model_as_it_is() -> None:
    assert KEPT is not None
    assert probes() == pytest.approx(KEPT.probes, rel=1e-4)


def test_only_what_the_counts_moved_is_called_fitted() -> None:
    assert KEPT is not None and set(KEPT.columns) == set(law_names())
    for name, contraction in KEPT.contraction.items():
        assert (parameter(f"safety.{name}").kind == "fitted") == (contraction > 0.2), name


def test_shares_of_types_are_as_printed() -> None:
    for row in rows():
        assert type_shares(row).sum() == pytest.approx(1.0)
    assert type_shares("A43m")[3] == pytest.approx(27 / 39)
    assert type_shares("A03m").tolist() == [0, 0, 0, 0.5, 0.5, 0]


def test_the_fit_lies_nearer_to_the_counts_than_what_was_thought() -> None:
    assert KEPT is not None
    k = KEPT.columns["pih_light_probability"].shape[0]
    thought = observe(values(np.random.default_rng(0).standard_normal((k, len(names())))))
    found = values(np.random.default_rng(0).standard_normal((k, len(names())))) | dict(KEPT.columns)
    known = observe(found)

    def loss(chances: dict[str, np.ndarray]) -> float:
        told = [(chances[row], safety_rows()[row].value or 0.0, safety_rows()[row].n or 0.0) for row in rows()]
        each = [marked * np.log(p) + (people - marked) * np.log1p(-p) for p, marked, people in told]
        return -float(np.mean(np.sum(each, axis=0)))

    # the courses that reach no depth count nothing, so that only the rest is compared
    assert loss({row: np.maximum(c, 1e-3) for row, c in known.items()}) < loss(
        {row: np.maximum(c, 1e-3) for row, c in thought.items()}
    )


def test_each_series_left_out_is_predicted_from_the_others_and_one_is_missed() -> None:
    left_out = dark_marks_left_out()
    inside = [row for row, (low, _, high) in left_out.items() if low <= (safety_rows()[row].value or 0) <= high]
    assert len(inside) == 4
    assert "A03m" not in inside


def test_what_was_stored_of_series_left_out_belongs_to_the_law_as_it_is() -> None:
    stored = tomllib.loads(FOLDER.joinpath("safety_unseen.toml").read_text(encoding="utf-8"))
    for row, seen in probes().items():
        assert seen == pytest.approx(stored["probes"][row], rel=1e-4), row
