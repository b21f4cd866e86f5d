"""``puncta absorb``: what a product leaves where, on needled skin and on whole skin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from puncta.cli.options import AsJson, CaseFile, DevicesFolder, Draws, ProductsFolder, Seed, case_of, print_json

if TYPE_CHECKING:
    from rich.console import Console

# numerics: minutes after putting on that a table shows
_SHOWN_MINUTES = (1, 15, 60, 240, 1440)
_MINUTES_PER_HOUR, _PERCENT = 60, 100


def command(
    case_file: CaseFile,
    product: Annotated[
        str | None, typer.Option(help="Product; without it the one of the case.", show_default=False)
    ] = None,
    wiped_after: Annotated[
        float | None, typer.Option(help="Hours after which it is taken off.", show_default=False)
    ] = None,
    course: Annotated[
        Path | None, typer.Option(help="Course file in TOML; without it the usual published course.")
    ] = None,
    plot: Annotated[Path | None, typer.Option(help="Write a picture here, as SVG.", show_default=False)] = None,
    draws: Draws = 200,
    seed: Seed = 0,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Follow one application of a product into needled and into whole skin."""
    from puncta import absorb, absorption_record, course_from_toml, read_text, text, usual_course

    case = case_of(case_file, devices=devices, products=products)
    chosen = usual_course(case) if course is None else course_from_toml(read_text(course), str(course), case)
    given: dict[str, Any] = {
        "product": product, "wiped_after_hours": wiped_after, "draws": draws, "seed": seed
    }  # fmt: skip
    if as_json:
        found = absorb(case, chosen, **given)
        if plot is not None:
            _write(found, plot)
        print_json(absorption_record(found))
        return
    from puncta.cli.tables import console

    out = console()
    with out.status(text("progress.simulate")):
        found = absorb(case, chosen, **given)
        record = absorption_record(found)
    for one in record["doses"]:
        _show(out, record, one)
    if not record["doses"]:
        out.print(text("absorb.nothing", product=record["product_name"]))
    if plot is not None:
        _write(found, plot)
        out.print(text("absorb.done", path=plot))
    for words in (record["limits"], record["not_a_device"]):
        out.print(words, style="dim")


def _write(found: Any, plot: Path) -> None:
    from puncta import write_absorption

    write_absorption(found, plot)


def _show(out: Console, record: dict[str, Any], one: dict[str, Any]) -> None:
    from rich.table import Table

    from puncta import text
    from puncta.cli.tables import short

    zones = ", ".join(one["zones"])
    title = text("absorb.table.title", product=record["product_name"], zones=zones, active=one["name"])
    applied = {name.removesuffix("80"): short(value) for name, value in one["applied_ug_per_cm2"].items()}
    out.print(title, style="bold")
    out.print(text("absorb.table.applied", **applied))
    entered = Table(box=None, pad_edge=False)
    entered.add_column(text("absorb.table.after"), justify="right")
    for way in ("needled", "whole"):
        entered.add_column(text(f"absorb.table.{way}"), justify="right", no_wrap=True)
    shown = [_nearest(one["hours"], minutes / _MINUTES_PER_HOUR) for minutes in _SHOWN_MINUTES]
    for minutes, index in zip(_SHOWN_MINUTES, shown, strict=True):
        cells = [
            "–" if way == "whole" and one["intact_refused"] else _share(one[way], index) for way in ("needled", "whole")
        ]
        entered.add_row(_time(minutes), *cells)
    out.print(entered)
    places = Table(box=None, pad_edge=False)
    places.add_column(text("absorb.table.place"), no_wrap=True)
    for minutes in _SHOWN_MINUTES:
        places.add_column(_time(minutes), justify="right")
    applied_median = one["applied_ug_per_cm2"]["median"]
    for place in (
        "in_film",
        "evaporated",
        "wiped",
        "in_corneum",
        "in_channels",
        "in_epidermis",
        "in_dermis",
        "carried_off",
    ):
        values = one["needled"][f"{place}_ug_per_cm2"]["median"]
        places.add_row(
            text(f"absorb.place.{place}"), *(f"{_percent(values[index] / applied_median)} %" for index in shown)
        )
    out.print(places)
    if one["intact_refused"]:
        out.print(text("absorb.table.refused", why=one["intact_refused"]))
    effects = {way: one[way]["effect"] for way in ("needled", "whole")}
    out.print(text("absorb.table.effect", **effects))
    out.print()


def _nearest(hours: list[float], wanted: float) -> int:
    return min(range(len(hours)), key=lambda index: abs(hours[index] - wanted))


def _time(minutes: int) -> str:
    from puncta import text

    if minutes < _MINUTES_PER_HOUR:
        return text("absorb.table.minute", n=minutes)
    return text("absorb.table.hour", n=minutes // _MINUTES_PER_HOUR)


def _share(way: dict[str, Any], index: int) -> str:
    from puncta.cli.tables import short

    share, amount = way["delivered_fraction"], way["delivered_ug_per_cm2"]["median"][index]
    low, median, high = (_percent(share[name][index]) for name in ("low80", "median", "high80"))
    return f"{median} % ({low} – {high}), {short(amount)} µg/cm²"


def _percent(fraction: float) -> str:
    percent = _PERCENT * fraction
    return "<0.1" if 0 < percent < 0.1 else f"{percent:.2g}" if percent < 10 else f"{min(percent, _PERCENT):.0f}"
