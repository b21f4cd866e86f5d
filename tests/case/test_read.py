"""Short ways to write a case, and what they stand for."""

from datetime import date
from pathlib import Path

import pytest
from tests.case.test_errors import BASE

from puncta.case import Reply, case_from_toml, read_case
from puncta.errors import InputError
from puncta.evidence import parameter


def test_a_zone_without_side_is_both_sides_and_its_area_that_of_one() -> None:
    uses = case_from_toml(BASE).zones
    assert [(use.zone, use.area_cm2) for use in uses] == [("cheek_left", 40), ("cheek_right", 40), ("nose", None)]


@pytest.mark.parametrize("written", ['"iv"', '" IV "', "4", '"4"'])
def test_a_phototype_may_be_roman_or_a_number(written: str) -> None:
    assert case_from_toml(BASE.replace('"IV"', written)).person.phototype == 4


@pytest.mark.parametrize(
    ("written", "reply", "when"),
    [
        ("true", Reply.YES, None),
        ("false", Reply.NO, None),
        ('"yes"', Reply.YES, None),
        ('"No"', Reply.NO, None),
        ('"unknown"', Reply.UNKNOWN, None),
        ("2026-05-01", Reply.YES, date(2026, 5, 1)),
        ('"2026-05-01"', Reply.YES, date(2026, 5, 1)),
        ("{ when = 2026-05-01 }", Reply.YES, date(2026, 5, 1)),
        ("{ reply = false }", Reply.NO, None),
    ],
)
def test_an_answer_may_be_written_short(written: str, reply: Reply, when: date | None) -> None:
    answer = case_from_toml(BASE.replace("isotretinoin = 2025-12-04", f"isotretinoin = {written}")).history[
        "isotretinoin"
    ]
    assert (answer.reply, answer.when) == (reply, when)


def test_a_single_zone_needs_no_list() -> None:
    assert case_from_toml(BASE.replace('zones = ["cheek"]\ns', 'zones = "cheek"\ns')).concerns[0].zones == (
        "cheek_left",
        "cheek_right",
    )


def test_a_cream_without_minutes_takes_its_usual_time() -> None:
    case = case_from_toml(BASE.replace("minutes = 60\n", ""))
    assert case.numbing is not None
    assert case.numbing.minutes == parameter("numbing.lidocaine_prilocaine.minutes").value


def test_an_age_range_stands_for_its_middle_where_rules_ask() -> None:
    person = case_from_toml(BASE.replace("age_years = 34", "age_range_years = [18, 40]")).person
    assert (person.age_years, person.age_range_years) == (29, (18, 40))


def test_a_range_of_types_stands_for_its_darkest_where_rules_ask() -> None:
    person = case_from_toml(BASE.replace('phototype = "IV"', 'phototype_range = ["IV", "V"]')).person
    assert (person.phototype, person.phototype_range) == (5, (4, 5))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("age_years = 34", "age_range_years = [40, 18]", "person.age_range_years"),
        ("age_years = 34", "age_range_years = [18]", "person.age_range_years"),
        ("age_years = 34", "age_years = 50\nage_range_years = [18, 40]", "person.age_years"),
        ("age_years = 34\n", "", "person.age_years"),
        ('phototype = "IV"\n', "", "person.phototype"),
        ('phototype = "IV"', 'phototype = "IV"\nphototype_range = [4, 5]', "person.phototype_range"),
        ('phototype = "IV"', 'phototype_range = ["V", "IV"]', "person.phototype_range"),
        ('phototype = "IV"', 'phototype_range = ["IV", "VII"]', "person.phototype_range[1]"),
    ],
)
def test_a_range_that_cannot_be_is_told(old: str, new: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        case_from_toml(BASE.replace(old, new))
    assert [problem.field for problem in caught.value.problems] == [field]


def test_json_and_toml_are_told_apart_by_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "case.JSON").write_text('{"format": 2}')
    (tmp_path / "case.txt").write_text("format = 2")
    for name in ("case.JSON", "case.txt"):
        with pytest.raises(InputError) as caught:
            read_case(tmp_path / name)
        assert [problem.field for problem in caught.value.problems] == ["format"]
        assert caught.value.subject.endswith(name)
