"""Examples: each one runs and teaches what it says; the notebook runs and stands in the docs."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.trials.small import SPLIT

from puncta.report.notebook_page import NOTEBOOK, WRITTEN_TO, notebook_cells, run_notebook
from puncta.trials import analyse_trial, compare_designs, read_trial, rehearse, run_trial

FOLDER = SPLIT.parent
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_example_is_held_from_end_to_end(file: Path, tmp_path: Path) -> None:
    trial = read_trial(file)
    found = analyse_trial(run_trial(replace(trial, trials_count=3), tmp_path, csv=False))
    assert np.isfinite(found.compared.estimate).all()
    assert set(found.arms) == {arm.name for arm in trial.arms}


def test_nothing_is_found_about_as_often_as_chance_says() -> None:
    found = rehearse(read_trial(FOLDER / "nothing_differs.toml"), trials=1000).compared()
    assert abs(np.mean(found.p_value < 0.05) - 0.05) < 0.03


def test_the_same_sessions_given_to_more_people_find_more() -> None:
    few, many = (read_trial(FOLDER / f"more_{name}.toml") for name in ("sessions", "people"))
    assert few.people_count * few.arms[0].sessions_count == many.people_count * many.arms[0].sessions_count
    fewer, more = compare_designs((few, many), 300)
    assert more.half_width < fewer.half_width and more.assurance_fraction > fewer.assurance_fraction - 0.02


def test_carrying_the_last_reading_forward_makes_the_treatment_look_weaker() -> None:
    trial = replace(read_trial(FOLDER / "missed_visits.toml"), worlds="nominal")
    carried, seen = (
        np.nanmean(rehearse(replace(trial, analysis=replace(trial.analysis, missing=way)), 200, 40).compared().estimate)
        for way in ("last", "available")
    )
    assert carried < seen - 0.5


def test_grades_need_more_people_than_a_score() -> None:
    grades, score = read_trial(FOLDER / "sham_grades.toml"), read_trial(FOLDER / "more_people.toml")
    coarse, fine = compare_designs((replace(grades, people_count=24), score), 300)
    assert coarse.nominal_fraction < fine.nominal_fraction


def test_the_notebook_runs_and_stands_in_the_docs() -> None:
    page = WRITTEN_TO.read_text(encoding="utf-8")
    assert all(words in page for _, words in notebook_cells(NOTEBOOK))
    said = [out for kind, _, out in run_notebook(NOTEBOOK) if kind == "code"]
    assert all(said) and "OUTSIDE" in said[-1]
