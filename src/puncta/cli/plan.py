"""``puncta plan``: courses compared, one recommended; report, card and records written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    out: Annotated[Path | None, typer.Option(help="Folder for report and card; the current one if not given.")] = None,
    what_if: WhatIf = None,
    draws: Draws = 200,
    seed: Seed = 0,
    policy: PolicyFile = None,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Plan a course for a case: a table here, CASE-plan.html, CASE-plan.pdf, CASE-card.pdf and records as files.

    Ends with 1, and writes nothing, where the screening allows no plan; with 2 where the input is refused.
    """
    from puncta import warm_up

    warm_up()
    from puncta import check_folder, plan, plan_record, write_report

    case = with_changes(case_of(case_file, policy, devices, products), what_if)
    if as_json:
        made = plan(case, draws=draws, seed=seed)
        print_json(plan_record(made))
        if made.chosen is None:
            raise typer.Exit(1)
        return
    from puncta.cli.courses import show_plan
    from puncta.cli.tables import console, show_findings

    check_folder(out or Path())
    paper = console()
    with _progress() as tell:
        made = plan(case, draws=draws, seed=seed, progress=tell)
        files = None
        if made.chosen is not None:
            tell("progress.report", 1.0)
            files = write_report(made, out or Path(), case_file.stem)
    show_findings(paper, made.screening)
    if files is None:
        paper.print(made.reason, style="bold")
        raise typer.Exit(1)
    show_plan(paper, made, files)


@contextmanager
def _progress() -> Iterator[Callable[[str, float], None]]:
    """A bar on standard error, so that standard output holds results alone."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from puncta import text

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text("progress.screen"), total=1.0)
        yield lambda step, done: bar.update(task, description=text(step), completed=done)
