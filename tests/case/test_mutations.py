"""Damaged files are refused in words or read; nothing else ever happens."""

import json
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.case.mutations import mutated_cases, mutated_trees

from puncta.case import case_from_json, case_from_toml, case_to_json, case_to_toml, course_from_json, course_from_toml
from puncta.errors import InputError


def _refused_or_sound(text: str, read: Any) -> bool:
    """True where the file is refused; what is refused is told in full sentences, what is read can be written."""
    try:
        value = read(text)
    except InputError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.field and problem.given and problem.allowed and problem.why and problem.do, problem
            str(problem).encode("utf-8")
            assert "\n" not in str(problem)
        return True
    if read in (case_from_toml, case_from_json):
        assert case_from_toml(case_to_toml(value)) == value
        assert case_from_json(case_to_json(value)) == value
    return False


def test_three_hundred_damaged_case_files_are_refused_in_words_or_read() -> None:
    refused = [_refused_or_sound(text, case_from_toml) for _, text in mutated_cases(300, seed=11)]
    # a damaged comment does no harm; most other damage is noticed
    assert 150 < sum(refused) < 300


def test_the_same_seed_damages_in_the_same_way() -> None:
    assert list(mutated_cases(20, seed=3)) == list(mutated_cases(20, seed=3))
    assert list(mutated_cases(20, seed=3)) != list(mutated_cases(20, seed=4))


def test_damaged_json_is_refused_in_words_or_read() -> None:
    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, date | datetime | time) else str(value)

    for tree in mutated_trees(300, seed=5):
        _refused_or_sound(json.dumps(tree, default=plain), case_from_json)


def test_damaged_cases_read_as_courses_are_refused() -> None:
    for _, text in mutated_cases(60, seed=8):
        _refused_or_sound(text, course_from_toml)


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["cheek", "treat", "exceed", "melasma", "2026-11-04", "1 mm", "yes", "IV"])
)
WORDS = """format person zones name role concerns kind scale history isotretinoin reply when device numbing policy
choices zone_max_mm overrides course sessions settings dial_mm"""
KEYS = st.text(max_size=5) | st.sampled_from(WORDS.split())
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5))


@given(tree=TREES)
@settings(max_examples=150, deadline=None)
def test_any_json_at_all_is_refused_in_words(tree: Any) -> None:
    text = json.dumps(tree)
    assert _refused_or_sound(text, case_from_json)
    _refused_or_sound(text, course_from_json)


@given(tree=TREES)
@settings(max_examples=100, deadline=None)
def test_any_course_behind_a_right_format_number_is_refused_in_words_or_read(tree: Any) -> None:
    _refused_or_sound(json.dumps({"format": 1, "name": "x", "sessions": tree}), course_from_json)


@given(text=st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_is_refused_in_words(text: str) -> None:
    assert _refused_or_sound(text, case_from_toml)
    assert _refused_or_sound(text, case_from_json)


@pytest.mark.parametrize("bracket", ["[", '{"a":'])
def test_endless_brackets_are_refused(bracket: str) -> None:
    assert _refused_or_sound(bracket * 100_000, case_from_json)
    assert _refused_or_sound("a = " + bracket * 100_000, case_from_toml)


def test_numbers_of_thousands_of_digits_are_refused() -> None:
    for text in ("format = 1\nx = " + "9" * 5000, "format = 1\nx = 0x" + "f" * 9000, "format = 0x" + "f" * 9000):
        assert _refused_or_sound(text, case_from_toml)
    assert _refused_or_sound('{"format": ' + "9" * 5000 + "}", case_from_json)


def test_keys_that_look_like_marks_of_ours_are_unknown_keys() -> None:
    with pytest.raises(InputError) as caught:
        case_from_json('{"format": 1, "<list>": 1, "course": {"sessions": [{"<count>": 2}]}}')
    fields = {problem.field for problem in caught.value.problems}
    assert {"<list>", "course.sessions[0].<count>"} <= fields


def test_a_file_with_thousands_of_mistakes_names_the_first_hundred_and_counts_the_rest() -> None:
    with pytest.raises(InputError) as caught:
        case_from_toml("format = 1\n" + "\n".join(f"key{index} = 1" for index in range(3000)))
    fields = [problem.field for problem in caught.value.problems]
    assert fields[:3] == ["key0", "key1", "key2"]
    assert len(fields) == 101
    assert caught.value.problems[-1].given == "2906"
