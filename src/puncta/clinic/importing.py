"""Import: a whole clinic from its own export, into an empty folder; people from a table, into a clinic that is open."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, transaction

from puncta.clinic import rows
from puncta.clinic.audit import note
from puncta.clinic.backup import in_use
from puncta.clinic.export import FORMAT, INDEX, LABELS, PEOPLE, uncelled
from puncta.clinic.folder import clinic_folder
from puncta.clinic.forms.person import PersonForm
from puncta.clinic.models import Clinic, Membership, Person, Photograph, PlanRecord, Role, User
from puncta.clinic.sealing import keep
from puncta.clinic.words import say

#: Most that one file of an export may unpack to, and most files; a clinic of a hundred thousand photographs fits.
_LARGEST, _MOST_FILES = 200 * 1024 * 1024, 1_000_000
MOST_PEOPLE = 5_000


class ImportRefusedError(ValueError):
    """What cannot be taken in, in words for people; nothing was kept."""


def take_in_export(source: Path) -> dict[str, int]:
    """Take a whole export into an empty folder; returns rows by table.

    Accounts come without their passwords, which an export never holds. Everything else is as it was, the audit's chain
    with one entry more that tells of the import.

    Raises
    ------
    ImportRefusedError
        Where the folder holds a clinic, or the file is no whole export; nothing is left behind.
    """
    place = clinic_folder()
    if in_use(place):
        raise ImportRefusedError(say("import.in_use"))
    try:
        with zipfile.ZipFile(source) as archive:
            index = _checked(archive)
            place.create()
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
            with transaction.atomic():
                counts = _load(index)
                _photographs(archive)
                _papers(archive)
                for clinic in Clinic.objects.all():
                    owner = Membership.objects.filter(clinic=clinic, role=Role.OWNER).order_by("id").first()
                    note(clinic, owner.user if owner else None, "imported", clinic)
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError, DatabaseError) as error:
        _leave_nothing()
        if isinstance(error, ImportRefusedError):
            raise
        raise ImportRefusedError(say("import.no_export")) from error
    return counts


def _leave_nothing() -> None:
    place = clinic_folder()
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{place.database}{ending}").unlink(missing_ok=True)
    shutil.rmtree(place.sealed, ignore_errors=True)
    if place.root.is_dir():
        place.sealed.mkdir(mode=0o700, exist_ok=True)


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The index, after every file was found whole and of a size that may be unpacked."""
    entries = archive.infolist()
    if len(entries) > _MOST_FILES or any(one.file_size > _LARGEST for one in entries if one.filename != INDEX):
        raise ImportRefusedError(say("import.too_large"))
    index = json.loads(archive.read(INDEX))
    if index["format"] != FORMAT or not set(index["rows"]) <= set(LABELS):
        raise ImportRefusedError(say("import.no_export"))
    if {one.filename for one in entries} != {INDEX, *index["digests"]}:
        raise ImportRefusedError(say("import.not_whole"))
    for name, digest in index["digests"].items():
        if hashlib.sha256(archive.read(name)).hexdigest() != digest:
            raise ImportRefusedError(say("import.not_whole"))
    return index


def _load(index: dict[str, Any]) -> dict[str, int]:
    counts = {}
    for label in LABELS:
        lines = [json.dumps(row) for row in index["rows"].get(label, [])]
        counts[label] = rows.load(apps.get_model(label), lines)
    for user in User.objects.all():
        user.set_unusable_password()
        user.save(update_fields=["password"])
    rows.reset_numbers(rows.kept_models(apps))
    return counts


def _photographs(archive: zipfile.ZipFile) -> None:
    held = set(archive.namelist())
    for photograph in Photograph.objects.all().iterator(500):
        for size, field in (("full", "sealed_key"), ("thumb", "thumb_key")):
            name = f"photographs/{photograph.key}-{size}.jpg"
            if name in held:
                setattr(photograph, field, keep(f"{photograph.key}-{size}", archive.read(name)))
        photograph.save(update_fields=["sealed_key", "thumb_key"])


def _papers(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.startswith("plans/"):
            key, _, rest = name.removeprefix("plans/").rpartition("-")
            plan = PlanRecord.objects.get(pk=key)
            paper = rest.split(".")[0]
            plan.files[paper] = keep(f"{plan.key}-{paper}", archive.read(name)).hex()
            plan.save(update_fields=["files"])


def take_in_people(content: bytes, clinic: Clinic, user: Any) -> tuple[int, int]:
    """Add people from a table with the columns of ``people.csv``; all of them or none.

    Parameters
    ----------
    content : bytes
        CSV in UTF-8, with a heading; columns that are not known are refused.
    clinic : Clinic
        Where they belong.
    user : User
        For the audit.

    Returns
    -------
    tuple of int
        How many were added, and how many were known by their code already and left as they are.

    Raises
    ------
    ImportRefusedError
        With every problem, by row.
    """
    table = _table(content)
    held = set(Person.objects.filter(clinic=clinic).values_list("code", flat=True))
    added, wrong = [], []
    for number, row in table:
        code = row.pop("code", "").strip()[:20]
        if code and code in held:
            continue
        form = PersonForm({**row, "sex": row.get("sex") or "unstated"}, health=True)
        if form.is_valid():
            added.append(Person(clinic=clinic, code=code, created_by=user, changed_by=user, **form.cleaned_data))
            held.add(code)
        else:
            wrong += [
                say("import.row", row=number, field=form.fields[name].label if name in form.fields else name, why=why)
                for name, errors in form.errors.items()
                for why in errors
            ]
    if wrong:
        raise ImportRefusedError("\n".join(wrong[:30]))
    with transaction.atomic():
        kept = Clinic.objects.select_for_update().get(pk=clinic.pk)
        for person in added:
            while not person.code:
                code = f"C-{kept.next_code:04d}"
                kept.next_code += 1
                person.code = "" if code in held else code
            held.add(person.code)
            person.save(force_insert=True)
        kept.save(update_fields=["next_code"])
        note(clinic, user, "imported", clinic, {"people": len(added)})
    return len(added), len(table) - len(added)


def _table(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        unknown = set(reader.fieldnames or ()) - set(PEOPLE)
        if not reader.fieldnames or "family_name" not in reader.fieldnames or unknown:
            raise ImportRefusedError(
                say("import.columns", known=", ".join(PEOPLE), unknown=", ".join(sorted(unknown)) or "–")
            )
        table = []
        for number, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                raise ImportRefusedError(say("import.cells", row=number))
            table.append((number, {name: uncelled(value) for name, value in row.items()}))
            if len(table) > MOST_PEOPLE:
                raise ImportRefusedError(say("import.too_many", most=MOST_PEOPLE))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ImportRefusedError(say("import.no_table")) from error
    return table
