"""Guidance: dated positions of labels, consensus papers and clinics on one question, kept side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from puncta.errors import EvidenceError, nearest
from puncta.evidence.library import read_data, sources
from puncta.frozen import frozen


@frozen
class Position:
    """What one body says, and when it said it.

    Parameters
    ----------
    key : str
        Short name that a clinic policy can pick, for example ``label``.
    source : str
        Key of the source.
    year : int
        Year of the position.
    says : str
        The position in one sentence of ours.
    values : mapping of str to float
        Figures that rules read, for example ``wait_days``.
    """

    key: str
    source: str
    year: int
    says: str
    values: Mapping[str, float]


@frozen
class Guidance:
    """Positions on one question; the report shows all, the clinic's policy picks one.

    Parameters
    ----------
    key : str
        Name of the question, for example ``isotretinoin``.
    question : str
        The question in words.
    positions : tuple of Position
        At least one; the first is the default.
    """

    key: str
    question: str
    positions: tuple[Position, ...]

    def position(self, key: str | None) -> Position:
        """Pick a position by its key, the first where none is named."""
        if key is None:
            return self.positions[0]
        for entry in self.positions:
            if entry.key == key:
                return entry
        known = [entry.key for entry in self.positions]
        raise EvidenceError(f"guidance {self.key} has no position {key!r}; there are {', '.join(known)}")


@cache
def _all() -> Mapping[str, Guidance]:
    out = {}
    for key, entry in read_data("guidance.toml").items():
        positions = []
        for row in entry["positions"]:
            if row["source"] not in sources():
                raise EvidenceError(f"guidance {key}: unknown source {row['source']!r}")
            values = {name: float(value) for name, value in row.get("values", {}).items()}
            positions.append(Position(row["key"], row["source"], row["year"], row["says"], MappingProxyType(values)))
        out[key] = Guidance(key, entry["question"], tuple(positions))
    return MappingProxyType(out)


def guidance(key: str) -> Guidance:
    """Look up the positions on one question.

    Examples
    --------
    >>> [position.key for position in guidance("isotretinoin").positions]
    ['label', 'consensus']
    """
    if key not in _all():
        raise EvidenceError(f"there is no guidance {key!r}; nearest: {nearest(key, _all()) or 'none'}")
    return _all()[key]
