"""Diary: what a person wrote down in the days after a session, read from a file with everything wrong told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from puncta.case.parse import toml_tree
from puncta.errors import InputError, Problem, nearest
from puncta.files import read_text
from puncta.frozen import frozen
from puncta.messages import text
from puncta.safety.recovery_signs import SIGNS, STRONGEST

#: Signs that are there or not.
PLAIN_SIGNS = ("pus", "fever", "blisters", "lumps", "darkening", "lines_of_marks")
_FORMAT = 1
_LAST_DAY = 90  # numerics: a diary of one session is no longer than the longest forecast of redness


@frozen
class DiaryEntry:
    """One day of a diary.

    Parameters
    ----------
    day : int
        Days since the session; 0 is the evening of the session.
    grades : mapping of str to int
        Signs of `SIGNS` that were graded, 0 none to 3 strong; what is missing was not looked at.
    seen : frozenset of str
        Signs of `PLAIN_SIGNS` that are there.
    """

    day: int
    grades: Mapping[str, int]
    seen: frozenset[str]


def read_diary(path: str | Path) -> tuple[DiaryEntry, ...]:
    """Read a diary.

    Parameters
    ----------
    path : str or Path
        A TOML file: ``format = 1`` and a table ``[[entries]]`` for each day, with its signs.

    Returns
    -------
    tuple of DiaryEntry
        In order of days.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> [entry.day for entry in read_diary("examples/clinic/diary.toml")]
    [0, 1, 2, 3]
    """
    name = str(path)
    return diary_from(toml_tree(read_text(path), name), name)


def diary_from(tree: Any, name: str = "diary") -> tuple[DiaryEntry, ...]:
    """Build a diary from its tree.

    Parameters
    ----------
    tree : object
        As parsed.
    name : str
        What to call it in messages.

    Raises
    ------
    InputError
        With all problems together.

    Examples
    --------
    >>> diary_from({"format": 1, "entries": [{"day": 2, "redness": 1, "pus": True}]})[0].seen
    frozenset({'pus'})
    """
    problems = list(_of_the_whole(tree))
    entries = tree.get("entries", []) if isinstance(tree, Mapping) else []
    rows = entries if isinstance(entries, list) else []
    for index, row in enumerate(rows):
        problems += _of_an_entry(f"entries[{index}]", row)
    days = [row.get("day") for row in rows if isinstance(row, Mapping)]
    for index, day in enumerate(days):
        if day in days[:index]:
            problems.append(_problem(f"entries[{index}].day", day, "once"))
    if problems:
        raise InputError(name, problems)
    made = [
        DiaryEntry(
            row["day"],
            MappingProxyType({sign: row[sign] for sign in SIGNS if sign in row}),
            frozenset(sign for sign in PLAIN_SIGNS if row.get(sign)),
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda entry: entry.day))


def _problem(field: str, given: object, key: str, **values: object) -> Problem:
    return Problem(
        field, str(given), *(text(f"recovery.diary.{key}.{part}", **values) for part in ("allowed", "why", "do"))
    )


def _of_the_whole(tree: Any) -> Iterator[Problem]:
    if not isinstance(tree, Mapping):
        yield _problem("diary", type(tree).__name__, "table")
        return
    if tree.get("format") != _FORMAT or isinstance(tree.get("format"), bool):
        yield _problem("format", tree.get("format", text("recovery.diary.nothing")), "format", format=_FORMAT)
    for key in tree:
        if key not in ("format", "entries"):
            yield _problem(key, key, "unknown", known="format, entries", near=nearest(key, ("format", "entries")))
    if not isinstance(tree.get("entries"), list) or not tree["entries"]:
        yield _problem("entries", tree.get("entries", text("recovery.diary.nothing")), "entries")


def _of_an_entry(place: str, row: Any) -> Iterator[Problem]:
    if not isinstance(row, Mapping):
        yield _problem(place, row, "entries")
        return
    known = ("day", *SIGNS, *PLAIN_SIGNS)
    if "day" not in row:
        yield _problem(f"{place}.day", text("recovery.diary.nothing"), "day", last=_LAST_DAY)
    for key, value in row.items():
        field, whole = f"{place}.{key}", isinstance(value, int) and not isinstance(value, bool)
        if key not in known:
            yield _problem(field, key, "unknown", known=", ".join(known), near=nearest(key, known))
        elif key == "day" and not (whole and 0 <= value <= _LAST_DAY):
            yield _problem(field, value, "day", last=_LAST_DAY)
        elif key in SIGNS and not (whole and 0 <= value <= STRONGEST):
            yield _problem(field, value, "grade")
        elif key in PLAIN_SIGNS and not isinstance(value, bool):
            yield _problem(field, value, "plain")
