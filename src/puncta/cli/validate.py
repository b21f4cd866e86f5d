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
    from rich.table import Table

_SHOWN_AFTER_S, _PERCENT = 1.0, 100


def command(
    part: Annotated[
        str,
        typer.Argument(
            help="mechanism, absorption, safety, outcomes, a study file (my_study.toml) or a built-in study (A03).",
            show_default=False,
        ),
    ],
    draws: Draws = 400,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Set published readings beside the model: inside or outside the band, calibration and validation apart.

    With a study file (my_study.toml) in place of a part, that study is predicted blind and scored.
    """
    if part.endswith(".toml") or part[:1].isupper():
        _study(part, draws, seed, as_json)
        return
    from puncta import (
        absorption_validation_record,
        outcome_validation_record,
        safety_validation_record,
        validate,
        validate_absorption,
        validate_outcomes,
        validate_safety,
        validation_record,
    )

    run, record_of, show = {
        "absorption": (validate_absorption, absorption_validation_record, _show_absorption),
        "safety": (validate_safety, safety_validation_record, _show_safety),
        "outcomes": (validate_outcomes, outcome_validation_record, _show_outcomes),
    }.get(part, (partial(validate, part), validation_record, _show_mechanism))
    if as_json:
        print_json(record_of(run(draws=draws, seed=seed)))
        return
    from puncta.cli.tables import console

    with _progress() as tell:
        record = record_of(run(draws=draws, seed=seed, progress=tell))
    show(console(), record)


def _study(path: str, draws: int, seed: int, as_json: bool) -> None:
    from puncta import study_validation_record, text

    record = study_validation_record(path, draws=draws, seed=seed)
    if as_json:
        print_json(record)
        return
    from rich.markup import escape
    from rich.table import Table

    from puncta.cli.tables import console

    out = console()
    out.print(text("studies.title", name=escape(record["name"]), count=len(record["readings"])), style="bold")
    table = Table(box=None, pad_edge=False)
    names = ("model", "other_studies", "one_percentage")
    for head in ("row", "what", "reported", "predicted", "verdict"):
        table.add_column(text(f"validation.column.{head}"), overflow="fold")
    for head in names:
        table.add_column(text(f"validation.outcomes.column.{head}"))
    for entry in record["readings"]:
        words = entry["words"]
        cells = (entry["row"], entry["what"], words["reported"], words["predicted"], words["verdict"])
        known = (entry["interval_score"][name] for name in names)
        scores = (text("validation.none") if score is None else f"{score:.2f}" for score in known)
        table.add_row(*map(escape, cells), *scores, style="" if entry["inside80"] else "bold")
    out.print(table)
    told = "studies.seen" if record["seen_by_the_fit"] else "studies.how"
    for key in (told, "limits.outcome", "limits.not_a_device"):
        out.print(text(key), style="dim")


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
    apart = record["pigment_left_out"]
    held = sum(one["inside"] for one in apart)
    missed = ", ".join(one["row"] for one in apart if not one["inside"])
    out.print(text("validation.safety.pigment_left_out", inside=held, rows=len(apart), missed=missed))
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


def _show_outcomes(out: Console, record: dict[str, Any]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from puncta import text

    tests = tuple(record["tallies"])
    for name, readings in record["readings"].items():
        out.print(text(f"validation.outcomes.{name}.title"), style="bold")
        table = Table(box=None, pad_edge=False)
        for head in ("row", "what", "reported", "predicted", "verdict"):
            table.add_column(text(f"validation.column.{head}"), overflow="fold")
        for entry in sorted(readings, key=lambda entry: (entry["heading"], entry["row"])):
            words = entry["words"]
            what = text(f"validation.heading_short.{entry['heading']}")
            cells = (entry["row"], what, words["reported"], words["predicted"], words["verdict"])
            table.add_row(*map(escape, cells), style="" if entry["inside80"] else "bold")
        out.print(table)
        out.print()
    for name in tests:
        out.print(text(f"validation.outcomes.{name}.title"), style="bold")
        out.print(_outcome_tallies(record["tallies"][name]))
        out.print()
    out.print(text("validation.outcomes.shown"), style="dim")
    out.print(text("validation.how", draws=record["draws"], seed=record["seed"]), style="dim")
    out.print(text("limits.not_a_device"), style="dim")


def _outcome_tallies(lines: list[dict[str, Any]]) -> Table:
    from rich.table import Table

    from puncta import text

    table = Table(box=None, pad_edge=False)
    names = ("model", "other_studies", "one_percentage")
    for head in ("heading", "readings", "inside80", "width", *names, "best"):
        table.add_column(text(f"validation.outcomes.column.{head}"))
    for line in lines:
        inside = f"{line['inside80_count']} ({_PERCENT * line['inside80_count'] / line['readings_count']:.0f} %)"
        scores = (f"{line['interval_score'][name]:.2f}" for name in names)
        best = text(f"validation.outcomes.best.{line['best']}")
        style = "bold" if line["heading"] == "all" else ""
        counts = (line["words"], str(line["readings_count"]), inside, f"{line['width']:.2f}")
        table.add_row(*counts, *scores, best, style=style)
    return table
