"""``puncta simulate``: what one course does, in numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from puncta.cli.options import AsJson, CaseFile, DevicesFolder, Draws, ProductsFolder, Seed, case_of, print_json


def command(
    case_file: CaseFile,
    course: Annotated[
        Path | None, typer.Option(help="Course file in TOML; without it the usual published course.")
    ] = None,
    draws: Draws = 200,
    seed: Seed = 0,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Simulate one course for a case, without planning."""
    from puncta import warm_up

    warm_up()
    from puncta import course_from_toml, outcome_record, read_text, simulate, text, usual_course

    case = case_of(case_file, devices=devices, products=products)
    chosen = usual_course(case) if course is None else course_from_toml(read_text(course), str(course), case)
    if as_json:
        print_json(outcome_record(simulate(case, chosen, draws=draws, seed=seed)))
        return
    from rich.table import Table

    from puncta.cli.tables import console, short

    out = console()
    with out.status(text("progress.simulate")):
        record = outcome_record(simulate(case, chosen, draws=draws, seed=seed))
    table = Table(box=None, pad_edge=False, title=case.title, title_justify="left")
    table.add_column(text("cli.figure"), no_wrap=True)
    table.add_column(text("cli.median"), justify="right")
    table.add_column(text("cli.band"), justify="right", no_wrap=True)
    table.add_column(text("cli.unit"), no_wrap=True)
    table.add_column(text("cli.assumed"), justify="right")
    for key, entry in record["quantities"].items():
        last = "days" in entry
        low, middle, high = (entry[level][-1] if last else entry[level] for level in ("low80", "median", "high80"))
        when = text("cli.on_day", day=f"{entry['days'][-1]:g}") if last else ""
        share = f"{entry['assumed_count']}/{entry['parameters_count']}"
        thin = f" {text('cli.thin')}" if entry["thin"] else ""
        band = f"{short(low)} – {short(high)}"
        table.add_row(f"{key} {when}{thin}".rstrip(), short(middle), band, entry["unit"], share)
    out.print(table)
    out.print(text("limits.draws"), style="dim")
    out.print(text("limits.not_a_device"), style="dim")
