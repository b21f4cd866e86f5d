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
