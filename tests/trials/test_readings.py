"""Readings: raters' errors and hopes, drop-out, and traits that change the outcome."""

from dataclasses import replace

import numpy as np
from tests.trials.small import parallel_trial, split_trial

from puncta.trials import Trial, rehearse
from puncta.trials.trial import Conduct, Raters


def _change(trial: Trial, people: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    held = rehearse(replace(trial, worlds="nominal", conduct=Conduct()), people, 1)
    return held.first[:, 0] - held.first[:, -1], held.second[:, 0] - held.second[:, -1]


def test_open_raters_see_more_gone_where_something_was_done() -> None:
    blind, seeing = split_trial(raters=Raters()), split_trial(raters=Raters(blinded=False))
    hope = np.mean(_change(seeing)[0]) - np.mean(_change(blind)[0])
    assert 0.5 < hope < 1.6  # 0.06 of a severity of 17
    assert abs(np.mean(_change(seeing)[1]) - np.mean(_change(blind)[1])) < 1e-9


def test_whoever_gets_a_sham_changes_as_untreated_people_do_and_raters_hope_for_both() -> None:
    trial = parallel_trial()
    sham = replace(trial.arms[1], name="untreated", does="sham")
    blind = _change(replace(trial, arms=(trial.arms[0], sham)))[1]
    plain = _change(trial)[1]
    assert abs(np.nanmean(blind) - np.nanmean(plain)) < 0.15
    seeing = _change(replace(trial, arms=(trial.arms[0], sham), raters=Raters(blinded=False)))[1]
    assert np.nanmean(seeing) > np.nanmean(blind) + 0.4


def test_more_raters_and_the_same_rater_err_less() -> None:
    spread = {
        name: np.std(_change(split_trial(raters=raters))[1])
        for name, raters in (
            ("four", Raters(True, True, 4)),
            ("one", Raters(True, True, 1)),
            ("another", Raters(True, False, 1)),
        )
    }
    assert spread["four"] < spread["one"] < spread["another"]


def test_sides_of_one_person_go_together_and_groups_do_not() -> None:
    trial = split_trial()
    both = replace(trial, arms=(trial.arms[0], replace(trial.arms[0], name="untreated")))
    one, other = _change(both)
    assert 0.4 < np.corrcoef(one, other)[0, 1] < 0.95


def test_missed_sessions_take_away_from_the_effect() -> None:
    trial = replace(split_trial(), worlds="nominal")
    kept, missed = (
        rehearse(replace(trial, conduct=Conduct(sessions_kept_fraction=share)), 4000, 1) for share in (1.0, 0.4)
    )
    assert np.mean(kept.first[:, -1]) < np.mean(missed.first[:, -1]) - 0.3


def test_scars_that_answer_less_change_less() -> None:
    trial = split_trial()
    pits = replace(trial, population=replace(trial.population, scar_type=(("ice_pick", 1.0),)))
    assert np.mean(_change(pits)[0]) < 0.6 * np.mean(_change(trial)[0])
