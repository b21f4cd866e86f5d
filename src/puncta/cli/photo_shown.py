"""What ``puncta photo`` prints for people: reasons, tables, limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from puncta import text
from puncta.cli.tables import console

if TYPE_CHECKING:
    from rich.console import Console


def show_measured(record: dict[str, Any]) -> None:
    out = console()
    if "refused" in record:
        out.print(record["refused"])
        return
    about = record["photograph"]
    shown = {**about, "px_per_mm": f"{about['px_per_mm']:.1f}"}
    out.print(text("imaging.cli.measured", **{k: shown[k] for k in ("file", "megapixels", "px_per_mm", "scale_from")}))
    _reasons(out, record["checks"], [*about["notes"], *record["tone"]])
    table = Table(box=None, pad_edge=False)
    table.add_column(text("imaging.cli.zone"), no_wrap=True)
    table.add_column(text("imaging.cli.area"), justify="right")
    names = [name for name in record["metrics"] if any(name in zone["values"] for zone in record["zones"].values())]
    for name in names:
        table.add_column(record["metrics"][name]["name"], justify="right")
    for name, zone in record["zones"].items():
        cells = (f"{zone['values'][key]:.3g}" if key in zone["values"] else "–" for key in names)
        table.add_row(name, f"{zone['area_cm2']:.1f}", *cells)
    out.print(table)
    _show_lesions(out, record)
    for words in (record["notice"], record["limits"], record["not_a_device"]):
        out.print(words, style="dim")


def _show_lesions(out: Console, record: dict[str, Any]) -> None:
    if not record["lesions"]:
        return
    names = [name for name in record["metrics"] if name.startswith("contrast_")]
    table = Table(box=None, pad_edge=False, title=text("imaging.cli.surround"), title_justify="left")
    for words in (text("imaging.cli.lesion"), "mm²", *(record["metrics"][name]["name"] for name in names)):
        table.add_column(words, justify="left" if words == text("imaging.cli.lesion") else "right")
    for name, one in record["lesions"].items():
        cells = (f"{one['values'][key]:+.2g}" if key in one["values"] else "–" for key in names)
        table.add_row(name, f"{one['area_mm2']:.0f}", *cells)
    out.print(table)
    for name, one in record["lesions"].items():
        for words in dict.fromkeys(one["refused"].values()):
            if words not in record["tone"]:  # what holds for the whole person was said above
                out.print(f"- {name}: {words}")


def show_compared(record: dict[str, Any], report: Path | None) -> None:
    out = console()
    if "refused" in record:
        out.print(record["refused"])
        return
    out.print(f"{record['before']['file']} → {record['after']['file']}")
    out.print(record["headline"], style="bold")
    _reasons(out, record["checks"], [*record["before"]["notes"], *record["after"]["notes"], *record["tone"]])
    rows = [one for one in record["changes"] if one.get("beyond_error")]
    if rows:
        table = Table(box=None, pad_edge=False)
        for name in ("zone", "figure", "change"):
            table.add_column(text(f"imaging.page.column.{name}"))
        table.add_column(text("imaging.page.sdc"))
        table.add_column(text("imaging.page.column.verdict"))
        for one in rows:
            name = record["metrics"][one["metric"]]["name"]
            table.add_row(one["zone"], name, one["shown"], one["sdc_shown"], one["verdict"])
        out.print(table)
    _detection(out, record["detection"])
    if report is not None:
        out.print(text("imaging.cli.written", path=report))
    for words in (record["notice"], record["limits"], record["not_a_device"]):
        out.print(words, style="dim")


def _detection(out: Console, seen: dict[str, Any] | None) -> None:
    """How often a true change is found on this tone: where there is a limit to be said."""
    if seen is None or not seen["lines"]:
        return
    if seen["about"]:
        out.print(seen["about"])
    for line in seen["lines"]:
        out.print(f"- {': '.join(part for part in (line['words'], line['figures']) if part)}")
    if seen["read"]:
        out.print(seen["read"])


def _reasons(out: Console, checks: list[dict[str, Any]], notes: list[str]) -> None:
    for words in [*(check["words"] for check in checks if not check["passed"] and check["words"]), *notes]:
        out.print(f"- {words}")
