"""The condition language: three values, zones, and words."""

from __future__ import annotations

from typing import Any

import pytest
from tests.safety.safety_case import case_of

from puncta.safety.condition import read_condition
from puncta.safety.facts import Facts
from puncta.safety.truth import State, Truth, all_of, any_of, negate

YES, NO, UNKNOWN = (Truth(state, (state.name,)) for state in (State.YES, State.NO, State.UNKNOWN))


def _truth(table: dict[str, Any], case: dict[str, Any]) -> Truth:
    return read_condition(table, "test").evaluate(Facts.of(case_of(case)), None)


@pytest.mark.parametrize(
    ("parts", "both", "either"),
    [
        ([YES, YES], State.YES, State.YES),
        ([YES, NO], State.NO, State.YES),
        ([YES, UNKNOWN], State.UNKNOWN, State.YES),
        ([NO, UNKNOWN], State.NO, State.UNKNOWN),
        ([NO, NO], State.NO, State.NO),
        ([UNKNOWN, UNKNOWN], State.UNKNOWN, State.UNKNOWN),
    ],
)
def test_unknown_is_neither_yes_nor_no(parts: list[Truth], both: State, either: State) -> None:
    assert all_of(parts).state is both
    assert any_of(parts).state is either


def test_not_turns_yes_and_no_and_leaves_unknown() -> None:
    assert [negate(part).state for part in (YES, NO, UNKNOWN)] == [State.NO, State.YES, State.UNKNOWN]


def test_things_that_must_hold_together_hold_only_in_zones_they_share() -> None:
    here, there = (Truth(State.YES, (zone,), frozenset({zone})) for zone in ("nose", "chin"))
    assert all_of([here, there]).state is State.NO
    assert all_of([here, YES]).zones == {"nose"}
    assert any_of([here, there]).zones == {"nose", "chin"}
    assert any_of([here, YES]).zones is None


def test_an_answer_about_another_zone_does_not_hold_here_but_elsewhere() -> None:
    case = {"history": {"active_acne_in_field": {"zones": ["back", "cheek_left"]}}}
    here = _truth({"answer": "active_acne_in_field"}, case)
    assert here.zones == {"cheek_left"}
    assert _truth({"answer": "active_acne_in_field", "where": "elsewhere"}, case).holds
    only = {"history": {"active_acne_in_field": {"zones": ["back"]}}}
    assert _truth({"answer": "active_acne_in_field"}, only).state is State.NO


def test_zones_named_with_a_question_about_the_whole_person_are_not_a_way_out() -> None:
    assert _truth({"answer": "bleeding_disorder"}, {"history": {"bleeding_disorder": {"zones": ["back"]}}}).holds


def test_a_question_that_does_not_concern_the_case_is_no_and_says_so() -> None:
    truth = _truth({"answer": "pseudocholinesterase_deficiency"}, {"yes": ["pseudocholinesterase_deficiency"]})
    assert truth.state is State.NO
    assert "not asked" in truth.words[0]


def test_words_of_treatments_are_found_at_the_beginning_of_words() -> None:
    assert _truth({"co_treatment": ["peel"]}, {"co_treatments": ["Peeling, monthly"]}).holds
    assert not _truth({"co_treatment": ["rf"]}, {"co_treatments": ["surf holiday"]}).holds


def test_a_missing_weight_is_found_and_never_compared() -> None:
    case = {"person": {"weight_kg": "unknown"}}
    assert _truth({"person": "weight_kg", "missing": True}, case).holds
    assert not _truth({"person": "weight_kg", "below": 50}, case).holds
    assert not _truth({"person": "weight_kg", "missing": True}, {}).holds


def test_sex_is_compared_with_a_list() -> None:
    assert _truth({"person": "sex", "is": ["female", "unstated"]}, {}).holds
    assert _truth({"person": "sex", "is": ["male"]}, {}).words == ("sex female",)
