"""The disk: whether the folder of the clinic lies on an encrypted one, as far as this computer tells."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

_ANSWER_WITHIN_S = 10
_SYSTEM = Path("/sys/dev/block")


class Encryption(Enum):
    """What is known of the disk."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def disk_encryption(folder: Path) -> Encryption:
    """Ask the computer whether a folder lies on an encrypted disk.

    Parameters
    ----------
    folder : Path
        An existing folder.

    Returns
    -------
    Encryption
        ``UNKNOWN`` where the computer does not say, as for a disk of a network or of a virtual machine: never a yes.

    Examples
    --------
    >>> disk_encryption(Path(".")) in Encryption
    True
    """
    asked = {"Linux": _linux, "Darwin": _mac, "Windows": _windows}.get(platform.system())
    try:
        return Encryption.UNKNOWN if asked is None else asked(folder)
    except (OSError, subprocess.SubprocessError):
        return Encryption.UNKNOWN


def _linux(folder: Path, system: Path = _SYSTEM) -> Encryption:
    number = folder.stat().st_dev
    device = system / f"{os.major(number)}:{os.minor(number)}"
    if not device.exists():
        return Encryption.UNKNOWN
    return Encryption.YES if any(_is_crypt(one) for one in _below(device.resolve())) else Encryption.NO


def _below(device: Path) -> Iterator[Path]:
    """The device and everything that it is made of."""
    yield device
    slaves = device / "slaves"
    for one in sorted(slaves.iterdir()) if slaves.is_dir() else ():
        yield from _below(one.resolve())


def _is_crypt(device: Path) -> bool:
    name = device / "dm" / "uuid"
    return name.is_file() and name.read_text(encoding="utf-8").startswith("CRYPT-")


def _mac(folder: Path) -> Encryption:
    told = _asked("fdesetup", "status")
    if "FileVault is On" in told:
        return Encryption.YES
    return Encryption.NO if "FileVault is Off" in told else Encryption.UNKNOWN


def _windows(folder: Path) -> Encryption:
    told = _asked("manage-bde", "-status", folder.resolve().drive)
    if "Protection On" in told:
        return Encryption.YES
    return Encryption.NO if "Protection Off" in told else Encryption.UNKNOWN


def _asked(program: str, *words: str) -> str:
    place = shutil.which(program)
    if place is None:
        return ""
    done = subprocess.run([place, *words], capture_output=True, text=True, timeout=_ANSWER_WITHIN_S, check=False)
    return done.stdout
