"""``puncta photo``: measure and compare photographs, the clinic's own error, DICOM, and blinded grading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from puncta.cli.options import AsJson, print_json
from puncta.cli.photo_files import REFUSED, end, in_turn, pairs, people, photographs
from puncta.cli.photo_options import Told

if TYPE_CHECKING:
    from puncta import Declared, Photograph

app = typer.Typer(
    help="Measure skin on photographs. Research and planning support; not a medical device.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

_SEEDS = 2**31  # numerics: so many orders

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
    float | None,
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
    chart_mm: ChartMm = None,
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

    told = Told("puncta photo measure")
    declared = _declared(polarised, told.days(days_since_session), told.worn(make_up, shaved, True))
    card = told.grey(grey)
    given = _drawn(told, zones, lesions, ruler, scale_from, chart_mm, chart)
    told.done()
    many = photograph.is_dir()
    records = []
    for file in in_turn(photographs(photograph), many):
        try:
            photo = _with_grey(read_photograph(file, declared), card)
            records.append(measurement_record(*measure_photograph(photo, **given)))
        except PunctaError as error:
            if not many:
                raise
            records.append({"photograph": {"file": str(file)}, "refused": str(error)})
    if as_json:
        print_json(records if many else records[0])
    else:
        from puncta.cli.photo_shown import show_measured

        for record in records:
            show_measured(record)
    end(records, as_json)


@app.command("compare")
def compare(
    before: Annotated[Path, typer.Argument(help="The earlier photograph, or a folder.", show_default=False)],
    after: Annotated[Path, typer.Argument(help="The later photograph, or a folder.", show_default=False)],
    report: Report = None,
    zones: Zones = None,
    lesions: Lesions = None,
    ruler: Ruler = None,
    scale_from: ScaleOf = None,
    chart_mm: ChartMm = None,
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
    from puncta import PunctaError, compare_photographs, comparison_record, read_errors, read_photograph

    told = Told("puncta photo compare")
    many = before.is_dir() and after.is_dir()
    worn = told.worn(make_up, shaved, False)
    cards = told.grey(grey), told.grey(grey_after, "--grey-after")
    days = told.days(days_since_session)
    given = _drawn(told, zones, lesions, ruler, scale_from, chart_mm, chart)
    told.target(report, [before, after], "--report", many)
    told.two(before, after)
    told.done()
    given["errors"] = None if errors is None else read_errors(errors)
    matched, records = pairs(before, after)
    for first, second in in_turn(matched, many):
        try:
            pair = (
                _with_grey(read_photograph(first, _declared(polarised, None, worn)), cards[0]),
                _with_grey(read_photograph(second, _declared(polarised, days, worn, 1)), cards[1]),
            )
            found = compare_photographs(*pair, **given)
        except PunctaError as error:
            if not many:
                raise
            records.append({"before": {"file": str(first)}, "after": {"file": str(second)}, "refused": str(error)})
            continue
        records.append(comparison_record(found))
        if report is not None:
            _write(found, report / f"{first.stem}.html" if many else report, many)
    if as_json:
        print_json(records if many else records[0])
    else:
        from puncta.cli.photo_shown import show_compared

        for record in records:
            show_compared(record, report)
    end(records, as_json)


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

    from puncta import PunctaError, clinic_repeats, read_photograph, text, write_errors

    declared = _declared(polarised, None, {})
    found = people(folder)
    told = Told("puncta photo calibrate")
    told.target(out, [shot for _, shots in found for shot in shots], "--out")
    told.done()
    refused: list[str] = []

    def read(shots: list[Path]) -> list[Photograph]:
        kept = []
        for file in shots:
            try:
                kept.append(read_photograph(file, declared))
            except PunctaError as error:
                refused.append(str(error))
        return kept

    # one person at a time is held
    errors, notes = clinic_repeats((read(shots) for _, shots in in_turn(found, True)), chart)
    write_errors(out, errors)
    notes = (*refused, *notes)
    if as_json:
        print_json({**dataclasses.asdict(errors), "notes": list(notes)})
    else:
        for note in notes:
            typer.echo(note)
        typer.echo(text("imaging.cli.repeats", people=len(found), refused=len(refused), path=out))
    if refused:
        raise typer.Exit(REFUSED)


@app.command("dicom")
def dicom(
    photograph: Annotated[Path, typer.Argument(help="A photograph.", show_default=False)],
    out: Annotated[Path, typer.Argument(help="Where the DICOM file is written.", show_default=False)],
) -> None:
    """Write a photograph as a DICOM VL Photographic image, without a patient's name."""
    from puncta import read_photograph, text, write_dicom

    told = Told("puncta photo dicom")
    told.target(out, [photograph], "OUT")
    told.done()
    write_dicom(out, read_photograph(photograph))
    typer.echo(text("imaging.cli.written", path=out))


