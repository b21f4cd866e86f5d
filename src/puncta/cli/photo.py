"""``puncta photo``: measure and compare photographs, the clinic's own error, DICOM, and blinded grading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from puncta.cli.options import AsJson, print_json

if TYPE_CHECKING:
    from rich.console import Console

    from puncta import Declared

app = typer.Typer(
    help="Measure skin on photographs. Research and planning support; not a medical device.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

_SUFFIXES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".dcm"}

Ruler = Annotated[str | None, typer.Option(help="Pixels and millimetres of one length: 420,20.", show_default=False)]
Zones = Annotated[
    Path | None, typer.Option(help="Zones drawn by hand, in JSON: name to corners in pixels.", show_default=False)
]
Polarised = Annotated[bool, typer.Option("--polarised", help="Taken through crossed polarisers.")]
Chart = Annotated[bool, typer.Option(help="Look for a colour chart.")]
Days = Annotated[float | None, typer.Option(help="Days since the last session.", show_default=False)]
Own = Annotated[
    Path | None, typer.Option("--errors", help="The clinic's own errors, from calibrate.", show_default=False)
]
Report = Annotated[
    Path | None, typer.Option(help="Write the page here, as HTML; for folders, a folder.", show_default=False)
]


@app.command("measure")
def measure(
    photograph: Annotated[Path, typer.Argument(help="A photograph, or a folder of them.", show_default=False)],
    zones: Zones = None,
    ruler: Ruler = None,
    polarised: Polarised = False,
    chart: Chart = True,
    days_since_session: Days = None,
    as_json: AsJson = False,
) -> None:
    """Measure the zones of a face, or of any site with zones drawn by hand."""
    from puncta import PunctaError, measure_photograph, measurement_record, read_photograph

    declared = _declared(polarised, days_since_session)
    many = photograph.is_dir()
    records = []
    for file in _progress(_photographs(photograph), many):
        try:
            photo = read_photograph(file, declared)
            found = measure_photograph(photo, polygons=_polygons(zones), scale=_scale(ruler), chart=chart)
            records.append(measurement_record(*found))
        except PunctaError as error:
            if not many:
                raise
            records.append({"photograph": {"file": str(file)}, "refused": str(error)})
    if as_json:
        print_json(records if many else records[0])
        return
    for record in records:
        _show_measured(record)


@app.command("compare")
def compare(
    before: Annotated[Path, typer.Argument(help="The earlier photograph, or a folder.", show_default=False)],
    after: Annotated[Path, typer.Argument(help="The later photograph, or a folder.", show_default=False)],
    report: Report = None,
    zones: Zones = None,
    ruler: Ruler = None,
    polarised: Polarised = False,
    chart: Chart = True,
    days_since_session: Days = None,
    errors: Own = None,
    as_json: AsJson = False,
) -> None:
    """Say whether two photographs can be compared, and what changed by more than its error."""
    from puncta import PunctaError, compare_photographs, comparison_record, read_errors, read_photograph, text

    known = None if errors is None else read_errors(errors)
    many = before.is_dir()
    if many != after.is_dir():
        raise PunctaError(text("imaging.cli.folder_pairs"))
    records = []
    for first, second in _progress(_pairs(before, after), many):
        try:
            pair = (
                read_photograph(first, _declared(polarised, None)),
                read_photograph(second, _declared(polarised, days_since_session)),
            )
            found = compare_photographs(
                *pair, polygons=_polygons(zones), scale=_scale(ruler), chart=chart, errors=known
            )
            records.append(comparison_record(found))
        except PunctaError as error:
            if not many:
                raise
            records.append({"before": {"file": str(first)}, "after": {"file": str(second)}, "refused": str(error)})
            continue
        if report is not None:
            _write(found, report / f"{first.stem}.html" if many else report, many)
    if as_json:
        print_json(records if many else records[0])
        return
    for record in records:
        _show_compared(record, report)


@app.command("calibrate")
def calibrate(
    folder: Annotated[
        Path, typer.Argument(help="One folder for each person, photographs of one day in it.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="Where the errors are written, in TOML.")] = Path("photo_errors.toml"),
    polarised: Polarised = False,
    chart: Chart = True,
    as_json: AsJson = False,
) -> None:
    """Find the clinic's own error: ten people, three photographs each, same day, posed anew."""
    import dataclasses

    from puncta import clinic_repeats, read_photograph, text, write_errors

    declared = _declared(polarised, None)
    people = [
        [read_photograph(file, declared) for file in _photographs(person)]
        for person in _progress(sorted(x for x in folder.iterdir() if x.is_dir()), True)
    ]
    errors, notes = clinic_repeats(people, chart)
    write_errors(out, errors)
    if as_json:
        print_json({**dataclasses.asdict(errors), "notes": list(notes)})
        return
    for note in notes:
        typer.echo(note)
    typer.echo(text("imaging.cli.repeats", people=len(people), refused=len(notes), path=out))


@app.command("dicom")
def dicom(
    photograph: Annotated[Path, typer.Argument(help="A photograph.", show_default=False)],
    out: Annotated[Path, typer.Argument(help="Where the DICOM file is written.", show_default=False)],
) -> None:
    """Write a photograph as a DICOM VL Photographic image, without a patient's name."""
    from puncta import read_photograph, text, write_dicom

    write_dicom(out, read_photograph(photograph))
    typer.echo(text("imaging.cli.written", path=out))


