"""The depth histogram: of 100 people, how many are reached at least this deep; limits as dashed uprights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.report.charts.canvas import Chart, canvas
from puncta.report.charts.series import ticks
from puncta.report.numbers import number
from puncta.report.theme import theme

_POINTS = 90
_LEFT, _TOP, _BOTTOM = 34.0, 24.0, 22.0


@frozen
class Upright:
    """A limit: a dashed upright with a short word above the plot."""

    depth_mm: float
    words: str


@frozen
class DepthChart:
    """What to draw.

    Parameters
    ----------
    name : str
        Name of the drawing.
    title : str
        Heading.
    corner : str
        Unit of the vertical axis, at the right of the heading.
    depth_mm : ndarray, shape (draws,)
        Reached depth.
    dial_mm : float
        What is set on the device.
    uprights : tuple of Upright
        Limits.
    label : str
        The result in words.
    axis_mm : float
        The axis goes at least this deep, so that charts beside each other share one.
    width, height : float
        Size in px.
    """

    name: str
    title: str
    corner: str
    depth_mm: NDArray[np.float64]
    dial_mm: float
    uprights: tuple[Upright, ...]
    label: str
    axis_mm: float = 0.0
    width: float = 164.0
    height: float = 118.0

    @property
    def deepest_mm(self) -> float:
        """Deepest of what is drawn."""
        return max(float(self.depth_mm.max()), self.dial_mm, *(one.depth_mm for one in self.uprights))


def draw_depth(chart: DepthChart) -> Chart:
    """Draw the falling curve of reached depth.

    Parameters
    ----------
    chart : DepthChart
        What to draw.

    Returns
    -------
    Chart
        The drawing.
    """
    colour = theme().light
    deepest = max(chart.axis_mm, chart.deepest_mm)
    marks = ticks(0.0, deepest, most=4 if chart.width < 200 else 6)
    decimals = 1 if any(mark % 1 for mark in marks) else 0
    depths = np.linspace(0.0, marks[-1], _POINTS)
    share = 100 * (chart.depth_mm[None, :] >= depths[:, None]).mean(axis=1)
    right, bottom = chart.width - 20, chart.height - _BOTTOM

    def x(depth_mm: float) -> float:
        return _LEFT + (right - _LEFT) * depth_mm / marks[-1]

    def y(percent: float) -> float:
        return bottom - (bottom - _TOP) * percent / 100

    with canvas(chart.width, chart.height, chart.name) as sheet:
        for guide in (0.0, 50.0, 100.0):
            sheet.line((_LEFT, right), (y(guide), y(guide)), "rule" if guide else "ink3")
            sheet.text(_LEFT - 6, y(guide) + 4, number(guide), anchor="right")
        plot = sheet.axes((_LEFT, _TOP, right, bottom), (0.0, marks[-1]), (0.0, 100.0))
        plot.fill_between(depths, 0, share, color=colour("b80"), linewidth=0)
        plot.plot(depths, share, color=colour("med"), linewidth=2.2, clip_on=False)
        for upright in chart.uprights:
            place = x(upright.depth_mm)
            sheet.line((place, place), (_TOP - 2, bottom), "ink", 1.4, (4.0, 3.0))
            if upright.words:
                sheet.text(place - 4, _TOP + 9, upright.words, "ink", anchor="right", halo=True)
        for index, mark in enumerate(marks):
            sheet.line((x(mark), x(mark)), (bottom, bottom + 4), "ink3")
            last = index == len(marks) - 1
            words = (number(mark, decimals) if mark else "0") + (" mm" if last else "")
            sheet.text(x(mark), bottom + 17, words, anchor="center")
        sheet.text(0, 12, chart.title, "ink", bold=True)
        sheet.text(right, 12, chart.corner, anchor="right")
        return sheet.finish(chart.name, chart.label)
