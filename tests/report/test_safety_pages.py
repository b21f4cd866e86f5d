"""docs/safety is what the rules, hazards and rows say today."""

from __future__ import annotations

from pathlib import Path

import pytest

from puncta.report.safety import WRITTEN_TO, safety_pages
from puncta.safety import questions, rules
from puncta.safety.hazards import hazards

PAGES = safety_pages()


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_up_to_date(name: str) -> None:
    written = (Path(__file__).parents[2] / WRITTEN_TO / name).read_text(encoding="utf-8")
    assert written == PAGES[name], "run: uv run python -m puncta.report.safety"


def test_no_other_page_lies_beside_them() -> None:
    assert {file.name for file in (Path(__file__).parents[2] / WRITTEN_TO).iterdir()} == set(PAGES)


def test_all_rules_questions_and_hazards_are_listed() -> None:
    for key in (*rules(), *questions()):
        assert f"| `{key}` |" in PAGES["rules.md"]
    for hazard in hazards().values():
        assert f"### {hazard.key}" in PAGES["hazards.md"]
        assert all(f"`{test}`" in PAGES["hazards.md"] for test in hazard.tests)


def test_a_rule_of_judgement_is_marked_and_any_other_is_dated() -> None:
    for line in PAGES["rules.md"].splitlines():
        cells = [cell.strip() for cell in line.split(" | ")]
        if len(cells) == 11 and cells[0].startswith("| `"):
            assert cells[7] or cells[8] == "judgement of this project", cells[0]
            assert cells[10].strip(" |"), cells[0]  # shown by a case
