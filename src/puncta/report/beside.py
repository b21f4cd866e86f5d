"""Beside: a page, its record and its pictures in one folder, each file whole or not there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from puncta.files import refused_folder, write_atomically
from puncta.report.charts.canvas import Chart


def write_beside(
    place: Path, name: str, page: str, record: str, pictures: Mapping[str, Chart]
) -> tuple[Path, Path, tuple[Path, ...]]:
    """Write a page with its record and pictures.

    Parameters
    ----------
    place : Path
        Folder; made where it does not exist.
    name : str
        How page and record are called.
    page, record : str
        HTML and JSON.
    pictures : mapping of str to Chart
        By name of the file.

    Returns
    -------
    tuple of Path, Path and tuple of Path
        Page, record and pictures.

    Raises
    ------
    InputError
        Where the folder cannot be written to.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = write_beside(Path(folder), "page", "<p>", "{}", {})
    >>> written[0].name, written[1].name
    ('page.html', 'page.json')
    """
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused_folder(place, error) from error
    for picture, chart in pictures.items():
        write_atomically(place / f"{picture}.png", chart.png)
    write_atomically(place / f"{name}.json", record + "\n")
    write_atomically(place / f"{name}.html", page)
    return place / f"{name}.html", place / f"{name}.json", tuple(place / f"{picture}.png" for picture in pictures)
