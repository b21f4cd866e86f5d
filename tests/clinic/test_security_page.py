"""docs/security.md: every requirement of the level stands there once, and every test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (met|part|not met|n/a) \| (.*?) \| (.*?) ?\|$", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+\.py)::(test_\w+)`")
#: Requirements of ASVS 4.0.3 at level 2 by section: those that were deleted or belong to level 3 are left out.
LEVEL_2 = """
1.1:1-7 1.2:1-4 1.4:1,4,5 1.5:1-4 1.6:1-4 1.7:1-2 1.8:1-2 1.9:1-2 1.10:1 1.11:1-2 1.12:2 1.14:1-6
2.1:1-12 2.2:1-3 2.3:1-3 2.4:1-6 2.5:1-7 2.6:1-3 2.7:1-6 2.8:1-7 2.9:1-3 2.10:1-4
3.1:1 3.2:1-4 3.3:1-4 3.4:1-5 3.5:1-3 3.7:1
4.1:1-3,5 4.2:1-2 4.3:1-3
5.1:1-5 5.2:1-8 5.3:1-10 5.4:1-3 5.5:1-4
6.1:1-3 6.2:1-6 6.3:1-2 6.4:1-2
7.1:1-4 7.2:1-2 7.3:1,3,4 7.4:1-3
8.1:1-4 8.2:1-3 8.3:1-8
9.1:1-3 9.2:1-4
10.2:1-2 10.3:1-3
11.1:1-8
12.1:1-3 12.2:1 12.3:1-6 12.4:1-2 12.5:1-2 12.6:1
13.1:1,3-5 13.2:1-3,5,6 13.3:1-2 13.4:1-2
14.1:1-4 14.2:1-6 14.3:2-3 14.4:1-7 14.5:1-4
"""


def _wanted() -> list[str]:
    found = []
    for entry in LEVEL_2.split():
        section, _, parts = entry.partition(":")
        for part in parts.split(","):
            first, _, last = part.partition("-")
            found += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def test_every_requirement_of_the_level_stands_on_the_page_once_and_in_order() -> None:
    assert [row[0] for row in ROW.findall(PAGE)] == _wanted()


def test_every_test_that_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE)
    assert len(named) > 200
    places = {file.name: file.read_text() for file in (ROOT / "tests").rglob("test_*.py")}
    missing = [f"{file}::{name}" for file, name in named if f"\ndef {name}(" not in places.get(file, "")]
    assert not missing


def test_what_is_met_is_tested_and_what_is_not_says_why() -> None:
    untested = [number for number, state, _, tests in ROW.findall(PAGE) if state == "met" and not NAMED.search(tests)]
    # what stands in uv.lock: every package with its digest
    assert untested == ["14.2.4", "14.2.5"]
    assert all(len(how) > 2 for _, _, how, _ in ROW.findall(PAGE))


def test_the_counts_on_the_page_are_those_of_its_rows() -> None:
    states = [state for _, state, _, _ in ROW.findall(PAGE)]
    said = re.search(r"Of (\d+) requirements (\d+) are met, (\d+) in part, (\d+) not, and (\d+) do not apply", PAGE)
    assert said is not None
    counted = [len(states), *(states.count(state) for state in ("met", "part", "not met", "n/a"))]
    assert [int(number) for number in said.groups()] == counted
