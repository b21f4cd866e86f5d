"""``puncta compare``, ``puncta replay`` and ``--what-if``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.command import puncta

STRIAE = "examples/stretch_marks.toml"


def test_compare_puts_a_published_series_beside_a_course(tmp_path: Path) -> None:
    ran = puncta("compare", STRIAE, "--like", "S04", "--draws", "20")
    assert ran.code == 0, ran.err
    assert "S04" in ran.out
    assert "not a medical device" in ran.out
    told = json.loads(puncta("compare", STRIAE, "--like", "S04", "--draws", "20", "--json").out)
    assert {one["course"] for one in told["alternatives"]} == {"untreated", "S04"}


def test_compare_refuses_an_unknown_row() -> None:
    ran = puncta("compare", STRIAE, "--like", "Z99")
    assert ran.code == 2
    assert "Z99" in ran.err
    assert "Traceback" not in ran.err


def test_a_stored_plan_is_made_again(tmp_path: Path) -> None:
    assert puncta("plan", STRIAE, "--draws", "20", "--out", str(tmp_path)).code == 0
    kept = tmp_path / "stretch_marks-stored.json"
    same = puncta("replay", str(kept))
    assert same.code == 0, same.err
    assert "as it was stored" in same.out
    tree = json.loads(kept.read_text())
    tree["record"]["alternatives"][0]["injury_mm3_per_cm2"] = 9.0
    kept.write_text(json.dumps(tree))
    other = puncta("replay", str(kept), "--json")
    assert other.code == 1
    assert json.loads(other.out)["differences"] == [
        {"place": "alternatives[0].injury_mm3_per_cm2", "stored": 9.0, "now": 0.0}
    ]
    kept.write_text("no plan")
    refused = puncta("replay", str(kept))
    assert refused.code == 2
    assert "Traceback" not in refused.err


def test_a_question_is_a_layer_and_its_mistakes_name_the_field(tmp_path: Path) -> None:
    before = Path(STRIAE).read_bytes()
    ran = puncta("plan", STRIAE, "--what-if", "limits.max_sessions=2", "--draws", "20", "--json")
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert told["title"].startswith("What if limits.max_sessions = 2")
    assert max(one["sessions_count"] for one in told["alternatives"]) <= 2
    assert Path(STRIAE).read_bytes() == before
    wrong = puncta("plan", STRIAE, "--what-if", "limits.max_session=2")
    assert wrong.code == 2
    assert "limits.max_session" in wrong.err
