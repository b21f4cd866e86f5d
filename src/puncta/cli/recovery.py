"""``puncta recovery``: the days after the first session, and a diary beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from puncta.cli.options import (
    AsJson,
    CaseFile,
    DevicesFolder,
    Draws,
    PolicyFile,
    ProductsFolder,
    Seed,
    case_of,
    print_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

_SIGNS = ("redness", "warmth", "swelling", "dryness", "peeling", "sensitivity")
_PERCENT = 100
_HOURS_PER_DAY = 24.0
_IN_DAYS_FROM_HOURS = 48.0


def command(
    case_file: CaseFile,
    diary: Annotated[Path | None, typer.Option(help="Diary in TOML; see examples/clinic.", show_default=False)] = None,
    zone: Annotated[
        str | None, typer.Option(help="Zone with side; without it the one that stays inflamed longest.")
    ] = None,
    course: Annotated[
        Path | None, typer.Option(help="Course file in TOML; without it the usual published course.")
    ] = None,
    draws: Draws = 200,
    seed: Seed = 0,
    policy: PolicyFile = None,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Forecast the days after the first session of a course, and set a diary beside them.

    Ends with 1 where no session is allowed by the screening, or where the diary raises a red flag or lies outside.
    """
    from puncta import (
        course_from_toml,
        read_diary,
        read_text,
        recovery,
        recovery_record,
        screen,
        usual_course,
    )

    case = case_of(case_file, policy, devices, products)
    entries = () if diary is None else read_diary(diary)
    chosen = usual_course(case) if course is None else course_from_toml(read_text(course), str(course), case)
    found = screen(case)
    # a session that was done is followed whatever the screening says of the next one
    if not found.allows_plan and diary is None:
        from puncta.cli.tables import console, show_findings

        show_findings(console(), found)
        raise typer.Exit(1)
    record = recovery_record(recovery(case, chosen, zone_name=zone, draws=draws, seed=seed), entries)
    if as_json:
        print_json(record)
    else:
        from puncta.cli.tables import console

        _show(console(), record)
    if record["raised"] or record["diary_outside_count"]:
        raise typer.Exit(1)


def _show(out: Console, record: Mapping[str, Any]) -> None:
    from rich.markup import escape

    from puncta import text

    out.print(text("recovery.title", zone=record["zone"].replace("_", " ")), style="bold")
    out.print(text("recovery.grade_line"), style="dim")
    out.print(_days(record))
    for key, name in (("gone", "redness_gone_days"), ("calm", "inflammation_gone_days")):
        middle, low, high = (_duration(record[name][level]) for level in ("median", "low80", "high80"))
        out.print(text(f"recovery.{key}", middle=middle, low=low, high=high))
    if record["judge_by"]:
        out.print(f"[bold]{escape(text('recovery.dark'))}[/]")
    if record["diary"]:
        _show_diary(out, record)
    out.print()
    out.print(f"[bold]{text('recovery.flags')}[/]")
    for flag in record["red_flags"]:
        out.print(f"  {escape(flag['words'])} [dim]{', '.join(flag['sources'])}[/]")
    _show_care(out, record)
    _show_effects(out, record)
    assumed = {"assumed": record["assumed_count"], "count": record["parameters_count"]}
    out.print(text("recovery.assumed", **assumed), style="dim")
    for words in (*record["limits"], record["notice"]):
        out.print(words, style="dim", markup=False)


def _duration(days: float) -> str:
    """Hours below two days, then days and their tenths."""
    from puncta import text

    hours = days * _HOURS_PER_DAY
    if hours < _IN_DAYS_FROM_HOURS:
        return text("aftercare.hours", count=f"{hours:.0f}")
    return text("aftercare.days", count=f"{days:.1f}")


def _days(record: Mapping[str, Any]) -> Any:
    from rich.table import Table

    from puncta import text

    table = Table(box=None, pad_edge=False)
    for head in ("", text("recovery.colour"), *(text(f"recovery.sign.{sign}") for sign in _SIGNS)):
        table.add_column(head, no_wrap=True)
    table.add_row(text("recovery.rest"), _swatch(record["colour_at_rest"]), *("" for _ in _SIGNS), style="dim")
    for entry in record["days"]:
        day = text("recovery.evening") if entry["day"] < 1 else text("recovery.day", day=f"{entry['day']:g}")
        table.add_row(day, _swatch(entry["colour"]), *(_grade(entry["signs"][sign]) for sign in _SIGNS))
    return table


