"""The disk: yes only where the computer says so; what it does not say is never taken as yes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from puncta.clinic import disk, start
from puncta.clinic.disk import Encryption, disk_encryption


def _computer(root: Path, folder: Path, *, crypt: bool, layers: int = 1) -> Path:
    """A computer's own list of devices, in which the folder's lies on some others."""
    number, devices = folder.stat().st_dev, root / "devices"
    top = devices / "dm-9"
    top.mkdir(parents=True)
    here = top
    for layer in range(layers):
        below = devices / f"dm-{layer}"
        below.mkdir(exist_ok=True)
        (here / "slaves").mkdir()
        (here / "slaves" / below.name).symlink_to(below)
        here = below
    (here / "dm").mkdir()
    (here / "dm" / "uuid").write_text("CRYPT-LUKS2-0123\n" if crypt else "LVM-0123\n")
    listed = root / "block"
    listed.mkdir()
    (listed / f"{os.major(number)}:{os.minor(number)}").symlink_to(top)
    return listed


@pytest.mark.parametrize("layers", [1, 3])
@pytest.mark.parametrize("crypt", [True, False])
def test_on_linux_the_layers_below_are_looked_through(tmp_path: Path, crypt: bool, layers: int) -> None:
    system = _computer(tmp_path / "sys", tmp_path, crypt=crypt, layers=layers)
    assert disk._linux(tmp_path, system) is (Encryption.YES if crypt else Encryption.NO)


def test_a_disk_that_the_computer_does_not_list_is_unknown(tmp_path: Path) -> None:
    assert disk._linux(tmp_path, tmp_path / "nothing") is Encryption.UNKNOWN


@pytest.mark.parametrize(
    ("system", "told", "known"),
    [
        ("Darwin", "FileVault is On.", Encryption.YES),
        ("Darwin", "FileVault is Off.", Encryption.NO),
        ("Windows", "    Protection Status:    Protection On", Encryption.YES),
        ("Windows", "    Protection Status:    Protection Off", Encryption.NO),
        ("Windows", "", Encryption.UNKNOWN),
        ("Plan 9", "", Encryption.UNKNOWN),
    ],
)
def test_other_computers_are_asked_in_their_own_way(
    system: str, told: str, known: Encryption, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk.platform, "system", lambda: system)
    monkeypatch.setattr(disk, "_asked", lambda *words: told)
    assert disk_encryption(tmp_path) is known


def test_a_computer_that_does_not_answer_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*words: str) -> str:
        raise subprocess.TimeoutExpired(words, 10)

    monkeypatch.setattr(disk.platform, "system", lambda: "Darwin")
    monkeypatch.setattr(disk, "_asked", slow)
    assert disk_encryption(tmp_path) is Encryption.UNKNOWN


@pytest.mark.parametrize(("known", "words"), [(Encryption.NO, "not encrypted"), (Encryption.UNKNOWN, "does not say")])
def test_the_start_warns_unless_the_disk_is_encrypted(
    known: Encryption, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(start, "disk_encryption", lambda folder: known)
    monkeypatch.setattr(start, "database_is_sealed", lambda: False)
    start.warn_of_disk(said.append)
    assert len(said) == 1
    assert words in said[0]


def test_on_an_encrypted_disk_the_start_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(start, "disk_encryption", lambda folder: Encryption.YES)
    monkeypatch.setattr(start, "database_is_sealed", lambda: False)
    start.warn_of_disk(said.append)
    assert said == []
    monkeypatch.setattr(start, "disk_encryption", lambda folder: Encryption.NO)
    monkeypatch.setattr(start, "database_is_sealed", lambda: True)
    start.warn_of_disk(said.append)
    assert said == []
