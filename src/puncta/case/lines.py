"""Lines: where in the text of a TOML file a place stands, so that a message can name the line."""

from __future__ import annotations

import re
from collections import Counter

Place = tuple[str | int, ...]

_LONGEST_LINE = 1000  # nobody writes a header or key so long; patterns would be slow on it
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def lines_of(text: str) -> dict[Place, int]:
    """Find the line of each table and key of a TOML text, counted from 1.

    Parameters
    ----------
    text : str
        A TOML text. Keys inside inline tables and arrays are not found; their parent is.

    Returns
    -------
    dict of place to line
        For example ``("zones", 1, "name")`` to 12.

    Examples
    --------
    >>> lines_of('title = "x"\\n[[zones]]\\nname = "nose"')[("zones", 0, "name")]
    3
    """
    found: dict[Place, int] = {}
    counted: Counter[Place] = Counter()
    table: Place = ()
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _LONGEST_LINE:
            continue
        header = _HEADER.match(line)
        if header:
            table = _inside(_parts(header[2]), counted)
            if header[1] == "[[":
                counted[table] += 1
                found.setdefault(table, number)
                table = (*table, counted[table] - 1)
            found.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key:
            found.setdefault((*table, *_parts(key[1])), number)
    return found


def line_at(lines: dict[Place, int], place: Place) -> int | None:
    """The line of a place, or of the nearest table around it; None for the whole file."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _parts(dotted: str) -> Place:
    words = re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", dotted)
    return tuple(word.strip("\"'") for word in words)


def _inside(place: Place, counted: Counter[Place]) -> Place:
    """Put the index of the current element behind each array of tables on the way."""
    out: Place = ()
    for position, part in enumerate(place):
        out = (*out, part)
        if counted[out] and position < len(place) - 1:
            out = (*out, counted[out] - 1)
    return out
