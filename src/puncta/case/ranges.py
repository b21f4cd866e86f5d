"""Ranges: what a field of a case may hold at all, so that slips of the pen and of the unit are caught."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from puncta.evidence.library import read_data


@dataclass(frozen=True)
class Range:
    """Ends of a field, both allowed.

    Parameters
    ----------
    low, high : float
        Lowest and highest value.
    unit : str
        Unit as people read it; empty for a pure number.
    """

    low: float
    high: float
    unit: str

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g} {self.unit}".rstrip()


@cache
def ranges() -> Mapping[str, Range]:
    """All ranges by field name.

    Examples
    --------
    >>> str(ranges()["clearance_mm"])
    '0 to 50 mm'
    """
    table = read_data("ranges.toml")
    return MappingProxyType({name: Range(row["low"], row["high"], row["unit"]) for name, row in table.items()})
