"""Errors: what repeats tell, what the family of figures allows, and the laws behind."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.errors import PunctaError
from puncta.imaging import clinic_errors, contrasts, holm, metrics, read_errors, sdc95, simulated_errors, upper_sem
from puncta.imaging.errors import chance_of, sem_of


def test_published_figures_of_repeats() -> None:
    assert sdc95(1.46) == pytest.approx(4.05, abs=0.01)
    assert sdc95(1.46, 4) == pytest.approx(sdc95(1.46) / 2)
    assert upper_sem(1.0, 8) == pytest.approx(1.7, abs=0.02)
    assert upper_sem(1.0, 20) == pytest.approx(1.36, abs=0.01)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_holm_stands_between_bonferroni_and_each_alone(chances: list[float]) -> None:
    found = holm(chances)
    for chance, stands in zip(chances, found, strict=True):
        if chance <= 0.05 / len(chances):
            assert stands
        if stands:
            assert chance <= 0.05
    ordered = [stands for _, stands in sorted(zip(chances, found, strict=True))]
    assert ordered == sorted(ordered, reverse=True)


def test_holm_keeps_the_family_below_one_in_twenty() -> None:
    rng = np.random.default_rng(0)
    false = 0
    for _ in range(2000):
        changes = rng.normal(0.0, np.sqrt(2.0), 150)
        false += any(holm([chance_of(change, 1.0, 1e6) for change in changes[:20]]))
    assert false / 2000 < 0.06


def test_repeats_give_the_error_within_people() -> None:
    rng = np.random.default_rng(1)
    rows = [list(rng.normal(40.0 + 10 * person, 1.5, 3)) for person in range(400)]
    assert clinic_errors({"ita": rows}).sem["ita"] == pytest.approx(1.5, rel=0.06)


def test_every_metric_has_an_error_and_a_small_zone_a_larger_one() -> None:
    errors = simulated_errors(True)
    assert set(errors.sem) == {*metrics(), *contrasts()}
    for metric in metrics().values():
        large, small = (sem_of(errors, metric, area, 20.0) for area in (8.0, 1.0))
        assert 0 < large <= small


def test_a_wrong_file_of_errors_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "own.toml"
    for words in ("format = 1\nfreedom = 20.0\n[sem]\nnose_length = 1.0\n", "format = 1\n", "nothing"):
        file.write_text(words)
        with pytest.raises(PunctaError, match="no file of errors"):
            read_errors(file)
