"""Walk: small steps through the tree of a case file, where any value may be missing or of the wrong kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from puncta.case.mistakes import Place
from puncta.errors import nearest
from puncta.skin import expand

_MOST_GUESSED = 20  # numerics: beyond it the file is no case


def table_in(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The table under a key, an empty one where there is none."""
    value = tree.get(key)
    return value if isinstance(value, Mapping) else {}


def rows_in(tree: Mapping[str, Any], key: str) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """The tables of a list under a key, each with its place."""
    value = tree.get(key)
    for index, row in enumerate(value if isinstance(value, list) else ()):
        if isinstance(row, Mapping):
            yield (key, index), row


def names_in(row: Mapping[str, Any], key: str) -> Iterator[tuple[Place, str]]:
    """The names of a list, or the single name that stands for one, each with its place in the row."""
    value = row.get(key, [])
    if isinstance(value, str):
        yield (key,), value
    for index, name in enumerate(value if isinstance(value, list) else ()):
        if isinstance(name, str):
            yield (key, index), name


def perhaps_meant(given: Mapping[str, Any], rows: str, key: str, known: Collection[str]) -> set[str]:
    """Names near to those that are misspelt: one mistake is not to be told twice."""
    written = (row.get(key) for _, row in rows_in(given, rows))
    misspelt = [word for word in written if isinstance(word, str) and word not in known]
    out: set[str] = set()
    for word in misspelt[:_MOST_GUESSED]:
        for near in filter(None, nearest(word, known).split(", ")):
            out.update((near, *expand(near)))
    return out
