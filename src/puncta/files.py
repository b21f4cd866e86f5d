"""Files: read whole within a limit, written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

from puncta.errors import InputError, Problem, nearest
from puncta.messages import text

#: A case, a course or a policy written by hand never comes near this.
LARGEST_BYTES = 1_000_000


def read_text(path: str | Path, largest_bytes: int = LARGEST_BYTES) -> str:
    """Read a text file, UTF-8 with or without byte order mark.

    Parameters
    ----------
    path : str or Path
        The file.
    largest_bytes : int
        Largest that is read.

    Returns
    -------
    str
        Its text.

    Raises
    ------
    InputError
        Where the file is missing (with files of similar names), is a folder, may not be read, is too large, is binary
        or is not UTF-8.

    Examples
    --------
    >>> read_text("examples/acne_scars.toml").count("format = 1")
    1
    """
    file = Path(path)
    if _is_folder(file):
        raise _refused(file, "folder")
    try:
        with file.open("rb") as stream:
            data = stream.read(largest_bytes + 1)
    except FileNotFoundError as error:
        raise _refused(file, "missing", near=_near(file)) from error
    except PermissionError as error:
        raise _refused(file, "forbidden") from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise _refused(file, "unreadable", reason=str(error)) from error
    if len(data) > largest_bytes:
        raise _refused(file, "huge", largest_kb=largest_bytes // 1000)
    if not data.strip():
        raise _refused(file, "empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(file, "not_utf8")
    if b"\0" in data:
        raise _refused(file, "binary")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise _refused(file, "not_utf8") from error


def toml_of(words: str, name: str) -> dict[str, Any]:
    """Read TOML that somebody wrote.

    Parameters
    ----------
    words : str
        The text.
    name : str
        What to call it in messages.

    Raises
    ------
    InputError
        Where it is no TOML, with the line.

    Examples
    --------
    >>> toml_of("people = 20", "trial")
    {'people': 20}
    """
    try:
        return tomllib.loads(words)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line \d+", str(error))
        where = line.group() if line else name
        problem = Problem(where, str(error), text("studies.toml_allowed"), "", text("studies.toml_do"))
        raise InputError(name, [problem]) from None


def write_atomically(path: str | Path, data: str | bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never half of it.

    Parameters
    ----------
    path : str or Path
        Where; its folder must exist.
    data : str or bytes
        What; text is written as UTF-8.

    Raises
    ------
    InputError
        Where the place cannot be written to; whatever stood there before is untouched.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_atomically(f"{folder}/note.txt", "done")
    ...     read_text(f"{folder}/note.txt")
    'done'
    """
    file = Path(path)
    if _is_folder(file):
        raise _refused(file, "folder")
    half: Path | None = None
    try:
        place = file.resolve()  # a link stays a link
        # beside the target, because a rename is atomic only within one file system
        half = place.with_name(f".{place.name}.{secrets.token_hex(6)}.part")
        with half.open("xb") as stream:
            stream.write(data.encode() if isinstance(data, str) else data)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(place)
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise _refused(file, "unwritable", reason=str(error)) from error
    finally:
        if half is not None:
            with suppress(OSError):
                half.unlink(missing_ok=True)


def check_folder(path: str | Path) -> None:
    """Refuse a folder into which no file could be written, before long work is done for it.

    Parameters
    ----------
    path : str or Path
        The folder; it need not exist yet. Nothing is made.

    Raises
    ------
    InputError
        Where a file is in the way or the system does not let anything be written there.

    Examples
    --------
    >>> check_folder("examples/new/folder")
    """
    place = Path(path)
    try:
        while not place.exists() and place != place.parent:
            place = place.parent
        code = errno.ENOTDIR if not place.is_dir() else 0 if os.access(place, os.W_OK | os.X_OK) else errno.EACCES
        if code:
            raise OSError(code, os.strerror(code))
    except OSError as error:
        raise refused_folder(path, error) from error


def refused_folder(path: str | Path, error: Exception) -> InputError:
    """The message for a folder that the system did not let be written to.

    Parameters
    ----------
    path : str or Path
        The folder.
    error : Exception
        What the system said.

    Examples
    --------
    >>> refused_folder("out", OSError(28, "No space left on device")).problems[0].given
    'no file can be written into this folder (No space left on device)'
    """
    return _refused(Path(path), "no_folder", reason=getattr(error, "strerror", None) or error)


def _is_folder(file: Path) -> bool:
    with suppress(OSError):  # a name that is too long
        return file.is_dir()
    return False


def _near(file: Path) -> str:
    with suppress(OSError):
        return nearest(file.name, (entry.name for entry in file.parent.iterdir()))
    return ""


def _refused(file: Path, kind: str, **values: object) -> InputError:
    def say(part: str) -> str:
        return text(f"files.{kind}.{part}", **values)

    do = say("do")
    if values.get("near"):
        do = text("files.near", do=do, near=values["near"])
    return InputError(str(file), [Problem(str(file), say("given"), say("allowed"), say("why"), do)])
