"""People: the same in any chunk, spread as stated, drawn together as stated."""

from dataclasses import fields, replace

import numpy as np
from tests.trials.small import changed, parallel_trial, split_trial

from puncta.trials.population import kept_sessions, trial_people


def test_a_person_is_the_same_however_many_are_drawn() -> None:
    for trial in (split_trial(people_count=500), parallel_trial(people_count=30, trials_count=20)):
        every, some = trial_people(trial, 0, 500), trial_people(trial, 130, 77)
        for field in fields(every):
            whole, part = getattr(every, field.name), getattr(some, field.name)
            if field.name == "body":
                for one in fields(whole):
                    assert np.array_equal(getattr(whole, one.name)[130:207], getattr(part, one.name))
            else:
                assert np.array_equal(whole[130:207], part), field.name


def test_mixes_ranges_and_correlations_are_those_that_were_stated() -> None:
    people = trial_people(split_trial(people_count=20_000), 0, 20_000)
    age, severity = people.body.age_years, people.severity_score
    assert age.min() >= 18 and age.max() <= 55 and severity.min() >= 6 and severity.max() <= 45
    assert abs(people.body.male.mean() - 0.4) < 0.015
    assert np.allclose([(people.body.phototype == t).mean() for t in (3, 4, 5)], [0.3, 0.5, 0.2], atol=0.015)
    assert np.allclose(np.bincount(people.scar) / people.n, [0.4, 0.4, 0.2], atol=0.015)
    assert 0.15 < np.corrcoef(age, severity)[0, 1] < 0.22


def test_a_positive_correlation_with_female_makes_women_the_more_severe() -> None:
    trial = changed(
        (
            'first = "age_years", second = "severity_score", by = 0.2',
            'first = "female", second = "severity_score", by = 0.6',
        )
    )
    people = trial_people(replace(trial, people_count=8000), 0, 8000)
    assert people.severity_score[~people.body.male].mean() > people.severity_score[people.body.male].mean() + 2


def test_arms_of_a_parallel_trial_stay_level_and_keep_their_ratio() -> None:
    trial = parallel_trial(people_count=40, trials_count=25)
    arm = trial_people(trial, 0, 1000).arm.reshape(25, 40)
    assert np.all(arm.sum(axis=1) == 20)
    uneven = replace(trial, arms=(replace(trial.arms[0], ratio=3), trial.arms[1]))
    assert np.all((trial_people(uneven, 0, 1000).arm.reshape(25, 40) == 0).sum(axis=1) == 30)


def test_people_are_lost_and_sessions_missed_as_often_as_stated() -> None:
    trial = changed(("drop_out = 0.1", "drop_out = 0.3"), ("sessions_kept = 0.95", "sessions_kept = 0.8"))
    trial = replace(trial, people_count=20_000)
    people = trial_people(trial, 0, 20_000)
    assert abs((people.lost_day < 180).mean() - 0.3) < 0.01
    came = kept_sessions(trial, people, (0, 28, 56))
    assert came[:, 0].all()
    staying = people.lost_day > 56
    assert abs(came[staying, 1:].mean() - 0.8) < 0.01
    assert not came[people.lost_day < 28, 1].any()


def test_operators_are_shared_by_the_people_of_one_trial() -> None:
    people = trial_people(split_trial(people_count=20, trials_count=3), 0, 60)
    assert set(people.operator[:20]) == {0, 1} and set(people.operator[20:40]) == {2, 3}
