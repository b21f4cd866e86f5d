"""``puncta trial``: a trial with virtual people, its power and size, designs compared, published trials held again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from puncta.cli.options import AsJson, print_json

if TYPE_CHECKING:
    from puncta import Trial

_PERCENT, _INTERRUPTED, _MINUTE_S = 100, 130, 60
_SHOWN_AFTER_S, _REPEATS = 1.0, 400


def command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Trial files in TOML; several are compared as designs.", show_default=False),
    ] = None,
    like: Annotated[
        str | None, typer.Option(help="Hold a published study again, such as A01.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the results; without it the file's name.", show_default=False)
    ] = None,
    people: Annotated[int | None, typer.Option(min=2, help="People of a trial.", show_default=False)] = None,
    trials: Annotated[int | None, typer.Option(min=1, help="How often it is held.", show_default=False)] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed.", show_default=False)] = None,
    power: Annotated[
        float | None, typer.Option(help="Search the size that reaches this power, such as 0.8.", show_default=False)
    ] = None,
    effect: Annotated[
        float | None,
        typer.Option(help="Difference to find, in points, in place of the forecast's.", show_default=False),
    ] = None,
    assurance: Annotated[bool, typer.Option("--assurance", help="Let assurance reach it, not nominal power.")] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="Dask scheduler, such as tcp://127.0.0.1:8786.", show_default=False)
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Threads; without it one for each processor.", show_default=False)
    ] = None,
    no_csv: Annotated[bool, typer.Option("--no-csv", help="Write Parquet alone.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hold a trial with virtual people: tables, analysis, power and a report. Not a medical device."""
    from puncta import InputError, Problem, read_trial, text

    if bool(files) == bool(like) or (len(files or []) > 1 and (out or power)):
        key = "trials.cli.several" if files else "trials.cli.no_file"
        field = "files" if files else "file"
        why, do = text("trials.cli.why_file"), text("trials.cli.see_file")
        raise InputError("trial", [Problem(field, "", text(key), why, do)])
    if like is not None:
        _like(like, trials, seed or 0, as_json)
        return
    designs = [_changed(read_trial(path), people, trials, seed) for path in files or []]
    if len(designs) > 1:
        _designs(designs, trials, as_json)
    elif power is not None:
        _size(designs[0], power, trials, effect, assurance, as_json)
    else:
        place = out or Path(f"{(files or [Path('trial')])[0].stem}-trial")
        _hold(designs[0], place, scheduler, workers, not no_csv, as_json)


def _changed(trial: Trial, people: int | None, trials: int | None, seed: int | None) -> Trial:
    return replace(
        trial,
        people_count=people or trial.people_count,
        trials_count=trials or trial.trials_count,
        seed=trial.seed if seed is None else seed,
    )


def _hold(trial: Trial, place: Path, scheduler: str | None, workers: int | None, csv: bool, as_json: bool) -> None:
    from puncta import (
        analyse_trial,
        power_of,
        power_sizes,
        run_trial,
        text,
        trial_record,
        trial_summary,
        write_trial_report,
    )

    done = [0, trial.persons_count]
    try:
        with _progress() as tell:

            def told(count: int, every: int) -> None:
                done[0] = count
                tell(count, every)

            run = run_trial(trial, place, executor=scheduler, workers=workers, csv=csv, progress=told)
    except KeyboardInterrupt:
        typer.echo(text("trials.interrupted", done=done[0], all=done[1], folder=place), err=True)
        raise typer.Exit(_INTERRUPTED) from None
    found = analyse_trial(run)
    sizes = power_sizes(trial)
    report = write_trial_report(found, place, power_of(trial, sizes) if sizes else ())
    if as_json:
        print_json(trial_record(found))
        return
    from rich.table import Table

    from puncta.cli.tables import console

    out, told_words = console(), trial_summary(found)
    out.print(told_words["title"], style="bold", markup=False)
    out.print(told_words["answer"], markup=False)
    if run.resumed_count:
        out.print(text("trials.cli.resumed", count=run.resumed_count), style="dim")
    table = Table(box=None, pad_edge=False)
    for index, head in enumerate(told_words["heads"]):
        table.add_column(head, justify="right" if index else "left")
    for row in told_words["rows"]:
        table.add_row(*row)
    out.print(table)
    for path in (report.page, report.record, *report.pictures):
        out.print(f"{text('trials.cli.wrote')} {path}", markup=False)
    for line in told_words["limits"]:
        out.print(line, style="dim")


def _size(
    trial: Trial, wanted: float, trials: int | None, effect: float | None, assurance: bool, as_json: bool
) -> None:
    from puncta import find_size, power_record, text

    found, curve = find_size(trial, wanted, trials or _REPEATS, effect=effect, assurance=assurance)
    record = power_record(trial, curve, found)
    if as_json:
        print_json(record)
        return
    kind = text("trials.cli.assurance" if assurance else "trials.cli.nominal")
    key = "trials.cli.not_found" if found is None else "trials.cli.found"
    people = record["curve"][-1]["people"] if found is None else found
    _curve(trial.title, text(key, people=people, wanted=f"{_PERCENT * wanted:g}", kind=kind), record["curve"])


