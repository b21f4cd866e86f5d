"""Sliders: what the panel says is what the command line says, and nothing is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan
from typer.testing import CliRunner

from puncta.clinic.forms.course import own_course
from puncta.clinic.library import plan_record
from puncta.clinic.looking import course_for, full_look, quick_look
from puncta.clinic.models import AuditEntry, Membership, Person, PlanRecord

MOVED = {
    "dial_cheek_left": "0.5",
    "passes_cheek_left": "6",
    "sides_cheek_left": "cheek_left,cheek_right",
    "visits": "3",
    "weeks": "5",
}


@pytest.fixture
def kept(cast: Cast, person: Person, settings: object) -> PlanRecord:
    """An accepted plan."""
    settings.PLAN_DRAWS = 40
    return give_plan(person, Membership.objects.get(user=cast.users["practitioner"]))


def _post(cast: Cast, kept: PlanRecord, **more: str) -> Any:
    return cast.client("practitioner").post(f"/plans/{kept.key}/look/", {**MOVED, **more})


def test_a_quick_look_answers_with_a_preview_and_asks_for_the_full_bands(cast: Cast, kept: PlanRecord) -> None:
    page = _post(cast, kept).content.decode()
    assert "preview" in page
    assert "&quot;bands&quot;" in page or '"bands":"full"' in page
    assert "full bands" in _post(cast, kept, bands="full").content.decode()


def test_looking_keeps_nothing(cast: Cast, kept: PlanRecord) -> None:
    before = PlanRecord.objects.values().get(), AuditEntry.objects.count()
    _post(cast, kept)
    _post(cast, kept, bands="full")
    assert (PlanRecord.objects.values().get(), AuditEntry.objects.count()) == before


def test_a_dial_beyond_the_limit_is_refused_with_what_to_do(cast: Cast, kept: PlanRecord) -> None:
    page = _post(cast, kept, dial_cheek_left="3.0").content.decode()
    assert "Lower the dial" in page or "Allowed" in page or "step" in page
    assert "<svg" not in page.split("errt")[0]


def test_a_page_without_settings_says_so(cast: Cast, kept: PlanRecord) -> None:
    answer = cast.client("practitioner").post(f"/plans/{kept.key}/look/", {})
    assert answer.status_code == 422
    assert "move a slider" in answer.content.decode()


def _toml(course: dict[str, Any]) -> str:
    lines = [f"format = 1\nname = {course['name']!r}\nhome_products = []"]
    for session in course["sessions"]:
        settings = ", ".join(
            f'{{ zone = "{one["zone"]}", dial_mm = {one["dial_mm"]}, passes = {one["passes"]} }}'
            for one in session["settings"]
        )
        lines.append(f"[[sessions]]\nday = {session['day']}\nsettings = [{settings}]")
    return "\n".join(lines)


def test_the_full_look_equals_the_command_line(cast: Cast, kept: PlanRecord, tmp_path: Path) -> None:
    from django.http import QueryDict

    from puncta.cli.app import app

    given = QueryDict("&".join(f"{name}={value}" for name, value in MOVED.items()))
    course = own_course(given, [])
    assert course is not None
    seen, made = full_look(kept, course_for(kept, course))
    case, own = tmp_path / "case.json", tmp_path / "own.toml"
    case.write_text(json.dumps({name: table for name, table in kept.inputs.items() if name != "course"}))
    own.write_text(_toml(course))
    done = CliRunner().invoke(app, ["compare", str(case), "--course", str(own), "--draws", "40", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    record = json.loads(json.dumps(plan_record(made)))
    assert record["alternatives"] == told["alternatives"]
    assert seen.concerns[0].change is not None


def test_the_quick_look_lies_close_to_the_full_one(cast: Cast, kept: PlanRecord) -> None:
    from django.http import QueryDict

    given = QueryDict("&".join(f"{name}={value}" for name, value in MOVED.items()))
    course = course_for(kept, own_course(given, []) or {})
    quick, (full, _) = quick_look(kept, course), full_look(kept, course)
    assert quick.day == full.day
    one, two = quick.concerns[0].line, full.concerns[0].line
    assert one is not None
    assert two is not None
    width = two.band.high80[-1] - two.band.low80[-1]
    assert abs(one.band.median[-1] - two.band.median[-1]) < 0.05 * width
