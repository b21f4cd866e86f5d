"""Scales: how severity is graded, which scale fits which concern, and how much change matters on it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from puncta.errors import EvidenceError, PunctaError, nearest
from puncta.evidence import parameter, records, source
from puncta.frozen import frozen

# numerics: standard deviations that hold 95 of 100
_NINETEEN_OF_TWENTY = 1.96


@frozen
class Scale:
    """One standard scale of severity.

    Parameters
    ----------
    key : str
        Name in case files, for example ``goodman_baron_grade``.
    name : str
        Name as people read it.
    concerns : tuple of str
        Concerns that it grades.
    low : float
        Lowest value.
    high : float or None
        Highest value; None where the publication does not say.
    step : float
        Smallest step that a rater can give; means over zones or persons lie between.
    higher_is_worse : bool
        True where a fall is an improvement.
    step_means : str
        What one step is.
    steps : tuple of tuple of float and str
        Each step in plain words, where the scale has few; else empty.
    licence : str
        ``free`` where anyone may use it.
    sources : tuple of str
        Source keys.
    """

    key: str
    name: str
    concerns: tuple[str, ...]
    low: float
    high: float | None
    step: float
    higher_is_worse: bool
    step_means: str
    steps: tuple[tuple[float, str], ...]
    licence: str
    sources: tuple[str, ...]

    @property
    def worthwhile_key(self) -> str:
        """Evidence key of the smallest change that matters."""
        return f"scales.{self.key}.worthwhile_score"

    @property
    def worthwhile_score(self) -> float:
        """Smallest change that matters, in the scale's own steps."""
        return parameter(self.worthwhile_key).value

    @property
    def rater_keys(self) -> tuple[str, str]:
        """Evidence keys of how far one rater's repeats, and different raters, lie apart on the same skin."""
        return f"scales.{self.key}.rater_within_score", f"scales.{self.key}.rater_between_score"

    def detectable_score(self, same_rater: bool = True) -> float:
        """Smallest change of one person that is more than the raters' error, 95 of 100 times.

        Parameters
        ----------
        same_rater : bool
            Whether one rater judges both times; else two.

        Examples
        --------
        >>> scale("lemperle_grade").detectable_score() > scale("lemperle_grade").worthwhile_score
        True
        """
        within, between = (parameter(key).value for key in self.rater_keys)
        error = within if same_rater else math.hypot(within, between)
        return _NINETEEN_OF_TWENTY * math.sqrt(2.0) * error

    def holds(self, score: float) -> bool:
        """Whether a severity lies within the scale.

        Examples
        --------
        >>> scale("goodman_baron_grade").holds(0)
        False
        """
        return self.low <= score and (self.high is None or score <= self.high)


@cache
def scales() -> Mapping[str, Scale]:
    """All scales by key.

    Raises
    ------
    EvidenceError
        Where a record is incomplete or names an unknown source.

    Examples
    --------
    >>> scales()["mmasi_score"].high
    24.0
    """
    return MappingProxyType({key: _read(key, dict(record)) for key, record in records("scales").items()})


def _read(key: str, record: dict[str, object]) -> Scale:
    named = record.get("source", ())
    sources = (named,) if isinstance(named, str) else tuple(named) if isinstance(named, list) else ()
    for entry in sources:
        source(entry)
    try:
        low, step = float(str(record["low"])), float(str(record["step"]))
        high = float(str(record["high"])) if "high" in record else None
        concerns = record["concerns"]
        if not sources or not isinstance(concerns, list) or step <= 0 or (high is not None and high <= low):
            raise EvidenceError(f"scale {key}: needs source, concerns, a positive step and high above low")
        return Scale(
            key=key,
            name=str(record["name"]),
            concerns=tuple(concerns),
            low=low,
            high=high,
            step=step,
            higher_is_worse=bool(record["higher_is_worse"]),
            step_means=str(record["step_means"]),
            steps=tuple((float(value), str(words)) for value, words in _listed(record.get("steps"))),
            licence=str(record["licence"]),
            sources=sources,
        )
    except KeyError as error:
        raise EvidenceError(f"scale {key}: {error} is missing") from error


def _listed(given: object) -> list[tuple[float, str]]:
    return given if isinstance(given, list) else []


def scale(key: str) -> Scale:
    """Look up one scale.

    Raises
    ------
    PunctaError
        Where there is none, with the nearest keys.

    Examples
    --------
    >>> scale("lemperle_grade").concerns
    ('lines',)
    """
    if key not in scales():
        raise PunctaError(f"there is no scale {key!r}; nearest: {nearest(key, scales()) or 'none'}")
    return scales()[key]


def scales_for(concern: str) -> tuple[Scale, ...]:
    """The scales that grade a concern, in order of key.

    Examples
    --------
    >>> [entry.key for entry in scales_for("melasma")]
    ['masi_score', 'mmasi_score']
    """
    return tuple(entry for entry in scales().values() if concern in entry.concerns)
