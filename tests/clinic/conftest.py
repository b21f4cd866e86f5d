"""A clinic with a cast: one account for each role, an outsider who owns another clinic, and nobody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client

from puncta.clinic import folder as folder_module
from puncta.clinic.consent_texts import first_texts
from puncta.clinic.models import Clinic, Membership, Person, Role, User

_flush = type(connection.ops).execute_sql_flush


def _flush_audit_too(self: Any, sql_list: list[str]) -> None:
    """Empty the tables between tests: the audit's own triggers stand aside for that moment, and for nothing else."""
    triggers = import_module("puncta.clinic.migrations.0002_audit_append_only")
    with self.connection.schema_editor() as editor:
        triggers.backwards(None, editor)
    _flush(self, sql_list)
    with self.connection.schema_editor() as editor:
        triggers.forwards(None, editor)


if connection.vendor == "sqlite":
    connection.settings_dict["TEST"]["NAME"] = ":memory:"
    # a live server's threads share this one connection, and its store of statements is not made for that
    connection.settings_dict["OPTIONS"]["cached_statements"] = 0
    type(connection.ops).execute_sql_flush = _flush_audit_too


@pytest.fixture(autouse=True)
def clinic_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object) -> Iterator[Path]:
    """A data folder of its own for each test, and a quick way to hash passwords."""
    monkeypatch.setenv(folder_module.FOLDER_VARIABLE, str(tmp_path / "clinic"))
    monkeypatch.setenv(folder_module.KEY_VARIABLE, str(tmp_path / "keys" / "clinic.key"))
    settings.MEASURE_IN_BACKGROUND = settings.LEARN_IN_BACKGROUND = False  # pyright: ignore
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # pyright: ignore
    folder_module.clinic_folder.cache_clear()
    folder_module.clinic_folder().create()
    yield tmp_path
    folder_module.clinic_folder.cache_clear()


def lately(client: Client) -> None:
    """As if the password had just been given."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


@dataclass
class Cast:
    """Everybody who tries every page."""

    clinic: Clinic
    other: Clinic
    users: dict[str, User]

    def client(self, who: str) -> Client:
        """A browser with somebody logged in, or with nobody."""
        client = Client()
        if who in self.users:
            client.force_login(self.users[who])
            lately(client)
        return client


def make_cast() -> Cast:
    """Two clinics; one member for each role in the first, and the owner of the second."""
    clinic = Clinic.objects.create(name="Harbour Skin Clinic", phone="020 7946 0000")
    other = Clinic.objects.create(name="Another Clinic")
    first_texts(clinic)
    first_texts(other)
    users = {}
    for role in Role.values:
        users[role] = User.objects.create(
            username=role, first_name=role.title(), password=make_password("correct horse 9")
        )
        Membership.objects.create(user=users[role], clinic=clinic, role=role)
    users["outsider"] = User.objects.create(username="outsider", password=make_password("correct horse 9"))
    Membership.objects.create(user=users["outsider"], clinic=other, role=Role.OWNER)
    return Cast(clinic, other, users)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast."""
    return make_cast()


@pytest.fixture
def person(cast: Cast) -> Person:
    """Somebody on record in the first clinic."""
    return Person.objects.create(
        clinic=cast.clinic,
        code="C-0142",
        given_name="Ana",
        family_name="Example",
        born_on=date(1992, 3, 14),
        sex="female",
        weight_kg=62,
        phototype=4,
        ita_degrees=18,
        phone="07700 900142",
    )
