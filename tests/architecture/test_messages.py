"""Texts: every key that code asks for exists, and no text promises what cannot be promised."""

import re
from pathlib import Path

import puncta
from puncta.messages import has_text, keys, text

SRC = Path(puncta.__file__).parent
ASKED = re.compile(r"""\b(?:text|has_text)\(\s*"([a-z_0-9.]+)"[,)]""")
NEVER = re.compile(r"\b(safe|safely|optimal|guaranteed?|AI)\b")


def test_every_text_that_code_names_exists() -> None:
    asked = {key for file in SRC.rglob("*.py") for key in ASKED.findall(file.read_text())}
    assert asked
    missing = sorted(key for key in asked if not has_text(key) and "no_such" not in key)
    assert not missing


def test_no_text_says_safe_optimal_or_guaranteed() -> None:
    bad = {key: text(key) for key in keys() if NEVER.search(text(key))}
    assert not bad


def test_spanish_says_everything_that_english_says_in_the_clinic_and_fills_the_same_gaps() -> None:
    english = {key: text(key) for key in keys("clinic.")}
    spanish = {key: text(key, "es") for key in keys("clinic.", "es")}
    assert set(english) == set(spanish)
    gaps = re.compile(r"\{(\w+)\}")
    assert [key for key in english if sorted(gaps.findall(english[key])) != sorted(gaps.findall(spanish[key]))] == []
    assert [key for key in spanish if not spanish[key].strip()] == []


def test_no_spanish_text_promises_and_clinical_wordings_are_marked_as_not_reviewed() -> None:
    promises = re.compile(r"\b(seguro|segura|óptim[oa]s?|garantizad[oa]s?)\b", re.IGNORECASE)
    allowed = {"clinic.questionnaire.anywhere"}  # "not sure", of a place
    assert {key for key in keys("", "es") if promises.search(text(key, "es"))} <= allowed
    for key in keys("clinic.consent_text.", "es"):
        assert text(key, "es").startswith("[Traducción sin revisar] ")
