"""``puncta compare``: courses side by side in one person, published protocols among them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from puncta.cli.options import (
    AsJson,
    CaseFile,
    DevicesFolder,
    Draws,
    PolicyFile,
    ProductsFolder,
    Seed,
    WhatIf,
    case_of,
    print_json,
    with_changes,
)


def command(
    case_file: CaseFile,
    course: Annotated[list[Path] | None, typer.Option(help="Course file in TOML; may be given again.")] = None,
    like: Annotated[
        list[str] | None, typer.Option(help="Row of the study table, for example A03; may be given again.")
    ] = None,
    what_if: WhatIf = None,
    draws: Draws = 200,
    seed: Seed = 0,
    policy: PolicyFile = None,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Compare courses on common draws: given ones, and what published series did, in this person."""
    from puncta import compare, course_from_toml, plan_record, published_course, read_text, text, usual_course, warm_up

    warm_up()
    case = with_changes(case_of(case_file, policy, devices, products), what_if)
    courses = [course_from_toml(read_text(one), str(one), case) for one in course or ()]
    courses += [published_course(case, row) for row in like or ()]
    made = compare(case, courses or [usual_course(case)], draws=draws, seed=seed)
    if as_json:
        print_json(plan_record(made))
        return
    from rich.table import Table

    from puncta.cli.courses import courses_table
    from puncta.cli.tables import console

    out = console()
    out.print(case.title, style="bold", markup=False)
    record = plan_record(made)
    out.print(courses_table(Table, made, record))
    for entry in record["alternatives"]:
        said = list(entry["broken_limits"])
        if entry["starts_on"] is None and not said:
            said.append(text("cli.starts_unscreened"))
        elif entry["starts_on"] is not None and entry["starts_on"] > case.planned_on.isoformat():
            said.append(text("cli.starts_on", date=entry["starts_on"]))
        for words in said:
            out.print(f"{entry['name']}: {words}", markup=False)
    out.print(text("cli.read_day", day=f"{made.read_day:g}", draws=made.draws_count, seed=made.seed), style="dim")
    out.print(text("limits.depth_response"), style="dim")
    out.print(text("limits.not_a_device"), style="dim")
