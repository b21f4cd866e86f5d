"""Replay: a stored plan made again, and both sets side by side where anything differs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from puncta.case import Library, case_from_toml
from puncta.errors import InputError, Problem
from puncta.frozen import frozen
from puncta.healing import Map
from puncta.messages import text
from puncta.planning.plan import plan
from puncta.planning.record import plan_record
from puncta.planning.stored import StoredPlan, made_with, parameters_behind

# numerics: figures are told with five digits; the last of them may differ between kinds of processor
_SAME = 2e-4


@frozen
class Difference:
    """One figure or word that is not as it was.

    Parameters
    ----------
    place : str
        Where it stands in the record, for example ``alternatives[2].figures.pain_score@nose.median``.
    stored, now : object
        What was stored, and what is made now; None where there was or is none.
    """

    place: str
    stored: object
    now: object


@frozen
class Replay:
    """A stored plan beside the same plan made now.

    Parameters
    ----------
    differences : tuple of Difference
        What is not as it was, in the order of the record; figures that the stored plan did not hold do not count.
    changed : tuple of str
        What the two were made with that differs: versions, processor, parameters, in words.
    record : mapping
        The record made now.
    """

    differences: tuple[Difference, ...]
    changed: tuple[str, ...]
    record: Mapping[str, Any]

    @property
    def same(self) -> bool:
        """Whether every figure is as it was."""
        return not self.differences


def replay(stored: StoredPlan, library: Library | None = None, map: Map | None = None) -> Replay:  # noqa: A002
    """Make a stored plan again.

    Parameters
    ----------
    stored : StoredPlan
        The plan as it was.
    library : Library or None
        Own devices and products, where the case needs them.
    map : callable or None
        Runs pieces of the healing; None takes threads.

    Returns
    -------
    Replay
        The same figures, or both sets with what differs between the two runs.

    Raises
    ------
    InputError
        Where the case names a device or product that is not at hand, or the plan went on from visits.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.planning.stored import read_stored, store
    >>> kept = read_stored(store(plan(read_case("examples/published_A03.toml"), draws=4)))
    >>> replay(kept).same
    True
    """
    if stored.record.get("continues"):
        # what was done and read does not lie in a stored plan
        problem = Problem("record.continues", "", text("planning.stored.alone"), "", text("planning.stored.anew"))
        raise InputError("plan", [problem])
    case = case_from_toml(stored.case_toml, text("planning.stored.case"), library)
    made = plan(case, draws=stored.draws_count, seed=stored.seed, map=map)
    record = plan_record(made)
    differences = tuple(_apart("", dict(stored.record), record))
    return Replay(differences, tuple(_changed(stored, parameters_behind(made))), record)


def _apart(place: str, stored: Any, now: Any) -> Iterator[Difference]:
    if isinstance(stored, Mapping) and isinstance(now, Mapping):
        for key, value in stored.items():
            yield from _apart(f"{place}.{key}".lstrip("."), value, now.get(key))
    elif isinstance(stored, list) and isinstance(now, list):
        for index, value in enumerate(stored):
            yield from _apart(f"{place}[{index}]", value, now[index] if index < len(now) else None)
        if len(now) > len(stored):
            yield Difference(f"{place}[{len(stored)}]", None, now[len(stored)])
    elif stored is not None and not _alike(stored, now):
        yield Difference(place, stored, now)


def _alike(stored: object, now: object) -> bool:
    if isinstance(stored, bool) or not (isinstance(stored, int | float) and isinstance(now, int | float)):
        return stored == now
    return math.isclose(stored, now, rel_tol=_SAME, abs_tol=1e-12)  # numerics: zero is zero


def _changed(stored: StoredPlan, parameters: Mapping[str, list[Any]]) -> Iterator[str]:
    for name, now in made_with().items():
        was = stored.made_with.get(name)
        if was is None:
            yield text("planning.replay.not_stored", name=name, now=now)
        elif was != now:
            yield text("planning.replay.changed", name=name, was=was, now=now)
    for key, was in stored.parameters.items():
        now = parameters.get(key)
        if now is None:
            yield text("planning.replay.gone", name=key)
        elif list(was) != list(now):
            yield text("planning.replay.changed", name=key, was=f"{was[0]:g}", now=f"{now[0]:g}")
    if stored.parameters:
        for key in parameters:
            if key not in stored.parameters:
                yield text("planning.replay.added", name=key)
