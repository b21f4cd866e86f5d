"""Trace: from a printed figure back to its parameters, sources and study arms, with the assumed values counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from puncta.evidence.fitted import JointSpread, joint_spread
from puncta.evidence.library import parameter, source
from puncta.evidence.parameter import Parameter
from puncta.evidence.source import Source
from puncta.evidence.study import Arm, arm
from puncta.frozen import frozen


@frozen
class Trace:
    """What stands behind a figure.

    Parameters
    ----------
    parameters : tuple of Parameter
        In order of key.
    sources : tuple of Source
        Each source once, in order of key.
    arms : tuple of Arm
        Study rows, in order of key.
    """

    parameters: tuple[Parameter, ...]
    sources: tuple[Source, ...]
    arms: tuple[Arm, ...]

    @property
    def assumed_count(self) -> int:
        """How many of the parameters are assumed."""
        return self.count("assumed")

    def joint(self, key: str) -> JointSpread | None:
        """How one of the parameters scatters in joint draws, which then stand in place of its own spread."""
        return joint_spread(key)

    def count(self, kind: str) -> int:
        """How many of the parameters are of a kind."""
        return sum(entry.kind == kind for entry in self.parameters)


def trace(keys: Iterable[str], rows: Iterable[str] = (), own: Mapping[str, Parameter] | None = None) -> Trace:
    """Gather what stands behind a figure.

    Parameters
    ----------
    keys : iterable of str
        Parameter keys.
    rows : iterable of str
        Rows of the study table behind a forecast.
    own : mapping of str to Parameter, optional
        Figures of somebody's own records; they come before those of the evidence.

    Returns
    -------
    Trace
        Parameters, sources and arms, sorted.

    Examples
    --------
    >>> trace(["healing.mun"]).assumed_count
    1
    """
    found = tuple((own or {}).get(key) or parameter(key) for key in sorted(set(keys)))
    named = {key for entry in found for key in entry.sources}
    return Trace(found, tuple(source(key) for key in sorted(named)), tuple(arm(row) for row in sorted(set(rows))))
