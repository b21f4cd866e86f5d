"""Sealing: AES-256-GCM for photographs, documents and backups, each under its own key, wrapped by the clinic's."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from puncta.clinic.folder import clinic_folder

_NONCE_BYTES = 12
_KEY_BYTES = 32
_CHECK_BYTES = 3
_GROUP = 5


class UnreadableError(Exception):
    """A sealed file that cannot be opened: changed, cut short, or sealed with another key."""


def clinic_key() -> bytes:
    """The clinic's own key, from outside the data folder."""
    return clinic_folder().key_file.read_bytes()


def database_key() -> bytes:
    """The database's key, drawn from the clinic's: one that leaks tells nothing of the other."""
    return HKDF(SHA256(), _KEY_BYTES, None, b"puncta database 1").derive(clinic_key())


def seal(content: bytes, key: bytes, bound_to: str) -> bytes:
    """Encrypt; ``bound_to`` names what it is, so that one file cannot stand in for another."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def unseal(sealed: bytes, key: bytes, bound_to: str) -> bytes:
    """Decrypt, or raise `UnreadableError`."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise UnreadableError(bound_to) from error


def new_key(name: str) -> tuple[bytes, bytes]:
    """A key for one file, bare and wrapped; without the wrapped one the file is lost for good."""
    bare = secrets.token_bytes(_KEY_BYTES)
    return bare, seal(bare, clinic_key(), f"key {name}")


def open_key(wrapped: bytes, name: str) -> bytes:
    """Unwrap the key of a file."""
    return unseal(bytes(wrapped), clinic_key(), f"key {name}")


def _place(name: str) -> Path:
    return clinic_folder().sealed / name[:2] / name


def keep(name: str, content: bytes) -> bytes:
    """Seal a file under a new key and put it in its place as a whole; returns the wrapped key."""
    bare, wrapped = new_key(name)
    place = _place(name)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = place.with_suffix(".part")
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(seal(content, bare, name))
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(place)
    return wrapped


def read(name: str, wrapped: bytes) -> bytes:
    """Open a sealed file.

    Raises
    ------
    UnreadableError
        Where it is missing, changed or sealed with another key.
    """
    try:
        return unseal(_place(name).read_bytes(), open_key(wrapped, name), name)
    except OSError as error:
        raise UnreadableError(name) from error


def drop(name: str) -> None:
    """Remove a sealed file."""
    _place(name).unlink(missing_ok=True)


def fingerprint(content: bytes) -> str:
    """A digest that says nothing without the clinic's key."""
    return hmac.new(clinic_key(), content, hashlib.sha256).hexdigest()


def recovery_words(key: bytes) -> str:
    """The key as it is printed at set-up: groups of five letters and figures, the last ones a check.

    Examples
    --------
    >>> from_recovery_words(recovery_words(bytes(range(32)))) == bytes(range(32))
    True
    """
    check = hashlib.sha256(key).digest()[:_CHECK_BYTES]
    letters = base64.b32encode(key + check).decode().rstrip("=")
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def from_recovery_words(words: str) -> bytes:
    """Read a printed recovery key.

    Raises
    ------
    ValueError
        Where a sign is mistyped.
    """
    letters = "".join(words.upper().replace("-", " ").split()).replace("0", "O").replace("1", "I").replace("8", "B")
    raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    key, check = raw[:_KEY_BYTES], raw[_KEY_BYTES:]
    if hashlib.sha256(key).digest()[:_CHECK_BYTES] != check:
        raise ValueError("check")
    return key
