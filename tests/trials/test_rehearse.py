"""The table of signals against the whole simulation of every person."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from tests.trials.small import split_trial

from puncta.trials import analyse_trial, rehearse, run_trial
from puncta.trials.block import BLOCK


def _both(tmp_path: Path, worlds: str, trials: int, operators: int = 2) -> tuple[np.ndarray, np.ndarray]:
    trial = split_trial(people_count=16, trials_count=trials, worlds=worlds)
    trial = replace(trial, conduct=replace(trial.conduct, operators_count=operators))
    whole = analyse_trial(run_trial(trial, tmp_path, csv=False)).compared
    return whole.estimate, rehearse(trial).compared().estimate


def test_with_nominal_worlds_and_hands_of_their_own_the_first_thousand_people_are_the_same_to_the_digit(
    tmp_path: Path,
) -> None:
    whole, table = _both(tmp_path, "nominal", BLOCK // 16, operators=0)
    assert np.allclose(whole, table, atol=1e-6)


def test_with_drawn_worlds_the_table_is_close_to_the_whole_simulation(tmp_path: Path) -> None:
    whole, table = _both(tmp_path, "drawn", 3 * BLOCK // 16)
    # differences of single trials in points of the score, and their mean
    assert np.corrcoef(whole, table)[0, 1] > 0.97
    assert abs(np.mean(whole - table)) < 0.15
    assert np.std(whole - table) < 0.2 * np.std(whole)
