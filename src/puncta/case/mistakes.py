"""Mistakes: what is wrong at one place of a case file, found by the schema or by a relation, and how people read it."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import field
from datetime import date
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, ValidationError

from puncta.case.fields import FieldError
from puncta.case.schema import FORMS
from puncta.case.wrong_unit import meant
from puncta.errors import Problem, nearest
from puncta.frozen import frozen
from puncta.messages import has_text, text

Place = tuple[str | int, ...]
Tables = Mapping[tuple[str, ...], type[BaseModel]]

_NOTHING = object()
_LONGEST_SHOWN = 60
_MOST_NAMES = 12  # numerics: names in one message
#: Kinds of error that the schema's own machinery finds, in our words.
_KINDS = {
    "missing": "missing",
    "model_type": "not_a_table",
    "dict_type": "not_a_table",
    "list_type": "not_a_list",
    "too_short": "too_few",
    "too_long": "too_many",
}


@frozen
class Mistake:
    """One thing wrong.

    Parameters
    ----------
    place : tuple of str and int
        Where, keys and indices from the top.
    kind : str
        Key of its texts, ``case.<kind>``.
    given : object
        What stands there.
    values : mapping of str to object
        What the texts name.
    """

    place: Place
    kind: str
    given: Any = _NOTHING
    values: Mapping[str, Any] = field(default_factory=dict)

    def problem(self, line: int | None = None) -> Problem:
        """The mistake in words, with the line of the file where it is known."""
        values = {**self.values, "field": self.place[-1] if self.place else "", "needs": _needs(self.place)}
        known, near = values.pop("known", None), ""
        if known is not None:
            near = nearest(str(values.pop("word", "")), known)
            values |= {"near": near, "names": _listed(known, near)}
        given = text("case.nothing") if self.given is _NOTHING else shown(self.given)
        if has_text(f"case.{self.kind}.given"):
            given = text(f"case.{self.kind}.given")
        if line is not None:
            given = text("case.at_line", given=given, line=line)
        do = f"case.{self.kind}.do_near" if near and has_text(f"case.{self.kind}.do_near") else f"case.{self.kind}.do"
        return Problem(
            field=path_of(self.place),
            given=given,
            allowed=text(f"case.{self.kind}.allowed", **values),
            why=_why(self.kind, values),
            do=text(do, **values),
        )


def from_schema(error: ValidationError, tree: Any, tables: Tables) -> list[Mistake]:
    """Turn what the schema found into mistakes.

    Parameters
    ----------
    error : ValidationError
        All errors of one reading.
    tree : object
        What was read.
    tables : mapping
        Table at each place, for naming the keys that exist there.
    """
    return [
        _mistake(str(entry["type"]), entry["loc"], entry.get("ctx", {}), tree, tables)
        for entry in error.errors(include_url=False)
    ]


def _mistake(code: str, loc: Place, context: Mapping[str, Any], tree: Any, tables: Tables) -> Mistake:
    # the tag of a choice between two forms of sessions is not a place in the file
    place = tuple(part for above, part in pairwise(("", *loc)) if not (above == "sessions" and part in FORMS))
    if code == "missing":
        place = (*_existing(place[:-1], tree), place[-1])
        return Mistake(place, "missing")
    place = _existing(place, tree)
    given = value_at(tree, place)
    refused = context.get("error")
    if isinstance(refused, FieldError):
        return Mistake(place, refused.kind, given, refused.values)
    if code == "extra_forbidden":
        return _unknown_key(place, given, tables)
    if code in ("too_short", "too_long"):
        count = context.get("min_length", context.get("max_length"))
        return Mistake(place, _KINDS[code], given, {"count": count})
    return Mistake(place, _KINDS.get(code, "not_fitting"), given)


def _unknown_key(place: Place, given: Any, tables: Tables) -> Mistake:
    key = str(place[-1])
    table = next((table for pattern, table in tables.items() if _matches(pattern, place[:-1])), None)
    fields = list(table.model_fields) if table is not None else []
    quantity = meant(key, given, fields)
    if quantity is not None:
        name, unit, value = quantity
        kind = "other_unit" if value else "no_unit"
        return Mistake(place, kind, given, {"wanted": name, "unit": unit, "value": value})
    return Mistake(place, "unknown_key", given, {"word": key, "known": fields})


def _matches(pattern: tuple[str, ...], place: Place) -> bool:
    return len(pattern) == len(place) and all(
        one in ("*", str(other)) for one, other in zip(pattern, place, strict=True)
    )


def _existing(place: Place, tree: Any) -> Place:
    """Shorten a place to what stands in the tree; the short form of a field has no inside."""
    for length in range(len(place) + 1):
        if value_at(tree, place[:length]) is _NOTHING:
            return place[: max(length - 1, 0)]
    return place


def value_at(tree: Any, place: Place, missing: Any = _NOTHING) -> Any:
    """The value at a place, a marker where there is none."""
    for part in place:
        tree = _inside(tree, part)
        if tree is _NOTHING:
            return missing
    return tree


def _inside(tree: Any, part: str | int) -> Any:
    if isinstance(tree, Mapping):
        return tree.get(part, _NOTHING)
    if isinstance(tree, list) and isinstance(part, int) and part < len(tree):
        return tree[part]
    return _NOTHING


def without(tree: Any, places: Collection[Place]) -> Any:
    """Copy a tree without what stands at some places, so that relations see only sound values.

    An element of a list becomes None, so that the others keep their index.
    """
    return _copy(tree, (), set(places))


def _copy(tree: Any, place: Place, places: set[Place]) -> Any:
    if isinstance(tree, Mapping):
        return {key: _copy(value, (*place, key), places) for key, value in tree.items() if (*place, key) not in places}
    if isinstance(tree, list):
        return [
            None if (*place, index) in places else _copy(value, (*place, index), places)
            for index, value in enumerate(tree)
        ]
    return tree


def path_of(place: Place) -> str:
    """Write a place as people read it: ``zones[2].name``."""
    out = ""
    for part in place:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            out += f".{_plain(part)}" if out else _plain(part)
    return out or text("case.whole_file")


def shown(value: Any) -> str:
    """Show what was given, short and on one line."""
    if isinstance(value, Mapping):
        return text("case.a_table", keys=_cut(", ".join(_plain(str(key)) for key in value))) if value else "{}"
    if isinstance(value, list):
        return text("case.a_list", count=len(value)) if value else "[]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _plain(_cut(json.dumps(value, ensure_ascii=False)))
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return _cut(str(value))
    except ValueError:  # a whole number of thousands of digits
        return text("case.endless_number")


def _plain(word: str) -> str:
    """Escape what a screen or a file cannot show."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape", "replace").decode() for sign in word)


def _cut(word: str) -> str:
    return word if len(word) <= _LONGEST_SHOWN else f"{word[:_LONGEST_SHOWN]}…"


def _listed(known: Collection[str], near: str) -> str:
    if len(known) <= _MOST_NAMES or not near:
        names = list(known)
        rest = len(names) - 2 * _MOST_NAMES
        return ", ".join(names) if rest <= 0 else text("case.and_more", names=", ".join(names[:-rest]), rest=rest)
    return text("case.near_of", near=near, count=len(known))


def _needs(place: Place) -> str:
    pattern = ".".join(part for part in place if isinstance(part, str))
    key = f"case.needs.{pattern}"
    return text(key) if has_text(key) else text("case.needs_other")


def _why(kind: str, values: Mapping[str, Any]) -> str:
    own = f"case.range.{values.get('range_name')}"
    return text(own) if kind == "out_of_range" and has_text(own) else text(f"case.{kind}.why", **values)