@app.command("grade")
def grade(
    pairs: Annotated[int, typer.Argument(min=1, help="Number of pairs.", show_default=False)],
    seed: Annotated[int, typer.Option(min=0, help="Seed of the order; kept out of the grader's sight.")] = 0,
    answers: Annotated[
        Path | None, typer.Option(help="Answers in JSON: number to left, right or same.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Order pairs for blinded grading, or unblind the answers and tell how far they agree."""
    import dataclasses
    import json

    from puncta import PunctaError, agreement, read_text, showings, text

    order = showings(pairs, seed)
    if answers is None:
        rows = [{"number": one.number, "pair": one.pair, "later_is_left": one.later_is_left} for one in order]
        print_json({"seed": seed, "showings": rows})
        return
    try:
        given = {int(number): str(side) for number, side in json.loads(read_text(answers)).items()}
    except (ValueError, AttributeError) as error:
        raise PunctaError(text("imaging.error.answer", number=1)) from error
    found = agreement(order, given)
    if as_json:
        print_json(dataclasses.asdict(found))
        return
    typer.echo(text("imaging.cli.grade_later", n=found.later_better))
    typer.echo(text("imaging.cli.grade_earlier", n=found.earlier_better))
    typer.echo(text("imaging.cli.grade_same", n=found.same))
    if found.repeat_agreement is not None and found.kappa is not None:
        shown = {"share": f"{100 * found.repeat_agreement:.0f} %", "kappa": f"{found.kappa:.2f}", "n": found.repeats}
        typer.echo(text("imaging.cli.grade_agree", **shown))
    typer.echo(text("imaging.cli.grade_chance", percent=f"{100 * found.chance:.0f}"))
    typer.echo(text("limits.not_a_device"))


def _declared(polarised: bool, days: float | None) -> Declared:
    from puncta import Declared

    return Declared(polarised=polarised or None, days_since_session=days)


def _photographs(place: Path) -> list[Path]:
    if not place.is_dir():
        return [place]
    return sorted(file for file in place.iterdir() if file.suffix.lower() in _SUFFIXES)


def _pairs(before: Path, after: Path) -> list[tuple[Path, Path]]:
    from puncta import PunctaError, text

    if not before.is_dir():
        return [(before, after)]
    later = {file.stem: file for file in _photographs(after)}
    found = [(file, later[file.stem]) for file in _photographs(before) if file.stem in later]
    if not found:
        raise PunctaError(text("imaging.cli.folder_pairs"))
    return found


def _progress(items: list[Any], many: bool) -> Iterator[Any]:
    if not many:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    from puncta import text

    yield from track(items, text("imaging.cli.progress"), console=Console(stderr=True))


def _scale(ruler: str | None) -> Any:
    from puncta import PunctaError, ruler_scale, text

    if ruler is None:
        return None
    try:
        length_px, length_mm = (float(part) for part in ruler.split(","))
    except ValueError as error:
        raise PunctaError(text("imaging.cli.ruler_form")) from error
    return ruler_scale(length_px, length_mm)


def _polygons(file: Path | None) -> Any:
    import json

    from puncta import PunctaError, read_text, text

    if file is None:
        return None
    try:
        found = json.loads(read_text(file))
    except ValueError as error:
        raise PunctaError(text("imaging.cli.polygons_form", file=file)) from error
    if not isinstance(found, dict):
        raise PunctaError(text("imaging.cli.polygons_form", file=file))
    return found


def _write(found: Any, path: Path, many: bool) -> None:
    from puncta import write_comparison

    if many:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_comparison(found, path)


def _show_measured(record: dict[str, Any]) -> None:
    from rich.table import Table

    from puncta import text
    from puncta.cli.tables import console

    out = console()
    if "refused" in record:
        out.print(record["refused"])
        return
    about = record["photograph"]
    shown = {**about, "px_per_mm": f"{about['px_per_mm']:.1f}"}
    out.print(text("imaging.cli.measured", **{k: shown[k] for k in ("file", "megapixels", "px_per_mm", "scale_from")}))
    _reasons(out, record["checks"], about["notes"])
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
    for words in (record["notice"], record["limits"], record["not_a_device"]):
        out.print(words, style="dim")


def _show_compared(record: dict[str, Any], report: Path | None) -> None:
    from rich.table import Table

    from puncta import text
    from puncta.cli.tables import console

    out = console()
    if "refused" in record:
        out.print(record["refused"])
        return
    out.print(f"{record['before']['file']} → {record['after']['file']}")
    out.print(record["headline"], style="bold")
    _reasons(out, record["checks"], [*record["before"]["notes"], *record["after"]["notes"]])
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
    if report is not None:
        out.print(text("imaging.cli.written", path=report))
    for words in (record["notice"], record["limits"], record["not_a_device"]):
        out.print(words, style="dim")


def _reasons(out: Console, checks: list[dict[str, Any]], notes: list[str]) -> None:
    for words in [*(check["words"] for check in checks if not check["passed"] and check["words"]), *notes]:
        out.print(f"- {words}")
