"""Backup and restore: whole, verified, on another computer; damaged ones are refused."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from tests.clinic.conftest import Cast
from tests.clinic.test_photographs import client as client
from tests.clinic.test_photographs import jpeg, send
from tests.clinic.test_sessions import filled, ready
from tests.clinic.world import compared

from puncta.clinic import rows
from puncta.clinic.archive import MAGIC, SealedWriter, whole
from puncta.clinic.audit import first_break
from puncta.clinic.backup import BackupError, read_backup, restore, write_backup
from puncta.clinic.erasure import erase, past_retention
from puncta.clinic.models import AuditEntry, Grading, PairReading, Person, Photograph, Reading, UpdateRecord
from puncta.clinic.sealing import UnreadableError, clinic_key, keep, recovery_words

SCRIPT = """
import sys, json
from pathlib import Path
from puncta.clinic.start import bring_back, _set_up
assert bring_back(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], print)
from django.apps import apps
from puncta.clinic import rows
from puncta.clinic.audit import first_break
from puncta.clinic.models import Clinic, Photograph
from puncta.clinic.sealing import read
out = {m._meta.label: list(rows.dump(m)) for m in rows.kept_models(apps)}
assert all(first_break(clinic) is None for clinic in Clinic.objects.all())
for one in Photograph.objects.all():
    assert read(f"{one.key}-full", one.sealed_key)[:2] == bytes([255, 216])
