"""Priors and targets as the fits write them, and the way from a standard normal score to a value."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from puncta.evidence.spread import Spread

Array = NDArray[np.float64]
# numerics: scores beyond this share lie at the end of a range
_END = 1e-12


@cache
def read(folder: Path, name: str) -> dict[str, Any]:
    """A TOML file of a fit."""
    return tomllib.loads((folder / f"{name}.toml").read_text())


def law_names(folder: Path) -> tuple[str, ...]:
    """Values of the law that a fit moves."""
    return tuple(read(folder, "priors")["law"])


def share(z: Array) -> Array:
    """Share of the prior below a score, never quite 0 or 1."""
    return np.clip(ndtr(z), _END, 1.0 - _END)


def at(given: Mapping[str, Any], z: Array, key: str) -> Array:
    """Values of scores under a prior written as ``value`` beside a spread."""
    table = dict(given)
    value = float(table.pop("value"))
    return Spread.read(table, key, value).at(value, share(z))
