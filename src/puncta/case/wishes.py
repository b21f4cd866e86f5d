"""Wishes: what should be reached, what is not gone beyond, and which days stay free."""

from __future__ import annotations

from dataclasses import field
from datetime import date, timedelta

from puncta.case.concern import ConcernKind
from puncta.case.ranges import usual
from puncta.frozen import frozen


@frozen
class Goal:
    """What is wished.

    Parameters
    ----------
    concern : ConcernKind
        For which concern.
    improvement_fraction : float
        Share of today's severity to be gone, 0 to 1.
    """

    concern: ConcernKind
    improvement_fraction: float


@frozen
class Limits:
    """What the person or the clinic will not go beyond; without a word the usual limits.

    Parameters
    ----------
    max_sessions : int
        Most visits, 1 to 12.
    max_pain_score : float
        Highest acceptable median pain of 0 to 10.
    max_redness_hours : float
        Longest acceptable median redness as light skin would show it, so that no skin hides injury.
    max_pih_probability : float
        Highest acceptable median chance of dark marks, 0 to 1.
    soft : tuple of str
        Names of those above, visits excepted, that a course may pass: it is then told of, but may be recommended.
    """

    max_sessions: int = field(default_factory=lambda: int(usual("max_sessions")))
    max_pain_score: float = field(default_factory=lambda: usual("max_pain_score"))
    max_redness_hours: float = field(default_factory=lambda: usual("max_redness_hours"))
    max_pih_probability: float = field(default_factory=lambda: usual("max_pih_probability"))
    soft: tuple[str, ...] = ()


@frozen
class KeepFree:
    """Days that no visit and no trace of one may touch: a wedding, a holiday, weeks of sun.

    Parameters
    ----------
    name : str
        What for, in the person's words.
    on : date
        The day, or the first.
    until : date
        The last; the same day for a single one.
    days_before : int
        Days before it from which no visit may be, 0 or more.
    """

    name: str
    on: date
    until: date
    days_before: int

    def forbids(self, day: date) -> bool:
        """Whether no visit may be on a day.

        Examples
        --------
        >>> wedding = KeepFree("wedding", date(2027, 5, 15), date(2027, 5, 15), 14)
        >>> wedding.forbids(date(2027, 5, 1)), wedding.forbids(date(2027, 4, 30))
        (True, False)
        """
        return self.on - timedelta(days=self.days_before) <= day <= self.until
