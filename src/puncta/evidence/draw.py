"""Draws: fill a package's frozen ``Parameters`` dataclass from the evidence, jointly and reproducibly."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence.fitted import fitted
from puncta.evidence.library import parameter
from puncta.evidence.randomness import uniforms

P = TypeVar("P")


def parameter_keys(cls: type[Any]) -> tuple[str, ...]:
    """Name the evidence keys behind a ``Parameters`` dataclass: its ``EVIDENCE`` prefix and its field names.

    Examples
    --------
    >>> from puncta.healing import HealingParameters
    >>> "healing.mun" in parameter_keys(HealingParameters)
    True
    """
    return tuple(f"{cls.EVIDENCE}.{field.name}" for field in dataclasses.fields(cls))


def draw_one(key: str, n: int, seed: int, start: int = 0) -> NDArray[np.float64]:
    """Draw one parameter for n persons: from joint draws where a calibration left some, else from its own spread.

    Parameters
    ----------
    key : str
        Dotted name of the parameter.
    n : int
        How many persons.
    seed : int
        Seed of the run.
    start : int
        Number of the first person.

    Returns
    -------
    ndarray, shape (n,)
        Draws in the parameter's unit.

    Examples
    --------
    >>> draw_one("healing.mun", 3, seed=0).shape
    (3,)
    """
    package, _, name = key.partition(".")
    joint = fitted(package)
    if joint is not None and name in joint.columns:
        return joint.columns[name][joint.persons(n, seed, start)]
    return _alone(key, n, seed, start)


def _alone(key: str, n: int, seed: int, start: int) -> NDArray[np.float64]:
    known = parameter(key)
    if known.spread.shape == "fixed":
        return np.full(n, known.value)
    return known.spread.at(known.value, uniforms(seed, key, n, start))


def draw(cls: type[P], n: int, seed: int, start: int = 0) -> P:
    """Fill a ``Parameters`` dataclass with draws for n persons.

    Parameters
    ----------
    cls : type
        A frozen dataclass with a class variable ``EVIDENCE``.
    n : int
        How many persons.
    seed : int
        Seed of the run.
    start : int
        Number of the first person.

    Returns
    -------
    object of type cls
        Each field an array of shape (n,).

    Examples
    --------
    >>> from puncta.healing import HealingParameters
    >>> draw(HealingParameters, 4, seed=0).mun.shape
    (4,)
    """
    named = {key.partition(".")[2]: key for key in parameter_keys(cls)}
    joint = fitted(next(iter(named.values())).partition(".")[0])
    columns = {} if joint is None else joint.columns
    rows = None if joint is None else joint.persons(n, seed, start)  # once for all columns
    return cls(
        **{name: columns[name][rows] if name in columns else _alone(key, n, seed, start) for name, key in named.items()}
    )


def nominal(cls: type[P]) -> P:
    """Fill a ``Parameters`` dataclass with the values themselves, as arrays of shape (1,).

    Examples
    --------
    >>> from puncta.healing import HealingParameters
    >>> float(nominal(HealingParameters).mun[0])
    1.02
    """
    values = {key.rsplit(".", 1)[1]: np.array([parameter(key).value]) for key in parameter_keys(cls)}
    return cls(**values)
