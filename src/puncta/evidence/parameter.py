"""A parameter: a number with physical meaning, and all that makes it trustworthy or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from puncta.errors import EvidenceError
from puncta.evidence.spread import Spread
from puncta.frozen import frozen

Kind = Literal["measured", "fitted", "derived", "assumed"]
KINDS: tuple[str, ...] = get_args(Kind)

_FIELDS = {"value", "unit", "spread", "means", "where", "kind", "source", "at"}


@frozen
class Parameter:
    """A number with unit, spread, meaning, kind and source.

    Parameters
    ----------
    key : str
        Dotted name, for example ``healing.mun``.
    value : float
        The value; also the median of its draws.
    unit : str
        Unit as people read it; empty for a pure number.
    spread : Spread
        How it scatters between sources and persons.
    means : str
        What it is, in one line.
    where : str
        Site, species, in vivo or not.
    kind : str
        ``measured`` in a source, ``fitted`` to calibration data, ``derived`` from other figures, or ``assumed``.
    sources : tuple of str
        Keys of sources.
    at : str
        Table, page or rows inside the source; how it was derived.
    """

    key: str
    value: float
    unit: str
    spread: Spread
    means: str
    where: str
    kind: Kind
    sources: tuple[str, ...]
    at: str

    @classmethod
    def read(cls, key: str, table: Mapping[str, Any]) -> Parameter:
        """Read a parameter from an evidence file's table, refusing what is incomplete."""
        unknown = set(table) - _FIELDS
        missing = {"value", "unit", "spread", "means", "kind", "source"} - set(table)
        if unknown or missing:
            raise EvidenceError(f"{key}: missing {sorted(missing)}, unknown {sorted(unknown)}")
        if table["kind"] not in KINDS:
            raise EvidenceError(f"{key}: kind {table['kind']!r} is none of {', '.join(KINDS)}")
        named = table["source"]
        value = float(table["value"])
        return cls(
            key=key,
            value=value,
            unit=str(table["unit"]),
            spread=Spread.read(table["spread"], key, value),
            means=str(table["means"]),
            where=str(table.get("where", "")),
            kind=table["kind"],
            sources=(named,) if isinstance(named, str) else tuple(named),
            at=str(table.get("at", "")),
        )