def _swatch(colour: str) -> str:
    """The colour itself, with its name beside it for whoever cannot see it."""
    return f"[on {colour}]   [/] [dim]{colour}[/]"


def _grade(band: Mapping[str, float]) -> str:
    return f"{band['median']:.1f} [dim]{band['low80']:.1f}–{band['high80']:.1f}[/]"


def _show_diary(out: Console, record: Mapping[str, Any]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from puncta import text

    out.print()
    out.print(f"[bold]{text('recovery.diary_title')}[/]")
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for one in record["diary"]:
        share = f"{_PERCENT * one['as_high_probability']:.0f}"
        verdict = text("recovery.inside") if one["inside"] else text("recovery.outside", share=share)
        if not one["decides"]:
            verdict = text("recovery.aside", verdict=verdict)
        expected = text("recovery.expected", low=f"{one['low_score']:.0f}", high=f"{one['high_score']:.0f}")
        day = text("recovery.evening") if one["day"] == 0 else text("recovery.day", day=one["day"])
        cells = (day, text(f"recovery.sign.{one['sign']}"), f"{one['grade_score']}", expected, verdict)
        table.add_row(*map(escape, cells), style="" if one["inside"] or not one["decides"] else "bold red")
    out.print(table)
    count, every = record["diary_outside_count"], record["diary_decisive_count"]
    key = "recovery.some_outside" if count else "recovery.all_inside"
    out.print(text(key, count=count, all=every), markup=False)
    for one in record["raised"]:
        words = escape(text("recovery.raised", day=one["day"], words=one["words"]))
        out.print(f"[bold red]{words}[/] [dim]{', '.join(one['sources'])}[/]")
    if not record["raised"]:
        out.print(text("recovery.no_flag"))


def _show_care(out: Console, record: Mapping[str, Any]) -> None:
    from rich.markup import escape

    from puncta import text

    out.print()
    out.print(f"[bold]{text('recovery.care')}[/]")
    for one in record["aftercare"]:
        out.print(f"  {escape(one['text'])} [dim]{', '.join(one['sources'])}[/]")
        if one["conflict"]:
            words = text("recovery.care_conflict", differ=one["differ"], conflict=one["conflict"])
            out.print(f"    {words}", style="dim", markup=False)
        if one["replaced"]:
            out.print(f"    {text('recovery.care_replaced', words=one['replaced'])}", style="dim", markup=False)


def _show_effects(out: Console, record: Mapping[str, Any]) -> None:
    from rich.markup import escape

    from puncta import text

    out.print()
    out.print(f"[bold]{text('recovery.effects')}[/]")
    for effect in record["side_effects"].values():
        counts = "; ".join(f"{count['words']} {count['row']}" for count in effect["counts"])
        out.print(f"  {escape(text('recovery.effect_line', name=effect['name'], counts=counts))}")
        pooled, chance = effect["pooled"], effect["this_plan_probability"]
        if pooled is not None:
            ends = {end: f"{_PERCENT * pooled[f'{end}80']:.2g}" for end in ("low", "high")}
            words = text("recovery.pooled", marked=pooled["marked_count"], people=f"{pooled['people_count']:,}", **ends)
            out.print(f"    {escape(words)}")
            out.print(f"    {escape(_like(effect['likeness']))}", style="dim")
        if chance is not None:
            ends = {"middle": chance["median"], "low": chance["low80"], "high": chance["high80"]}
            shown = {name: f"{_PERCENT * value:.2g}" for name, value in ends.items()}
            out.print(f"    {escape(text('recovery.chance', **shown))}")


def _like(like: Mapping[str, int]) -> str:
    from puncta import text

    fields = ("people", "type", "sex", "age", "type_unknown", "sex_unknown", "age_unknown")
    return text("recovery.like", **{name: f"{like[f'{name}_count']:,}" for name in fields})
