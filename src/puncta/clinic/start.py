"""``puncta clinic``: make what is missing, say the recovery key once, serve on this computer."""

from __future__ import annotations

import os
import threading
import webbrowser
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from typing import Any

from puncta.clinic.disk import Encryption, disk_encryption
from puncta.clinic.folder import FOLDER_VARIABLE, KEY_VARIABLE, clinic_folder
from puncta.clinic.network import LAN_VARIABLE, Network
from puncta.clinic.sealed_sqlite import seal_database

Say = Callable[[str], None]
_THREADS = 8


def prepare(folder: Path | None, key_file: Path | None) -> None:
    """Point this process at a folder and load the app; before anything else."""
    if folder is not None:
        os.environ[FOLDER_VARIABLE] = str(folder)
    if key_file is not None:
        os.environ[KEY_VARIABLE] = str(key_file)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "puncta.clinic.settings")
    clinic_folder.cache_clear()


def run(
    folder: Path | None = None,
    key_file: Path | None = None,
    port: int = 8765,
    *,
    lan: bool = False,
    open_browser: bool = True,
    say: Say = print,
) -> None:
    """Make folder, key, database and first account where they are missing, then serve until stopped."""
    prepare(folder, key_file)
    os.environ[LAN_VARIABLE] = "1" if lan else "0"
    place = clinic_folder()
    new_key = place.create()
    _set_up(None, None)
    from django.core.management import call_command

    _open_database()
    call_command("migrate", verbosity=0)
    first_account(say)
    if new_key:
        _tell_recovery_key(say)
    warn_of_disk(say)
    serve(port, open_browser=open_browser, say=say)


def _open_database() -> None:
    """Encrypt a database of an earlier version that lies plain; refuse a key that does not open this one."""
    from django.db import DatabaseError, connection

    from puncta.clinic.library import PunctaError, text

    seal_database(clinic_folder().database)
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        if "not a database" not in str(error):
            raise
        place = clinic_folder()
        raise PunctaError(text("clinic.start.other_key", file=place.key_file, folder=place.root)) from error


def database_is_sealed() -> bool:
    """True where the database is a file that opens with the clinic's key alone."""
    from django.db import connection

    return connection.settings_dict["ENGINE"] == "puncta.clinic.sealed_sqlite"


def warn_of_disk(say: Say) -> None:
    """Say so where the database would lie readable on a disk that is not encrypted, or nobody knows."""
    from puncta.clinic.words import say as words

    if database_is_sealed():
        return
    known = disk_encryption(clinic_folder().root)
    if known is not Encryption.YES:
        say(words(f"start.disk_{known.value}", folder=clinic_folder().root))


def back_up(target: Path, folder: Path | None, key_file: Path | None, say: Say) -> bool:
    """Write and verify a backup; works while the clinic is open."""
    _set_up(folder, key_file)
    from puncta.clinic.backup import BackupError, write_backup
    from puncta.clinic.words import say as words

    try:
        counts = write_backup(target)
    except BackupError as error:
        say(words("backup.failed", why=error))
        return False
    say(words("backup.written", file=target, count=sum(counts.values())))
    return True


def bring_back(source: Path, folder: Path | None, key_file: Path | None, recovery: str | None, say: Say) -> bool:
    """Restore a backup into an empty folder."""
    _set_up(folder, key_file)
    from puncta.clinic.backup import BackupError, restore
    from puncta.clinic.words import say as words

    clinic_folder().root.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        counts = restore(source, recovery)
    except BackupError as error:
        say(words("backup.not_restored", why=error))
        return False
    say(words("backup.restored", count=sum(counts.values()), folder=clinic_folder().root))
    return True


def bring_in(source: Path, folder: Path | None, key_file: Path | None, say: Say) -> bool:
    """Take a clinic's own export into an empty folder; its owner is asked for a password."""
    prepare(folder, key_file)
    clinic_folder().root.mkdir(parents=True, exist_ok=True, mode=0o700)
    new_key = clinic_folder().create()
    _set_up(None, None)
    from puncta.clinic.importing import ImportRefusedError, take_in_export
    from puncta.clinic.models import Membership, Role
    from puncta.clinic.words import say as words

    try:
        counts = take_in_export(source)
    except ImportRefusedError as error:
        say(words("import.failed", why=error))
        return False
    for member in Membership.objects.filter(role=Role.OWNER, active=True).select_related("user"):
        say(words("import.owner", name=member.user.username))
        member.user.set_password(_new_password(member.user.username, say))
        member.user.save(update_fields=["password"])
    if new_key:
        _tell_recovery_key(say)
    say(words("import.done", count=sum(counts.values()), folder=clinic_folder().root))
    return True


