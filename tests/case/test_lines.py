"""Lines of a TOML text are found by place."""

from puncta.case.lines import line_at, lines_of

TEXT = """# note
title = "x"

[person]   # who
age_years = 3
"odd key" = 1

[[zones]]
name = "a"
[[zones]]
name = "b"

[policy.choices]
isotretinoin = "label"
a.b = 1
"""


def test_tables_keys_and_elements_are_found() -> None:
    lines = lines_of(TEXT)
    assert lines[("title",)] == 2
    assert lines[("person",)] == 4
    assert lines[("person", "age_years")] == 5
    assert lines[("person", "odd key")] == 6
    assert lines[("zones", 1, "name")] == 11
    assert lines[("policy", "choices", "isotretinoin")] == 14
    assert lines[("policy", "choices", "a", "b")] == 15


def test_what_stands_inside_a_line_has_the_line_around_it() -> None:
    lines = lines_of(TEXT)
    assert line_at(lines, ("person", "age_years", 3, "x")) == 5
    assert line_at(lines, ("person", "weight_kg")) == 4
    assert line_at(lines, ("device",)) is None


def test_a_line_of_a_million_letters_costs_nothing() -> None:
    assert lines_of("[" + " " * 1_000_000) == {}
