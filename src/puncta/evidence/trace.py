"""Trace: from a printed figure back to its parameters and sources, with the assumed values counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from puncta.evidence.library import parameter, source
from puncta.evidence.parameter import Parameter
from puncta.evidence.source import Source


@dataclass(frozen=True)
class Trace:
    """What stands behind a figure.

    Parameters
    ----------
    parameters : tuple of Parameter
        In order of key.
    sources : tuple of Source
        Each source once, in order of key.
    """

    parameters: tuple[Parameter, ...]
    sources: tuple[Source, ...]

    @property
    def assumed_count(self) -> int:
        """How many of the parameters are assumed."""
        return sum(entry.kind == "assumed" for entry in self.parameters)

    def count(self, kind: str) -> int:
        """How many of the parameters are of a kind."""
        return sum(entry.kind == kind for entry in self.parameters)


def trace(keys: Iterable[str], studies: Iterable[str] = ()) -> Trace:
    """Gather the parameters and sources behind a figure.

    Parameters
    ----------
    keys : iterable of str
        Parameter keys.
    studies : iterable of str
        Keys of further sources, for example of the studies behind a forecast.

    Returns
    -------
    Trace
        Parameters and sources, sorted.

    Examples
    --------
    >>> trace(["healing.mun"]).assumed_count
    1
    """
    found = tuple(parameter(key) for key in sorted(set(keys)))
    named = {key for entry in found for key in entry.sources} | set(studies)
    return Trace(found, tuple(source(key) for key in sorted(named)))
