"""The database as an encrypted file: SQLite by SQLCipher, opened with a key that is drawn from the clinic's own."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PLAIN_HEAD = b"SQLite format 3\x00"


def available() -> bool:
    """True where this computer has the program that encrypts databases."""
    return find_spec("sqlcipher3") is not None


def lies_plain(file: Path) -> bool:
    """True where a database file is readable without a key."""
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(len(_PLAIN_HEAD)) == _PLAIN_HEAD


def lies_sealed(file: Path) -> bool:
    """True where a database file is there and cannot be read without a key."""
    return file.is_file() and file.stat().st_size > 0 and not lies_plain(file)


def seal_database(file: Path) -> bool:
    """Encrypt a database that lies plain, as a whole or not at all; True where there was something to do."""
    if not available() or not lies_plain(file):
        return False
    from sqlcipher3 import dbapi2

    from puncta.clinic.sealing import database_key

    waiting = file.with_suffix(".sealing")
    waiting.unlink(missing_ok=True)
    connection = dbapi2.connect(str(file))
    try:
        # what the write-ahead log still holds goes into the file first
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("ATTACH DATABASE ? AS sealed KEY ?", (str(waiting), f"x'{database_key().hex()}'"))
        connection.execute("SELECT sqlcipher_export('sealed')")
        connection.execute("DETACH DATABASE sealed")
    finally:
        connection.close()
    waiting.chmod(0o600)
    waiting.replace(file)
    return True
