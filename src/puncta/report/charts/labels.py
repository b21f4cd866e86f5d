"""Where words go in a chart, so that they cover no line."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.report.theme import theme

#: Mean width of a character, in sizes of the font.
_CHARACTER = 0.54
_INSET = 6.0
_ABOVE, _BELOW = -5.0, 14.0
#: From the baseline to the middle of small letters.
_MIDDLE = 4.0
_SAMPLES = 24


@frozen
class Line:
    """A line that words must not cover, in values."""

    days: NDArray[np.float64]
    values: NDArray[np.float64]


@frozen
class Place:
    """Where words stand, in px."""

    x: float
    baseline: float
    anchor: str


def text_width(words: str) -> float:
    """About how wide words are in the size of captions, px.

    Examples
    --------
    >>> text_width("") , text_width("one") > text_width("on")
    (0.0, True)
    """
    return len(words) * theme().type["t1"].px * _CHARACTER


def clearest(
    words: str,
    y: float,
    across: tuple[float, float],
    upright: tuple[float, float],
    lines: list[Line],
    to_px: tuple[Callable[[float], float], Callable[[float], float]],
) -> Place:
    """Choose the end of a level, and the side of it, where its words are farthest from every line.

    Parameters
    ----------
    words : str
        Words of the level.
    y : float
        Height of the level, px.
    across, upright : tuple of float
        Left and right, top and bottom of the plot, px.
    lines : list of Line
        What must not be covered.
    to_px : tuple of callable
        Days to px, values to px.

    Returns
    -------
    Place
        The left end above the level where all places are alike.
    """
    width = text_width(words)
    (left, right), (top, bottom) = across, upright
    starts = ((left + _INSET, "left"), (right - _INSET - width, "right"))
    curves = [([to_px[0](day) for day in line.days], [to_px[1](value) for value in line.values]) for line in lines]
    best, most = Place(left + _INSET, y + _ABOVE, "left"), -1.0
    for start, anchor in starts:
        for shift in (_ABOVE, _BELOW):
            baseline = y + shift
            if not top + 8 <= baseline <= bottom - 2:
                continue
            at = np.linspace(start, start + width, _SAMPLES)
            gaps = [np.abs(np.interp(at, xs, ys) - (baseline - _MIDDLE)).min() for xs, ys in curves]
            room = min([float(gap) for gap in gaps] + [3 * _BELOW])
            if room > most + 1.0:
                best, most = Place(start if anchor == "left" else right - _INSET, baseline, anchor), room
    return best
