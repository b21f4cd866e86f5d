"""``puncta validate``: published readings beside the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from puncta.cli.options import AsJson, Draws, Seed, print_json

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN_AFTER_S, _PERCENT = 1.0, 100


def command(
    part: Annotated[str, typer.Argument(help="What to validate: mechanism, absorption or safety.", show_default=False)],
    draws: Draws = 400,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Set published readings beside the model: inside or outside the band, calibration and validation apart."""
    from puncta import (
        absorption_validation_record,
        safety_validation_record,
        validate,
        validate_absorption,
        validate_safety,
        validation_record,
    )

    run, record_of, show = {
        "absorption": (validate_absorption, absorption_validation_record, _show_absorption),
        "safety": (validate_safety, safety_validation_record, _show_safety),
    }.get(part, (partial(validate, part), validation_record, _show_mechanism))
    if as_json:
        print_json(record_of(run(draws=draws, seed=seed)))
        return
    from puncta.cli.tables import console

    with _progress() as tell:
        record = record_of(run(draws=draws, seed=seed, progress=tell))
    show(console(), record)


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """A bar on standard error, from the first second on."""
    from time import monotonic

    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from puncta import text

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(text("validation.progress"), total=1.0)
    began = monotonic()

    def tell(done: float) -> None:
        if monotonic() - began > _SHOWN_AFTER_S:
            bar.start()
        bar.update(task, completed=done)

    try:
        yield tell
    finally:
        bar.stop()


def _show_mechanism(out: Console, record: dict[str, Any]) -> None:
    from rich.table import Table

    from puncta import text

    _show_rows(out, record)
    tally = Table(box=None, pad_edge=False)
    roles = tuple(record["inside"])
    for head in (text("validation.column.group"), *(text(f"validation.role.{role}") for role in roles)):
        tally.add_column(head)
    for group in record["inside"][roles[0]]:
        cells = (record["inside"][role][group]["words"] for role in roles)
        tally.add_row(text(f"validation.group.{group}"), *cells, style="bold" if group == "all" else "")
    out.print()
    out.print(tally)
    out.print(record["width_words"])
    out.print(text("validation.left_out", count=len(record["unusable"])), style="dim")
    out.print(text("validation.how", draws=record["draws"], seed=record["seed"]), style="dim")
    out.print(text("limits.not_a_device"), style="dim")


def _show_rows(out: Console, record: dict[str, Any]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from puncta import text

    table = Table(box=None, pad_edge=False)
    for head in ("row", "what", "reported", "predicted", "verdict", "role"):
        table.add_column(text(f"validation.column.{head}"), overflow="fold")
    for entry in record["rows"]:
        words = entry["words"]
        cells = (entry["row"], entry["what"], words["reported"], words["predicted"], words["verdict"])
        style = "" if entry["inside"] else "bold"
        table.add_row(*map(escape, cells), text(f"validation.role.{entry['role']}"), style=style)
    out.print(table)


def _show_safety(out: Console, record: dict[str, Any]) -> None:
    from rich.table import Table

    from puncta import text

    _show_rows(out, record)
    table = Table(box=None, pad_edge=False)
    for head in ("group", "inside"):
        table.add_column(text(f"validation.column.{head}"))
    for role in ("calibration", "validation"):
        table.add_column(text(f"validation.role.{role}"))
    for group, counts in record["groups"].items():
        both = text("validation.safety.of", inside=counts["inside_count"], rows=counts["rows_count"])
        style = "" if counts["reached"] else "bold"
        name = text(f"validation.group.{group}")
        table.add_row(name, both, counts["calibration"], counts["validation"], style=style)
    out.print()
    out.print(table)
    named = record["pigment_sources"]
    key = "validation.safety.pigment_met" if named["reached"] else "validation.safety.pigment_not_met"
    out.print(text(key, inside=named["inside_count"], rows=named["rows_count"]))
    out.print(record["without_data"])
    out.print(text("validation.safety.left_out"), style="dim")
    for entry in record["unusable"]:
        out.print(f"  {entry['row']} {entry['what']}: {entry['reason']}", style="dim", markup=False)
    out.print(text("validation.how", draws=record["draws"], seed=record["seed"]), style="dim")
    out.print(text("limits.not_a_device"), style="dim")


def _show_absorption(out: Console, record: dict[str, Any]) -> None:
    from rich.table import Table

    from puncta import text

    _show_rows(out, record)
    intact = record["intact"]
    table = Table(box=None, pad_edge=False)
    for head in ("class", "compounds", "records", "rmse", "published_rmse"):
        table.add_column(text(f"validation.column.{head}"))
    for one in intact["classes"]:
        counts = (str(one["compounds_count"]), str(one["records_count"]))
        table.add_row(one["words"], *counts, f"{one['rmse_log10']:.2f}", f"{one['published_rmse_log10']:.2f}")
    out.print()
    out.print(text("validation.absorption.intact_title"), style="bold")
    held = f"{_PERCENT * intact['held_compounds_fraction']:.0f}"
    out.print(text("validation.absorption.intact", records=intact["records"]["words"], held=held))
    out.print(table)
    out.print()
    inside = {role: counts["words"] for role, counts in record["inside"].items()}
    out.print(text("validation.absorption.result", **inside))
    out.print(text("validation.left_out_absorption", count=len(record["unusable"])), style="dim")
    out.print(text("validation.absorption.how", draws=record["draws"], seed=record["seed"]), style="dim")
    for key in ("absorb.notice", "limits.not_a_device"):
        out.print(text(key), style="dim")
