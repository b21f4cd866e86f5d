"""What is thought of the parameters before and after the data, on a scale where every prior is standard normal."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from calibration.healing.observe import observe
from numpy.typing import NDArray
from scipy.special import ndtr

from puncta.evidence import nominal, parameter
from puncta.healing import HealingParameters

Array = NDArray[np.float64]
HERE = Path(__file__).parent
#: Not in any target: elastin, and what belongs to the person or the site.
LEFT_OUT = frozenset(("e1", "en", "eo", "xe", "kI", "G", "kage", "age0", "tv_e", "ts", "he", "hs"))
_UPPER_U = 1.0 - 1e-12


@dataclass(frozen=True)
class Target:
    """One target with its figures."""

    read: str
    values: Array
    error: Array
    log: bool
    rows: tuple[str, ...]


@cache
def targets() -> tuple[Target, ...]:
    """All targets."""
    rows = tomllib.loads((HERE / "targets.toml").read_text())["target"]
    out = []
    for row in rows:
        values = np.array(row["values"], dtype=float)
        error = np.hypot(row["error"], row.get("share", 0.0) * values)
        out.append(Target(row["read"], values, error, row.get("log", False), tuple(row["rows"])))
    return tuple(out)


@cache
def widths() -> dict[str, float]:
    """Widths of the priors of the fitted values."""
    return tomllib.loads((HERE / "priors.toml").read_text())["log_sd"]


@cache
def names() -> tuple[str, ...]:
    """Parameters that are moved."""
    moved = [f.name for f in fields(HealingParameters) if f.name not in LEFT_OUT]
    return tuple(name for name in moved if parameter(f"healing.{name}").spread.shape != "fixed")


def parameters(z: Array) -> HealingParameters:
    """Parameters of scores.

    Parameters
    ----------
    z : ndarray, shape (k, names)
        Scores; standard normal under the prior.
    """
    values = {f.name: getattr(nominal(HealingParameters), f.name) for f in fields(HealingParameters)}
    for index, name in enumerate(names()):
        known = parameter(f"healing.{name}")
        if name in widths():
            values[name] = np.clip(known.value * np.exp(widths()[name] * z[:, index]), 0.0, known.spread.high)
        else:
            values[name] = known.spread.at(known.value, np.clip(ndtr(z[:, index]), 1e-12, _UPPER_U))
    return HealingParameters(**values)


def residuals(z: Array) -> Array:
    """Distance of every figure from its target in units of its error, shape (k, figures); nan without an answer."""
    seen = observe(parameters(z))
    parts = []
    for target in targets():
        got, want = seen[target.read], target.values
        if target.log:
            got, want = np.log(np.maximum(got, 1e-6)), np.log(want)
        parts.append((got - want) / target.error)
    return np.concatenate(parts, axis=1)


def log_posterior(z: Array, distance: Array) -> Array:
    """Logarithm of the posterior up to a constant, shape (k,)."""
    found = -0.5 * (distance**2).sum(axis=1) - 0.5 * (z**2).sum(axis=1)
    return np.where(np.isfinite(found), found, -np.inf)
