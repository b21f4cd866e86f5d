"""Readings: published figures against the bands predicted for them, one row each, all bands drawn equally wide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from puncta.frozen import frozen
from puncta.report.charts.canvas import Canvas, Chart, canvas
from puncta.report.theme import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _ROW, _TOP, _BOTTOM = 760.0, 22.0, 8.0, 8.0
_PLOT = (236.0, 420.0)
_PREDICTED_X = 568.0
_BASELINE = 15.0
_BAND_HEIGHT = 0.6
_REACH = 3.0
_LONGEST = 32
_ELLIPSIS = "…"


@frozen
class Reading:
    """One row of the drawing.

    Parameters
    ----------
    label, reported, predicted : str
        Words at the left, and the two figures at the right.
    distance : float or None
        Where the reading lies in half-widths of its band; None for bounds and directions.
    agreeing_fraction : float or None
        Share of draws that agree, for bounds and directions.
    inside : bool
        Whether it counts as inside.
    validates : bool
        Filled where it validates, hollow where it calibrates.
    """

    label: str
    reported: str
    predicted: str
    distance: float | None
    agreeing_fraction: float | None
    inside: bool
    validates: bool


def readings_chart(name: str, readings: Sequence[Reading], agreeing_from: float, label: str) -> Chart:
    """Draw readings against their bands.

    Parameters
    ----------
    name : str
        Name of the drawing.
    readings : sequence of Reading
        Rows from top to bottom.
    agreeing_from : float
        Share of draws from which a bound or direction counts as inside.
    label : str
        The result in words.

    Returns
    -------
    Chart
        760 px wide, 22 px a row; what lies far outside is drawn as an arrow at the edge.

    Examples
    --------
    >>> row = Reading("H03b collagen", "53 %", "0 to 73 %", 0.7, None, True, False)
    >>> readings_chart("x", [row], 0.8, "one inside").height
    38.0
    """
    height = _TOP + _ROW * len(readings) + _BOTTOM
    with canvas(_WIDTH, height, name) as paper:
        box = (_PLOT[0], _TOP, _PLOT[1], height - _BOTTOM)
        plot = paper.axes(box, (-_REACH, _REACH), (len(readings), 0))
        for index, reading in enumerate(readings):
            _words(paper, reading, _TOP + _ROW * index + _BASELINE)
            if reading.agreeing_fraction is None:
                _figure(plot, reading, index + 0.5)
            else:
                _statement(plot, reading, agreeing_from, index + 0.5)
        return paper.finish(name, label)


def _words(paper: Canvas, reading: Reading, y: float) -> None:
    said = reading.label if len(reading.label) <= _LONGEST else reading.label[: _LONGEST - 1] + _ELLIPSIS
    paper.text(0, y, said, "ink" if not reading.inside else "ink2", bold=not reading.inside)
    paper.text(_PLOT[1] + 12, y, reading.reported, "ink")
    paper.text(_PREDICTED_X, y, reading.predicted, "ink2")


def _figure(plot: Axes, reading: Reading, y: float) -> None:
    colours = theme().light
    plot.barh([y], [2.0], left=-1.0, height=_BAND_HEIGHT, color=colours("b80"), linewidth=0)
    plot.plot([0, 0], [y - _BAND_HEIGHT / 2, y + _BAND_HEIGHT / 2], color=colours("med"), linewidth=1.5)
    distance = reading.distance or 0.0
    far = abs(distance) > _REACH
    marker = (">" if distance > 0 else "<") if far else "o"
    plot.plot(
        [max(-_REACH, min(_REACH, distance)) * (0.97 if far else 1.0)],
        [y],
        marker=marker,
        markersize=6.5,
        markeredgewidth=1.4,
        markeredgecolor=colours("meas"),
        markerfacecolor=colours("meas" if reading.validates else "paper"),
        linestyle="none",
    )


def _statement(plot: Axes, reading: Reading, agreeing_from: float, y: float) -> None:
    colours = theme().light
    thick, share = _BAND_HEIGHT / 2, reading.agreeing_fraction or 0.0
    plot.barh([y], [2 * _REACH], left=-_REACH, height=thick, color=colours("sunk"), linewidth=0)
    plot.barh(
        [y],
        [2 * _REACH * share],
        left=-_REACH,
        height=thick,
        facecolor=colours("meas" if reading.validates else "paper"),
        edgecolor=colours("meas"),
        linewidth=1.2 if share else 0,
    )
    mark = -_REACH + 2 * _REACH * agreeing_from
    plot.plot([mark, mark], [y - thick, y + thick], color=colours("act"), linewidth=2)
