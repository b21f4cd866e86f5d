"""A trial file: what is wrong is told at once, each with field, value, what is allowed, why and what to do."""

import pytest
from tests.trials.small import SPLIT, changed, written

from puncta.errors import InputError
from puncta.trials import read_trial, trial_from


def _problems(*changes: tuple[str, str]) -> dict[str, str]:
    with pytest.raises(InputError) as refused:
        changed(*changes)
    for problem in refused.value.problems:
        assert problem.given and problem.allowed and problem.why and problem.do, problem
    return {problem.field: str(problem) for problem in refused.value.problems}


def test_every_example_can_be_read_and_says_what_it_teaches() -> None:
    for file in sorted(SPLIT.parent.glob("*.toml")):
        assert read_trial(file).teaches, file


def test_arms_without_a_shared_scale_are_refused() -> None:
    told = _problems(('name = "untreated"', 'name = "untreated"\nscales = ["goodman_baron_grade"]'))
    assert "goodman_baron_grade" in told["arm.scales"] and "goodman_baron_score" in told["arm.scales"]


def test_shares_that_do_not_add_to_one_are_refused() -> None:
    told = _problems(("{ III = 0.3, IV = 0.5, V = 0.2 }", "{ III = 0.3, IV = 0.5, V = 0.4 }"))
    assert "add to 1.2" in told["population.phototype"]


def test_correlations_that_contradict_each_other_are_refused() -> None:
    pairs = (
        '{ first = "age_years", second = "severity_score", by = 0.9 }, '
        '{ first = "severity_score", second = "phototype", by = 0.9 }, '
        '{ first = "age_years", second = "phototype", by = -0.9 }'
    )
    told = _problems(('{ first = "age_years", second = "severity_score", by = 0.2 }', pairs))
    assert "contradict" in told["population.correlated"]


def test_nobody_and_a_trial_that_is_never_held_are_refused() -> None:
    told = _problems(("people = 20", "people = 0"), ("trials = 50", "trials = 0"))
    assert "nothing" in told["people"] and "nothing" in told["trials"]


def test_misspelt_names_get_the_nearest() -> None:
    told = _problems(
        ('"exceed"', '"exced"'),
        ("zone = { cheek = 1.0 }", "zone = { cheeck = 1.0 }"),
        ("ice_pick = 0.2", "icepick = 0.2"),
    )
    assert "exceed" in told["arm[0].device"] and "cheek" in told["population.zone"]
    assert "ice_pick" in told["population.scar_type"]


def test_a_field_that_is_not_known_is_refused() -> None:
    assert "not known" in _problems(("drop_out = 0.1", "drop_outs = 0.1"))["conduct.drop_outs"]


def test_a_dial_beyond_the_device_a_late_session_and_a_strange_day_are_told_together() -> None:
    told = _problems(
        ("dial_mm = 1.5", "dial_mm = 2.5"), ("interval_days = 28", "interval_days = 120"), ("day = 180", "day = 90")
    )
    assert {"arm[0].dial_mm", "arm[0].sessions", "analysis.day"} <= set(told)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('design = "split_face"                       #', 'design = "parallel" #', "analysis.test"),
        ('test = "paired_t"', 'test = "t"', "analysis.test"),
        ('second = "untreated"\nday', 'second = "needled"\nday', "analysis.second"),
        ("[0, 84, 180]", "[0, 180, 84]", "visit_days"),
        (
            "mean = 17, sd = 6, low = 6, high = 45",
            "mean = 17, sd = 6, low = 6, high = 145",
            "population.severity_score",
        ),
        ("mean = 30, sd = 8, low = 18, high = 55", "mean = 16, sd = 8, low = 18, high = 55", "population.age_years"),
        ('does = "untreated"', 'does = "home"', "arm[1]"),
        ("sessions = 3\n", "", "arm[0]"),
        ('concern = "atrophic_acne_scars"', 'concern = "acne"', "concern"),
        ("people = 20 ", 'people = "many" ', "people"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(old: str, new: str, field: str) -> None:
    assert field in _problems((old, new))


def test_a_line_that_is_no_toml_is_told_by_its_number() -> None:
    with pytest.raises(InputError, match="line"):
        trial_from(written(("format = 1", "format = = 1")))
