"""The whole journey of ten virtual people, through the library and through the command line, equal step by step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.followup.journey import by_command, by_library, journey
from typer.testing import CliRunner

from puncta.cli.app import app


def _run(arguments: list[str]) -> dict[str, Any]:
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0, told.output
    return json.loads(told.stdout)


def _equal(number: int, folder: Path) -> None:
    first, second = journey(number, by_library()), journey(number, by_command(folder, _run))
    assert json.loads(json.dumps(first["plan"])) == second["plan"]
    assert json.loads(json.dumps(first["compared"]["changes"])) == second["compared"]["changes"]
    assert first["visits"] == second["visits"]
    # a pair that the gate refuses says why, and nothing is learned from it
    texture = [one for one in first["compared"]["changes"] if one["metric"] == "texture"]
    assert first["visits"]["photographs"] or all(one["refused"] for one in texture)
    assert json.loads(json.dumps(first["update"])) == second["update"]
    assert second["update"]["advice"]["words"] and second["next"]["name"] == second["update"]["advice"]["action"]


@pytest.mark.slow
def test_one_person_from_plan_to_the_next_plan(tmp_path: Path) -> None:
    _equal(0, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("number", range(1, 10))
def test_nine_more_people_from_plan_to_the_next_plan(number: int, tmp_path: Path) -> None:
    _equal(number, tmp_path)
