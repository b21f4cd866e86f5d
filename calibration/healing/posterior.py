"""What is thought of the parameters before and after the data, on a scale where every prior is standard normal."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, partial
from pathlib import Path

import numpy as np
from calibration.healing.observe import observe
from numpy.typing import NDArray

from calibration import priors
from puncta.evidence import nominal, parameter
from puncta.evidence.spread import Spread
from puncta.healing import HealingParameters

Array = NDArray[np.float64]
read = partial(priors.read, Path(__file__).parent)
#: Not in any target: elastin, and what belongs to the person or the site.
LEFT_OUT = frozenset(("e1", "en", "eo", "kI", "G", "kage", "age0", "tv_e", "ts", "he", "hs"))


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
    rows = read("targets")["target"]
    out = []
    for row in rows:
        values = np.array(row["values"], dtype=float)
        error = np.hypot(row["error"], row.get("share", 0.0) * values)
        out.append(Target(row["read"], values, error, row.get("log", False), tuple(row["rows"])))
    return tuple(out)


@cache
def widths() -> dict[str, float]:
    """Widths of the priors of the fitted values."""
    return read("priors")["log_sd"]


@cache
def unprinted_priors() -> dict[str, tuple[float, Spread]]:
    """Middle and spread of what the papers do not print."""
    out = {}
    for name, row in read("priors")["unprinted"].items():
        if "evidence" in row:
            known = parameter(row["evidence"])
            out[name] = (known.value, known.spread)
        else:
            out[name] = (row["value"], Spread.read({"log_range": row["log_range"]}, name, row["value"]))
    return out


@cache
def names() -> tuple[str, ...]:
    """Parameters that are moved."""
    moved = [f.name for f in fields(HealingParameters) if f.name not in LEFT_OUT]
    return tuple(name for name in moved if parameter(f"healing.{name}").spread.shape != "fixed")


def dimensions() -> int:
    """Length of a row of scores: parameters, then what is not printed."""
    return len(names()) + len(unprinted_priors())


def unprinted(z: Array) -> dict[str, Array]:
    """What the papers do not print, from the last scores of each row."""
    shares = priors.share(z[:, len(names()) :])
    return {
        name: spread.at(value, shares[:, index])
        for index, (name, (value, spread)) in enumerate(unprinted_priors().items())
    }


def parameters(z: Array) -> HealingParameters:
    """Parameters of scores.

    Parameters
    ----------
    z : ndarray, shape (k, dimensions)
        Scores; standard normal under the prior.
    """
    values = {f.name: getattr(nominal(HealingParameters), f.name) for f in fields(HealingParameters)}
    for index, name in enumerate(names()):
        known = parameter(f"healing.{name}")
        if name in widths():
            values[name] = np.clip(known.value * np.exp(widths()[name] * z[:, index]), 0.0, known.spread.high)
        else:
            values[name] = known.spread.at(known.value, priors.share(z[:, index]))
    return HealingParameters(**values)


def coordinates(z: Array) -> Array:
    """Scores, but where a prior is a range the place in it, since scores bend at its middle; shape as the scores.

    The model is smoother in these, so that a stand-in for it needs fewer bends.
    """
    out = z.copy()
    for index, name in enumerate((*names(), *unprinted_priors())):
        if name in widths():
            continue
        known = parameter(f"healing.{name}") if name in names() else None
        value, spread = (known.value, known.spread) if known is not None else unprinted_priors()[name]
        if spread.shape in ("range", "log_range"):
            at = spread.at(value, priors.share(z[:, index]))
            low, high, at = (
                (np.log(spread.a), np.log(spread.b), np.log(at))
                if spread.shape == "log_range"
                else (spread.a, spread.b, at)
            )
            out[:, index] = 4.0 * (at - low) / (high - low) - 2.0
    return out


def residuals(z: Array) -> Array:
    """Distance of every figure from its target in units of its error, shape (k, figures); nan without an answer."""
    seen = observe(parameters(z), unprinted(z))
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
