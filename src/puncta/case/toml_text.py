"""TOML text: writes a tree of tables as a person would, since the standard library only reads TOML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_WIDTH = 100
_EXACT = 1e15  # numerics: below it every whole float prints as the same whole number


def toml_text(tree: Mapping[str, Any]) -> str:
    """Write a tree as TOML.

    Parameters
    ----------
    tree : mapping
        Text, numbers, truth values, days, lists and mappings; a value of None is left out.

    Returns
    -------
    str
        Plain values first, then a ``[table]`` for each mapping and a ``[[table]]`` for each element of a list of
        mappings; what lies deeper stands inline.

    Examples
    --------
    >>> print(toml_text({"format": 1, "zones": [{"name": "nose"}]}), end="")
    format = 1
    <BLANKLINE>
    [[zones]]
    name = "nose"
    """
    plain = {key: value for key, value in tree.items() if value is not None and not _is_table(value)}
    parts = ["".join(_pair(key, value) for key, value in plain.items())] if plain else []
    for key, value in tree.items():
        if isinstance(value, Mapping):
            parts.append(f"[{_key(key)}]\n{_pairs(value)}")
        elif _is_table(value):
            parts += [f"[[{_key(key)}]]\n{_pairs(row)}" for row in value]
    return "\n".join(parts)


def _is_table(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    return isinstance(value, list | tuple) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _pairs(table: Mapping[str, Any]) -> str:
    return "".join(_pair(key, value) for key, value in table.items() if value is not None)


def _pair(key: str, value: Any) -> str:
    line = f"{_key(key)} = {_value(value)}\n"
    if len(line) > _WIDTH and isinstance(value, list | tuple):
        inner = "".join(f"    {_value(each)},\n" for each in value if each is not None)
        return f"{_key(key)} = [\n{inner}]\n"
    return line


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items() if each is not None)
        return f"{{ {pairs} }}" if pairs else "{}"
    return f"[{', '.join(_value(each) for each in value if each is not None)}]"


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return repr(value)


def _quoted(text: str) -> str:
    return f'"{"".join(_sign(sign) for sign in text)}"'


def _sign(sign: str) -> str:
    if sign in _SHORT:
        return _SHORT[sign]
    return f"\\u{ord(sign):04x}" if unicodedata.category(sign) == "Cc" else sign
