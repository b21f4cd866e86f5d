"""Write and verify the audit chain."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from puncta.clinic.models import AuditEntry, Clinic
from puncta.clinic.sealing import fingerprint

_START = "0" * 64


def _link(entry: AuditEntry) -> str:
    said = [
        entry.clinic_id,
        entry.number,
        entry.at.isoformat(timespec="microseconds"),
        entry.user_id,
        entry.action,
        entry.kind,
        entry.object_id,
        entry.content,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def note(clinic: Clinic, user: Any, action: str, record: Any = None, content: object = None) -> AuditEntry:
    """Add one entry to a clinic's audit, in the same transaction as what it tells of.

    Parameters
    ----------
    clinic : Clinic
        Whose audit.
    user : User or None
        Who; None where nobody is logged in.
    action : str
        What: ``created``, ``changed``, ``viewed``, ``signed`` ...
    record : Record, optional
        Which record; its id alone is kept.
    content : object, optional
        What it held; a keyed digest alone is kept.
    """
    with transaction.atomic():
        # one writer at a time: the chain never forks
        Clinic.objects.select_for_update().get(pk=clinic.pk)
        last = AuditEntry.objects.filter(clinic=clinic).order_by("-number").first()
        entry = AuditEntry(
            clinic=clinic,
            number=1 if last is None else last.number + 1,
            at=timezone.now(),
            user=user if user is not None and user.is_authenticated else None,
            action=action,
            kind="" if record is None else getattr(record, "KIND", "") or type(record).__name__.lower(),
            object_id="" if record is None else str(record.pk),
            content="" if content is None else fingerprint(json.dumps(content, sort_keys=True, default=str).encode()),
            previous=_START if last is None else last.digest,
        )
        entry.digest = _link(entry)
        entry.save(force_insert=True)
        return entry


def first_break(clinic: Clinic) -> int | None:
    """Number of the first entry that does not follow from the one before; None where the chain holds."""
    previous = _START
    entries = AuditEntry.objects.filter(clinic=clinic).order_by("number").iterator()
    for number, entry in enumerate(entries, start=1):
        if entry.number != number or entry.previous != previous or entry.digest != _link(entry):
            return number
        previous = entry.digest
    return None
