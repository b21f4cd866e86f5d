"""Checked: where what a check found is kept, beside the errors that it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically


def errors_hash() -> str:
    """Hash of the errors that were checked, the probes of the model among them."""
    return hashlib.sha256(Path(str(FOLDER), "imaging_errors.toml").read_bytes()).hexdigest()[:16]


def check_file(what: str) -> Path:
    """The file of one check."""
    return Path(str(FOLDER)) / f"imaging_checks_{what}.toml"


def keep(what: str, command: str, about: Mapping[str, Any], lines: Iterable[str]) -> None:
    """Write what was found on people who did not calibrate."""
    head = [
        f"# People who did not calibrate; written by python -m calibration.imaging.{command}.",
        "format = 1", *table_rows(about, quoted=False),
    ]  # fmt: skip
    write_atomically(check_file(what), "\n".join([*head, *lines]).rstrip() + "\n")


def table_rows(table: Mapping[str, Any], quoted: bool = True) -> list[str]:
    """A table's lines; names that are numbers stand in quotes."""
    return [f'"{key}" = {value}' if quoted else f"{key} = {value}" for key, value in table.items()]
