"""What if: a case with some fields changed for a question, as a layer over it; the case itself stays as it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from puncta.case.case import Case
from puncta.case.read import case_from_toml
from puncta.case.toml_text import toml_text
from puncta.case.write import case_to_toml
from puncta.errors import InputError, Problem
from puncta.messages import text

_PART = re.compile(r"[A-Za-z_]+|\d+")


def what_if(case: Case, changes: Mapping[str, str]) -> Case:
    """Lay changes over a case.

    Parameters
    ----------
    case : Case
        The case; it is not touched.
    changes : mapping of str to str
        Field to value as both are written in a case file: ``limits.max_sessions`` to ``3``, ``person.phototype`` to
        ``"VI"``, ``concerns[0].severity_score`` to ``4``.

    Returns
    -------
    Case
        Titled as a question, with the library of the case, through the same checks as a file.

    Raises
    ------
    InputError
        Where a field does not exist or a value is not allowed; all problems together.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> asked = what_if(case, {"limits.max_sessions": "2"})
    >>> asked.limits.max_sessions, case.limits.max_sessions
    (2, 6)
    >>> asked.title
    'What if limits.max_sessions = 2: Acne scars, cheeks and jaw'
    """
    tree = tomllib.loads(case_to_toml(case))
    problems = [problem for field, value in changes.items() if (problem := _lay(tree, field, value)) is not None]
    if problems:
        raise InputError("what if", problems)
    said = ", ".join(f"{field} = {value}" for field, value in changes.items())
    tree["title"] = text("case.what_if", changes=said, title=case.title)
    return case_from_toml(toml_text(tree), "what if", library=case.library)


def _lay(tree: dict[str, Any], field: str, value: str) -> Problem | None:
    try:
        given = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError as error:
        return Problem(field, value, text("case.what_if_value"), str(error), text("case.what_if_quote"))
    at: Any = tree
    parts: list[Any] = [int(one) if one.isdigit() else one for one in _PART.findall(field)]
    if not parts:
        return Problem(field, value, text("case.what_if_field"), "", text("case.what_if_as_in_file"))
    for part in parts[:-1]:
        if isinstance(part, int) and isinstance(at, list) and part < len(at):
            at = at[part]
        elif isinstance(part, str) and isinstance(at, dict):
            at = at.setdefault(part, {})
        else:
            return Problem(field, value, text("case.what_if_field"), "", text("case.what_if_as_in_file"))
    last = parts[-1]
    if isinstance(last, str) and isinstance(at, dict):
        at[last] = given
        return None
    if isinstance(last, int) and isinstance(at, list) and last < len(at):
        at[last] = given
        return None
    return Problem(field, value, text("case.what_if_field"), "", text("case.what_if_as_in_file"))
