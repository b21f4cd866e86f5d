"""Ranges: what a field of a case may hold at all, so that slips of the pen and of the unit are caught."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from puncta.errors import EvidenceError
from puncta.evidence.library import read_data
from puncta.frozen import frozen


@frozen
class Range:
    """Ends of a field, both allowed.

    Parameters
    ----------
    low, high : float
        Lowest and highest value.
    unit : str
        Unit as people read it; empty for a pure number.
    usual : int, float or None
        What counts where a person or clinic says nothing.
    """

    low: float
    high: float
    unit: str
    usual: int | float | None = None

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
    return MappingProxyType({name: Range(**row) for name, row in read_data("ranges.toml").items()})


def usual(name: str) -> float:
    """What counts in a field where nothing is said.

    Examples
    --------
    >>> usual("max_sessions")
    6
    """
    value = ranges()[name].usual
    if value is None:
        raise EvidenceError(f"ranges.toml: {name} has no usual value")
    return value