@app.command("blind")
def blind(
    before: Annotated[Path, typer.Argument(help="Folder of the earlier photographs.", show_default=False)],
    after: Annotated[Path, typer.Argument(help="Folder of the later ones, each of the same name.", show_default=False)],
    page: Annotated[Path, typer.Argument(help="Where the grader's page is written, as HTML.", show_default=False)],
    seed: Annotated[
        int | None, typer.Option(min=0, help="Seed of the order; by chance without it.", show_default=False)
    ] = None,
) -> None:
    """Write a page for blinded grading: order hidden, names and dates left out, some pairs twice."""
    import secrets

    from puncta import PunctaError, read_photograph, text, write_grading

    told = Told("puncta photo blind")
    told.target(page, [before, after], "PAGE")
    told.two(before, after)
    told.done()
    order = secrets.randbelow(_SEEDS) if seed is None else seed
    matched, records = pairs(before, after)
    kept: list[str] = []

    def read() -> Iterator[tuple[Photograph, Photograph]]:
        for first, second in in_turn(matched, True):
            try:
                both = read_photograph(first), read_photograph(second)
            except PunctaError as error:
                records.append({"refused": str(error)})
                continue
            kept.append(first.stem)
            yield both

    count = write_grading(read(), page, order)
    typer.echo(text("imaging.cli.blind", pairs=len(kept), showings=count, path=page))
    for number, name in enumerate(kept):
        typer.echo(f"  {number}: {name}")
    typer.echo(text("imaging.cli.blind_then", pairs=len(kept), seed=order))
    end([*records, *({} for _ in kept)], False)


@app.command("grade")
def grade(
    pairs: Annotated[int, typer.Argument(min=1, max=10_000, help="Number of pairs.", show_default=False)],
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
        raise PunctaError(text("imaging.error.answers_form", file=answers)) from error
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


def _drawn(
    told: Told,
    zones: Path | None,
    lesions: Path | None,
    ruler: str | None,
    scale_from: str | None,
    chart_mm: float | None,
    chart: bool,
) -> dict[str, Any]:
    given = {"polygons": told.polygons(zones), "lesions": told.polygons(lesions), "chart": chart}
    told.apart(given["polygons"], given["lesions"])
    given["scale"] = told.scale(ruler, scale_from, chart_mm, chart, zones is not None)
    return given


def _declared(polarised: bool, days: float | None, worn: dict[str, str], which: int = 0) -> Declared:
    from puncta import Declared

    said = {name: value in ("both", ("before", "after")[which]) for name, value in worn.items()}
    return Declared(polarised=polarised or None, days_since_session=days, **said)


def _with_grey(photo: Photograph, grey: tuple[int, int, int, int] | None) -> Photograph:
    import dataclasses

    return photo if grey is None else dataclasses.replace(photo, grey_box=grey)


def _write(found: Any, path: Path, many: bool) -> None:
    from puncta import write_comparison

    if many:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_comparison(found, path)
