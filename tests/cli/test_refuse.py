"""Whatever the terminal, the reader or the system does, the command ends in words and with its own exit code."""

import errno
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from tests.cli.command import puncta

from puncta.cli.refuse import refusing

STRIAE = "examples/stretch_marks.toml"


class Broken(io.StringIO):
    """A standard output that refuses what is printed."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code

    def write(self, s: str) -> int:
        raise OSError(self.code, "refused")

    def fileno(self) -> int:
        return 1


def running(*arguments: str) -> Callable[..., object]:
    from puncta.cli.app import app

    return lambda **options: app(list(arguments), **options)


def test_a_terminal_that_knows_few_signs_shows_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(seen, encoding="ascii"))
    assert refusing(running("screen", STRIAE)) == 0
    assert b"? label ? fda_microneedling" in seen.getvalue()


def test_json_is_the_same_on_every_terminal() -> None:
    ran = puncta("evidence", "healing", "--json")
    assert ran.out.isascii() and json.loads(ran.out)["assumed_count"]


@pytest.mark.parametrize("arguments", [("screen", STRIAE), ("screen", STRIAE, "--json"), ("evidence", "rules")])
def test_a_reader_that_goes_away_is_no_stop(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(errno.EPIPE))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    # rich would redirect the descriptor of the test run itself
    monkeypatch.setattr("os.dup2", lambda *_: None)
    assert refusing(running(*arguments)) == 141


def test_a_full_disk_behind_the_output_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", Broken(errno.ENOSPC))
    assert refusing(running("screen", STRIAE, "--json")) == 2
    assert "could not be printed" in capsys.readouterr().err


def test_an_interruption_is_said_and_ends_with_130(capsys: pytest.CaptureFixture[str]) -> None:
    stopping = typer.Typer()

    @stopping.command()
    def wait() -> None:
        raise KeyboardInterrupt

    assert refusing(lambda **options: stopping([], **options)) == 130
    assert "Interrupted" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_is_refused_before_anything_is_simulated(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ran = puncta("plan", STRIAE, "--draws", "100000", "--out", str(tmp_path / "file" / "sub"))
    assert ran.code == 2
    assert "Not a directory" in ran.err and "do: choose another folder" in ran.err


def test_the_help_says_which_exit_code_means_a_stop() -> None:
    for verb in ("screen", "plan"):
        assert "Ends with 1" in " ".join(puncta(verb, "--help").out.split())


@pytest.mark.parametrize(
    "word", ["depth", "pain", "Redness", "change of severity", "dark marks", "density@abdomen", "pain_score"]
)
def test_a_word_of_the_report_leads_to_what_stands_behind_the_figure(word: str) -> None:
    assert json.loads(puncta("evidence", word, STRIAE, "--json").out)["parameters"]
    ran = puncta("evidence", word)
    assert ran.code == 2 and "Name the case file too" in ran.err


def test_grams_of_cream_lead_to_the_figures_of_creams() -> None:
    assert json.loads(puncta("evidence", "grams of cream", "--json").out)["sources"]


def test_a_misspelt_word_names_the_nearest() -> None:
    assert "dark marks" in puncta("evidence", "dark mraks").err
