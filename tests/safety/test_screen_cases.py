"""The screen on cases written by clinicians: each file row is a case with a sentence as its name."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.safety.safety_case import case_of

from puncta.safety import Action, screen

FOLDER = Path(__file__).parent / "cases"


def _tables() -> list[Any]:
    tables = []
    for file in sorted(FOLDER.glob("*.toml")):
        tables += tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    return [pytest.param(table, id=table["name"]) for table in tables]


KNOWN = {
    "name", "person", "treat", "avoid", "lesions", "concerns", "yes", "history", "unanswered", "device", "product",
    "cream", "minutes", "home_products", "sunscreen", "co_treatments", "policy", "planned_on",
    "findings", "action", "zones_of", "held", "until", "field_until", "blocked", "open", "positions", "allows_plan",
    "set_aside",
}  # fmt: skip


@pytest.mark.parametrize("table", _tables())
def test_case(table: dict[str, Any]) -> None:
    assert set(table) <= KNOWN, set(table) - KNOWN
    found = screen(case_of(table))
    assert {f.rule: f.action.word for f in found.findings} == table["findings"]
    if "action" in table:
        assert found.action.word == table["action"]
    by_rule = {f.rule: f for f in found.findings}
    for rule, zones in table.get("zones_of", {}).items():
        assert list(by_rule[rule].zones) == zones
    for rule, day in table.get("until", {}).items():
        assert by_rule[rule].until == (None if day == "open" else day)
    for rule, count in table.get("positions", {}).items():
        assert len(by_rule[rule].positions) == count
        assert sum(position.followed for position in by_rule[rule].positions) == 1
    for rule, name in table.get("set_aside", {}).items():
        by = by_rule[rule].overridden
        assert by is not None and by.name == name and by.reason
    if "held" in table:
        assert sorted(found.held_zones()) == table["held"]
    if "field_until" in table:
        ends = [f.until for f in found.of(Action.DELAY) if not f.zones]
        assert None not in ends and max(end for end in ends if end) == table["field_until"]
    assert sorted(found.blocked) == table.get("blocked", [])
    assert list(found.unanswered) == table.get("open", [])
    stops = any(f.action is Action.STOP and not f.blocks for f in found.findings)
    assert found.allows_plan is table.get("allows_plan", not stops and not found.unanswered)


@pytest.mark.parametrize("phototype", range(1, 7))
def test_every_case_finds_the_same_stops_and_delays_whatever_the_phototype(phototype: int) -> None:
    for entry in _tables():
        table: Any = entry.values[0]
        person = {**table.get("person", {}), "phototype": phototype}
        grave = {
            f.rule: f.action.word
            for f in screen(case_of({**table, "person": person})).findings
            if f.action > Action.CAUTION
        }
        assert grave == {rule: word for rule, word in table["findings"].items() if word in ("stop", "delay")}, entry.id


def test_the_cases_are_many_cover_all_phototypes_and_find_nothing_where_nothing_is() -> None:
    tables = [entry.values[0] for entry in _tables()]
    assert len({table["name"] for table in tables}) == len(tables)
    quiet = [table for table in tables if not table["findings"] and not table.get("open")]
    found = [table for table in tables if table not in quiet]
    combined = [table for table in tables if len(table["findings"]) + len(table.get("open", [])) > 1]
    assert len(found) >= 120 and len(combined) >= 40 and len(quiet) >= 30
    for phototype in range(1, 7):
        of_type = [[t for t in some if t.get("person", {}).get("phototype", 2) == phototype] for some in (found, quiet)]
        assert len(of_type[0]) >= 8 and len(of_type[1]) >= 4, phototype
