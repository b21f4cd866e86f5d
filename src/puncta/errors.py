"""Errors: one family, so that every surface can say what was given, what is allowed, why, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with an input.

    Parameters
    ----------
    field : str
        Path of the field, for example ``zones[2].name``; ``line 7`` where the file cannot be parsed.
    given : str
        What was given, as text.
    allowed : str
        What is allowed there.
    why : str
        The reason, with its source where there is one.
    do : str
        What to do about it.
    """

    field: str
    given: str
    allowed: str
    why: str
    do: str

    def __str__(self) -> str:
        parts = [f"{self.field}: {self.given}"]
        if self.allowed:
            parts.append(f"Allowed: {self.allowed}")
        if self.why:
            parts.append(f"Why: {self.why}")
        if self.do:
            parts.append(f"Do: {self.do}")
        return ". ".join(part.rstrip(".") for part in parts) + "."


class PunctaError(Exception):
    """Anything that Puncta refuses, with a message for people."""


class InputError(PunctaError):
    """An input with one or more problems, all of them together."""

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        self.subject = subject
        self.problems = tuple(problems)
        super().__init__(f"{subject}: {len(self.problems)} problem(s)\n" + "\n".join(f"  {p}" for p in self.problems))


class EvidenceError(PunctaError):
    """A flaw in an evidence file: a missing source, an unknown unit, a stale fit."""


class StoppedError(PunctaError):
    """A plan was asked for where the screening says stop, or a question that can stop is unanswered."""


class SimulationError(PunctaError):
    """A simulation that could not be completed, with the reason."""


def nearest(word: str, known: Iterable[str], count: int = 3) -> str:
    """Name the known words nearest to a misspelt one.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        The words that exist.
    count : int
        How many to name at most.

    Returns
    -------
    str
        ``"cheek, cheekbone"``, or an empty string where nothing is near.

    Examples
    --------
    >>> nearest("cheeck", ["cheek", "nose"])
    'cheek'
    """
    return ", ".join(difflib.get_close_matches(str(word), sorted(known), n=count, cutoff=0.5))
