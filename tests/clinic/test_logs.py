"""Logs: they turn over, keep to one line an event, and hold no word that somebody typed."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.clinic.conftest import Cast

from puncta.clinic import logs
from puncta.clinic.folder import clinic_folder
from puncta.clinic.models import Person


@pytest.fixture
def log(clinic_place: Path) -> Iterator[Path]:
    """The clinic's log of this test, heard by both loggers."""
    handler = logs.FolderLog(str(clinic_folder().logs))
    handler.setFormatter(logs.Line("%(asctime)s %(levelname)s %(name)s %(message)s"))
    names = ("django", "puncta.clinic")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    yield clinic_folder().logs / "clinic.log"
    for name in names:
        logging.getLogger(name).removeHandler(handler)
    handler.close()


def test_old_logs_make_room_for_new_ones(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = [one for one in logging.getLogger("puncta.clinic").handlers if isinstance(one, logs.FolderLog)]
    (handler,) = [one for one in heard if one.baseFilename == str(log)]
    monkeypatch.setattr(handler, "maxBytes", 2_000)
    for number in range(400):
        logging.getLogger("puncta.clinic").warning("account %d: something", number)
    files = sorted(log.parent.iterdir())
    assert len(files) == 6
    assert all(file.stat().st_size <= 2_000 for file in files)
    assert "account 399" in log.read_text()


def test_refusals_and_errors_are_written_without_a_word_of_anybody(
    log: Path, cast: Cast, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("Ana Example, 07700 900142")

    cast.client("assistant").get(f"/people/{person.key}/plan/")
    cast.client("outsider").get(f"/people/{person.key}/?q=Example")
    client = cast.client("owner")
    client.post("/people/new/", {"family_name": "Example", "born_on": "not a day"})
    monkeypatch.setattr("puncta.clinic.views.stock.render", broken)
    client.raise_request_exception = False
    client.get("/stock/?q=Example")
    written = log.read_text()
    assert "Forbidden" in written
    assert "Not Found" in written
    assert "RuntimeError" in written
    assert "test_logs.py" in written
    for trace in ("Example", "Ana", "07700", "1992"):
        assert trace not in written


def test_nobody_begins_a_line_of_their_own(log: Path) -> None:
    logging.getLogger("puncta.clinic").warning("path %s", "/x\n2030-01-01 WARNING forged")
    written = log.read_text()
    assert len(written.splitlines()) == 1
    assert "\\x0a2030" in written


def test_lines_carry_universal_time_and_others_cannot_look(log: Path) -> None:
    record = logging.LogRecord("puncta.clinic", logging.INFO, "", 0, "x", (), None)
    record.created = 0.0
    assert logs.Line("%(asctime)s").format(record).startswith("1970-01-01 00:00:00")
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700
