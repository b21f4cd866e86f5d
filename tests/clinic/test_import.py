"""Import: a clinic comes back whole from its own export; people come in from a table, all or none."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan
from tests.clinic.test_backup import _fill
from tests.clinic.test_photographs import client as client

from puncta.clinic.export import write_export
from puncta.clinic.models import AuditEntry, Membership, Person

SCRIPT = """
import sys
from pathlib import Path
from puncta.clinic.start import bring_in
said = []
if not bring_in(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), said.append):
    sys.exit(" ".join(said))
from puncta.clinic.audit import first_break
from puncta.clinic.export import write_export
from puncta.clinic.models import Clinic, User
clinic = Clinic.objects.order_by("pk").first()
assert first_break(clinic) is None
assert User.objects.get(username="owner").check_password("a long phrase of tests")
assert not User.objects.get(username="nurse").has_usable_password()
with open(sys.argv[4], "wb") as file:
    write_export(clinic, file)
"""


def _brought_in(source: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> subprocess.CompletedProcess[str]:
    for name in ("PUNCTA_CLINIC_FOLDER", "PUNCTA_CLINIC_KEY_FILE", "PUNCTA_CLINIC_POSTGRESQL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PUNCTA_CLINIC_PASSWORD", "a long phrase of tests")
    places = [str(source), str(folder), str(folder.with_suffix(".key")), str(folder.parent / "again.zip")]
    return subprocess.run([sys.executable, "-c", SCRIPT, *places], capture_output=True, text=True, check=False)


def _exported(cast: Cast, person: Person, place: Path) -> Path:
    _fill(cast, person)
    give_plan(person, Membership.objects.get(user=cast.users["practitioner"]))
    target = place / "clinic.zip"
    with target.open("wb") as file:
        write_export(cast.clinic, file)
    return target


def test_an_export_taken_in_and_exported_again_is_the_same(
    cast: Cast, person: Person, clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _exported(cast, person, clinic_place)
    done = _brought_in(source, clinic_place / "second", monkeypatch)
    assert done.returncode == 0, done.stderr
    before, after = zipfile.ZipFile(source), zipfile.ZipFile(clinic_place / "again.zip")
    assert set(before.namelist()) == set(after.namelist())
    assert any(name.startswith("photographs/") for name in before.namelist())
    assert any(name.startswith("plans/") for name in before.namelist())
    for name in set(before.namelist()) - {"export.json"}:
        assert before.read(name) == after.read(name), name
    first, second = (json.loads(one.read("export.json")) for one in (before, after))
    told = second["rows"]["clinic.AuditEntry"].pop()
    assert told["action"] == "imported"
    assert first == second


@pytest.mark.parametrize("how", ["changed", "left out", "added", "no zip", "other format"])
def test_an_export_that_is_not_whole_leaves_nothing(
    how: str, cast: Cast, person: Person, clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _exported(cast, person, clinic_place)
    held = {name: zipfile.ZipFile(source).read(name) for name in zipfile.ZipFile(source).namelist()}
    picture = next(name for name in held if name.startswith("photographs/"))
    if how == "changed":
        held[picture] += b"x"
    elif how == "left out":
        del held[picture]
    elif how == "added":
        held["photographs/more.jpg"] = b"x"
    elif how == "other format":
        held["export.json"] = held["export.json"].replace(b'"format": 1', b'"format": 99')
    with zipfile.ZipFile(source, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    if how == "no zip":
        source.write_bytes(b"MZ" + bytes(100))
    done = _brought_in(source, clinic_place / "second", monkeypatch)
    assert "Nothing was taken in" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((clinic_place / "second").glob("clinic.sqlite3*"))
    assert not list((clinic_place / "second" / "sealed").iterdir())


def test_nothing_is_taken_in_over_a_clinic(
    cast: Cast, person: Person, clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _exported(cast, person, clinic_place)
    assert _brought_in(source, clinic_place / "second", monkeypatch).returncode == 0
    assert "holds a clinic already" in _brought_in(source, clinic_place / "second", monkeypatch).stderr


def _send(cast: Cast, table: str | bytes) -> Any:
    content = table.encode() if isinstance(table, str) else table
    file = SimpleUploadedFile("people.csv", content, "text/csv")
    return cast.client("owner").post("/clinic/import/", {"file": file}, follow=True).content.decode()


def test_people_come_in_from_a_table_and_who_is_known_stays(cast: Cast, person: Person) -> None:
    table = "code,family_name,born_on,sex,phototype\r\nC-0142,Other,1980-01-01,male,1\r\n"
    table += "X-7,'=cmd(),1990-05-31,female,3\r\n,Núñez,1991-06-30,,\r\n"
    page = _send(cast, "\ufeff" + table)
    assert "People taken in: 2. Known already and left as they are: 1." in page
    assert {one.code: one.family_name for one in Person.objects.all()} == {
        "C-0142": "Example",
        "X-7": "=cmd()",
        "C-0001": "Núñez",
    }
    assert AuditEntry.objects.filter(action="imported").count() == 1
    out = io.BytesIO()
    write_export(cast.clinic, out)
    assert "taken in: 0. Known already and left as they are: 3." in _send(cast, zipfile.ZipFile(out).read("people.csv"))


def test_a_table_with_mistakes_names_all_of_them_and_adds_nobody(cast: Cast) -> None:
    page = _send(cast, "family_name,born_on,weight_kg\nA,2990-01-01,900\nB,1990-01-01,60\n,1990-01-01,\n")
    for said in ("Row 2, Born on", "Row 2, Weight", "Row 4, Family name"):
        assert said in page
    assert "columns" in _send(cast, "name,born\nA,1990\n")
    assert "more or fewer cells" in _send(cast, "family_name,born_on\nA\n")
    assert "no table" in _send(cast, b"\xff\xfe\x00")
    assert not Person.objects.exists()
