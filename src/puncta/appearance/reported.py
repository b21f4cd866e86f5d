"""Reported: what people say of themselves. These scales are recorded as they are; no forecast of them exists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from puncta.evidence import records, source
from puncta.frozen import frozen


@frozen
class ReportedScale:
    """One scale on which a person answers.

    Parameters
    ----------
    key, name : str
        Key, and name as people read it.
    low, high, step : float
        Ends and smallest step.
    higher_is_better : bool
        Which way is good.
    asks : str
        Who is asked about what.
    about : str
        What an answer can and cannot say.
    steps : tuple of tuple of float and str
        Each step in plain words, where there are few.
    source : str
        Source key.
    """

    key: str
    name: str
    low: float
    high: float
    step: float
    higher_is_better: bool
    asks: str
    about: str
    steps: tuple[tuple[float, str], ...]
    source: str


@cache
def reported_scales() -> Mapping[str, ReportedScale]:
    """All scales on which people answer, by key.

    Raises
    ------
    EvidenceError
        Where a record names an unknown source.

    Examples
    --------
    >>> reported_scales()["dlqi"].high
    30.0
    """
    return MappingProxyType({key: _read(key, dict(record)) for key, record in records("reported").items()})


def _read(key: str, record: dict[str, object]) -> ReportedScale:
    named = str(record["source"])
    source(named)
    steps = record.get("steps", [])
    return ReportedScale(
        key=key,
        name=str(record["name"]),
        low=float(str(record["low"])),
        high=float(str(record["high"])),
        step=float(str(record["step"])),
        higher_is_better=bool(record["higher_is_better"]),
        asks=str(record["asks"]),
        about=str(record["about"]),
        steps=tuple((float(value), str(words)) for value, words in steps) if isinstance(steps, list) else (),
        source=named,
    )
