"""Forest: published shares of severity gone against the bands predicted for them, one study a row, one common axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from puncta.frozen import frozen
from puncta.report.charts.canvas import Chart, canvas
from puncta.report.theme import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _ROW, _TOP, _BOTTOM = 760.0, 20.0, 8.0, 26.0
_PLOT = (250.0, 590.0)
_REPORTED_X, _PREDICTED_X = 602.0, 650.0
_BASELINE, _BAND_HEIGHT = 14.0, 0.6
_LEAST, _MOST, _STEP = -20, 120, 20
_LONGEST, _ELLIPSIS = 36, "…"


@frozen
class ForestRow:
    """One row of the drawing; shares in per cent.

    Parameters
    ----------
    label, reported, predicted : str
        Words at the left, and the two figures at the right.
    low, median, high : float
        Band of 80 of 100 and its middle.
    figure : float
        What was reported.
    inside : bool
        Whether the band holds it.
    tests : bool
        Filled where the prediction had not seen the study, hollow where it had.
    """

    label: str
    reported: str
    predicted: str
    low: float
    median: float
    high: float
    figure: float
    inside: bool
    tests: bool


def forest_chart(name: str, rows: Sequence[ForestRow], unit: str, label: str) -> Chart:
    """Draw reported shares against their bands.

    Parameters
    ----------
    name : str
        Name of the drawing.
    rows : sequence of ForestRow
        From top to bottom.
    unit : str
        Words of the axis.
    label : str
        The result in words.

    Returns
    -------
    Chart
        760 px wide, 20 px a row.

    Examples
    --------
    >>> row = ForestRow("A03, 30 people", "45 %", "26 to 66 %", 26, 45, 66, 45, True, False)
    >>> forest_chart("x", [row], "share gone, %", "one inside").height
    54.0
    """
    height = _TOP + _ROW * len(rows) + _BOTTOM
    with canvas(_WIDTH, height, name) as paper:
        box = (_PLOT[0], _TOP, _PLOT[1], height - _BOTTOM)
        plot = paper.axes(box, (_LEAST, _MOST), (len(rows), 0))
        for tick in range(_LEAST, _MOST + 1, _STEP):
            x = _PLOT[0] + (_PLOT[1] - _PLOT[0]) * (tick - _LEAST) / (_MOST - _LEAST)
            plot.axvline(tick, color=theme().light("rule" if tick else "ink3"), linewidth=0.8, zorder=0)
            paper.text(x, height - 10.0, str(tick).replace("-", "\N{MINUS SIGN}"), "ink3", anchor="center")
        paper.text(_REPORTED_X, height - 10.0, unit, "ink3")
        for index, row in enumerate(rows):
            y = _TOP + _ROW * index + _BASELINE
            said = row.label if len(row.label) <= _LONGEST else row.label[: _LONGEST - 1] + _ELLIPSIS
            paper.text(0, y, said, "ink2" if row.inside else "ink", bold=not row.inside)
            paper.text(_REPORTED_X, y, row.reported, "ink")
            paper.text(_PREDICTED_X, y, row.predicted, "ink2")
            _row(plot, row, index + 0.5)
        return paper.finish(name, label)


def _row(plot: Axes, row: ForestRow, y: float) -> None:
    colours = theme().light
    low, high = max(row.low, _LEAST), min(row.high, _MOST)
    plot.barh([y], [high - low], left=low, height=_BAND_HEIGHT, color=colours("b80"), linewidth=0)
    half = _BAND_HEIGHT / 2
    plot.plot([row.median, row.median], [y - half, y + half], color=colours("med"), linewidth=1.5)
    plot.plot(
        [row.figure],
        [y],
        marker="o" if row.inside else "D",
        markersize=6.0,
        markeredgewidth=1.4,
        markeredgecolor=colours("meas"),
        markerfacecolor=colours("meas" if row.tests else "paper"),
        linestyle="none",
    )
