"""Fingerprints: hashes of what a plan came from, so that it can be told whether another run is the same one."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np

from puncta.frozen import frozen
from puncta.planning import Plan
from puncta.simulation import Outcome

_SHORT = 8
#: Figures are hashed as people could read them; the last bits differ between kinds of CPU.
_DIGITS = 6


@frozen
class Fingerprint:
    """Hashes of a plan.

    Parameters
    ----------
    plan : str
        Short key, printed on every page.
    case, evidence, outcome : str
        SHA-256 of the case, of the evidence files and of the recommended course's figures.
    version : str
        Version of the package.
    """

    plan: str
    case: str
    evidence: str
    outcome: str
    version: str


def as_data(value: object) -> Any:
    """Turn frozen values into what JSON can hold."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_data(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): as_data(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list, frozenset, set)):
        entries = [as_data(entry) for entry in value]
        return sorted(entries, key=str) if isinstance(value, (frozenset, set)) else entries
    return value


def _hash(value: object) -> str:
    canonical = json.dumps(as_data(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@cache
def _evidence() -> str:
    found = hashlib.sha256()

    def add(folder: Traversable, path: str) -> None:
        for entry in sorted(folder.iterdir(), key=lambda one: one.name):
            name = f"{path}/{entry.name}"
            if entry.is_dir():
                add(entry, name)
            elif entry.name.endswith((".toml", ".csv", ".npz")):
                found.update(name.encode())
                found.update(entry.read_bytes())

    add(files("puncta.evidence").joinpath("data"), "")
    return found.hexdigest()


def _outcome(outcome: Outcome) -> str:
    found = hashlib.sha256()
    for key in sorted(outcome.quantities):
        quantity = outcome.quantities[key]
        levels = np.percentile(quantity.values, (10.0, 50.0, 90.0), axis=0)
        figures = ",".join(f"{figure:.{_DIGITS}g}" for figure in levels.ravel())
        found.update(f"{key}:{figures};".encode())
    return found.hexdigest()


def fingerprint(plan: Plan) -> Fingerprint:
    """Take the fingerprint of a plan.

    Parameters
    ----------
    plan : Plan
        A plan with a recommended course.

    Returns
    -------
    Fingerprint
        The short key depends on case, courses, evidence, seed, draws and version.
    """
    if plan.chosen is None:
        raise ValueError("a plan without a recommended course has no fingerprint")
    case, evidence, written = _hash(plan.case), _evidence(), version("puncta")
    courses = _hash([entry.course for entry in plan.alternatives])
    whole = _hash([case, evidence, courses, plan.recommended, plan.seed, plan.draws_count, plan.read_day, written])
    return Fingerprint(whole[:_SHORT], case, evidence, _outcome(plan.chosen.outcome), written)
