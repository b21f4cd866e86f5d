"""Record: one entry of a data folder (a device, a product), its facts and its sourced figures, built in or own."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from puncta.errors import EvidenceError, InputError, Problem
from puncta.evidence.library import check_sources
from puncta.evidence.parameter import Parameter
from puncta.evidence.randomness import uniforms
from puncta.frozen import frozen
from puncta.messages import text
from puncta.units import SUFFIXES, suffix_of

T = TypeVar("T")
_FORMAT = 1


@frozen
class Record:
    """One record of a data folder.

    Parameters
    ----------
    folder : str
        ``devices``, ``products`` or ``numbing``.
    key : str
        Name of its file without ending.
    facts : mapping of str to object
        Everything in it that is not a figure.
    figures : mapping of str to Parameter
        Its figures by dotted name inside the record, for example ``reach_mm``.
    """

    folder: str
    key: str
    facts: Mapping[str, Any]
    figures: Mapping[str, Parameter]

    def value(self, figure: str) -> float | None:
        """The value of a figure, None where the record has none."""
        return self.figures[figure].value if figure in self.figures else None

    def key_of(self, figure: str) -> str:
        """Evidence key of a figure, for example ``devices.exceed.reach_mm``."""
        return f"{self.folder}.{self.key}.{figure}"

    def draw(self, figure: str, n: int, seed: int, start: int = 0) -> NDArray[np.float64]:
        """Draw a figure for n persons; the same draws as ``draw_one`` gives for a built-in record.

        Parameters
        ----------
        figure : str
            Name of the figure inside the record.
        n : int
            How many persons.
        seed : int
            Seed of the run.
        start : int
            Number of the first person.

        Returns
        -------
        ndarray, shape (n,)
            Draws in the figure's unit.
        """
        known = self.figures[figure]
        return known.spread.at(known.value, uniforms(seed, self.key_of(figure), n, start))


def read_record(folder: str, key: str, table: Mapping[str, Any], problems: list[Problem]) -> Record:
    """Read one record, gathering what is wrong with its figures.

    Parameters
    ----------
    folder : str
        Data folder, the first part of the evidence keys.
    key : str
        Name of the record.
    table : mapping of str to object
        Its table as parsed.
    problems : list of Problem
        Problems are added here.

    Returns
    -------
    Record
        The record with its sound figures.

    Examples
    --------
    >>> problems = []
    >>> read_record("devices", "mine", {"name": "My pen", "reach_mm": {"value": 1.5}}, problems).facts["name"]
    'My pen'
    >>> problems[0].field
    'mine.reach_mm'
    """
    facts: dict[str, Any] = {}
    figures: dict[str, Parameter] = {}
    for name, entry in _leaves(table, ""):
        if isinstance(entry, Mapping) and "value" in entry:
            figure = _figure(folder, key, name, entry, problems)
            if figure is not None:
                figures[name] = figure
        else:
            facts[name] = entry
    return Record(folder, key, MappingProxyType(facts), MappingProxyType(figures))


def read_records(
    folder: str,
    tables: Mapping[str, Mapping[str, Any]],
    subject: str,
    make: Callable[[Record, list[Problem]], T | None],
) -> Mapping[str, T]:
    """Read all records of a folder, gathering what is wrong with any of them.

    Parameters
    ----------
    folder : str
        Data folder, the first part of the evidence keys.
    tables : mapping of str to mapping
        Their tables as parsed, by name.
    subject : str
        What to call all of them in an error.
    make : callable
        Makes one entry of a record, or adds what is wrong with it to the problems that it is given and makes nothing;
        they already hold what is wrong with its figures.

    Returns
    -------
    mapping of str to object
        What was made, by name.

    Raises
    ------
    InputError
        With everything that is wrong.

    Examples
    --------
    >>> dict(read_records("devices", {"mine": {"name": "My pen"}}, "devices", lambda record, _: record.facts["name"]))
    {'mine': 'My pen'}
    """
    problems: list[Problem] = []
    found: dict[str, T] = {}
    for key, table in tables.items():
        own: list[Problem] = []
        made = make(read_record(folder, key, table, own), own)
        problems += own
        if made is not None and not own:
            found[key] = made
    if problems:
        raise InputError(subject, problems)
    return MappingProxyType(found)


def own_tables(folder: str | Path) -> Mapping[str, Mapping[str, Any]]:
    """Read the TOML files of somebody's own folder, one record each.

    Parameters
    ----------
    folder : str or Path
        A folder with files such as ``my_pen.toml``, each with ``format = 1``.

    Returns
    -------
    mapping of str to mapping
        Parsed tables by file name without ending.

    Raises
    ------
    InputError
        Where the folder is missing, or files cannot be parsed or carry another format number; all together.

    Examples
    --------
    >>> import tempfile
    >>> dict(own_tables(tempfile.mkdtemp()))
    {}
    """
    place = Path(folder)
    if not place.is_dir():
        allowed, do = text("products.record.no_folder_allowed"), text("products.record.no_folder_do")
        raise InputError(str(place), [Problem(str(place), text("products.record.no_folder"), allowed, "", do)])
    out: dict[str, Mapping[str, Any]] = {}
    problems: list[Problem] = []
    for file in sorted(place.glob("*.toml")):
        try:
            table = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            allowed, do = text("products.record.toml_allowed"), text("products.record.toml_do")
            problems.append(Problem(file.name, str(error), allowed, "", do))
            continue
        given = table.pop("format", None)
        if given != _FORMAT:
            do = text("products.record.format_do", format=_FORMAT)
            problems.append(Problem(f"{file.name}: format", repr(given), str(_FORMAT), "", do))
        out[file.stem] = table
    if problems:
        raise InputError(str(place), problems)
    return MappingProxyType(out)


def _leaves(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, entry in table.items():
        full = f"{prefix}{name}"
        if isinstance(entry, Mapping) and "value" not in entry:
            yield from _leaves(entry, f"{full}.")
        else:
            yield full, entry


def _figure(folder: str, key: str, name: str, entry: Mapping[str, Any], problems: list[Problem]) -> Parameter | None:
    full = f"{folder}.{key}.{name}"
    try:
        figure = Parameter.read(full, entry)
        check_sources(figure)
    except (EvidenceError, TypeError, ValueError) as error:
        allowed, do = text("products.record.figure_allowed"), text("products.record.missing_figure")
        problems.append(Problem(f"{key}.{name}", str(error), allowed, "", do))
        return None
    # the last part may be the unit itself, as in minutes
    suffix = suffix_of("_" + name.rsplit(".", 1)[-1])
    unit = "" if suffix is None else SUFFIXES[suffix]
    if figure.unit != unit:
        why, do = text("products.record.unit_why"), text("products.record.unit_do")
        problems.append(Problem(f"{key}.{name}.unit", repr(figure.unit), repr(unit), why, do))
        return None
    return figure
