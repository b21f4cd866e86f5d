"""``puncta evidence``: what stands behind a figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from puncta.cli.options import AsJson, DevicesFolder, ProductsFolder, case_of, print_json

if TYPE_CHECKING:
    from rich.console import Console

    from puncta import Trace

_CATALOGUES = ("zones", "devices", "products", "scales", "questions", "rules", "sources", "arms", "parameters")


def command(
    figure: Annotated[
        str | None,
        typer.Argument(
            help="A printed figure (with a case file), a parameter, a source, a study row, or a catalogue: "
            + ", ".join(_CATALOGUES),
            show_default=False,
        ),
    ] = None,
    case_file: Annotated[
        Path | None, typer.Argument(help="Case file, for a printed figure.", show_default=False)
    ] = None,
    devices: DevicesFolder = None,
    products: ProductsFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show the parameters, sources and studies behind a figure, and count what is assumed."""
    import puncta

    if figure is None:
        _overview(as_json)
    elif figure in _CATALOGUES and case_file is None:
        keys = sorted(getattr(puncta, figure)())
        print_json(keys) if as_json else typer.echo("\n".join(keys))
    else:
        case = None if case_file is None else case_of(case_file, devices=devices, products=products)
        course = None if case is None else puncta.usual_course(case)
        found = puncta.explain(figure, case, course)
        if as_json:
            print_json(_record(figure, found))
        else:
            from puncta.cli.tables import console

            _show(console(), figure, found)


def _overview(as_json: bool) -> None:
    from puncta import parameters

    counts: dict[str, dict[str, int]] = {}
    for key, entry in parameters().items():
        row = counts.setdefault(key.split(".")[0], {})
        row[entry.kind] = row.get(entry.kind, 0) + 1
    if as_json:
        print_json(counts)
        return
    from rich.table import Table

    from puncta import text
    from puncta.cli.tables import console

    kinds = ("measured", "fitted", "derived", "assumed")
    table = Table(box=None, pad_edge=False)
    table.add_column(text("cli.column.package"))
    for kind in kinds:
        table.add_column(text(f"cli.kind.{kind}"), justify="right")
    for name in sorted(counts):
        table.add_row(name, *(str(counts[name].get(kind, 0)) for kind in kinds))
    total = [sum(row.get(kind, 0) for row in counts.values()) for kind in kinds]
    table.add_row(text("cli.all"), *(str(number) for number in total), style="bold")
    console().print(table)


def _record(figure: str, found: Trace) -> dict[str, object]:
    return {
        "figure": figure,
        "assumed_count": found.assumed_count,
        "parameters": [
            {
                "key": p.key,
                "value": p.value,
                "unit": p.unit,
                "kind": p.kind,
                "means": p.means,
                "where": p.where,
                "sources": list(p.sources),
                "at": p.at,
                "spread": {"shape": p.spread.shape, "a": p.spread.a, "b": p.spread.b},
                "joint": _joint_record(found, p.key),
            }
            for p in found.parameters
        ],
        "sources": [
            {"key": s.key, "title": s.title, "kind": s.kind, "seen": s.seen, "identifier": s.identifier}
            for s in found.sources
        ],
        "studies": [
            {"row": a.key, "source": a.source, "role": a.role, "people_count": a.people_count, "scale": a.scale}
            for a in found.arms
        ],
    }


def _joint_record(found: Trace, key: str) -> dict[str, object] | None:
    joint = found.joint(key)
    if joint is None:
        return None
    return {
        "low": joint.low,
        "median": joint.median,
        "high": joint.high,
        "contraction": joint.contraction,
        "fitted_to": list(joint.rows),
    }


def _show(out: Console, figure: str, found: Trace) -> None:
    from rich.markup import escape
    from rich.table import Table

    from puncta import text

    out.print(
        f"[bold]{escape(figure)}[/]  "
        + text("cli.behind", count=len(found.parameters), assumed=found.assumed_count, studies=len(found.arms))
    )
    if found.parameters:
        table = Table(box=None, pad_edge=False)
        for head in ("parameter", "value", "spread", "kind", "means", "sources"):
            table.add_column(text(f"cli.column.{head}"), overflow="fold")
        for p in found.parameters:
            ends = {
                "fixed": "–",
                "sd": f"± {p.spread.a:g}",
                "log_sd": f"×/÷ e^{p.spread.a:g}",
                "range": f"{p.spread.a:g}–{p.spread.b:g}",
                "log_range": f"{p.spread.a:g}–{p.spread.b:g}",
            }[p.spread.shape]
            joint = found.joint(p.key)
            if joint is not None:
                said = "cli.joint_known" if joint.is_known else "cli.joint_unknown"
                ends = text(
                    said, low=f"{joint.low:.3g}", high=f"{joint.high:.3g}", share=round(100 * joint.contraction)
                )
            table.add_row(p.key, f"{p.value:g} {p.unit}".strip(), ends, p.kind, escape(p.means), ", ".join(p.sources))
        out.print(table)
    for s in found.sources:
        out.print(f"  {s.key}: {s.title} {s.identifier} ({s.seen})", markup=False)
    for a in found.arms:
        out.print(f"  {a.key} ({a.role}, n {a.people_count}): {a.source}", markup=False)
