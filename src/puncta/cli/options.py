"""Options that several commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from puncta import Case

CaseFile = Annotated[Path, typer.Argument(help="Case file in TOML; see examples/.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
PolicyFile = Annotated[
    Path | None, typer.Option("--policy", help="The clinic's policy in TOML; see examples/clinic.", show_default=False)
]
DevicesFolder = Annotated[
    Path | None,
    typer.Option("--devices", help="Folder of own devices in TOML; see examples/devices.", show_default=False),
]
ProductsFolder = Annotated[
    Path | None,
    typer.Option(
        "--products",
        help="Folder of own products in TOML, their own compounds in compounds/; see examples/products.",
        show_default=False,
    ),
]
Draws = Annotated[int, typer.Option(min=20, max=100_000, help="Simulated persons behind each band.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed; equal seeds give equal results.")]


def case_of(
    case_file: Path,
    policy_file: Path | None = None,
    devices: Path | None = None,
    products: Path | None = None,
) -> Case:
    """Read a case, with the clinic's policy and with own devices and products where they are given."""
    from puncta import read_case, read_library, read_policy, with_policy

    case = read_case(case_file, read_library(devices, products))
    return case if policy_file is None else with_policy(case, read_policy(policy_file))


WhatIf = Annotated[
    list[str] | None,
    typer.Option(help="A field with another value, as in the file: limits.max_sessions=3; may be given again."),
]


def with_changes(case: Case, changes: list[str] | None) -> Case:
    """Lay what-if changes over a case; the file stays as it is."""
    if not changes:
        return case
    from puncta import what_if

    split = (one.partition("=") for one in changes)
    return what_if(case, {field.strip(): value.strip() for field, _, value in split})


def print_json(record: object) -> None:
    """Print a record as JSON: in many lines to a reader, in one to a program; in ASCII, which no encoding spoils."""
    import json

    indent = 2 if sys.stdout.isatty() else None  # lines take ten times as long to write
    typer.echo(json.dumps(record, indent=indent, sort_keys=True, allow_nan=False))
