"""``puncta photo``: measure and compare photographs, the clinic's own error, DICOM, and blinded grading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from puncta.cli.options import AsJson, print_json

if TYPE_CHECKING:
    from puncta import Declared, Photograph

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
Lesions = Annotated[
    Path | None,
    typer.Option(
        help="Lesions or scars drawn by hand, in JSON like zones: each against its surround.", show_default=False
    ),
]
ScaleOf = Annotated[
    str | None,
    typer.Option("--scale-from", help="eyes, iris (open eyes) or chart; without a ruler.", show_default=False),
]
ChartMm = Annotated[
    float,
    typer.Option(help="Width of the chart's patches together, in mm; for --scale-from chart.", show_default=False),
]
Grey = Annotated[
    str | None, typer.Option(help="Grey card: left, top, width, height in pixels: 40,60,200,120.", show_default=False)
]
GreyAfter = Annotated[str | None, typer.Option(help="The same on the later photograph.", show_default=False)]
MakeUp = Annotated[
    str | None,
    typer.Option(help="Make-up: none, both, before or after; for one photograph none or both.", show_default=False),
]
Shaved = Annotated[str | None, typer.Option(help="Shaved that day: none, both, before or after.", show_default=False)]
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
    lesions: Lesions = None,
    ruler: Ruler = None,
    scale_from: ScaleOf = None,
    chart_mm: ChartMm = 0.0,
    grey: Grey = None,
    polarised: Polarised = False,
    make_up: MakeUp = None,
    shaved: Shaved = None,
    chart: Chart = True,
    days_since_session: Days = None,
    as_json: AsJson = False,
) -> None:
    """Measure the zones of a face, or of any site with zones drawn by hand."""
    from puncta import PunctaError, measure_photograph, measurement_record, read_photograph

    declared = _declared(polarised, days_since_session, _worn(make_up, shaved))
    many = photograph.is_dir()
    given = {"polygons": _polygons(zones), "lesions": _polygons(lesions), "chart": chart}
    given["scale"] = _scale(ruler, scale_from, chart_mm)
    records = []
    for file in _progress(_photographs(photograph), many):
        try:
            photo = _with_grey(read_photograph(file, declared), grey)
            records.append(measurement_record(*measure_photograph(photo, **given)))
        except PunctaError as error:
            if not many:
                raise
            records.append({"photograph": {"file": str(file)}, "refused": str(error)})
    if as_json:
        print_json(records if many else records[0])
        return
    from puncta.cli.photo_shown import show_measured

    for record in records:
        show_measured(record)


@app.command("compare")
def compare(
    before: Annotated[Path, typer.Argument(help="The earlier photograph, or a folder.", show_default=False)],
    after: Annotated[Path, typer.Argument(help="The later photograph, or a folder.", show_default=False)],
    report: Report = None,
    zones: Zones = None,
    lesions: Lesions = None,
    ruler: Ruler = None,
    scale_from: ScaleOf = None,
    chart_mm: ChartMm = 0.0,
    grey: Grey = None,
    grey_after: GreyAfter = None,
    polarised: Polarised = False,
    make_up: MakeUp = None,
    shaved: Shaved = None,
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
    given = {"polygons": _polygons(zones), "lesions": _polygons(lesions), "chart": chart, "errors": known}
    given["scale"] = _scale(ruler, scale_from, chart_mm)
    worn = _worn(make_up, shaved)
    records = []
    for first, second in _progress(_pairs(before, after), many):
        try:
            pair = (
                _with_grey(read_photograph(first, _declared(polarised, None, worn)), grey),
                _with_grey(read_photograph(second, _declared(polarised, days_since_session, worn, 1)), grey_after),
            )
            found = compare_photographs(*pair, **given)
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
    from puncta.cli.photo_shown import show_compared

    for record in records:
        show_compared(record, report)


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

    declared = _declared(polarised, None, {})
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


def _worn(make_up: str | None, shaved: str | None) -> dict[str, str]:
    from puncta import PunctaError, text

    given = {name: said for name, said in (("make_up", make_up), ("shaved", shaved)) if said is not None}
    if not set(given.values()) <= {"none", "both", "before", "after"}:
        raise PunctaError(text("imaging.cli.worn_form"))
    return given


def _declared(polarised: bool, days: float | None, worn: dict[str, str], which: int = 0) -> Declared:
    from puncta import Declared

    said = {name: value in ("both", ("before", "after")[which]) for name, value in worn.items()}
    return Declared(polarised=polarised or None, days_since_session=days, **said)


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


def _with_grey(photo: Photograph, grey: str | None) -> Photograph:
    import dataclasses

    from puncta import PunctaError, text

    if grey is None:
        return photo
    try:
        left, top, width, height = (int(part) for part in grey.split(","))
    except ValueError as error:
        raise PunctaError(text("imaging.cli.grey_form")) from error
    return dataclasses.replace(photo, grey_box=(left, top, width, height))


def _scale(ruler: str | None, way: str | None = None, chart_mm: float = 0.0) -> Any:
    from puncta import PunctaError, ScaleFrom, ruler_scale, text

    if ruler is None:
        return None if way is None else ScaleFrom(way, chart_mm)
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
