"""Randomness keyed by (seed, stream, person): person i is the same in any chunk, and compared plans share draws."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FIRST: ContextVar[int] = ContextVar("first person", default=0)
_PER_STEP = 4  # numerics: numbers that Philox makes at once


@contextmanager
def persons_from(first: int) -> Iterator[None]:
    """Let all draws inside begin at a person, so that a part of many people is drawn as it would be among all.

    Parameters
    ----------
    first : int
        Number of the first person, 0 or more; it holds for this thread alone.

    Examples
    --------
    >>> with persons_from(3):
    ...     later = uniforms(1, "x", 2)
    >>> bool((later == uniforms(1, "x", 5)[3:]).all())
    True
    """
    token = _FIRST.set(first)
    try:
        yield
    finally:
        _FIRST.reset(token)


class _Generator(threading.local):
    """One generator for each thread, moved from place to place: a new one costs more than a thousand numbers."""

    def __init__(self) -> None:
        self.bits = np.random.Philox(key=0)
        self.state: Any = self.bits.state  # as a new one has it: nothing left over from an earlier draw

    def at(self, key: NDArray[np.uint64], step: int) -> np.random.Philox:
        """The generator of a key after some steps."""
        self.state["state"] = {"counter": np.array([step, 0, 0, 0], np.uint64), "key": key}
        self.bits.state = self.state
        return self.bits


_GENERATOR = _Generator()


def uniforms(seed: int, stream: str, n: int, start: int = 0) -> NDArray[np.float64]:
    """Draw uniform numbers in (0, 1) for persons ``start`` to ``start + n``.

    Parameters
    ----------
    seed : int
        Seed of the whole run, 0 or more.
    stream : str
        Name of what is drawn; two names give independent numbers.
    n : int
        How many persons.
    start : int
        Number of the first person, after those that `persons_from` leaves out.

    Returns
    -------
    ndarray, shape (n,)
        Uniform numbers, never exactly 0 or 1.

    Examples
    --------
    >>> bool(uniforms(1, "x", 5)[3] == uniforms(1, "x", 2, start=2)[1])
    True
    """
    digest = hashlib.blake2b(f"{seed}/{stream}".encode(), digest_size=16).digest()
    step, left = divmod(_FIRST.get() + start, _PER_STEP)
    raw = _GENERATOR.at(np.frombuffer(digest, "<u8"), step).random_raw(left + n)[left:]
    # 53 bits, shifted by half a step so that neither end is reached
    return ((raw >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
