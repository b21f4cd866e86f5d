"""Options that several commands share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

CaseFile = Annotated[Path, typer.Argument(help="Case file in TOML; see examples/.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Draws = Annotated[int, typer.Option(min=20, max=100_000, help="Simulated persons behind each band.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed; equal seeds give equal results.")]


def print_json(record: object) -> None:
    """Print a record as JSON: in many lines to a reader, in one to a program; in ASCII, which no encoding spoils."""
    import json

    indent = 2 if sys.stdout.isatty() else None  # lines take ten times as long to write
    typer.echo(json.dumps(record, indent=indent, sort_keys=True, allow_nan=False))
