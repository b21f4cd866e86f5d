"""Kept: what files say, worked out once and found again at the next start, in a folder of the user's own."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import stat
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
_SUFFIX = ".toml"


def folder() -> Path | None:
    """The folder of what is kept, the user's own and closed to others.

    Returns
    -------
    Path or None
        ``PUNCTA_CACHE``, else the usual place of the system; None where there can be none, or where others could put
        something there, since what lies there is trusted.

    Examples
    --------
    >>> folder() is None or folder().is_dir()
    True
    """
    if given := os.environ.get("PUNCTA_CACHE"):
        path = Path(given)
    elif sys.platform == "win32":
        path = Path(os.environ.get("LOCALAPPDATA", Path.home())) / "puncta"
    else:
        path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "puncta"
    try:
        path.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
        about = path.stat()
    except (OSError, RuntimeError):
        return None
    if hasattr(os, "getuid") and (about.st_uid != os.getuid() or about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)):
        return None
    return path


def read(name: str) -> bytes | None:
    """What was kept under a name, whole; what is torn is taken away and counts as not kept.

    Examples
    --------
    >>> read("never-written") is None
    True
    """
    place = folder()
    if place is None:
        return None
    file = place / name
    try:
        seal, _, data = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    if seal.decode("ascii", "replace") == hashlib.sha256(data).hexdigest():
        return data
    with contextlib.suppress(OSError):
        file.unlink()
    return None


def write(name: str, data: bytes) -> None:
    """Keep bytes under a name, for as long as the folder can be written to; where it cannot, nothing is lost but time.

    They are written beside their place and moved there whole, so that two processes may do so at once.
    """
    place = folder()
    if place is None:
        return
    temporary = place / f"{name}.{os.getpid()}.{os.urandom(4).hex()}"
    try:
        with temporary.open("xb") as file:
            file.write(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
        temporary.replace(place / name)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()


def kept(name: str, sources: Iterable[Path], make: Callable[[], T]) -> T:
    """What ``make`` works out from files, found again as long as the files are the same.

    Parameters
    ----------
    name : str
        What it is; the newest of each name takes the place of the one before.
    sources : iterable of Path
        Files that it depends on, told apart by what they hold: times of change say nothing of installed files.
    make : callable
        Works it out from these files alone.

    Returns
    -------
    object
        As ``make`` gave it.

    Examples
    --------
    >>> kept("answer", [], lambda: 42)
    42
    """
    digest = hashlib.sha256(sys.version.encode())
    for file in sources:
        data = file.read_bytes()
        digest.update(f"{file}\0{len(data)}\n".encode() + data)
    key = digest.digest()
    found = read(name)
    if found is not None and found.startswith(key):
        with contextlib.suppress(Exception):  # whatever was kept wrongly is worked out anew
            return pickle.loads(found[len(key) :])
    made = make()
    write(name, key + pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
    return made


def name_in(place: Traversable, what: str) -> str:
    """Name under which something of one folder is kept, so that two installations do not take turns.

    Examples
    --------
    >>> name_in(Path("a"), "tables") == name_in(Path("b"), "tables")
    False
    """
    return f"{what}-{hashlib.sha256(str(place).encode()).hexdigest()[:16]}"  # numerics: letters enough to tell apart


def toml_tables(root: Traversable) -> Mapping[str, dict[str, Any]]:
    """Tables of all TOML files of a folder and its folders, by their way from it.

    Parameters
    ----------
    root : Traversable
        The folder.

    Returns
    -------
    mapping of str to dict
        For example ``zones/cheek.toml``, in order.

    Raises
    ------
    tomllib.TOMLDecodeError
        Where a file is no TOML.

    Examples
    --------
    >>> from importlib.resources import files
    >>> "cli.toml" in toml_tables(files("puncta.messages").joinpath("en"))
    True
    """
    if not isinstance(root, Path):  # inside an archive: nothing tells when it was changed
        return dict(_parsed(root, ""))
    found = sorted(root.rglob(f"*{_SUFFIX}"))
    return kept(name_in(root, "tables"), found, lambda: {str(f.relative_to(root).as_posix()): _table(f) for f in found})


def _table(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _parsed(place: Traversable, way: str) -> Iterable[tuple[str, dict[str, Any]]]:
    for entry in sorted(place.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _parsed(entry, f"{way}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            yield f"{way}{entry.name}", _table(entry)
