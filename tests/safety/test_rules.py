"""The rules as data: complete, sourced, readable, and each shown by a case."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.safety.safety_case import case_of

from puncta.absorption import products
from puncta.errors import EvidenceError
from puncta.evidence import guidance, sources
from puncta.messages import has_text, keys, text
from puncta.safety import Action, questions, rules, screen
from puncta.safety.condition import read_condition
from puncta.safety.rules import read_rule

CASES = Path(__file__).parent / "cases"
GOOD = {
    "action": "note",
    "when": {"answer": "filler"},
    "source": "consent_forms",
    "body": "x",
    "strength": "label",
    "year": 2018,
}


def test_there_are_at_least_thirty_rules_of_every_action() -> None:
    assert len(rules()) >= 30
    assert {rule.action for rule in rules().values()} == {Action.NOTE, Action.CAUTION, Action.DELAY, Action.STOP}


def test_every_rule_is_shown_by_a_case() -> None:
    shown = set()
    for file in CASES.glob("*.toml"):
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]:
            shown |= set(case["findings"])
    assert set(rules()) == shown


def test_every_rule_has_title_and_text_and_no_text_is_left_over() -> None:
    for key in rules():
        assert has_text(f"screen.rule.{key}.title") and has_text(f"screen.rule.{key}.text")
    assert {key.split(".")[2] for key in keys("screen.rule.")} == set(rules())


def test_every_question_is_asked_in_words_and_read_by_a_rule() -> None:
    read = frozenset().union(*(rule.condition.questions() for rule in rules().values()))
    assert read == set(questions())
    for entry in questions().values():
        assert entry.name and entry.words.endswith("?")
    assert {key.split(".")[1] for key in keys("questions.")} == set(questions())


def test_every_question_of_a_stop_rule_blocks_while_it_is_open() -> None:
    wrong = [
        (rule.key, question)
        for rule in rules().values()
        if rule.action is Action.STOP
        for question in rule.condition.questions()
        if not questions()[question].stop
    ]
    assert not wrong


def test_a_rule_on_a_medicine_always_says_not_to_stop_it_and_to_ask_the_prescriber() -> None:
    on_medicine = {rule.key for rule in rules().values() if rule.on_medicine}
    assert on_medicine >= {
        "isotretinoin_now", "isotretinoin_recent", "blood_thinner", "high_dose_steroid_now", "immune_suppression",
        "chemo_or_radiotherapy_now", "photosensitising_medicine", "retinoid_recent", "cream_heart_rhythm",
        "cream_methaemoglobin_medicine", "other_medicine",
    }  # fmt: skip
    table = {"yes": [key for key, entry in questions().items() if entry.medicine], "cream": "lidocaine_prilocaine"}
    found = [finding for finding in screen(case_of(table)).findings if finding.rule in on_medicine]
    assert len(found) >= 10
    for finding in found:
        assert finding.text.endswith("Do not stop a medicine for this treatment; ask the prescriber."), finding.rule


def test_no_rule_advises_to_stop_a_medicine() -> None:
    advice = re.compile(
        r"\b(stop|pause|discontinue|come off|leave off)\w*\b[^.]*\b(medicine|tablet|drug|isotretinoin)", re.I
    )
    for key in rules():
        said = text(f"screen.rule.{key}.text", wait="", until="", phototype="", operator="")
        assert not any(advice.search(sentence) for sentence in said.replace(";", ".").split(".")), key


def test_every_rule_has_a_source_with_a_date_or_is_marked_as_judgement() -> None:
    for rule in rules().values():
        assert rule.sources
        assert rule.strength == "judgement" or rule.year is not None or rule.read_year is not None, rule.key
        assert not (rule.year and rule.read_year), rule.key


def test_every_flag_of_the_product_library_is_read_by_a_rule() -> None:
    read = str([rule.condition for rule in rules().values()])
    flags = {flag for product in products().values() for flag in product.flags}
    harmless = {"sterile", "dermal_use_cleared"}
    assert flags > harmless
    assert not [flag for flag in sorted(flags - harmless) if f"'{flag}'" not in read]


def test_a_rule_on_judgement_names_this_project_as_its_source_or_shows_whose_it_is() -> None:
    for rule in rules().values():
        if rule.strength == "judgement":
            assert "puncta_judgement" in rule.sources, rule.key
        if rule.strength == "label":
            kinds = {sources()[key].kind for key in rule.sources}
            assert kinds & {"label", "regulator"}, rule.key


def test_isotretinoin_keeps_both_dated_positions() -> None:
    both = guidance("isotretinoin").positions
    assert [position.key for position in both] == ["label", "consensus"]
    assert sources()[both[1].source].year == 2017
    for key in ("isotretinoin_now", "isotretinoin_recent"):
        assert rules()[key].guidance == "isotretinoin"
        assert rules()[key].action_under({}) > rules()[key].action_under({"isotretinoin": "consensus"})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"action": "halt"}, "halt"),
        ({"strength": "hearsay"}, "hearsay"),
        ({"source": "nobody_2020"}, "nobody_2020"),
        ({"when": {"answer": "no_such_question"}}, "no_such_question"),
        ({"scope": "face"}, "face"),
        ({"colour": "red"}, "colour"),
        ({"read": 2026}, "not both"),
        ({"wait": {"weeks": 3}}, "wait"),
        ({"wait": {"days": 3, "guidance": "filler_wait"}}, "wait"),
        ({"guidance": "isotretinoin", "action_by": {"nobody": "stop"}}, "nobody"),
        ({"action_by": {"label": "stop"}}, "guidance"),
    ],
)
def test_a_rule_with_a_mistake_is_refused_by_name(change: dict[str, Any], says: str) -> None:
    with pytest.raises(EvidenceError, match=says):
        read_rule("example", {**GOOD, **change})


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"answr": "filler"},
        {"answer": "filler", "lesion": "mole"},
        {"answer": "filler", "before": 3},
        {"answer": ["filler"]},
        {"answer": "filler", "within": "a year"},
        {"any": []},
        {"any": [{"answer": "filler"}], "where": "field"},
        {"lesion": []},
        {"lesion": "mole", "where": "next door"},
        {"person": "height_cm", "below": 3},
        {"person": "age_years"},
        {"home_care": "soap"},
        {"unanswered": "some"},
        {"not": [{"answer": "filler"}]},
    ],
)
def test_a_condition_with_a_mistake_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(EvidenceError, match="example"):
        read_condition(table, "example")
