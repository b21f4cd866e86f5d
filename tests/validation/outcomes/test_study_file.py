"""Study files: read whole or refused with everything wrong at once; the same rules turn the built-in rows."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.errors import InputError
from puncta.evidence import Arm, arms
from puncta.validation.outcomes.convert import from_classes, from_means, person_error
from puncta.validation.outcomes.study_file import read_study, study_from
from puncta.validation.outcomes.study_text import built_in_studies, study_text

EXAMPLE = Path("examples/studies/invented_trial.toml")


def _tree(**reading: Any) -> dict[str, Any]:
    told = {"followup_days": 60, "scale": "score", "scale_family": "score", **reading}
    arm = {"name": "one", "kind": "needling", "design": "open", "people": 30, "sessions": 4, "reading": [told]}
    return {"format": 1, "name": "Test", "heading": "acne", "arm": [arm]}


def test_the_rules_repeat_the_built_in_rows_that_print_means_and_deviations() -> None:
    repeated = 0
    for row in arms().values():
        told = (row.baseline_mean, row.end_mean, row.baseline_sd, row.end_sd, row.people_count)
        if row.role == "not usable" or row.improvement_fraction is None or None in told or row.key == "S01":
            continue
        if row.baseline_unknown_log_sd is not None or row.trust == "low" or row.key == "M06":
            continue  # change scales; printed figures that disagree; a printed deviation of the percent
        baseline, end, baseline_sd, end_sd, people = told
        assert baseline and end is not None and people
        figure, se = from_means(baseline, end, people, baseline_sd, end_sd)
        assert figure == pytest.approx(row.improvement_fraction, abs=6e-4), row.key
        assert se == pytest.approx(row.improvement_se_fraction, abs=6e-4), row.key
        repeated += 1
    assert repeated >= 15


@pytest.mark.parametrize(("row", "percent"), [("A10a", 45.84), ("A16a", 68.3), ("M01a", 44.41), ("A38b", 28.0)])
def test_the_rules_repeat_the_built_in_rows_that_print_a_percentage(row: str, percent: float) -> None:
    arm = arms()[row]
    assert arm.improvement_fraction == pytest.approx(percent / 100, abs=1e-3)
    assert person_error(arm.people_count or 0) == pytest.approx(arm.improvement_se_fraction, abs=6e-4)


@pytest.mark.parametrize(
    ("row", "limits", "counts"),
    [
        ("A35b", (0.25, 0.5, 0.75), (0, 11, 19, 0)),
        ("W07a", (0.25, 0.5, 0.75), (5, 18, 5, 0)),
        ("M17", (0.5, 0.75), (16.5, 16.5, 28.9)),
    ],
)
def test_the_rules_repeat_the_built_in_rows_that_print_classes(
    row: str, limits: tuple[float, ...], counts: tuple[float, ...]
) -> None:
    figure, se = from_classes(limits, counts)
    assert figure == pytest.approx(arms()[row].improvement_fraction, abs=0.012)
    assert se == pytest.approx(arms()[row].improvement_se_fraction, abs=0.008)


def test_where_everybody_falls_into_the_lowest_class_the_mean_is_small_and_not_below_no_change() -> None:
    figure, se = from_classes((0.25,), (30, 0))
    assert 0 <= figure < 0.1
    assert se >= 0.02


@given(st.floats(1, 50), st.floats(0, 60), st.integers(5, 200))
def test_means_without_deviations_take_the_usual_spread(baseline: float, end: float, people: int) -> None:
    figure, se = from_means(baseline, end, people)
    assert figure == pytest.approx(1 - end / baseline)
    assert se == pytest.approx(person_error(people))


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4).filter(lambda counts: sum(counts) > 5))
def test_more_people_in_better_classes_give_a_greater_mean(counts: list[int]) -> None:
    limits = (0.25, 0.5, 0.75)
    better = [0, *counts[:-1]]
    better[-1] += counts[-1]
    assert from_classes(limits, better)[0] >= from_classes(limits, counts)[0] - 1e-9


def test_the_example_is_read_and_its_last_reading_of_each_arm_is_scored() -> None:
    study = read_study(EXAMPLE)
    assert [arm.is_primary for arm in study.arms] == [True, True]
    assert study.arms[0].improvement_fraction == pytest.approx(1 - 11.9 / 18.0)
    assert study.arms[1].sessions == 0


def test_all_problems_of_a_file_are_told_together() -> None:
    tree = _tree(percent={"mean": 40}, responders=[{"above_percent": 50, "people": 10}])
    tree["arm"][0] |= {"people": 0, "design": "blind", "needle_length_mm": 9}
    tree["colour"] = "red"
    with pytest.raises(InputError) as caught:
        study_from(tree)
    told = {problem.field for problem in caught.value.problems}
    assert {"arm[0].people", "arm[0].design", "arm[0].needle_length_mm", "arm[0].reading[0]", "colour"} <= told
    assert all(problem.allowed and problem.do for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ({}, "one of"),
        ({"baseline": {"mean": 4}}, "together"),
        ({"responders": [{"above_percent": 50, "people": 5}, {"above_percent": 25, "people": 9}]}, "rise"),
        ({"responders": [{"above_percent": 25, "people": 31}]}, "no more responders than people"),
    ],
)
def test_a_report_that_says_nothing_or_contradicts_itself_is_refused(reading: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        study_from(_tree(**reading))


def _arm(**other: Any) -> dict[str, Any]:
    tree = _tree(percent={"mean": 40})
    tree["arm"][0] |= other
    return tree


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (_tree(percent={"mean": float("nan")}), "finite"),
        (_tree(change={"fall": 3, "low95": 8, "high95": 4, "baseline": 18}), "low95"),
        (_tree(change={"fall": 60, "low95": 40, "high95": 80, "baseline": 18}), "no greater than the baseline"),
        (_tree(baseline={"mean": 18}, end={"mean": 180}), "twice as bad"),
        (_arm(people="24"), "valid integer"),
        (_arm(people=True), "valid integer"),
        (_arm(phototypes=[5, 3]), "smaller end first"),
        (_arm(sessions=0), "sessions where there is needling"),
        (_arm(kind="untreated", sessions=4), "none where an arm is untreated"),
        (_arm(kind="needling+product"), "an addon"),
        ({**_arm(), "arm": _arm()["arm"] * 2}, "name of its own"),
    ],
)
def test_slips_of_the_pen_are_refused_with_what_is_allowed_and_why(tree: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        study_from(tree)
    assert all(problem.why for problem in caught.value.problems)


def test_thousands_of_people_in_classes_still_give_a_figure() -> None:
    figure, se = from_classes((0.5, 0.75), (800, 300, 900))
    assert 0.5 < figure < 0.8
    assert 0.02 <= se < 0.05


def test_a_file_that_is_not_toml_names_the_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("format = 1\nname = \n")
    with pytest.raises(InputError, match="line 2"):
        read_study(bad)


SAME = (
    *("heading", "kind", "addon", "design", "scale", "scale_family", "needle_length_mm", "sessions", "interval_days"),
    *("followup_days", "sessions_planned", "sessions_low", "sessions_high", "baseline_unknown_log_sd"),
    *("phototype_low", "phototype_high"),
)


def _ordered(found: Iterable[Arm]) -> list[Arm]:
    return sorted(found, key=lambda arm: (arm.kind, arm.addon, arm.improvement_fraction))


@pytest.mark.parametrize("name", built_in_studies())
def test_every_built_in_study_can_be_written_in_the_format_and_reads_back_the_same(name: str) -> None:
    told = [arm for arm in arms().values() if arm.study == name and arm.improvement_fraction is not None]
    read = study_from(tomllib.loads(study_text(name))).arms
    assert len(read) == len(told)
    for arm, row in zip(_ordered(read), _ordered(told), strict=True):
        assert {field: getattr(arm, field) for field in SAME} == {field: getattr(row, field) for field in SAME}
        assert arm.improvement_fraction == pytest.approx(row.improvement_fraction, abs=1e-9)
        assert arm.improvement_se_fraction == pytest.approx(row.improvement_se_fraction, abs=1e-9)
