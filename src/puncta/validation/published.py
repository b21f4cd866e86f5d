"""Published ranges: what the rows of studies print, for the protocol fields that another row leaves out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import arms, uniforms
from puncta.evidence.mechanism import MechanismRow, Range, mechanism_rows

Array = NDArray[np.float64]
_OF_TREATMENTS = ("matrix", "epidermis", "elastin")


@cache
def published_lengths_mm(kind: str) -> tuple[Range, ...]:
    """Needle lengths that treatments print for a kind of device, each study once; without any, those of all studies.

    A study of pain, of closing or of depth is no treatment.

    Parameters
    ----------
    kind : str
        ``pen``, ``roller`` or ``stamp``.

    Returns
    -------
    tuple of tuple of float
        Lowest and highest length of each study.

    Examples
    --------
    >>> (1.5, 1.5) in published_lengths_mm("roller")
    True
    """
    found = {
        (arm.study, (arm.needle_length_mm, arm.needle_length_mm))
        for arm in arms().values()
        if arm.device.startswith(kind) and arm.needle_length_mm is not None
    }
    rows = [row for row in mechanism_rows().values() if row.is_usable and row.device == kind and row.length_mm]
    found |= {(row.study, row.length_mm) for row in rows if row.group in _OF_TREATMENTS and row.length_mm is not None}
    found = found or {(row.study, row.length_mm) for row in rows if row.length_mm is not None}
    return tuple(length for _, length in sorted(found))


@cache
def published_intervals_days(kind: str) -> tuple[Range, ...]:
    """Intervals between sessions that studies print for a kind of device, each study once.

    Examples
    --------
    >>> (30.0, 30.0) in published_intervals_days("roller")
    True
    """
    found = {
        (arm.study, (arm.interval_days, arm.interval_days))
        for arm in arms().values()
        if arm.device.startswith(kind) and arm.interval_days is not None
    }
    return tuple(interval for _, interval in sorted(found))


@cache
def published_people(group: str) -> tuple[Range, ...]:
    """Numbers of people that the usable rows of a group print, each study once.

    Examples
    --------
    >>> published_people("pain")[0]
    (9.0, 9.0)
    """
    rows = [row for row in mechanism_rows().values() if row.is_usable and row.n is not None]
    own = {(row.study, row.n) for row in rows if row.group == group} or {(row.study, row.n) for row in rows}
    return tuple((n, n) for n in sorted(n for _, n in own if n is not None))


def integrated(
    printed: Range | None, published: Callable[[], tuple[Range, ...]], stream: str, n: int, seed: int
) -> Array:
    """Draw a protocol field: evenly within what is printed, else from what other studies print.

    Parameters
    ----------
    printed : tuple of float or None
        Lowest and highest as the row prints them.
    published : callable
        Gives the ranges of other studies, asked only where nothing is printed.
    stream : str
        Name of what is drawn.
    n, seed : int
        Number of draws and seed.

    Returns
    -------
    ndarray, shape (n,)
        Draws.

    Examples
    --------
    >>> integrated((1.5, 1.5), tuple, "x", 2, 0)
    array([1.5, 1.5])
    """
    ranges = np.array([printed] if printed is not None else published(), dtype=float)
    which = np.floor(uniforms(seed, f"{stream}.study", n) * len(ranges)).astype(np.int64)
    low, high = ranges[which].T
    return low + (high - low) * uniforms(seed, f"{stream}.within", n)


def people_count(row: MechanismRow, n: int, seed: int) -> Array:
    """Number of people behind a reading, drawn from its group where it is not printed, shape (n,)."""
    printed = None if row.n is None else (row.n, row.n)
    return integrated(printed, lambda: published_people(row.group), f"validation.{row.study}.n", n, seed)
