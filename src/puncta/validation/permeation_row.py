"""Permeation rows: published single results of what passes into skin, each with the role it may play and why."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from puncta.evidence.mechanism import ROLES
from puncta.frozen import frozen

#: What a usable row is set beside: a share through channels or whole skin into a receptor, or diffusion in tissue.
QUANTITIES = ("channels", "tissue_diffusion", "intact_film")


@frozen
class PermeationRow:
    """One published reading of permeation.

    Parameters
    ----------
    key, source, what, unit : str
        Row in the tables of evidence, where it was read, what was measured, and its unit.
    quantity : str
        One of `QUANTITIES`; empty where the row is unusable.
    mw_g_per_mol, needle_um, hours : float or None
        As printed.
    value, low, high : float or None
        The figure, or the printed range.
    role, reason : str
        ``validation`` or ``unusable``; and why.
    """

    key: str
    source: str
    what: str
    quantity: str
    unit: str
    mw_g_per_mol: float | None
    needle_um: float | None
    hours: float | None
    value: float | None
    low: float | None
    high: float | None
    role: str
    reason: str

    @property
    def is_usable(self) -> bool:
        """Whether it stands beside a prediction."""
        return self.role != "unusable"

    @property
    def reported(self) -> float:
        """The figure that is set beside the band: the value, or the middle of a printed range by its logarithm."""
        if self.value is not None:
            return self.value
        return float(((self.low or 0.0) * (self.high or 0.0)) ** 0.5)


@cache
def permeation_rows() -> Mapping[str, PermeationRow]:
    """All rows by key, in the order of the table.

    Examples
    --------
    >>> permeation_rows()["P0156"].hours, permeation_rows()["P0001"].is_usable
    (1.0, False)
    """
    file = files("puncta.evidence").joinpath("data", "studies", "permeation.csv")
    return MappingProxyType(
        {given["key"]: _row(given) for given in csv.DictReader(file.read_text("utf-8").splitlines())}
    )


def _row(given: Mapping[str, str]) -> PermeationRow:
    if given["role"] not in ROLES or (given["role"] != "unusable") != (given["quantity"] in QUANTITIES):
        raise ValueError(f"permeation.csv: {given['key']}: role and quantity do not go together")

    def number(name: str) -> float | None:
        try:
            return float(given[name]) if given[name] else None
        except ValueError:
            # a time or a figure printed as a range that no usable row has
            return None

    plain: dict[str, Any] = {
        name: given[name] for name in ("key", "source", "what", "quantity", "unit", "role", "reason")
    }
    plain |= {name: number(name) for name in ("mw_g_per_mol", "needle_um", "hours", "value", "low", "high")}
    return PermeationRow(**plain)
