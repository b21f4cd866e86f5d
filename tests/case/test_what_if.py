"""What if: changes laid over a case go through the same checks as a file, and the case stays as it is."""

from __future__ import annotations

import pytest

from puncta.case import case_to_toml, read_case, what_if
from puncta.errors import InputError

CASE = read_case("examples/acne_scars.toml")


def test_the_case_stays_as_it_is() -> None:
    before = case_to_toml(CASE)
    asked = what_if(CASE, {"person.phototype": '"VI"', "concerns[0].severity_score": "4"})
    assert (asked.person.phototype, asked.concerns[0].severity_score) == (6, 4)
    assert case_to_toml(CASE) == before
    assert asked.title.startswith("What if ")


def test_a_table_that_the_file_left_out_can_be_asked_for() -> None:
    assert what_if(CASE, {"limits.max_pain_score": "5"}).limits.max_pain_score == 5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("limits.max_sessions", "40"),
        ("limits.nothing", "4"),
        ("concerns[7].severity_score", "4"),
        ("person.phototype", "IV"),
        ("", "4"),
        ("title.deeper", "4"),
        ("zones[0].name", '"no_such_zone"'),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(field: str, value: str) -> None:
    with pytest.raises(InputError) as refused:
        what_if(CASE, {field: value})
    assert refused.value.problems


def test_all_problems_come_together() -> None:
    with pytest.raises(InputError) as refused:
        what_if(CASE, {"person.phototype": "IV", "limits.x.y[": "="})
    assert len(refused.value.problems) == 2
