"""Red flags: signs after a session that are no part of the expected course, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, get_args

from puncta.errors import EvidenceError
from puncta.evidence import sources
from puncta.evidence.library import read_data
from puncta.frozen import frozen
from puncta.messages import text
from puncta.safety.diary import PLAIN_SIGNS, DiaryEntry
from puncta.safety.recovery_signs import SIGNS

Test = Literal["there", "grows", "lasts"]
_FIRST_DARK = 4  # numerics: Fitzpatrick type IV
_FIELDS = {"sign", "test", "after_day", "light_only", "source"}


@frozen
class RedFlag:
    """One red flag.

    Parameters
    ----------
    key : str
        Name; its words stand in messages under ``recovery.flag.<key>``.
    sign : str
        Graded or plain sign of the diary.
    test : str
        ``there``; ``grows`` past the entry before it; ``lasts``: still there.
    after_day : int
        First day on which it counts.
    light_only : bool
        True where it leans on redness alone, which dark skin shows less.
    sources : tuple of str
        Source keys.
    """

    key: str
    sign: str
    test: Test
    after_day: int
    light_only: bool
    sources: tuple[str, ...]

    @property
    def words(self) -> str:
        """What it is and what to do."""
        return text(f"recovery.flag.{self.key}", day=self.after_day)


@frozen
class Raised:
    """A red flag that a diary raises, and on which day first."""

    flag: RedFlag
    day: int


@cache
def _all() -> tuple[RedFlag, ...]:
    out = []
    for key, row in read_data("red_flags.toml").items():
        named = (row["source"],) if isinstance(row["source"], str) else tuple(row["source"])
        wrong = [name for name in named if name not in sources()]
        graded = row["test"] in ("grows", "lasts")
        if set(row) - _FIELDS or row["test"] not in get_args(Test) or wrong:
            raise EvidenceError(f"red flag {key}: unknown field, test or source {wrong}")
        if row["sign"] not in (SIGNS if graded else PLAIN_SIGNS):
            raise EvidenceError(f"red flag {key}: {row['test']} does not fit the sign {row['sign']!r}")
        out.append(RedFlag(key, row["sign"], row["test"], row["after_day"], row.get("light_only", False), named))
    return tuple(out)


def red_flags(phototype: int) -> tuple[RedFlag, ...]:
    """The red flags that hold for a phototype.

    Parameters
    ----------
    phototype : int
        Fitzpatrick type, 1 to 6; from IV on none that leans on redness alone.

    Examples
    --------
    >>> "redness_grows" in [flag.key for flag in red_flags(2)], "redness_grows" in [flag.key for flag in red_flags(5)]
    (True, False)
    """
    return tuple(flag for flag in _all() if not flag.light_only or phototype < _FIRST_DARK)


def raised_flags(diary: Sequence[DiaryEntry], phototype: int) -> tuple[Raised, ...]:
    """The red flags that a diary raises.

    Parameters
    ----------
    diary : sequence of DiaryEntry
        In order of days.
    phototype : int
        Fitzpatrick type, 1 to 6.

    Returns
    -------
    tuple of Raised
        Each once, on the first day it holds.

    Notes
    -----
    On dark skin warmth, pain, swelling and darkening count, never redness alone. Limits: ``limits.recovery``. Sources:
    chu_2021, friedmann_2024, leaflets.

    Examples
    --------
    >>> from puncta.safety.diary import diary_from
    >>> diary = diary_from({"format": 1, "entries": [{"day": 2, "warmth": 1}, {"day": 3, "warmth": 2}]})
    >>> [raised.flag.key for raised in raised_flags(diary, 5)]
    ['warmth_grows']
    """
    found = ((flag, _first_day(flag, diary)) for flag in red_flags(phototype))
    return tuple(Raised(flag, day) for flag, day in found if day is not None)


def _first_day(flag: RedFlag, diary: Sequence[DiaryEntry]) -> int | None:
    before: int | None = None
    for entry in diary:
        grade = entry.grades.get(flag.sign)
        holds = {
            "there": flag.sign in entry.seen,
            "grows": grade is not None and before is not None and grade > before,
            "lasts": bool(grade),
        }[flag.test]
        if holds and entry.day >= flag.after_day:
            return entry.day
        before = grade if grade is not None else before
    return None
