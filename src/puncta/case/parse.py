"""Parse: TOML and JSON text into a tree, with the line named where that fails."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from puncta.case.mistakes import Mistake
from puncta.errors import InputError
from puncta.messages import text as message

_DEEPEST = 12  # numerics: levels; a case has six
#: How the parser says that a key or table is there already.
_TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def toml_tree(text: str, name: str) -> Any:
    try:
        return _shallow(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        lines = text.split("\n")
        number = int(found[1]) if found and found[1] else len(text.rstrip().split("\n"))
        reason = str(error)[: found.start()] if found else str(error)
        raise _unparsed(name, "toml", lines[number - 1] if number <= len(lines) else "", reason, number) from error
    except (ValueError, RecursionError) as error:
        raise _too_deep(name, error) from error


def json_tree(text: str, name: str) -> Any:
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key, value in pairs:
            if key in out:
                twice.append(key)
            out[key] = value
        return out

    try:
        tree = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        raise _unparsed(name, "json", lines[error.lineno - 1], error.msg, error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise _too_deep(name, error) from error
    if twice:
        raise InputError(name, [Mistake((key,), "key_twice", key).problem() for key in dict.fromkeys(twice)])
    return _shallow(tree, name)


def _shallow(tree: Any, name: str) -> Any:
    """Refuse a tree nested deeper than any file of ours, before anything walks down it."""
    level: list[Any] = [tree]
    for _ in range(_DEEPEST):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, Mapping) else each if isinstance(each, list) else ())
        ]
        if not level:
            return tree
    raise _too_deep(name, RecursionError())


def _unparsed(name: str, form: str, line: str, reason: str, number: int) -> InputError:
    place = (message("case.line", line=number),)
    kind = "key_twice" if reason.startswith(_TWICE) else f"not_{form}"
    return InputError(name, [Mistake(place, kind, line.strip(), {"reason": reason.rstrip(".")}).problem()])


def _too_deep(name: str, error: Exception) -> InputError:
    kind = "too_deep" if isinstance(error, RecursionError) else "number_too_long"
    return InputError(name, [Mistake((), kind).problem()])
