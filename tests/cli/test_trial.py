"""``puncta trial``: a trial held, its size searched, designs compared, a published one held again, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.command import puncta

from puncta.trials.block import BLOCK

FILE = "examples/trials/split_face.toml"


def test_a_trial_is_held_and_reported(tmp_path: Path) -> None:
    ran = puncta("trial", FILE, "--trials", "20", "--out", str(tmp_path))
    assert ran.code == 0, ran.err
    for words in ("virtual trials", "untreated", "trial.html", "not a medical device"):
        assert words in ran.out
    made = {path.name for path in tmp_path.iterdir()}
    assert {"people.parquet", "readings.csv", "trial.html", "trial.json", "trial-power.png", "run.json"} <= made
    again = puncta("trial", FILE, "--trials", "20", "--out", str(tmp_path), "--json")
    record = json.loads(again.out)
    assert record["trials"] == 20 and 0.0 <= record["difference"]["won_fraction"] <= 1.0


def test_a_size_is_searched_in_words_and_in_json() -> None:
    ran = puncta("trial", FILE, "--power", "0.8", "--trials", "60")
    assert ran.code == 0 and "people reach 80 % (nominal power)" in ran.out
    record = json.loads(puncta("trial", FILE, "--power", "0.8", "--assurance", "--trials", "60", "--json").out)
    assert record["people_found"] > 5 and "closed_form" in record["curve"][0]


def test_designs_are_set_side_by_side() -> None:
    ran = puncta("trial", "examples/trials/more_sessions.toml", "examples/trials/more_people.toml", "--trials", "40")
    assert ran.code == 0 and "six sessions" in ran.out and "three sessions" in ran.out


@pytest.mark.parametrize(("study", "words"), [("A01", "OUTSIDE"), ("M09", "Dermacatch"), ("A07", "No fit has seen")])
def test_a_published_trial_is_held_again_beside_its_figures(study: str, words: str) -> None:
    ran = puncta("trial", "--like", study, "--trials", "240")
    assert ran.code == 0 and words in ran.out and f"{study}a" in ran.out
    assert "not a medical device" in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--like"),
        (("no_such.toml",), "no_such.toml"),
        ((FILE, "--like", "A01"), "--like"),
        (("--like", "Z99"), "A01"),
        ((FILE, "--power", "2"), "0 < power < 1"),
        ((FILE, "--people", "1"), "--people"),
        ((FILE, "--out", "pyproject.toml"), "folder"),
        ((FILE, "--out", "OUT", "--scheduler", "tcp://127.0.0.1:9"), "no answer"),
        ((FILE, "--out", "OUT", "--scheduler", "nonsense"), "scheduler"),
    ],
)
def test_what_cannot_be_held_is_refused_without_a_traceback(
    arguments: tuple[str, ...], words: str, tmp_path: Path
) -> None:
    ran = puncta("trial", *(str(tmp_path) if one == "OUT" else one for one in arguments))
    assert ran.code == 2, ran
    assert words in ran.err and "Traceback" not in ran.err


def test_an_interruption_says_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import puncta.trials.run as run

    def stopped(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "chunks", stopped)
    ran = puncta("trial", FILE, "--people", str(BLOCK), "--out", str(tmp_path))
    assert ran.code == 130 and "marked as unfinished" in ran.err
