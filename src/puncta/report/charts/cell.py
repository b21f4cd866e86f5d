"""In-cell bands: a band in a table's cell, on an axis that the head of the column prints once."""

from __future__ import annotations

import math
from html import escape

from puncta.report.charts.canvas import Chart
from puncta.report.charts.series import ticks
from puncta.report.numbers import number
from puncta.report.theme import theme

WIDTH, HEIGHT = 140.0, 20.0
_HEAD_HEIGHT = 14.0
_EDGE = 15.0
_ROOM = 34.0


def _x(value: float, low: float, high: float) -> float:
    return _EDGE + (WIDTH - 2 * _EDGE) * (value - low) / (high - low)


def _svg(name: str, height: float, body: str, label: str) -> Chart:
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
        f'width="{WIDTH:g}" height="{height:g}">'
    )
    return Chart(name, f"{opening}{body}</svg>", WIDTH, height, label)


def cell_axis(name: str, low: float, high: float) -> Chart:
    """Draw the axis for the head of the column.

    Parameters
    ----------
    name : str
        Name of the drawing.
    low, high : float
        Range of the axis.

    Returns
    -------
    Chart
        Figures only, 140 by 14 px.
    """
    font = theme().fonts["print"]
    marks = _apart(low, high)
    words = "".join(
        f'<text x="{_x(mark, low, high):.1f}" y="11" style="font-size: {theme().type["t1"].px:g}px; '
        f"font-family: '{font}'; text-anchor: middle; fill: {theme().light('ink2')}\">{number(mark)}</text>"
        for mark in marks
    )
    return _svg(name, _HEAD_HEIGHT, words, "")


def _apart(low: float, high: float) -> list[float]:
    """Round marks that stand clear of each other: every second or third counted from nought where all are too many."""
    marks = [mark for mark in ticks(low, high, most=6) if low - 1e-9 <= mark <= high + 1e-9]
    if len(marks) < 2:
        return marks
    step = marks[1] - marks[0]
    every = math.ceil(_ROOM / (_x(step, low, high) - _x(0.0, low, high)))
    return [mark for mark in marks if round(mark / step) % every == 0]


def cell_band(
    name: str, band: tuple[float, float, float, float, float], low: float, high: float, label: str, thin: bool = False
) -> Chart:
    """Draw one band.

    Parameters
    ----------
    name : str
        Name of the drawing.
    band : tuple of float
        Low 80, low 50, median, high 50, high 80.
    low, high : float
        Range of the axis in the head.
    label : str
        The figures in words.
    thin : bool
        Thin evidence: outline only.

    Returns
    -------
    Chart
        140 by 20 px.
    """
    colour = theme().light
    low80, low50, median, high50, high80 = (_x(value, low, high) for value in band)
    zero = _x(0.0, low, high)
    parts = [f'<path d="M{zero:.1f} 0V{HEIGHT:g}" style="stroke: {colour("rule")}; stroke-width: 1; fill: none"/>']
    outline = f"fill: none; stroke: {colour('med')}; stroke-width: 1; stroke-dasharray: 3 3"
    style = outline if thin else f"fill: {colour('b80')}"
    parts.append(f'<rect x="{low80:.1f}" y="5" width="{max(high80 - low80, 0.5):.1f}" height="10" style="{style}"/>')
    if not thin:
        parts.append(
            f'<rect x="{low50:.1f}" y="5" width="{max(high50 - low50, 0.5):.1f}" height="10" '
            f'style="fill: {colour("b50")}"/>'
        )
    parts.append(f'<path d="M{median:.1f} 3v14" style="stroke: {colour("med")}; stroke-width: 2.6; fill: none"/>')
    return _svg(name, HEIGHT, "".join(parts), escape(label))