def fetch_parts(folder: Path | None, key_file: Path | None, say: Say) -> None:
    """Fetch what the capture guide needs; the only moment at which anything is fetched."""
    prepare(folder, key_file)
    clinic_folder().create()
    from puncta.clinic.guide import fetch_guide

    fetch_guide(say)


def _set_up(folder: Path | None, key_file: Path | None) -> None:
    prepare(folder, key_file)
    import django

    django.setup()


def _tell_recovery_key(say: Say) -> None:
    from puncta.clinic.sealing import clinic_key, recovery_words
    from puncta.clinic.words import say as words

    say(words("start.recovery", key=recovery_words(clinic_key()), file=clinic_folder().key_file))


def first_account(say: Say) -> None:
    """Ask for clinic, name and password where nobody can log in yet; the environment may answer."""
    from puncta.clinic.models import Membership
    from puncta.clinic.words import say as words

    if Membership.objects.exists():
        return
    given = {name: os.environ.get(f"PUNCTA_CLINIC_{name}", "") for name in ("NAME", "USER")}
    say(words("start.first"))
    clinic_name = given["NAME"] or input(words("start.clinic_name") + " ").strip() or "Clinic"
    username = given["USER"] or input(words("start.username") + " ").strip() or "owner"
    make_clinic(clinic_name, username, _new_password(username, say))


def _new_password(username: str, say: Say) -> str:
    """Ask until the password is one that may be used; the environment may answer."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from puncta.clinic.models import User
    from puncta.clinic.words import say as words

    given = os.environ.get("PUNCTA_CLINIC_PASSWORD", "")
    while True:
        password = given or getpass(words("start.password") + " ")
        try:
            validate_password(password, User(username=username))
        except ValidationError as error:
            if given:
                raise
            say(" ".join(error.messages))
        else:
            return password


def make_clinic(name: str, username: str, password: str) -> None:
    """A clinic with its owner and the texts it begins with."""
    from django.db import transaction

    from puncta.clinic.audit import note
    from puncta.clinic.consent_texts import first_texts
    from puncta.clinic.models import Clinic, Membership, Role, User

    with transaction.atomic():
        user = User.objects.create_user(username, password=password)
        made = Clinic.objects.create(name=name)
        member = Membership.objects.create(user=user, clinic=made, role=Role.OWNER)
        first_texts(made)
        note(made, user, "created", member)


def serve(port: int, *, open_browser: bool, say: Say) -> None:
    """Serve on this computer alone, or on the clinic's network with HTTPS, until interrupted."""
    from cheroot.wsgi import Server
    from django.conf import settings

    from puncta.clinic.words import say as words
    from puncta.clinic.wsgi import application

    known = settings.NETWORK
    bound = "0.0.0.0" if known.lan else "127.0.0.1"
    server = Server((bound, port), application, numthreads=_THREADS, server_name="clinic")
    beside = None
    if known.lan or known.certificate is not None:
        server.ssl_adapter = _tls(known)
    if known.lan:
        address = f"https://{known.name}:{port}/"
        say(words("start.serving_lan", address=address, tablets=f"{address}clinic/tablets/"))
        if known.certificate is None:
            from puncta.clinic.authority import authority_mark
            from puncta.clinic.welcome import welcome

            say(words("start.trust", file=clinic_folder().authority / "authority.crt"))
            say(words("start.mark", mark=authority_mark(clinic_folder())))
            beside = Server((bound, port + 1), welcome(known.name, port), numthreads=2, server_name="clinic")
            threading.Thread(target=beside.safe_start, daemon=True).start()
    else:
        address = f"http{'s' if known.certificate else ''}://127.0.0.1:{port}/"
        say(words("start.serving", address=address))
    if open_browser:
        threading.Timer(1.0, webbrowser.open, (address,)).start()
    try:
        server.safe_start()
    finally:
        server.stop()
        if beside is not None:
            beside.stop()


def _tls(known: Network) -> Any:
    """HTTPS of today, with the named certificate or one that the clinic's own authority signs."""
    import ssl

    from cheroot.ssl.builtin import BuiltinSSLAdapter

    if known.certificate is not None and known.private_key is not None:
        shown, hidden = known.certificate, known.private_key
    else:
        from puncta.clinic.authority import certificate

        shown, hidden = certificate(clinic_folder(), known.name, known.addresses)
    adapter = BuiltinSSLAdapter(str(shown), str(hidden))
    adapter.context.minimum_version = ssl.TLSVersion.TLSv1_2
    # of the ciphers of 1.2 only those that keep what was said yesterday secret; 1.3 has no others
    adapter.context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    return adapter
