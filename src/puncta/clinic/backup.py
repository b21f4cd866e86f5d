"""Backup and restore: every row and every sealed file in one encrypted archive, verified before it counts."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from puncta.clinic import rows
from puncta.clinic.archive import SealedReader, SealedWriter
from puncta.clinic.folder import ClinicFolder, clinic_folder
from puncta.clinic.library import __version__
from puncta.clinic.sealing import UnreadableError, clinic_key, from_recovery_words

FORMAT = 1
_MANIFEST = "manifest.json"


class BackupError(Exception):
    """A backup that cannot be made or restored, in words for people."""


def _applied() -> dict[str, str]:
    """The latest migration of each app, so that an old backup finds the tables it was made from."""
    loader = MigrationExecutor(connection).loader
    done = set(loader.applied_migrations)
    return {app: max(name for other, name in done if other == app) for app in {app for app, _ in done}}


@contextmanager
def _one_moment() -> Iterator[None]:
    """All rows as they are at one moment, while others go on working."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _add(tar: tarfile.TarFile, name: str, content: bytes, digests: dict[str, str]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    tar.addfile(entry, io.BytesIO(content))
    digests[name] = hashlib.sha256(content).hexdigest()


def write_backup(target: Path) -> dict[str, int]:
    """Write a backup beside its place, verify all of it, then put it there; returns rows by table.

    Raises
    ------
    BackupError
        Where it cannot be written, or does not read back as it was written.
    """
    key, waiting = clinic_key(), target.with_name(f".{target.name}.part")
    digests: dict[str, str] = {}
    counts: dict[str, int] = {}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with (
            os.fdopen(handle, "wb") as file,
            SealedWriter(file, key) as sealed,
            tarfile.open(fileobj=sealed, mode="w|") as tar,
        ):
            with _one_moment():
                applied = _applied()
                for model in rows.kept_models(apps):
                    lines = list(rows.dump(model))
                    counts[model._meta.label] = len(lines)
                    _add(tar, f"rows/{model._meta.label}.jsonl", "\n".join(lines).encode(), digests)
            for place in sorted(clinic_folder().sealed.rglob("*")):
                if place.is_file() and not place.name.endswith(".part"):
                    _add(tar, f"sealed/{place.name}", place.read_bytes(), digests)
            manifest = {
                "format": FORMAT,
                "made_at": datetime.now(UTC).isoformat(),
                "software": f"Puncta {__version__}",
                "migrations": applied,
                "rows": counts,
                "digests": digests,
            }
            _add(tar, _MANIFEST, json.dumps(manifest).encode(), {})
        if read_backup(waiting, key)[0] != manifest:
            raise BackupError("the backup does not read back as it was written")
        waiting.replace(target)
    except (OSError, UnreadableError) as error:
        raise BackupError(str(error)) from error
    finally:
        waiting.unlink(missing_ok=True)
    return counts


def read_backup(source: Path, key: bytes, into: Path | None = None) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Open a backup and hold every part against its digest; sealed files go into a folder where one is named.

    Returns
    -------
    tuple
        The manifest, and the rows of each table as bytes.
    """
    digests: dict[str, str] = {}
    tables: dict[str, bytes] = {}
    manifest: dict[str, Any] = {}
    try:
        with source.open("rb") as file:
            reader = io.BufferedReader(SealedReader(file, key))
            with tarfile.open(fileobj=reader, mode="r|") as tar:
                for entry in tar:
                    part = tar.extractfile(entry)
                    content = part.read() if part else b""
                    if entry.name == _MANIFEST:
                        manifest = json.loads(content)
                        continue
                    digests[entry.name] = hashlib.sha256(content).hexdigest()
                    if entry.name.startswith("rows/"):
                        tables[entry.name.removeprefix("rows/").removesuffix(".jsonl")] = content
                    elif into is not None:
                        name = Path(entry.name).name
                        (into / name[:2]).mkdir(mode=0o700, parents=True, exist_ok=True)
                        (into / name[:2] / name).write_bytes(content)
            while reader.read(1 << 20):
                pass
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise UnreadableError(str(error)) from error
    if manifest.get("format") != FORMAT or manifest["digests"] != digests:
        raise UnreadableError("incomplete")
    return manifest, tables


def restore(source: Path, recovery: str | None = None) -> dict[str, int]:
    """Restore into an empty folder, also on another computer with the recovery key; returns rows by table.

    Raises
    ------
    BackupError
        Where the folder is not empty, the key does not fit, or the backup is damaged; nothing is left behind.
    """
    place = clinic_folder()
    if in_use(place):
        raise BackupError("the folder holds a clinic already; restore into an empty one")
    try:
        key = from_recovery_words(recovery) if recovery else clinic_key()
        read_backup(source, key)
    except ValueError as error:
        raise BackupError("the recovery key is mistyped") from error
    except (UnreadableError, OSError) as error:
        raise BackupError(f"the backup cannot be opened: {error}") from error
    if not place.key_file.exists():
        place.key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.key_file.write_bytes(key)
        place.key_file.chmod(0o600)
    place.create()
    manifest, tables = read_backup(source, key, into=place.sealed)
    counts = _put_back(manifest, tables)
    if counts != manifest["rows"]:
        raise BackupError("not every row came back")
    return counts


def in_use(place: ClinicFolder) -> bool:
    """True where the folder, or the database it names, holds a clinic already."""
    if connection.vendor == "sqlite":
        return place.database.exists()
    return "clinic_person" in connection.introspection.table_names()


def _put_back(manifest: dict[str, Any], tables: dict[str, bytes]) -> dict[str, int]:
    """Make the tables as they were then, fill them, and only then bring them up to today."""
    executor = MigrationExecutor(connection)
    then = [(app, name) for app, name in manifest["migrations"].items() if (app, name) in executor.loader.graph.nodes]
    executor.migrate(then)
    old = executor.loader.project_state(then).apps
    counts = {}
    with transaction.atomic():
        models = rows.kept_models(old)
        for model in models:
            label = model._meta.label
            lines = tables.get(label, b"").decode().splitlines()
            counts[label] = rows.load(model, [line for line in lines if line])
        rows.reset_numbers(models)
    now = MigrationExecutor(connection)
    now.migrate(now.loader.graph.leaf_nodes())
    return {label: count for label, count in counts.items() if label in manifest["rows"]}
