"""Texts: every key that code asks for exists, and no text promises what cannot be promised."""

import re
from pathlib import Path

import pytest
from tests.report.perspicuity import AT_TWELVE, perspicuity

import puncta
from puncta.messages import has_text, keys, languages, text, unreviewed

SRC = Path(puncta.__file__).parent
ASKED = re.compile(r"""\b(?:text|has_text)\(\s*"([a-z_0-9.]+)"[,)]""")
GAPS = re.compile(r"\{(\w+)\}")
NEVER = re.compile(r"\b(safe|safely|optimal|guaranteed?|AI)\b")


def test_every_text_that_code_names_exists() -> None:
    asked = {key for file in SRC.rglob("*.py") for key in ASKED.findall(file.read_text())}
    assert asked
    missing = sorted(key for key in asked if not has_text(key) and "no_such" not in key)
    assert not missing


def test_no_text_says_safe_optimal_or_guaranteed() -> None:
    bad = {key: text(key) for key in keys() if NEVER.search(text(key))}
    assert not bad


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_no_translation_says_what_english_does_not_or_leaves_another_gap(language: str) -> None:
    told = {key: text(key, language) for key in keys("", language) if not key.startswith("translation.")}
    assert [key for key in told if not has_text(key)] == []
    assert [key for key in told if sorted(GAPS.findall(told[key])) != sorted(GAPS.findall(text(key)))] == []
    assert [key for key in told if not told[key].strip()] == []
    assert unreviewed(language)


def test_spanish_says_all_that_patients_read() -> None:
    for name in ("clinic", "patient", "aftercare", "questionnaire", "questions"):
        assert set(keys(f"{name}.", "es")) == set(keys(f"{name}.")), name
    for part in ("report.zone.", "report.month.", "recovery.sign."):
        assert set(keys(part, "es")) == set(keys(part)), part


@pytest.mark.parametrize(
    "texts", ["patient.", "aftercare.advice.", "questionnaire.", "questions.", "clinic.consent_text."]
)
def test_the_spanish_that_patients_read_is_read_at_twelve(texts: str) -> None:
    told = [text(key, "es") for key in keys(texts, "es") if not key.endswith(".name")]
    bare = [words.removeprefix(f"[{unreviewed('es')}] ") for words in told]
    assert perspicuity([one for words in bare for one in re.split(r"(?<=[.:!?;])\s+", words) if one]) >= AT_TWELVE


def test_no_spanish_text_promises_and_clinical_wordings_are_marked_as_not_reviewed() -> None:
    promises = re.compile(r"\b(seguro|segura|óptim[oa]s?|garantizad[oa]s?)\b", re.IGNORECASE)
    assert [key for key in keys("", "es") if promises.search(text(key, "es"))] == []
    for key in keys("clinic.consent_text.", "es"):
        assert text(key, "es").startswith(f"[{unreviewed('es')}] ")
