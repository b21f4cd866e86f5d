"""Write the report: page, two PDFs, dose record and methods paragraph, all or nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from puncta.files import refused_folder
from puncta.frozen import frozen
from puncta.planning import Plan, store
from puncta.report.card import render_card
from puncta.report.dates import calendar_text
from puncta.report.dose import dose_json
from puncta.report.drawings import drawings
from puncta.report.html import render_page
from puncta.report.methods import methods_text
from puncta.report.patient import Letterhead, render_patient
from puncta.report.pdf import render_plan
from puncta.report.research import research_csv
from puncta.report.view import view


@frozen
class ReportFiles:
    """The files of one report.

    Parameters
    ----------
    page : Path
        The page, ``<stem>-plan.html``.
    plan : Path
        The plan on paper, ``<stem>-plan.pdf``.
    card : Path
        The session card, ``<stem>-card.pdf``, one page.
    dose : Path
        The record of the needling dose, ``<stem>-dose.json``.
    methods : Path
        The methods paragraph, ``<stem>-methods.txt``.
    patient : Path
        The patient sheet, ``<stem>-patient.pdf``, one page.
    dates : Path
        Visits, cream, sun and photographs, ``<stem>-dates.ics``.
    research : Path
        Every figure of every course, ``<stem>-research.csv``.
    stored : Path
        The plan as it was, to be made again, ``<stem>-stored.json``.
    """

    page: Path
    plan: Path
    card: Path
    dose: Path
    methods: Path
    patient: Path
    dates: Path
    research: Path
    stored: Path

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them."""
        return (
            self.page, self.plan, self.card, self.dose, self.methods, self.patient, self.dates, self.research,
            self.stored,
        )  # fmt: skip


def write_report(plan: Plan, folder: str | Path, stem: str, letterhead: Letterhead | None = None) -> ReportFiles:
    """Write the report of a plan.

    Parameters
    ----------
    plan : Plan
        A plan with a recommended course.
    folder : str or Path
        Where to; made where it does not exist.
    stem : str
        How the names begin.
    letterhead : Letterhead, optional
        Name, telephone and language on the patient sheet; lines to write on, in English, where it is left out.

    Returns
    -------
    ReportFiles
        What was written. Equal plans give equal bytes.

    Raises
    ------
    StoppedError
        Where the screening allows no plan: nothing is written.
    InputError
        Where the folder cannot be written to; nothing is written.
    PunctaError
        Where the font is missing, or card or patient sheet do not fit; nothing is written.

    Notes
    -----
    Limits: ``limits.not_a_device``, ``limits.draws``.

    Examples
    --------
    >>> import tempfile
    >>> from puncta.case import read_case
    >>> from puncta.planning import plan
    >>> made = plan(read_case("examples/published_A03.toml"), draws=20)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_report(made, folder, "published").card.name
    'published-card.pdf'
    """
    place = Path(folder)
    files = ReportFiles(
        place / f"{stem}-plan.html",
        place / f"{stem}-plan.pdf",
        place / f"{stem}-card.pdf",
        place / f"{stem}-dose.json",
        place / f"{stem}-methods.txt",
        place / f"{stem}-patient.pdf",
        place / f"{stem}-dates.ics",
        place / f"{stem}-research.csv",
        place / f"{stem}-stored.json",
    )
    contents = _render(plan, letterhead)
    try:
        place.mkdir(parents=True, exist_ok=True)
        _put(dict(zip(files.paths, contents, strict=True)))
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise refused_folder(place, error) from error
    return files


def _render(plan: Plan, letterhead: Letterhead | None) -> tuple[bytes, ...]:
    seen = view(plan)
    drawn = drawings(plan, seen)
    return (
        render_page(plan, seen, drawn).encode(),
        render_plan(plan, seen, drawn),
        render_card(plan, seen, drawn),
        dose_json(plan).encode(),
        methods_text(plan, seen).encode(),
        render_patient(plan, seen, letterhead),
        calendar_text(plan).encode(),
        research_csv(plan).encode(),
        store(plan).encode(),
    )


def _put(contents: dict[Path, bytes], replace: Callable[[str, Path], None] = os.replace) -> None:
    """Write all beside their places first, then move them in; nobody ever meets half a file."""
    waiting: dict[Path, str] = {}
    try:
        for path, content in contents.items():
            handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
            waiting[path] = name
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            # a file for others to read, not the private one that mkstemp makes
            Path(name).chmod(0o644)
        for path in list(waiting):
            replace(waiting[path], path)
            del waiting[path]
    finally:
        for name in waiting.values():
            Path(name).unlink(missing_ok=True)
