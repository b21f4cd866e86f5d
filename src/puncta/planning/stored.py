"""The stored plan: figures as they were shown, with everything that is needed to make them again."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from puncta.case.write import case_to_toml
from puncta.errors import InputError, Problem
from puncta.evidence import parameters
from puncta.frozen import frozen
from puncta.messages import text
from puncta.planning.record import plan_record
from puncta.planning.result import Plan

FORMAT = 2
_RUN_BY = ("puncta", "numpy", "scipy", "llvmlite")


@frozen
class StoredPlan:
    """A plan as it was stored.

    Parameters
    ----------
    case_toml : str
        The case, as a file.
    seed, draws_count : int
        Seed and number of draws.
    record : mapping
        Every figure as it was shown.
    parameters : mapping of str to list
        Value and spread of each parameter behind the recommended course.
    rules : tuple of str
        Rules that spoke.
    own : mapping of str to list of str
        Own devices and products that the case needs and that do not come with the package.
    made_with : mapping of str to str
        Versions and kind of processor.
    """

    case_toml: str
    seed: int
    draws_count: int
    record: Mapping[str, Any]
    parameters: Mapping[str, list[Any]]
    rules: tuple[str, ...]
    own: Mapping[str, list[str]]
    made_with: Mapping[str, str]


def store(plan: Plan) -> str:
    """Write a plan so that it can be shown as it was and made again.

    Parameters
    ----------
    plan : Plan
        The plan.

    Returns
    -------
    str
        JSON with its format number. Viewing it never computes anything.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.planning import plan
    >>> made = plan(read_case("examples/published_A03.toml"), draws=4)
    >>> read_stored(store(made)).seed
    0
    """
    library = plan.case.library
    tree = {
        "format": FORMAT,
        "kind": "puncta plan",
        "case_toml": case_to_toml(plan.case),
        "seed": plan.seed,
        "draws_count": plan.draws_count,
        "record": plan_record(plan),
        "parameters": parameters_behind(plan),
        "rules": sorted({one.rule for one in plan.screening.findings}),
        "own": {"devices": sorted(library.own_devices), "products": sorted(library.own_products)},
        "made_with": made_with(),
    }
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


def parameters_behind(plan: Plan) -> dict[str, list[Any]]:
    """Value and spread of each parameter behind the recommended course; empty without one."""
    if plan.chosen is None:
        return {}
    keys = {key for quantity in plan.chosen.outcome.quantities.values() for key in quantity.rests_on}
    known = parameters()  # figures of somebody's own device or product are not among them
    return {
        key: [known[key].value, known[key].spread.shape, known[key].spread.a, known[key].spread.b]
        for key in sorted(keys)
        if key in known
    }


def made_with() -> dict[str, str]:
    """Versions and kind of processor of this run."""
    import llvmlite.binding as machine

    out = {"python": platform.python_version(), "machine": platform.machine(), "processor": machine.get_host_cpu_name()}
    for name in _RUN_BY:
        try:
            out[name] = version(name)
        except PackageNotFoundError:
            out[name] = "-"
    return out


def _from_1(tree: dict[str, Any]) -> dict[str, Any]:
    """Format 1 held no chances of goals, no second calculation, no rules and no processor."""
    record = dict(tree["record"])
    record.setdefault("checked", None)
    record.setdefault("stop", None)
    return {"rules": [], "own": {}, "made_with": {}, "parameters": {}, **tree, "record": record, "format": 2}


_MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}


def read_stored(words: str, name: str = "stored plan") -> StoredPlan:
    """Read a stored plan of this or any earlier format.

    Parameters
    ----------
    words : str
        JSON as `store` writes it.
    name : str
        What to call it in messages.

    Returns
    -------
    StoredPlan
        The plan as it was.

    Raises
    ------
    InputError
        Where it is no stored plan, is damaged, or was written by a later version.

    Examples
    --------
    >>> read_stored("{}", "notes.json")
    Traceback (most recent call last):
    puncta.errors.InputError: notes.json: 1 problem(s)
    ...
    """
    try:
        tree = json.loads(words)
    except json.JSONDecodeError as error:
        raise _refused(name, "json", text("planning.stored.json"), str(error)) from error
    if not isinstance(tree, dict) or tree.get("kind") != "puncta plan":
        raise _refused(name, "kind", text("planning.stored.kind"), "")
    given = tree.get("format")
    if not isinstance(given, int) or not 1 <= given <= FORMAT:
        raise _refused(name, "format", text("planning.stored.format", most=FORMAT), "", str(given))
    for step in range(given, FORMAT):
        tree = _MIGRATIONS[step](tree)
    try:
        return StoredPlan(
            case_toml=str(tree["case_toml"]),
            seed=int(tree["seed"]),
            draws_count=int(tree["draws_count"]),
            record=dict(tree["record"]),
            parameters=dict(tree["parameters"]),
            rules=tuple(tree["rules"]),
            own=dict(tree["own"]),
            made_with=dict(tree["made_with"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(name, str(error), text("planning.stored.damaged"), "") from error


def _refused(name: str, field: str, allowed: str, why: str, given: str = "") -> InputError:
    return InputError(name, [Problem(field, given or name, allowed, why, text("planning.stored.do"))])
