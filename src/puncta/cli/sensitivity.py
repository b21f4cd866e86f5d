"""``puncta sensitivity``: what a figure of a forecast rests on most."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from puncta.cli.options import AsJson, CaseFile, DevicesFolder, ProductsFolder, Seed, case_of, print_json

_MOST = 15  # numerics: causes that are shown in the terminal; --json has them all


def command(
    case_file: CaseFile,
    figure: Annotated[
        str | None, typer.Option(help="For example pain_score@cheek_left; without it the change of the first concern.")
    ] = None,
    day: Annotated[float | None, typer.Option(help="Day of reading; without it the last.")] = None,
    course: Annotated[Path | None, typer.Option(help="Course file; without it the usual published course.")] = None,
    draws: Annotated[int, typer.Option(min=200, max=100_000, help="Draws.")] = 2000,
    seed: Seed = 0,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Tell what makes the band of a figure as wide as it is: which parameters, and what differs between people."""
    from puncta import course_from_toml, read_text, sensitivity, text, usual_course

    case = case_of(case_file, devices=devices, products=products)
    chosen = usual_course(case) if course is None else course_from_toml(read_text(course), str(course), case)
    asked = figure or f"improvement_fraction@{case.concerns[0].kind}"
    if as_json:
        found = sensitivity(case, chosen, asked, day, draws=draws, seed=seed)
        print_json(
            {
                "figure": found.figure,
                "day": found.day,
                "draws_count": found.draws_count,
                "chance_fraction": found.chance_fraction,
                "shares": [
                    {
                        "key": one.key,
                        "means": one.means,
                        "kind": one.kind,
                        "variance_fraction": one.variance_fraction,
                    }
                    for one in found.shares
                ],
                "limits": text("limits.sensitivity"),
            }
        )
        return
    from rich.table import Table

    from puncta.cli.tables import console

    out = console()
    with out.status(text("progress.simulate")):
        found = sensitivity(case, chosen, asked, day, draws=draws, seed=seed)
    when = "" if found.day is None else f" {text('cli.on_day', day=f'{found.day:g}')}"
    table = Table(box=None, pad_edge=False, title=f"{found.figure}{when}", title_justify="left")
    for head in ("cause", "kind", "share"):
        table.add_column(text(f"cli.column.{head}"), justify="right" if head == "share" else "left")
    for one in found.shares[:_MOST]:
        named = one.means if one.kind == "" else f"{one.means} [dim]{one.key}[/]"
        table.add_row(named, one.kind, f"{100 * one.variance_fraction:.0f}")
    left = 1.0 - sum(one.variance_fraction for one in found.shares[:_MOST])
    table.add_row(text("cli.rest"), "", f"{100 * max(left, 0.0):.0f}")
    out.print(table)
    out.print(text("limits.sensitivity"), style="dim")
    out.print(text("limits.not_a_device"), style="dim")
