"""``puncta replay``: a stored plan made again; the same figures, or both sets with what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from puncta.cli.options import AsJson, DevicesFolder, ProductsFolder, print_json

_MOST = 20  # numerics: differences that are shown in the terminal; --json has them all


def command(
    stored_file: Annotated[Path, typer.Argument(help="A stored plan, CASE-stored.json.", show_default=False)],
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Make a stored plan again and compare. Ends with 1 where a figure differs, with 2 where the file is refused."""
    from puncta import read_library, read_stored, read_text, replay, text

    stored = read_stored(read_text(stored_file, 20_000_000), str(stored_file))
    found = replay(stored, read_library(devices, products))
    if as_json:
        print_json(
            {
                "same": found.same,
                "changed": list(found.changed),
                "differences": [
                    {"place": one.place, "stored": one.stored, "now": one.now} for one in found.differences
                ],
            }
        )
    else:
        from rich.table import Table

        from puncta.cli.tables import console

        out = console()
        words = "planning.replay.same" if found.same else "planning.replay.differs"
        out.print(text(words, count=len(found.differences)), style="bold")
        for line in found.changed:
            out.print(f"  {line}", markup=False)
        if found.differences:
            table = Table(box=None, pad_edge=False)
            for head in ("figure", "stored", "now"):
                table.add_column(text(f"cli.column.{head}"))
            for one in found.differences[:_MOST]:
                table.add_row(one.place, str(one.stored), str(one.now))
            out.print(table)
            if len(found.differences) > _MOST:
                out.print(text("planning.replay.more", count=len(found.differences) - _MOST), style="dim")
        out.print(text("limits.not_a_device"), style="dim")
    if not found.same:
        raise typer.Exit(1)
