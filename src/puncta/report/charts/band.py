"""The band chart: what is expected over time, 80 and 50 of 100, the median, and what it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from puncta.frozen import frozen
from puncta.messages import text
from puncta.report.charts.canvas import Canvas, Chart, canvas
from puncta.report.charts.labels import Line, clearest, text_width
from puncta.report.charts.series import DAYS_PER_MONTH, HOURS_PER_DAY, Series, spread, ticks
from puncta.report.numbers import number
from puncta.report.theme import theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TITLE_BASELINE = 12.0
_TOP = 24.0
_BOTTOM = 22.0
_LABEL_GAP = 15.0
_CHARACTER = 0.6
_BOLD = 1.12
_TICK = 4.0
_VISIT = 9.0
#: A band that passes a guide by less than this share of a step does not open the next step.
_JUST_PAST = 0.4
#: Share of a step between a band that ends beside no guide and the edge of the plot.
_AIR = 0.12


@frozen
class Level:
    """A dotted line with words: a visible grade, or what the eye sees on this skin."""

    value: float
    words: str


@frozen
class Reported:
    """A published reading: a dot with the whisker that holds 80 of 100."""

    day: float
    value: float
    half_width: float
    words: str


@frozen
class EndLabel:
    """Words at the right end of a line."""

    value: float
    words: str
    token: str
    bold: bool = False


@frozen
class BandChart:
    """What to draw.

    Parameters
    ----------
    name : str
        Name of the drawing, unique on a page.
    title : str
        What and in which unit.
    series : Series
        The band.
    time : str
        ``hours``, ``days`` or ``months``.
    end_day : float
        Where the time axis ends.
    ends : tuple of EndLabel
        Labels at the right end; empty for a small chart.
    compare : Series or None
        Drawn dashed, as median only.
    visits : tuple of float
        Days of visits, as ticks inside the axis.
    level : Level or None
        A dotted line.
    reported : Reported or None
        A published reading.
    thin : bool
        Whether the evidence is thin: hatch and dashed edge, no 50 % band.
    note : str
        Words inside the plot, top right: what the dashed line is.
    heading : bool
        Whether the title is a heading (bold) or a caption.
    y_range : tuple of float or None
        What the vertical axis must span, for small charts that share it.
    width, height : float
        Size in px.
    label : str
        The result in words.
    """

    name: str
    title: str
    series: Series
    time: str
    end_day: float
    label: str
    ends: tuple[EndLabel, ...] = ()
    compare: Series | None = None
    visits: tuple[float, ...] = ()
    level: Level | None = None
    reported: Reported | None = None
    thin: bool = False
    note: str = ""
    heading: bool = False
    y_range: tuple[float, float] | None = None
    width: float = 462.0
    height: float = 246.0


def time_ticks(time: str, end_day: float, narrow: bool = False) -> list[tuple[float, str]]:
    """Choose the ticks of a time axis: hours, days or months, never mixed.

    Examples
    --------
    >>> time_ticks("hours", 3)[-1]
    (3.0, '72 h')
    """
    if time == "hours":
        marks = [hours for hours in (0, 12, 24, 48, 72) if hours <= end_day * HOURS_PER_DAY + 1e-6]
        places = [hours / HOURS_PER_DAY for hours in marks]
        unit = text("report.chart.hours")
    elif time == "days":
        step = next(step for step in (1, 2, 7, 14, 28, 56) if end_day / step <= 5)
        marks = list(range(0, int(end_day) + 1, step))
        places = [float(day) for day in marks]
        unit = text("report.chart.days")
    else:
        months = end_day / DAYS_PER_MONTH
        most = 4 if narrow else 12
        step = next(step for step in (1, 2, 3, 6, 12, 24) if months / step <= most)
        marks = list(range(0, int(months + 1e-6) + 1, step))
        places = [month * DAYS_PER_MONTH for month in marks]
        unit = text("report.chart.months")
    words = [str(mark) for mark in marks]
    words[-1] = f"{words[-1]} {unit}"
    return list(zip(places, words, strict=True))


def _label_room(ends: tuple[EndLabel, ...]) -> float:
    size = theme().type["t1"].px
    longest = max(
        (len(line) * (_BOLD if end.bold else 1.0) for end in ends for line in end.words.split("\n")), default=0.0
    )
    return longest * size * _CHARACTER + 10 if longest else 18.0


def _draw_bands(plot: Axes, chart: BandChart) -> None:
    colour = theme().light
    days, band = chart.series.days, chart.series.band
    if chart.thin:
        plot.fill_between(
            days, band.low80, band.high80, facecolor="none", edgecolor=colour("b50"), hatch="///", linewidth=0
        )
        for edge in (band.low80, band.high80):
            plot.plot(days, edge, color=colour("med"), linewidth=1, linestyle=(0, (3, 3)))
    else:
        plot.fill_between(days, band.low80, band.high80, color=colour("b80"), linewidth=0)
        plot.fill_between(days, band.low50, band.high50, color=colour("b50"), linewidth=0)
    if chart.compare is not None:
        plot.plot(
            chart.compare.days,
            chart.compare.band.median,
            color=colour("untreat"),
            linewidth=1.6,
            linestyle=(0, (5 / 1.6, 4 / 1.6)),
        )
    plot.plot(days, band.median, color=colour("med"), linewidth=2.2, solid_joinstyle="round", solid_capstyle="butt")


def _draw_reported(plot: Axes, reported: Reported) -> None:
    ink, paper = theme().light("meas"), theme().light("paper")
    ends = [reported.value - reported.half_width, reported.value + reported.half_width]
    plot.plot([reported.day] * 2, ends, color=ink, linewidth=1.5, solid_capstyle="butt", clip_on=False)
    plot.plot(
        [reported.day],
        [reported.value],
        marker="o",
        markersize=8,
        markerfacecolor=ink,
        markeredgecolor=paper,
        markeredgewidth=1.5,
        clip_on=False,
    )


def _scale(low: float, high: float, most: int) -> tuple[list[float], float, float]:
    """Guides, and where the axis ends: at a guide, or at the values where they only just pass one."""
    guides = ticks(low, high, most)
    step = guides[1] - guides[0] if len(guides) > 1 else 1.0
    bottom, top = min(guides[0], low), max(guides[-1], high)
    if len(guides) > 2 and high - guides[-2] < _JUST_PAST * step:
        guides, top = guides[:-1], max(high + _AIR * step if high > guides[-2] else high, guides[-2])
    if len(guides) > 2 and guides[1] - low < _JUST_PAST * step:
        guides, bottom = guides[1:], min(low - _AIR * step, guides[1])
    return guides, bottom, top


class _Frame:
    """Where the plot lies on the sheet, and how values map to px."""

    def __init__(self, chart: BandChart) -> None:
        wanted = chart.y_range or _range(chart)
        self.guides, self.low, self.high = _scale(*wanted, most=4 if chart.height < 150 else 7)
        step = self.guides[1] - self.guides[0] if len(self.guides) > 1 else 1.0
        self.decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
        longest = max(len(number(guide, self.decimals)) for guide in self.guides)
        self.left = longest * theme().type["t1"].px * _CHARACTER + 10
        self.right = chart.width - _label_room(chart.ends)
        self.top, self.bottom = _TOP, chart.height - _BOTTOM
        self.end_day = chart.end_day

    def x(self, day: float) -> float:
        return self.left + (self.right - self.left) * day / self.end_day

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)


def _range(chart: BandChart) -> tuple[float, float]:
    """Span of the band, of the line it is compared with, of levels and of zero."""
    values = [0.0, chart.series.low, chart.series.high]
    if chart.compare is not None:
        values += [float(chart.compare.band.median.min()), float(chart.compare.band.median.max())]
    if chart.level is not None:
        values.append(chart.level.value)
    if chart.reported is not None:
        values += [chart.reported.value - chart.reported.half_width, chart.reported.value + chart.reported.half_width]
    return min(values), max(values)


def _draw_axes(sheet: Canvas, frame: _Frame, chart: BandChart) -> None:
    for guide in frame.guides:
        y = frame.y(guide)
        sheet.line((frame.left, frame.right), (y, y), "ink3" if guide == 0 else "rule")
        sheet.text(frame.left - 6, y + 4, number(guide, frame.decimals), size="t1", anchor="right")


def _draw_time(sheet: Canvas, frame: _Frame, chart: BandChart) -> None:
    sheet.line((frame.left, frame.right), (frame.bottom, frame.bottom), "ink3")
    places = time_ticks(chart.time, chart.end_day, narrow=chart.width < 400)
    for day, words in places:
        x = frame.x(day)
        sheet.line((x, x), (frame.bottom, frame.bottom + _TICK), "ink3")
        figure, _, unit = words.partition(" ")
        if unit and chart.ends:
            # the figure stands under its tick; the unit follows it
            sheet.text(x, frame.bottom + 17, figure, size="t1", anchor="center")
            sheet.text(x + text_width(figure) / 2 + 3, frame.bottom + 17, unit, size="t1")
        else:
            sheet.text(x, frame.bottom + 17, words, size="t1", anchor="center")
    for day in chart.visits:
        if day <= chart.end_day:
            x = frame.x(day)
            sheet.line((x, x), (frame.bottom, frame.bottom - _VISIT), "ink2", 1.4)


def _draw_ends(sheet: Canvas, frame: _Frame, chart: BandChart) -> None:
    labels = [end.words.split("\n") for end in chart.ends]
    wanted = [frame.y(end.value) for end in chart.ends]
    places = spread(wanted, _LABEL_GAP, frame.top, frame.bottom, [len(lines) for lines in labels])
    for end, lines, y in zip(chart.ends, labels, places, strict=True):
        for index, line in enumerate(lines):
            sheet.text(frame.right + 8, y + index * _LABEL_GAP + 4, line, end.token, "t1", end.bold)


def _draw_level(sheet: Canvas, frame: _Frame, chart: BandChart, level: Level) -> None:
    y = frame.y(level.value)
    sheet.line((frame.left, frame.right), (y, y), "ink2", 1.2, (1.2, 3.0))
    band = chart.series.band
    lines = [Line(chart.series.days, band.median)]
    if chart.thin:
        lines += [Line(chart.series.days, edge) for edge in (band.low80, band.high80)]
    if chart.compare is not None:
        lines.append(Line(chart.compare.days, chart.compare.band.median))
    place = clearest(level.words, y, (frame.left, frame.right), (frame.top, frame.bottom), lines, (frame.x, frame.y))
    sheet.text(place.x, place.baseline, level.words, "ink", anchor=place.anchor, halo=True)


def draw_band(chart: BandChart) -> Chart:
    """Draw a band chart.

    Parameters
    ----------
    chart : BandChart
        What to draw.

    Returns
    -------
    Chart
        The drawing.
    """
    with canvas(chart.width, chart.height, chart.name) as sheet:
        frame = _Frame(chart)
        _draw_axes(sheet, frame, chart)
        box = (frame.left, frame.top, frame.right, frame.bottom)
        plot = sheet.axes(box, (0.0, chart.end_day), (frame.low, frame.high))
        _draw_bands(plot, chart)
        if chart.reported is not None:
            _draw_reported(plot, chart.reported)
        _draw_time(sheet, frame, chart)
        if chart.level is not None:
            _draw_level(sheet, frame, chart, chart.level)
        if chart.reported is not None:
            x, y = frame.x(chart.reported.day), frame.y(chart.reported.value)
            beside = x > (frame.left + frame.right) / 2
            sheet.text(x - 10 if beside else x + 10, y + 4, chart.reported.words, "meas", bold=True,
                       anchor="right" if beside else "left", halo=True)  # fmt: skip
        _draw_ends(sheet, frame, chart)
        if chart.heading:
            sheet.text(0, _TITLE_BASELINE, chart.title, "ink", "t1", bold=True)
        else:
            sheet.text(0, _TITLE_BASELINE, chart.title, "ink2", "t1")
        if chart.thin:
            word = text("report.chart.thin")
            fits = chart.ends and text_width(chart.title + word) + _LABEL_GAP < frame.right
            sheet.text(frame.right if fits else chart.width, _TITLE_BASELINE, word, "ink2", "t1", anchor="right")
        if chart.note:
            sheet.text(frame.right - 2, frame.top + 12, chart.note, "untreat", "t1", anchor="right", halo=True)
        return sheet.finish(chart.name, chart.label)
