"""The audit: append-only by the database, and broken visibly by whoever goes around it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from tests.clinic.conftest import Cast

from puncta.clinic.audit import first_break, note
from puncta.clinic.models import AuditEntry, Person


def test_the_database_refuses_to_change_or_drop_an_entry(cast: Cast) -> None:
    entry = note(cast.clinic, cast.users["owner"], "viewed")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(action="nothing")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_a_change_behind_the_databases_back_is_found(cast: Cast, person: Person) -> None:
    for _ in range(3):
        note(cast.clinic, cast.users["owner"], "viewed", person)
    assert first_break(cast.clinic) is None
    with connection.cursor() as cursor:
        on = " ON clinic_auditentry" if connection.vendor == "postgresql" else ""
        name = "audit_append_only" if on else "audit_no_change"
        cursor.execute(f"DROP TRIGGER {name}{on}")
        cursor.execute("UPDATE clinic_auditentry SET action = 'created' WHERE number = 2")
    assert first_break(cast.clinic) == 2


def test_no_entry_holds_a_name(cast: Cast, person: Person) -> None:
    entry = note(cast.clinic, cast.users["owner"], "changed", person, {"family_name": "Example"})
    assert "Example" not in " ".join(str(value) for value in vars(entry).values())
