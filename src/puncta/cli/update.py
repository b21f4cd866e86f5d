"""``puncta update``: what was done and read of a person, what that changes, and what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from puncta.cli.options import (
    AsJson,
    CaseFile,
    DevicesFolder,
    PolicyFile,
    ProductsFolder,
    Seed,
    case_of,
    print_json,
)

_DRAWS, _FEWEST = 500, 100


def command(
    case_file: CaseFile,
    visits: Annotated[Path, typer.Option(help="Visits file in TOML; see examples/visits.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder of page, pictures and record; without it none is written.", show_default=False),
    ] = None,
    replan: Annotated[
        bool, typer.Option("--replan", help="Search the visits still to come too; with --out its report and card.")
    ] = False,
    draws: Annotated[int, typer.Option(min=_FEWEST, max=100_000, help="Simulated people.")] = _DRAWS,
    seed: Seed = 0,
    policy: PolicyFile = None,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Learn from what a person's skin answered: forecast before and after, what stands out, what to do next."""
    from puncta import as_record, read_visits, text, update

    case = case_of(case_file, policy, devices, products)
    read = read_visits(visits, case)
    if as_json:
        found = update(case, read, draws=draws, seed=seed)
        if out is not None:
            _write(found, out, visits.stem)
        print_json({**as_record(found), "replan": _replanned_record(found)} if replan else as_record(found))
        return
    from puncta.cli.tables import console

    screen = console()
    with screen.status("") as status:
        found = update(case, read, draws=draws, seed=seed, progress=lambda step, _share: status.update(text(step)))
    _show(screen, found)
    if out is not None:
        with screen.status(text("followup.progress.forecast")):
            written = _write(found, out, visits.stem)
        for path in (written.page, written.record, *written.pictures):
            screen.print(f"{text('followup.cli.wrote')} {path}", markup=False)
    if replan:
        _show_onward(screen, found, out, visits.stem)


def _replanned_record(found: Any) -> Any:
    """The plan of the visits still to come; None where the screening allows no needling now."""
    from puncta import StoppedError, plan_record
    from puncta import replan as replanned

    try:
        return plan_record(replanned(found))
    except StoppedError:
        return None


def _show_onward(screen: Any, found: Any, out: Path | None, name: str) -> None:
    from puncta import StoppedError, text, write_report
    from puncta import replan as replanned
    from puncta.cli.courses import show_plan

    try:
        with screen.status("") as status:
            made = replanned(found, progress=lambda step, _share: status.update(text(step)))
    except StoppedError as error:
        screen.print(str(error), style="bold")
        return
    show_plan(screen, made, None if out is None else write_report(made, out, f"{name}-onward"))


def _write(found: Any, out: Path, name: str) -> Any:
    from puncta import write_follow_up

    return write_follow_up(found, out, name)


def _show(out: Any, found: Any) -> None:
    from rich.table import Table

    from puncta import follow_up_summary, text

    told = follow_up_summary(found)
    out.print(told["title"], style="bold", markup=False)
    table = Table(box=None, pad_edge=False)
    for head in ("", "promised_today", "came", "how_sure", "now"):
        key = f"followup.page.{'column.now' if head == 'now' else head}"
        table.add_column(text(key) if head else "", justify="left" if not head else "right")
    for card in told["cards"]:
        cells = (f"{card['promised']} ({card['span']})", f"{card['came']} {card['inside']}".strip(), card["error"])
        table.add_row(card["concern"], *cells, card.get("expected", ""))
    out.print(table)
    table = Table(box=None, pad_edge=False)
    for head in ("also", "column.promised", "column.came", "column.now", "column.verdict"):
        left = head in ("also", "column.verdict")
        table.add_column(text(f"followup.page.{head}"), justify="left" if left else "right")
    for row in told["felt"]:
        table.add_row(row["name"], row["promised"], row["came"], row["now"], row["verdict"])
    out.print(table)
    out.print(f"{text('followup.page.next')} {told['action']}", style="bold", markup=False)
    for flag in told["flags"]:
        out.print(flag, style="bold red", markup=False)
    out.print(told["reason"], markup=False)
    table = Table(box=None, pad_edge=False, show_header=False)
    for option in told["options"]:
        mark = text("followup.page.advised") if option["advised"] else ""
        table.add_row(option["head"], mark, "; ".join([option["further"], *option["lines"]]))
    out.print(table)
    out.print(text("followup.page.moved"), style="bold", markup=False)
    for line in told["moved"]:
        out.print(line, markup=False)
    for line in (*told["thin"], *told["limits"]):
        out.print(line, style="dim", markup=False)
