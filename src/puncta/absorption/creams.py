"""Creams: numbing creams as data, and what whole skin takes up of each active."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.errors import InputError, Problem, nearest
from puncta.evidence import Parameter, draw_one, parameter, parameters, records
from puncta.frozen import frozen
from puncta.messages import text
from puncta.units import convert

Array = NDArray[np.float64]

_UG_PER_G, _MG_PER_G = convert(1, "g", "ug"), convert(1, "g", "mg")
_MINUTES_PER_HOUR = convert(1, "h", "min")
_PERCENT = 100.0


@frozen
class Cream:
    """One numbing cream.

    Parameters
    ----------
    key, name : str
        Name of its record, and as people know it.
    actives : tuple of str
        Keys of its actives.
    compounded : bool
        Made up by a pharmacy, without a label of its own.
    occluded : bool
        Whether it is meant to be covered, which is also how its uptake was measured.
    """

    key: str
    name: str
    actives: tuple[str, ...]
    compounded: bool
    occluded: bool

    def figure(self, name: str) -> Parameter:
        """A figure of the cream, for example ``minutes`` or ``actives.lidocaine.limit_mg``."""
        return parameter(f"numbing.{self.key}.{name}")

    def active(self, active: str, name: str) -> Parameter:
        """A figure of one of its actives."""
        return self.figure(f"actives.{active}.{name}")

    def strength_mg_per_g(self, active: str) -> float:
        """What a gram of it holds of an active."""
        return self.active(active, "strength_percent").value / _PERCENT * _MG_PER_G

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        """Evidence keys of all its figures."""
        return tuple(key for key in parameters() if key.startswith(f"numbing.{self.key}."))

    def passes_ug_per_cm2_per_h(self, active: str, absorbed_fraction: float | Array) -> Array:
        """What passes into whole skin of the face while it lies there, from the share taken up in its own trial.

        A thick cream does not run out, so that what passes goes by area and time and not by grams.

        Examples
        --------
        >>> float(cream("lidocaine_prilocaine").passes_ug_per_cm2_per_h("lidocaine", 0.1).round(6))
        125.0
        """
        put_on = self.figure("absorbed_g_per_cm2").value * self.active(active, "strength_percent").value / _PERCENT
        hours = self.figure("absorbed_minutes").value / _MINUTES_PER_HOUR
        return np.asarray(absorbed_fraction * put_on * _UG_PER_G / hours)

    def draw_passes_ug_per_cm2_per_h(self, active: str, n: int, seed: int) -> Array:
        """The same for n persons, shape (n,)."""
        drawn = draw_one(self.active(active, "absorbed_fraction").key, n, seed)
        return self.passes_ug_per_cm2_per_h(active, drawn)


@cache
def creams() -> Mapping[str, Cream]:
    """All numbing creams by key.

    Examples
    --------
    >>> creams()["lidocaine_4"].actives
    ('lidocaine',)
    """
    return MappingProxyType(
        {
            key: Cream(
                key,
                str(record["name"]),
                tuple(record["actives"]),
                bool(record.get("compounded", False)),
                bool(record.get("occluded", False)),
            )
            for key, record in records("numbing").items()
        }
    )


def cream(key: str) -> Cream:
    """Look up one numbing cream.

    Raises
    ------
    InputError
        Where there is none, with the nearest names.

    Examples
    --------
    >>> cream("lidocaine_4").name
    'Lidocaine 4 % cream'
    """
    if key not in creams():
        near = nearest(key, creams())
        why = f"{text('numbing.unknown')}{f': {near}' if near else ''}"
        do = text("numbing.unknown_do")
        raise InputError("numbing", [Problem("numbing.product", key, ", ".join(creams()), why, do)])
    return creams()[key]
