"""Hazards: every rule stands behind one, every one has tests that exist, and none is left unaccepted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from puncta.errors import EvidenceError
from puncta.messages import keys
from puncta.safety import rules
from puncta.safety.condition_words import condition_words
from puncta.safety.hazards import NOT_ACCEPTED, hazards

ROOT = Path(__file__).parents[2]


def test_there_are_hazards_for_all_rules() -> None:
    controlled = {rule for hazard in hazards().values() for rule in hazard.rules}
    assert controlled == set(rules())


@pytest.mark.parametrize("hazard", hazards().values(), ids=lambda hazard: hazard.key)
def test_each_hazard_has_words_and_tests_that_exist(hazard) -> None:
    for part in ("hazard", "sequence", "harm", "control", "left"):
        assert hazard.words(part)
    for test in hazard.tests:
        file, _, name = test.partition("::")
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE), test


def test_measures_never_raise_a_risk_and_none_is_left_that_is_not_accepted() -> None:
    for hazard in hazards().values():
        assert hazard.risk_after <= hazard.risk_before
        assert hazard.risk_after < NOT_ACCEPTED, hazard.key


def test_no_words_are_left_over() -> None:
    assert {key.split(".")[1] for key in keys("hazards.")} == set(hazards())


def test_a_hazard_with_a_mistake_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {"x": {"severity": 6, "before": 1, "after": 1, "tests": ["a"]}}
    monkeypatch.setattr("puncta.safety.hazards.read_data", lambda name: bad)
    with pytest.raises(EvidenceError, match="x"):
        hazards.__wrapped__()


def test_every_condition_can_be_said_in_words() -> None:
    for rule in rules().values():
        assert condition_words(rule.condition), rule.key
    assert condition_words(rules()["age_under_22"].condition) == "age below 22, and age 18 or more"
