"""Repeats: a clinic's own error from several photographs of several people, and its file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from puncta.errors import PunctaError
from puncta.files import read_text, write_atomically
from puncta.imaging.compare import compare_photographs
from puncta.imaging.errors import Errors, clinic_errors, upper_sem
from puncta.imaging.metrics import metrics
from puncta.imaging.photograph import Photograph
from puncta.messages import text

FORMAT = 1
_PEOPLE, _SHOTS = 10, 3  # numerics: people and photographs of each that the design asks for


def clinic_repeats(people: Iterable[Sequence[Photograph]], chart: bool = True) -> tuple[Errors, tuple[str, ...]]:
    """Errors of a clinic from repeated photographs, taken the same day with the head posed anew each time.

    Parameters
    ----------
    people : iterable of sequence of Photograph
        Photographs of each person, two or more; people come one by one, so that one person's are held at a time.
    chart : bool
        Whether a chart is looked for.

    Returns
    -------
    tuple
        Errors, and what to know about them: pairs that were refused, fewer people than asked.

    Raises
    ------
    PunctaError
        Where no two photographs of any person can be compared.

    Examples
    --------
    >>> import numpy as np
    >>> black = Photograph("grey", np.full((80, 80, 3), 90, np.uint8))
    >>> clinic_repeats([[black, black]])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: No two photographs of one person could be compared...
    """
    rows: dict[str, list[list[float]]] = {name: [] for name in metrics()}
    notes = []
    used, counts = 0, []
    for shots in people:
        kept = 0
        counts.append(len(shots))
        for later in shots[1:]:
            try:
                found = compare_photographs(shots[0], later, chart=chart)
            except PunctaError as error:
                notes.append(str(error))
                continue
            if found.verdict == "refused":
                reasons = " ".join(c.words for c in found.checks if not c.passed and c.weight != "note")
                notes.append(text("imaging.repeats.refused", subject=later.subject, reasons=reasons))
                continue
            kept += 1
            for change in found.changes:
                if not change.refused:
                    rows[change.metric].append([change.before, change.after])
        used += kept > 0
    filled = {name: values for name, values in rows.items() if values}
    if not filled:
        raise PunctaError("\n".join([text("imaging.repeats.none"), *dict.fromkeys(notes)]))
    notes = list(dict.fromkeys(notes))
    if used < _PEOPLE or min(counts) < _SHOTS:
        notes.append(text("imaging.repeats.few", people=used, wanted=_PEOPLE, shots=_SHOTS))
    found = clinic_errors(filled)
    # zones of one face are not independent: what counts is people and photographs
    freedom = max(1, sum(max(count - 1, 0) for count in counts))
    return Errors(found.sem, float(min(found.freedom, freedom)), "clinic"), tuple(notes)


def write_errors(path: str | Path, errors: Errors) -> None:
    """Write a clinic's errors to a file in TOML.

    Parameters
    ----------
    path : str or Path
        Where.
    errors : Errors
        From `clinic_repeats`.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_errors(f"{folder}/own.toml", Errors({"ita": 1.5}, 20.0, "clinic"))
    ...     read_errors(f"{folder}/own.toml").sem["ita"]
    1.5
    """
    lines = [f"format = {FORMAT}", f"freedom = {errors.freedom}", "", "[sem]"]
    for name, value in errors.sem.items():
        lines.append(f"{name} = {value:.6g} # upper limit {upper_sem(value, errors.freedom):.3g}")
    write_atomically(path, "\n".join(lines) + "\n")


def read_errors(path: str | Path) -> Errors:
    """Read a clinic's errors.

    Parameters
    ----------
    path : str or Path
        The file.

    Returns
    -------
    Errors
        The clinic's own.

    Raises
    ------
    PunctaError
        Where the file is none of that kind.

    Examples
    --------
    >>> read_errors("pyproject.toml")
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: pyproject.toml: this is no file of errors. Do: make one with puncta photo calibrate.
    """
    try:
        table = tomllib.loads(read_text(path))
        known = {str(name): float(value) for name, value in table["sem"].items()}
        freedom = float(table["freedom"])
        right = (
            table["format"] == FORMAT
            and 1 <= freedom < float("inf")
            and set(known) <= set(metrics())
            and all(0 < sem < float("inf") for sem in known.values())
            and bool(known)
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError):
        known, freedom, right = {}, 1.0, False
    if not right:
        raise PunctaError(text("imaging.error.errors_file", subject=path))
    return Errors(known, freedom, "clinic")
