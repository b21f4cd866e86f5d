"""Truth: three values, the words that explain them, and the zones and the day that they speak of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import IntEnum

from puncta.frozen import frozen


class State(IntEnum):
    """Holds, does not hold, or cannot be said because nobody asked."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@frozen
class Truth:
    """Result of a condition for one case.

    Parameters
    ----------
    state : State
        Yes, no or unknown.
    words : tuple of str
        Why, in words.
    zones : frozenset of str or None
        Treated zones for which it holds; None for the whole field.
    since : date or None
        For something dated, the day from which a waiting time counts.
    """

    state: State
    words: tuple[str, ...]
    zones: frozenset[str] | None = None
    since: date | None = None

    @property
    def holds(self) -> bool:
        """True where the state is yes."""
        return self.state is State.YES


def _latest(days: Sequence[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)


def all_of(parts: Sequence[Truth]) -> Truth:
    """Join truths that must all hold, in the zones that they share.

    Examples
    --------
    >>> all_of([Truth(State.YES, ("a",)), Truth(State.UNKNOWN, ("b",))]).state.name
    'UNKNOWN'
    """
    state = min(part.state for part in parts)
    deciding = tuple(word for part in parts if part.state is state for word in part.words)
    if state is not State.YES:
        return Truth(state, deciding)
    named = [part.zones for part in parts if part.zones is not None]
    zones = frozenset.intersection(*named) if named else None
    if zones is not None and not zones:
        return Truth(State.NO, deciding)
    return Truth(state, deciding, zones, _latest([part.since for part in parts]))


def any_of(parts: Sequence[Truth]) -> Truth:
    """Join truths of which one is enough, in all zones that they name.

    Examples
    --------
    >>> any_of([Truth(State.NO, ("a",)), Truth(State.YES, ("b",), frozenset({"nose"}))]).words
    ('b',)
    """
    state = max(part.state for part in parts)
    deciding = [part for part in parts if part.state is state]
    words = tuple(word for part in deciding for word in part.words)
    if state is not State.YES:
        return Truth(state, words)
    zones = None
    if all(part.zones is not None for part in deciding):
        zones = frozenset(zone for part in deciding for zone in part.zones or ())
    return Truth(state, words, zones, _latest([part.since for part in deciding]))


def negate(part: Truth) -> Truth:
    """Turn yes into no and no into yes; unknown stays unknown."""
    return Truth(State(State.YES - part.state), part.words)
