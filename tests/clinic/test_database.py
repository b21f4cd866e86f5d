"""The database file: sealed with the clinic's key, sealed at the first start where it lay plain, refused otherwise."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from puncta.clinic.folder import clinic_folder
from puncta.clinic.sealed_sqlite import lies_plain, lies_sealed
from puncta.clinic.sealing import clinic_key, database_key

#: Sets a clinic up, or opens it, as the start does; then reads and writes a name.
OPEN = """
import sys
from pathlib import Path
from puncta.clinic import start
from puncta.clinic.library import PunctaError
start.serve = lambda port, **more: None
try:
    start.run(Path(sys.argv[1]), Path(sys.argv[2]), open_browser=False)
except PunctaError as error:
    sys.exit(str(error))
from puncta.clinic.models import Clinic, Person
Person.objects.get_or_create(clinic=Clinic.objects.get(), code="C-1", family_name="Wintergreen")
print(Person.objects.get().family_name)
"""
PLAIN = "import puncta.clinic.sealed_sqlite as one; one.available = lambda: False\n"


def _opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch, *, key: Path | None = None, plain: bool = False
) -> subprocess.CompletedProcess[str]:
    monkeypatch.setenv("PUNCTA_CLINIC_USER", "owner")
    monkeypatch.setenv("PUNCTA_CLINIC_NAME", "Harbour")
    monkeypatch.setenv("PUNCTA_CLINIC_PASSWORD", "a long phrase of tests")
    for name in ("PUNCTA_CLINIC_FOLDER", "PUNCTA_CLINIC_KEY_FILE", "PUNCTA_CLINIC_POSTGRESQL"):
        monkeypatch.delenv(name, raising=False)
    script = (PLAIN if plain else "") + OPEN
    run = [sys.executable, "-c", script, str(folder), str(key or folder.with_suffix(".key"))]
    return subprocess.run(run, capture_output=True, text=True, check=False, env=dict(os.environ))


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("clinic.sqlite3*"))


def test_no_name_lies_readable_and_another_program_cannot_open_it(
    clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = clinic_place / "new"
    done = _opened(folder, monkeypatch)
    assert done.stdout.endswith("Wintergreen\n"), done.stderr
    assert "not encrypted" not in done.stdout
    file = folder / "clinic.sqlite3"
    assert lies_sealed(file)
    assert b"Wintergreen" not in _bytes(folder)
    assert b"clinic_person" not in _bytes(folder)
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(file).execute("SELECT * FROM clinic_person")
    assert _opened(folder, monkeypatch).stdout.endswith("Wintergreen\n")


def test_another_key_is_refused_in_words_and_changes_nothing(
    clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, other = clinic_place / "new", clinic_place / "other.key"
    _opened(folder, monkeypatch)
    other.write_bytes(bytes(32))
    before = (folder / "clinic.sqlite3").read_bytes()
    done = _opened(folder, monkeypatch, key=other)
    assert "does not open the clinic" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "clinic.sqlite3").read_bytes() == before


def test_a_database_that_lay_plain_is_sealed_at_the_next_start(
    clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = clinic_place / "new"
    done = _opened(folder, monkeypatch, plain=True)
    assert done.stdout.endswith("Wintergreen\n"), done.stderr
    assert lies_plain(folder / "clinic.sqlite3")
    assert b"Wintergreen" in _bytes(folder)
    assert _opened(folder, monkeypatch).stdout.endswith("Wintergreen\n")
    assert lies_sealed(folder / "clinic.sqlite3")
    assert b"Wintergreen" not in _bytes(folder)
    refused = _opened(folder, monkeypatch, plain=True)
    assert "lacks the program that opens it" in refused.stderr


def test_the_databases_key_is_another_one_than_the_clinics(clinic_place: Path) -> None:
    assert len(database_key()) == 32
    assert database_key() != clinic_key()
    assert clinic_folder().key_file.read_bytes() == clinic_key()