print("ROWS" + json.dumps(out))
"""


def _fill(cast: Cast, person: Person) -> None:
    from tests.clinic.test_consents import SIGNED

    browser, session = ready(cast, person)
    browser.post(f"/people/{person.key}/consents/photographs/", SIGNED)
    send(browser, person, jpeg())
    browser.post(f"/sessions/{session.key}/", filled(session))
    send(browser, person, jpeg((20, 30, 40)), name="two.jpg")
    one, two = Photograph.objects.order_by("created_at")
    pair = PairReading(before=one, after=two, state="done", record=compared())
    pair.files = {side: keep(f"{pair.key}-{side}", b"picture").hex() for side in ("before", "after")}
    pair.save(force_insert=True)
    session.refresh_from_db()
    UpdateRecord.objects.create(
        case=session.case, plan=session.plan, state="done", inputs={"title": "Ana"}, record={"advice": "Ana"}
    )
    Grading.objects.create(
        clinic=cast.clinic, seed=1, pairs=[[one.key, two.key]], answers={"1": {"better": "left", "pair": 0}},
        created_by=cast.users["practitioner"],
    )  # fmt: skip


def test_restored_on_another_computer_it_equals_the_original_row_by_row(
    cast: Cast, person: Person, clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(cast, person)
    target = clinic_place / "out" / "clinic.backup"
    counts = write_backup(target)
    assert counts["clinic.Person"] == 1
    assert b"Example" not in target.read_bytes()
    before = {model._meta.label: list(rows.dump(model)) for model in rows.kept_models(apps)}
    monkeypatch.delenv("PUNCTA_CLINIC_FOLDER")
    monkeypatch.delenv("PUNCTA_CLINIC_KEY_FILE")
    monkeypatch.delenv("PUNCTA_CLINIC_POSTGRESQL", raising=False)
    places = [str(target), str(clinic_place / "second"), str(clinic_place / "second.key")]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *places, recovery_words(clinic_key())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    after = json.loads(done.stdout.split("ROWS")[1])
    assert after == before


OLD = """
import sys
from pathlib import Path
from puncta.clinic.start import bring_back, _set_up
said = []
assert bring_back(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], said.append), said
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from puncta.clinic.audit import first_break
from puncta.clinic.models import Clinic, DiaryRecord, LotUse, NeedlingSession, Person, Photograph, User
from puncta.clinic.sealing import read
executor = MigrationExecutor(connection)
assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
assert [person.family_name for person in Person.objects.all()] == ["Núñez"]
assert [zone.zone for zone in NeedlingSession.objects.get().zones.all()] == ["cheek_left"]
assert NeedlingSession.objects.get().signed_at.microsecond == 123456
assert LotUse.objects.get().lot.lot == "K1"
assert DiaryRecord.objects.get().entries == [{"day": 1, "redness": 2}]
assert first_break(Clinic.objects.get()) is None
assert User.objects.get().check_password("a long phrase of tests")
assert User.objects.get().must_change is False
photograph = Photograph.objects.get()
assert read(f"{photograph.key}-full", photograph.sealed_key)[:2] == bytes([255, 216])
"""


@pytest.mark.parametrize("name", sorted(one.name for one in (Path(__file__).parent / "old").iterdir()))
def test_a_backup_of_an_earlier_version_restores_after_upgrades(
    name: str, clinic_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # written once by the version whose last migration the name tells, under a key of nought to thirty-one
    for variable in ("PUNCTA_CLINIC_FOLDER", "PUNCTA_CLINIC_KEY_FILE", "PUNCTA_CLINIC_POSTGRESQL"):
        monkeypatch.delenv(variable, raising=False)
    places = [str(Path(__file__).parent / "old" / name), str(clinic_place / "new"), str(clinic_place / "new.key")]
    run = [sys.executable, "-c", OLD, *places, recovery_words(bytes(range(32)))]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_damaged_cut_or_foreign_backup_is_refused_whole(cast: Cast, person: Person, clinic_place: Path) -> None:
    target = clinic_place / "clinic.backup"
    write_backup(target)
    good = target.read_bytes()
    key = clinic_key()
    read_backup(target, key)
    for bad in (good[:-40], good[:-1], good + b"x", good[:200] + b"\0" + good[201:], MAGIC, b""):
        target.write_bytes(bad)
        with pytest.raises(UnreadableError):
            read_backup(target, key)
            if not whole(target, key):
                raise UnreadableError("more than a backup")
    target.write_bytes(good)
    with pytest.raises(UnreadableError):
        read_backup(target, bytes(32))


def test_frames_cannot_be_left_out_or_swapped(clinic_place: Path) -> None:
    place, key = clinic_place / "frames", bytes(range(32))
    with place.open("wb") as file, SealedWriter(file, key) as sealed:
        sealed.write(bytes(3 << 20))
    assert whole(place, key)
    content = place.read_bytes()
    head, size = content[: len(MAGIC) + 16], 4 + (1 << 20) + 16
    frames = [content[len(head) + n * size : len(head) + (n + 1) * size] for n in range(2)]
    rest = content[len(head) + 2 * size :]
    place.write_bytes(head + frames[1] + frames[0] + rest)
    assert not whole(place, key)
    place.write_bytes(head + frames[0] + rest)
    assert not whole(place, key)


def test_nothing_is_restored_over_a_clinic(cast: Cast, clinic_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = clinic_place / "clinic.backup"
    write_backup(target)
    monkeypatch.setattr("puncta.clinic.backup.in_use", lambda place: True)
    with pytest.raises(BackupError, match="holds a clinic already"):
        restore(target)


def test_after_an_erasure_nothing_personal_is_left_and_the_audit_holds(cast: Cast, person: Person) -> None:
    _fill(cast, person)
    owner = cast.client("owner")
    owner.post(f"/people/{person.key}/erase/", {"code": "other"})
    assert Person.objects.get().family_name == "Example"
    erase(Person.objects.get(), cast.users["owner"])
    carried = "\n".join(
        line for model in rows.kept_models(apps) if model._meta.model_name != "user" for line in rows.dump(model)
    )
    for trace in ("Example", "Ana", "07700", "1992-03-14", "isotretinoin"):
        assert trace not in carried.replace('"photographs"', "")
    assert not Photograph.objects.exclude(sealed_key=None).exists()
    assert not PairReading.objects.exists()
    assert not UpdateRecord.objects.exists()
    assert not Reading.objects.exclude(record=None).exists()
    assert Grading.objects.get().answers == {}
    assert first_break(cast.clinic) is None
    assert AuditEntry.objects.filter(action="erased").exists()
    assert "C-0142" in owner.get("/recall/?lot=K4471").content.decode()


def test_who_is_past_the_time_of_keeping_is_listed(cast: Cast, person: Person) -> None:
    from datetime import timedelta

    from django.utils import timezone

    today = timezone.localdate()
    assert not past_retention(cast.clinic, today).exists()
    assert past_retention(cast.clinic, today + timedelta(days=11 * 366)).get() == person


def test_the_export_holds_everything_in_open_forms_and_no_secret(cast: Cast, person: Person) -> None:
    person.notes = "=1+1"
    person.family_name = "=cmd()"
    person.save()
    _fill(cast, person)
    answer = cast.client("owner").post("/clinic/export/")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = archive.namelist()
    assert {"export.json", "people.csv", "zones.csv", "sessions.csv", "lots.csv"} <= set(names)
    assert any(name.startswith("photographs/") and name.endswith("-full.jpg") for name in names)
    text = archive.read("export.json").decode()
    digests = json.loads(text)["digests"]
    assert set(digests) == set(names) - {"export.json"}
    assert {"clinic.Reading", "clinic.PairReading", "clinic.UpdateRecord", "clinic.Grading"} <= {
        label for label, lines in json.loads(text)["rows"].items() if lines
    }
    assert "sealed_key" not in text
    assert "password" not in text
    assert "'=cmd()" in archive.read("people.csv").decode()
