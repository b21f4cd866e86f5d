"""The commands print what the library says, as tables or as one JSON document, and refuse in words."""

import json
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from tests.cli.command import puncta

from puncta import plan, plan_record, read_case, screen, screening_record

ACNE = "examples/acne_scars.toml"
STRIAE = "examples/stretch_marks.toml"


def test_screen_as_json_equals_the_library() -> None:
    ran = puncta("screen", ACNE, "--json")
    assert ran.code == 0
    assert json.loads(ran.out) == json.loads(json.dumps(screening_record(screen(read_case(ACNE)))))


def test_screen_shows_findings_with_source_and_both_positions() -> None:
    ran = puncta("screen", "examples/isotretinoin.toml")
    assert ran.code == 0
    for words in ("Delay", "2027-01-04", "followed here:", "against it:", "not a medical device"):
        assert words in ran.out


def test_screen_says_of_every_rule_why_it_fired_or_not() -> None:
    ran = puncta("screen", ACNE, "--why")
    assert ran.out.count("quiet ") > 50
    assert "FIRED filler_recent" in ran.out


def test_plan_as_json_equals_the_library() -> None:
    ran = puncta("plan", STRIAE, "--json", "--draws", "20", "--seed", "3")
    assert ran.code == 0
    assert json.loads(ran.out) == json.loads(json.dumps(plan_record(plan(read_case(STRIAE), draws=20, seed=3))))


def test_plan_writes_report_card_and_records(tmp_path: Path) -> None:
    ran = puncta("plan", STRIAE, "--draws", "20", "--out", str(tmp_path))
    assert ran.code == 0, ran.err
    names = {
        "plan.html", "plan.pdf", "card.pdf", "dose.json", "methods.txt", "patient.pdf", "dates.ics", "research.csv",
        "stored.json",
    }  # fmt: skip
    assert {path.name.removeprefix("stretch_marks-") for path in tmp_path.iterdir()} == names
    assert "not distinguishable" in " ".join(ran.out.split())
    assert "not a medical device" in ran.out


def test_a_stop_prints_findings_writes_nothing_and_ends_with_1(tmp_path: Path) -> None:
    stopped = tmp_path / "stopped.toml"
    stopped.write_text(Path(ACNE).read_text().replace("pregnant_or_nursing = false", "pregnant_or_nursing = true"))
    out = tmp_path / "out"
    ran = puncta("plan", str(stopped), "--out", str(out))
    assert ran.code == 1
    assert "Stop" in ran.out
    assert not out.exists()


def test_an_unanswered_stop_question_is_asked_and_no_plan_is_made(tmp_path: Path) -> None:
    open_case = tmp_path / "open.toml"
    open_case.write_text(Path(ACNE).read_text().replace("bleeding_disorder = false", 'bleeding_disorder = "unknown"'))
    ran = puncta("plan", str(open_case), "--json", "--draws", "20")
    assert ran.code == 1
    record = json.loads(ran.out)
    assert record["recommended"] is None
    assert record["screening"]["unanswered"][0]["question"] == "bleeding_disorder"
    assert puncta("screen", str(open_case)).out.startswith("Ask first")


def test_simulate_takes_the_course_of_a_file(tmp_path: Path) -> None:
    course = tmp_path / "course.toml"
    setting = '{ zone = "abdomen", dial_mm = 1.0, passes = 4 }'
    course.write_text(f'format = 1\nname = "gentle"\n[[sessions]]\nday = 0\nsettings = [{setting}]\n')
    ran = puncta("simulate", STRIAE, "--course", str(course), "--json", "--draws", "20")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["session_days"] == [0]


def test_simulate_shows_a_table_with_how_much_is_assumed() -> None:
    ran = puncta("simulate", STRIAE, "--draws", "20")
    assert ran.code == 0
    assert "assumed" in ran.out


def test_evidence_leads_from_a_figure_to_sources_and_counts_the_assumed() -> None:
    ran = puncta("evidence", "redness_visible_hours@abdomen", STRIAE, "--json")
    record = json.loads(ran.out)
    assert record["assumed_count"] == sum(p["kind"] == "assumed" for p in record["parameters"]) > 0
    named = {key for p in record["parameters"] for key in p["sources"]}
    assert named == {s["key"] for s in record["sources"]}


@pytest.mark.parametrize("what", ["healing", "healing.mun", "dogra_2014", "A03", "zones", "devices", "rules"])
def test_evidence_knows_parameters_sources_rows_and_catalogues(what: str) -> None:
    assert puncta("evidence", what).code == 0


def test_evidence_counts_every_kind() -> None:
    record = json.loads(puncta("evidence", "--json").out)
    assert record["healing"]["assumed"] > 20


def test_a_misspelt_figure_names_the_nearest() -> None:
    ran = puncta("evidence", "healing.mum3")
    assert ran.code == 2
    assert "healing.mum2" in ran.err


def test_a_missing_file_is_one_clear_message() -> None:
    ran = puncta("plan", "examples/acne_scar.toml")
    assert ran.code == 2
    assert "acne_scars.toml" in ran.err.split("nearest here:")[1]
    assert "Traceback" not in ran.err


def test_an_unknown_option_shows_usage_and_ends_with_2() -> None:
    ran = puncta("plan", "--no-such-option")
    assert ran.code == 2
    assert "Traceback" not in ran.err


def test_the_command_starts_without_loading_the_heavy_libraries() -> None:
    code = "import sys, puncta.cli.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"numpy", "scipy", "pydantic", "matplotlib", "typst", "rich.table"}


def test_the_installed_command_prints_its_version() -> None:
    command = Path(sys.executable).parent / "puncta"
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("puncta 0.1.0")


def test_validate_prints_rows_and_counts_by_role_and_json_equals_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    from puncta import validate, validation_record
    from puncta.evidence.mechanism import mechanism_row

    rows = {key: mechanism_row(key) for key in ("T016", "T164", "T170", "T002")}
    rows["T164"] = replace(rows["T164"], value=500.0)
    rows["T170"] = replace(rows["T170"], role="validation")
    monkeypatch.setattr(import_module("puncta.validation.validate"), "mechanism_rows", lambda: rows)
    ran = puncta("validate", "mechanism", "--draws", "40")
    assert ran.code == 0
    for words in ("OUTSIDE", "1 of 1 (100 %)", "calibration", "validation", "1 rows of the tables are left out"):
        assert words in ran.out
    found = json.loads(puncta("validate", "mechanism", "--draws", "40", "--json").out)
    assert found == json.loads(json.dumps(validation_record(validate(draws=40))))
    assert puncta("validate", "prices").code == 2
