"""One sealed file: a tar inside frames of AES-256-GCM, each bound to its place, so that nothing is cut or swapped."""

from __future__ import annotations

import io
import os
import secrets
import struct
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from puncta.clinic.sealing import UnreadableError

MAGIC = b"PUNCTA-BACKUP-1\n"
_FRAME = 1 << 20
_SALT = 16
_TAG = 16


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"puncta backup 1").derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return struct.pack(">QI", number, int(last))


class SealedWriter(io.RawIOBase):
    """Takes bytes, writes sealed frames; `close` writes the last one."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(_SALT)
        self._file, self._cipher, self._number = file, _cipher(key, salt), 0
        self._waiting = bytearray()
        file.write(MAGIC + salt)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, content: object) -> int:
        """Take bytes; full frames go out."""
        given = bytes(memoryview(content))  # pyright: ignore[reportArgumentType]
        self._waiting += given
        while len(self._waiting) > _FRAME:
            self._send(bytes(self._waiting[:_FRAME]), last=False)
            del self._waiting[:_FRAME]
        return len(given)

    def _send(self, frame: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last), frame, None)
        self._file.write(struct.pack(">I", len(sealed)) + sealed)
        self._number += 1

    def close(self) -> None:
        """Write the last frame and make it stay."""
        if not self.closed:
            self._send(bytes(self._waiting), last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
        super().close()


class SealedReader(io.RawIOBase):
    """Gives back the bytes; a frame that is changed, missing or out of place raises `UnreadableError`."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        head = file.read(len(MAGIC) + _SALT)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + _SALT:
            raise UnreadableError("not a backup")
        self._file, self._cipher, self._number = file, _cipher(key, head[len(MAGIC) :]), 0
        self._rest, self._ended = b"", False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill a buffer from the next frame."""
        view = memoryview(buffer)  # pyright: ignore[reportArgumentType]
        if not self._rest and not self._ended:
            self._rest = self._next()
        piece = self._rest[: len(view)]
        view[: len(piece)] = piece
        self._rest = self._rest[len(piece) :]
        return len(piece)

    def _next(self) -> bytes:
        size = self._file.read(4)
        if len(size) < 4:
            raise UnreadableError("cut short")
        length = struct.unpack(">I", size)[0]
        sealed = self._file.read(min(length, _FRAME + _TAG))
        for last in (False, True):
            try:
                frame = self._cipher.decrypt(_nonce(self._number, last), sealed, None)
            except InvalidTag:
                continue
            self._number += 1
            self._ended = last
            return frame if frame or last else self._next()
        raise UnreadableError("changed, or another key")


def whole(path: Path, key: bytes) -> bool:
    """True where every frame opens to the end."""
    try:
        with path.open("rb") as file:
            reader = io.BufferedReader(SealedReader(file, key))
            while reader.read(_FRAME):
                pass
            return not file.read(1)
    except (UnreadableError, OSError):
        return False
