"""What ``puncta photo`` prints for people: reasons, tables, limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from puncta import text
from puncta.cli.tables import console

if TYPE_CHECKING:
    from rich.console import Console

_RELIEF = ("texture", "line_strength", "line_length", "pores", "spots", "redness")


def show_measured(record: dict[str, Any]) -> None:
    """One photograph: what was found of each zone, or why nothing is told."""
    if "refused" in record:
        return  # named on standard error
    out = console()
    about = record["photograph"]
    shown = {**about, "px_per_mm": f"{about['px_per_mm']:.1f}"}
    out.print(text("imaging.cli.measured", **{k: shown[k] for k in ("file", "megapixels", "px_per_mm", "scale_from")}))
    if record["verdict"] == "refused":
        out.print(text("imaging.cli.not_measured"), style="bold")
    _reasons(out, record["checks"], [*about["notes"], *record["tone"]])
    names = [name for name in record["metrics"] if any(name in zone["values"] for zone in record["zones"].values())]
    for part in ([n for n in names if n in _RELIEF], [n for n in names if n not in _RELIEF]):
        if part:
            out.print(_zones(record, part))
    _show_lesions(out, record)
    _close(out, record)


def _zones(record: dict[str, Any], names: list[str]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(text("imaging.cli.zone"), no_wrap=True)
    table.add_column(text("imaging.cli.area"), justify="right")
    for name in names:
        words = record["metrics"][name]
        table.add_column("\n".join(filter(None, (words["name"], words["unit"]))), justify="right")
    for zone in record["zones"].values():
        cells = (_figure(zone["values"][key]) if key in zone["values"] else "–" for key in names)
        table.add_row(zone["name"], f"{zone['area_cm2']:.1f}", *cells)
    table.add_row(text("imaging.cli.sdc_row"), "", *(_usual_sdc(record, name) for name in names), style="dim")
    return table


def _usual_sdc(record: dict[str, Any], name: str) -> str:
    """The smallest change that is told, of the zone in the middle; zones have their own in JSON."""
    told = [zone["errors"][name]["sdc_shown"] for zone in record["zones"].values() if name in zone["errors"]]
    unit = record["metrics"][name]["unit"]
    told.sort(key=lambda words: float(words.split()[0].rstrip("°")))
    return told[len(told) // 2].removesuffix(unit).strip() if told else "–"


def _show_lesions(out: Console, record: dict[str, Any]) -> None:
    if not record["lesions"]:
        return
    names = [name for name in record["metrics"] if name.startswith("contrast_")]
    table = Table(box=None, pad_edge=False, title=text("imaging.cli.surround"), title_justify="left")
    for words in (text("imaging.cli.lesion"), "mm²", *(record["metrics"][name]["name"] for name in names)):
        table.add_column(words, justify="left" if words == text("imaging.cli.lesion") else "right")
    for name, one in record["lesions"].items():
        cells = (_minus(f"{one['values'][key]:+.2g}") if key in one["values"] else "–" for key in names)
        table.add_row(name, f"{one['area_mm2']:.0f}", *cells)
    out.print(table)
    for name, one in record["lesions"].items():
        for words in dict.fromkeys(one["refused"].values()):
            if words not in record["tone"]:  # what holds for the whole person was said above
                out.print(f"- {name}: {words}")


def show_compared(record: dict[str, Any], report: Path | None) -> None:
    """Two photographs: the answer, the reasons, and what changed by more than its error."""
    if "refused" in record:
        return  # named on standard error
    out = console()
    out.print(f"{record['before']['file']} → {record['after']['file']}")
    out.print(record["headline"], style="bold")
    _reasons(out, record["checks"], [*record["before"]["notes"], *record["after"]["notes"], *record["tone"]])
    rows = [one for one in record["changes"] if one.get("beyond_error")]
    if rows:
        table = Table(box=None, pad_edge=False)
        for name in ("zone", "figure"):
            table.add_column(text(f"imaging.page.column.{name}"))
        table.add_column(text("imaging.page.column.change"), justify="right")
        table.add_column(text("imaging.page.sdc"), justify="right")
        table.add_column(f"{text('imaging.page.column.verdict')} ({rows[0]['basis']})")
        for one in rows:
            name = record["metrics"][one["metric"]]["name"]
            table.add_row(one["zone_name"], name, one["shown"], one["sdc_shown"], one["verdict"])
        out.print(table)
    _detection(out, record["detection"])
    if report is not None:
        out.print(text("imaging.cli.written", path=report))
    _close(out, record)


def _reasons(out: Console, checks: list[dict[str, Any]], notes: list[str]) -> None:
    failed = [check for check in checks if not check["passed"] and check["words"]]
    failed.sort(key=lambda check: check["weight"] != "refuse")  # what refuses the whole stands first
    for words in [*(check["words"] for check in failed), *notes]:
        out.print(f"- {words}")


def _close(out: Console, record: dict[str, Any]) -> None:
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


def _figure(value: float) -> str:
    return _minus(f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}")


def _minus(words: str) -> str:
    return words.replace("-", "−")
