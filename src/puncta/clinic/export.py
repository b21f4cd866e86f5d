"""Export: everything of a clinic in open forms, JSON, CSV and photographs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from django.apps import apps
from django.db.models import Model, QuerySet

from puncta.clinic import rows
from puncta.clinic.library import __version__
from puncta.clinic.models import Clinic, NeedlingSession, Person, PlanRecord
from puncta.clinic.sealing import UnreadableError, read

FORMAT = 1
INDEX = "export.json"
#: Where a model's rows belong to a clinic; what is not named here is not exported.
_PATHS = {
    "clinic.Clinic": "pk",
    "clinic.Membership": "clinic",
    "clinic.ConsentText": "clinic",
    "clinic.Person": "clinic",
    "clinic.Lot": "clinic",
    "clinic.AuditEntry": "clinic",
    "clinic.Consent": "person__clinic",
    "clinic.Visit": "person__clinic",
    "clinic.CaseRecord": "person__clinic",
    "clinic.PlanRecord": "case__person__clinic",
    "clinic.NeedlingSession": "person__clinic",
    "clinic.SessionZone": "session__person__clinic",
    "clinic.Amendment": "session__person__clinic",
    "clinic.LotUse": "session__person__clinic",
    "clinic.DiaryRecord": "session__person__clinic",
    "clinic.Photograph": "person__clinic",
    "clinic.Reading": "photograph__person__clinic",
    "clinic.PairReading": "before__person__clinic",
    "clinic.UpdateRecord": "case__person__clinic",
    "clinic.Grading": "clinic",
    "clinic.AdverseEvent": "person__clinic",
    "clinic.LookedFor": "person__clinic",
    "clinic.FollowUp": "person__clinic",
    "clinic.Reported": "person__clinic",
    "clinic.User": "memberships__clinic",
}
LABELS = tuple(_PATHS)
#: Columns of the table of people, in and out.
PEOPLE = (
    "code", "family_name", "given_name", "born_on", "sex", "phone", "email", "language", "weight_kg", "phototype",
    "ita_degrees",
)  # fmt: skip
_PAPERS = {"plan": "pdf", "card": "pdf", "patient": "pdf", "page": "html"}


def _of(label: str, clinic: Clinic) -> QuerySet[Model]:
    return apps.get_model(label)._default_manager.filter(**{_PATHS[label]: clinic.pk}).order_by("pk")


def write_export(clinic: Clinic, target: IO[bytes]) -> None:
    """Write the export as a zip: rows as JSON, tables as CSV, photographs and papers as they are looked at.

    Parameters
    ----------
    clinic : Clinic
        Whose records.
    target : file
        Where the zip goes. Its index comes last and holds a digest of every other file.
    """
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        index: dict[str, Any] = {"format": FORMAT, "software": f"Puncta {__version__}", "rows": {}, "digests": {}}

        def put(name: str, content: bytes) -> None:
            archive.writestr(name, content)
            index["digests"][name] = hashlib.sha256(content).hexdigest()

        for label in _PATHS:
            model = apps.get_model(label)
            lines = [json.loads(line) for line in rows.dump(model, _of(label, clinic).iterator(500))]
            for line in lines:
                # what opens an account or a sealed file stays at home
                for secret in ("password", "quick_hash", "sealed_key", "thumb_key", "files"):
                    line.pop(secret, None)
            index["rows"][label] = lines
        for name, table in _tables(clinic):
            put(f"{name}.csv", table.encode())
        for photograph in _of("clinic.Photograph", clinic).select_related("person"):
            for name, content in _photograph(photograph):
                put(name, content)
        for plan in PlanRecord.objects.filter(case__person__clinic=clinic, state="done"):
            for name, ending in _PAPERS.items():
                if name in plan.files:
                    content = read(f"{plan.key}-{name}", bytes.fromhex(plan.files[name]))
                    put(f"plans/{plan.key}-{name}.{ending}", content)
        archive.writestr(INDEX, json.dumps(index, ensure_ascii=False, indent=1))


def _photograph(photograph: Any) -> Iterator[tuple[str, bytes]]:
    for size, wrapped in (("full", photograph.sealed_key), ("thumb", photograph.thumb_key)):
        if wrapped is None:
            continue
        try:
            yield f"photographs/{photograph.key}-{size}.jpg", read(f"{photograph.key}-{size}", wrapped)
        except UnreadableError:
            yield f"photographs/{photograph.key}-{size}.missing", b""


def _tables(clinic: Clinic) -> Iterator[tuple[str, str]]:
    found = Person.objects.filter(clinic=clinic, erased_at=None).order_by("code")
    yield "people", _csv(PEOPLE, found.values_list(*PEOPLE))
    zones = (
        "session__person__code",
        "session__day",
        "session__number",
        "zone",
        "planned_dial_mm",
        "dial_mm",
        "planned_passes",
        "passes",
        "endpoint",
        "done",
    )
    yield "zones", _csv(zones, _of("clinic.SessionZone", clinic).values_list(*zones))
    sessions = (
        "person__code",
        "day",
        "number",
        "device",
        "cream",
        "cream_g",
        "cream_cm2",
        "cream_on",
        "cream_off",
        "product",
        "pain_score",
        "unwanted",
        "signed_at",
        "signed_by__username",
    )
    yield (
        "sessions",
        _csv(sessions, NeedlingSession.objects.filter(person__clinic=clinic).order_by("day").values_list(*sessions)),
    )
    lots = ("lot__kind", "lot__name", "lot__lot", "piece", "lot__expires_on", "session__person__code", "session__day")
    yield "lots", _csv(lots, _of("clinic.LotUse", clinic).values_list(*lots))


def _csv(names: tuple[str, ...], entries: Any) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(name.replace("__", "_") for name in names)
    for entry in entries.iterator(500):
        writer.writerow(_cell(value) for value in entry)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"
    return value


def uncelled(value: str) -> str:
    """A cell as it was before `_cell` marked it.

    Examples
    --------
    >>> uncelled("'=1+1"), uncelled("O'Hara")
    ('=1+1', "O'Hara")
    """
    return value[1:] if value[:1] == "'" and value[1:2] in "=+-@\t\r" and value[1:] else value