def _curve(title: str, answer: str, curve: list[dict[str, Any]], names: list[str] | None = None) -> None:
    from rich.table import Table

    from puncta import text
    from puncta.cli.tables import console

    out = console()
    out.print(title, style="bold", markup=False)
    if answer:
        out.print(answer, markup=False)
    table = Table(box=None, pad_edge=False)
    heads = ("people", "nominal", "assurance", "closed", "half_width", "effect")
    for head in (*(("design",) if names else ()), *heads):
        table.add_column(text(f"trials.page.column.{head}"), justify="left" if head == "design" else "right")
    for index, one in enumerate(curve):
        told = ((one[name], one[f"{name}_error"]) for name in ("nominal", "assurance"))
        shares = [f"{_PERCENT * share:.0f} % ± {_PERCENT * error:.0f}" for share, error in told]
        cells = (str(one["people"]), *shares, f"{_PERCENT * one['closed_form']:.0f} %", *_short(one))
        table.add_row(*((names[index],) if names else ()), *cells)
    out.print(table)
    for key in ("limits.trials", "limits.not_a_device"):
        out.print(text(key), style="dim")


def _short(one: dict[str, Any]) -> tuple[str, str]:
    return tuple(f"{one[name]:.2f}" if one[name] is not None else "" for name in ("half_width_median", "effect"))  # type: ignore[return-value]


def _designs(designs: list[Trial], trials: int | None, as_json: bool) -> None:
    from puncta import compare_designs, power_record

    found = compare_designs(tuple(designs), trials or _REPEATS)
    record = power_record(designs[0], found)
    for design, one in zip(designs, record["curve"], strict=True):
        one["title"] = design.title
    if as_json:
        print_json(record)
        return
    _curve("", "", record["curve"], [design.title for design in designs])


def _like(study: str, trials: int | None, seed: int, as_json: bool) -> None:
    from puncta import like_record, text, trial_like

    repeats = {} if trials is None else {"repeats": trials}
    record = like_record(trial_like(study, seed=seed, **repeats))
    if as_json:
        print_json(record)
        return
    from rich.markup import escape
    from rich.table import Table

    from puncta.cli.tables import console

    out = console()
    title = text("trials.cli.like_title", study=study, repeats=record["repeats"], source=record["source"])
    out.print(title, style="bold", markup=False)
    table = Table(box=None, pad_edge=False)
    for head in ("row", "what", "reported", "held", "verdict"):
        table.add_column(text(f"trials.page.column.{head}"), overflow="fold")
    for one in record["readings"]:
        day = f", {one['followup_days']:g} d" if one["followup_days"] is not None else ""
        beside = "" if one["addon"] == "none" else f" ({one['addon']})"
        what = f"{one['kind']}{beside}{day}, {one['scale']}"
        table.add_row(one["row"], escape(what), _reported(one), *_held(one), style="" if one["inside80"] else "bold")
    for one in record["contrasts"]:
        what = text("trials.cli.like_difference", first=one["first"], second=one["second"])
        share = text("trials.cli.like_share", share=f"{_PERCENT * one['reported']:.0f}")
        table.add_row("", what, share, *_held(one), style="" if one["inside80"] else "bold")
        half = f"{_PERCENT * one['half_width']:.0f}"
        table.add_row("", text("trials.cli.like_won", share=f"{_PERCENT * one['won_fraction']:.0f}", half=half))
    out.print(table)
    keys = ["trials.cli.like_seen" if record["seen_by_the_fit"] else "trials.cli.like_unseen"]
    keys += ["trials.cli.like_split"] if record["split_face"] else []
    keys += ["trials.cli.like_assumed"] if any(one["baseline_assumed"] for one in record["readings"]) else []
    for key in (*keys, "limits.trials", "limits.outcome", "limits.not_a_device"):
        out.print(text(key), style="dim")


def _reported(one: dict[str, Any]) -> str:
    from puncta import text

    share = f"{_PERCENT * one['reported_fraction']:.0f}"
    if one["baseline_score"] is None:
        return text("trials.cli.like_share", share=share)
    points = f"{one['reported_fraction'] * one['baseline_score']:.1f}"
    return text("trials.cli.like_points", share=share, points=points, baseline=f"{one['baseline_score']:.1f}")


def _held(one: dict[str, Any]) -> tuple[str, str]:
    from puncta import text

    figures = {name: f"{_PERCENT * one[key]:.0f}" for name, key in _FIGURES}
    return text("trials.cli.like_band", **figures), text(
        "trials.cli.inside" if one["inside80"] else "trials.cli.outside"
    )


_FIGURES = (("median", "median"), ("low", "low80"), ("high", "high80"))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error with people a second and the time left, from the first second on."""
    from time import monotonic

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from puncta import text

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(text("trials.progress"), total=1, rate="")
    began: list[float] = []

    def tell(done: int, every: int) -> None:
        if not began:
            began.extend((monotonic(), float(done)))
        spent = monotonic() - began[0]
        made = done - began[1]
        rate = ""
        if spent > 0 and made > 0:
            left = (every - done) * spent / made
            minutes, seconds = divmod(round(left), _MINUTE_S)
            rate = text("trials.rate", rate=made / spent, left=f"{minutes}:{seconds:02d} min")
        if spent > _SHOWN_AFTER_S:
            bar.start()
        bar.update(task, completed=done, total=every, rate=rate)

    try:
        yield tell
    finally:
        bar.stop()
