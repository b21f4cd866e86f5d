"""Checked: where what a check found is kept, beside the errors that it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from puncta.evidence import parameter
from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically

_LIMITS = (
    "even_pigment_density", "even_pigment_mad_fold", "even_pigment_mm", "even_margin_mm", "least_even_share",
    "one_line_mm", "one_spot_mm2", "spot_density", "least_zone_cm2", "least_pore_sharpness",
)  # fmt: skip


def errors_hash() -> str:
    """Hash of what decides that a change is told: errors with the probes of the model, leaks, limits of what is own."""
    files = b"".join(Path(str(FOLDER), f"imaging_{name}.toml").read_bytes() for name in ("errors", "leaks"))
    limits = "".join(f"{name}={parameter(f'imaging.{name}').value}" for name in _LIMITS)
    return hashlib.sha256(files + limits.encode()).hexdigest()[:16]


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
