"""``puncta update``: page, JSON and the library say the same; what is wrong ends with 2 and without a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from puncta import InputError, as_record, plan_record, read_case, read_stored, read_visits, replan, replay, update
from puncta.cli.app import app
from puncta.cli.refuse import refusing

CASE, VISITS = "examples/acne_scars.toml", "examples/visits/acne_scars.toml"


def test_json_is_what_the_library_says() -> None:
    told = CliRunner().invoke(app, ["update", CASE, "--visits", VISITS, "--draws", "100", "--seed", "3", "--json"])
    case = read_case(CASE)
    wanted = as_record(update(case, read_visits(VISITS, case), draws=100, seed=3))
    assert json.loads(told.stdout) == json.loads(json.dumps(wanted))


def test_a_practitioner_reads_promised_came_error_and_next_in_the_terminal(tmp_path: Path) -> None:
    arguments = ["update", CASE, "--visits", VISITS, "--draws", "100", "--out", str(tmp_path)]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0, told.output
    for words in ("Promised for today", "What came", "How sure is that", "What next?", "not a medical device"):
        assert words in told.stdout
    page = (tmp_path / "acne_scars.html").read_text(encoding="utf-8")
    assert "What next?" in page and json.loads((tmp_path / "acne_scars.json").read_text())["format"] == 1


def test_a_wrong_file_tells_everything_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "visits.toml"
    wrong.write_text(
        'format = 1\ntoday = 1\n[[grades]]\nday = 3\nscore = 9.0\n[[reactions]]\nday = 1\nkind = "glow"\n',
        encoding="utf-8",
    )
    code = refusing(lambda **options: app(["update", CASE, "--visits", str(wrong)], **options))
    said = "".join(capsys.readouterr())
    assert code == 2 and "Traceback" not in said
    for field in ("grades[0].score", "today", "reactions[0].kind"):
        assert field in said


def test_replan_tells_the_rest_of_the_course_and_writes_its_report(tmp_path: Path) -> None:
    arguments = ["update", CASE, "--visits", VISITS, "--draws", "100", "--replan", "--out", str(tmp_path)]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0, told.output
    assert "It goes on from 4 visits" in told.stdout and "No further visit ←" in told.stdout
    assert (tmp_path / "acne_scars-onward-plan.pdf").stat().st_size > 10_000
    stored = read_stored((tmp_path / "acne_scars-onward-stored.json").read_text())
    with pytest.raises(InputError, match="update --replan"):
        replay(stored)


def test_replan_as_json_is_what_the_library_says() -> None:
    arguments = ["update", CASE, "--visits", VISITS, "--draws", "100", "--replan", "--json"]
    told = CliRunner().invoke(app, arguments)
    case = read_case(CASE)
    wanted = plan_record(replan(update(case, read_visits(VISITS, case), draws=100)))
    assert json.loads(told.stdout)["replan"] == json.loads(json.dumps(wanted))
