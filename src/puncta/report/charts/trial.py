"""Drawings of a virtual trial: repeats as a forest, change over time by arm, responders, power against size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from puncta.messages import text
from puncta.report.charts.canvas import Canvas, Chart, canvas
from puncta.report.theme import theme
from puncta.trials import Power, TrialAnalysis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM = 760.0, 64.0, 540.0, 34.0, 30.0
_PLOT_HEIGHT = 220.0
_ROW, _MOST_ROWS = 13.0, 30
_BAR, _BAR_HEIGHT = 30.0, 14.0
_LABEL_GAP, _UNIT_GAP = 8.0, 24.0
_APART = 30.0
_PERCENT = 100.0
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_GUIDES = 4
_HALF_95 = 1.96  # half of an interval of 95 of 100, in standard errors
_SIGN = "\N{MINUS SIGN}"
_LINE = 16.0


@dataclass
class _Label:
    """Words at the right end of a line."""

    at: float
    words: str
    token: str
    bold: bool


def _number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace("-", _SIGN)


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers from low to high, about as many as there are guides."""
    span = max(high - low, 1e-9) / _GUIDES
    power = 10.0 ** np.floor(np.log10(span))
    step = next(power * one for one in _STEPS if power * one >= span)
    first, last = np.ceil(low / step), np.floor(high / step)
    return [float(step * index) for index in range(int(first), int(last) + 1)]


def _framed(paper: Canvas, title: str, x: tuple[float, float], y: tuple[float, float], height: float) -> Axes:
    """A plot with its title, guide lines with figures, and a darker line at zero."""
    paper.text(0, 14, title, "ink", "t2", bold=True)
    plot = paper.axes((_LEFT, _TOP, _RIGHT, _TOP + height), x, y)
    for value in _ticks(*y):
        at = _TOP + height * (y[1] - value) / (y[1] - y[0])
        plot.axhline(value, color=theme().light("ink3" if value == 0 else "rule"), linewidth=1.0, zorder=0)
        paper.text(_LEFT - _LABEL_GAP, at + 4, f"{value:g}".replace("-", _SIGN), "ink3", anchor="right")
    return plot


def over_time_chart(found: TrialAnalysis) -> Chart:
    """Change over time by arm: the band of 80 of 100 people of the first arm, the middle of all.

    Examples
    --------
    >>> from puncta.report.trial import example_analysis
    >>> over_time_chart(example_analysis()).png[:4]
    b'\\x89PNG'
    """
    wanted = found.trial.analysis
    ends = [x for arm in found.arms.values() for x in (*arm.low, *arm.high) if np.isfinite(x)]
    low, high = min(0.0, *ends), max(1.0, *ends)
    margin = 0.06 * (high - low)
    y = (low - margin, high + margin)
    days = found.trial.visit_days
    title = text("trials.page.over_time", scale=_scale_words(wanted.scale))
    with canvas(_WIDTH, _TOP + _PLOT_HEIGHT + _BOTTOM, "trial-time") as paper:
        plot = _framed(paper, title, (0.0, float(days[-1])), y, _PLOT_HEIGHT)
        colour = theme().light
        labels: list[_Label] = []
        for name, arm in found.arms.items():
            first = name == wanted.first
            token = "med" if first else "untreat"
            if first:
                plot.fill_between(days, arm.low, arm.high, color=colour("b80"), linewidth=0, zorder=0.5)
            dashes = "-" if first else (0, (4, 3))
            plot.plot(days, arm.median, color=colour(token), linewidth=2.2, linestyle=dashes)
            words = text(
                "trials.page.arm_label", arm=name.replace("_", " "), median=_number(arm.median[-1]),
                low=_number(arm.low[-1]), high=_number(arm.high[-1]),
            )  # fmt: skip
            at = _TOP + _PLOT_HEIGHT * (y[1] - arm.median[-1]) / (y[1] - y[0])
            labels.append(_Label(at, words, token, first))
        _spread(labels)
        for entry in labels:
            paper.text(_RIGHT + _LABEL_GAP, entry.at + 4, entry.words, entry.token, bold=entry.bold)
        for day in days:
            x = _LEFT + (_RIGHT - _LEFT) * day / days[-1]
            paper.text(x, _TOP + _PLOT_HEIGHT + 18, f"{day}", "ink3", anchor="center")
        paper.text(_RIGHT + _UNIT_GAP, _TOP + _PLOT_HEIGHT + 18, text("trials.page.day"), "ink3")
        label = "; ".join([title, *(entry.words for entry in labels)])
        return paper.finish("trial-time", label, pixels=True)


def _spread(labels: list[_Label]) -> None:
    """Write labels at the right end, apart from each other where they would touch."""
    labels.sort(key=lambda entry: entry.at)
    for before, after in pairwise(labels):
        after.at = max(after.at, before.at + _LINE)


def forest_chart(found: TrialAnalysis) -> Chart:
    """Each repeat's difference with its interval; hollow where it does not tell the arms apart.

    Examples
    --------
    >>> from puncta.report.trial import example_analysis
    >>> forest_chart(example_analysis()).name
    'trial-forest'
    """
    compared, wanted = found.compared, found.trial.analysis
    known = np.flatnonzero(np.isfinite(compared.estimate))[:_MOST_ROWS]
    ends = np.concatenate([compared.low[known], compared.high[known], [0.0]])
    margin = 0.04 * (ends.max() - ends.min() + 1e-9)
    x = (float(ends.min() - margin), float(ends.max() + margin))
    height = _ROW * max(len(known), 1) + 10.0
    names = {"first": wanted.first.replace("_", " "), "second": wanted.second.replace("_", " ")}
    unit = (
        text("trials.page.log_odds")
        if wanted.test == "proportional_odds"
        else text("trials.page.points", scale=_scale_words(wanted.scale))
    )
    title = text("trials.page.forest", unit=unit, **names)
    with canvas(_WIDTH, _TOP + height + _BOTTOM, "trial-forest") as paper:
        paper.text(0, 14, title, "ink", "t2", bold=True)
        plot = paper.axes((_LEFT, _TOP, _RIGHT, _TOP + height), x, (len(known), 0))
        for value in _ticks(*x):
            at = _LEFT + (_RIGHT - _LEFT) * (value - x[0]) / (x[1] - x[0])
            plot.axvline(value, color=theme().light("ink3" if value == 0 else "rule"), linewidth=1.0, zorder=0)
            paper.text(at, _TOP + height + 16, f"{value:g}".replace("-", _SIGN), "ink3", anchor="center")
        colour = theme().light
        for row, index in enumerate(known):
            apart = compared.low[index] > 0 or compared.high[index] < 0
            plot.plot([compared.low[index], compared.high[index]], [row + 0.5] * 2, color=colour("med"), linewidth=1.5)
            plot.plot(
                [compared.estimate[index]],
                [row + 0.5],
                marker="o",
                markersize=6,
                markeredgecolor=colour("med"),
                markerfacecolor=colour("med" if apart else "paper"),
            )
        lines = [
            text("trials.page.won", share=_number(_PERCENT * found.won_fraction, 0), trials=found.trial.trials_count),
            text("trials.page.rows", count=len(known)),
            text("trials.page.hollow"),
        ]
        for row, words in enumerate(lines):
            paper.text(_RIGHT + _LABEL_GAP, _TOP + 14 + 17 * row, words, "ink" if row == 0 else "ink2", bold=row == 0)
        return paper.finish("trial-forest", f"{title}. {lines[0]}", pixels=True)


def responder_chart(found: TrialAnalysis) -> Chart:
    """Share of responders in each arm, with the interval of 95 of 100.

    Examples
    --------
    >>> from puncta.report.trial import example_analysis
    >>> responder_chart(example_analysis()).width
    760.0
    """
    wanted = found.trial.analysis
    percent = _number(_PERCENT * wanted.responder_fraction, 0)
    title = text("trials.page.responders", percent=percent, day=wanted.day)
    height = _BAR * len(found.arms) + 8.0
    with canvas(_WIDTH, _TOP + height + _BOTTOM, "trial-responders") as paper:
        paper.text(0, 14, title, "ink", "t2", bold=True)
        left = _LEFT + 60.0
        plot = paper.axes((left, _TOP, _RIGHT, _TOP + height), (0.0, 1.0), (len(found.arms), 0))
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            at = left + (_RIGHT - left) * share
            plot.axvline(share, color=theme().light("ink3" if share == 0 else "rule"), linewidth=1.0, zorder=0)
            paper.text(at, _TOP + height + 16, f"{_PERCENT * share:.0f} %", "ink3", anchor="center")
        colour, said = theme().light, []
        for row, (name, arm) in enumerate(found.arms.items()):
            if not np.isfinite(arm.responder_fraction):
                continue
            first = name == wanted.first
            plot.barh(
                [row + 0.5],
                [arm.responder_fraction],
                height=_BAR_HEIGHT / _BAR,
                facecolor=colour("b50" if first else "sunk"),
                edgecolor=colour("med" if first else "untreat"),
                linewidth=1.2,
            )
            reach = _HALF_95 * arm.responder_error
            ends = [max(arm.responder_fraction - reach, 0.0), min(arm.responder_fraction + reach, 1.0)]
            plot.plot(ends, [row + 0.5] * 2, color=colour("meas"), linewidth=1.5)
            words = f"{_number(_PERCENT * arm.responder_fraction, 0)} % ({_number(_PERCENT * ends[0], 0)}–"
            words += f"{_number(_PERCENT * ends[1], 0)})"
            at = _TOP + height * (row + 0.5) / len(found.arms) + 4
            paper.text(0, at, name.replace("_", " "), "ink")
            paper.text(_RIGHT + _LABEL_GAP, at, words, "ink")
            said.append(f"{name}: {words}")
        return paper.finish("trial-responders", f"{title}. {'; '.join(said)}", pixels=True)


def power_chart(curve: Sequence[Power]) -> Chart:
    """Power and assurance against the number of people, with the closed form.

    Examples
    --------
    >>> few, many = (Power(size, 0.5, 0.4, 0.02, 0.02, 0.5, 3.0, 4.0) for size in (8, 16))
    >>> power_chart([few, many]).name
    'trial-power'
    """
    sizes = [one.people_count for one in curve]
    x = (0.0, float(max(sizes)))
    title = text("trials.page.power")
    with canvas(_WIDTH, _TOP + _PLOT_HEIGHT + _BOTTOM, "trial-power") as paper:
        plot = _framed(paper, title, x, (0.0, _PERCENT), _PLOT_HEIGHT)
        colour = theme().light
        lines = (
            ("nominal_fraction", "med", "-", 2.2, "trials.page.nominal"),
            ("assurance_fraction", "act", (0, (5, 2)), 2.2, "trials.page.assurance"),
            ("closed_form", "ink3", (0, (1, 2)), 1.4, "trials.page.closed"),
        )
        labels: list[_Label] = []
        for field, token, dashes, width, key in lines:
            values = [_PERCENT * getattr(one, field) for one in curve]
            plot.plot(sizes, values, color=colour(token), linestyle=dashes, linewidth=width)
            at = _TOP + _PLOT_HEIGHT * (1.0 - values[-1] / _PERCENT)
            labels.append(_Label(at, f"{text(key)} {_number(values[-1], 0)} %", token, token == "med"))
        low = [_PERCENT * (one.nominal_fraction - _HALF_95 * one.nominal_error) for one in curve]
        high = [_PERCENT * (one.nominal_fraction + _HALF_95 * one.nominal_error) for one in curve]
        plot.fill_between(
            sizes, np.clip(low, 0, _PERCENT), np.clip(high, 0, _PERCENT), color=colour("b80"), linewidth=0
        )
        _spread(labels)
        for entry in labels:
            paper.text(_RIGHT + _LABEL_GAP, entry.at + 4, entry.words, entry.token, bold=entry.bold)
        for size in _ticks(*x):
            at = _LEFT + (_RIGHT - _LEFT) * size / x[1]
            paper.text(at, _TOP + _PLOT_HEIGHT + 18, f"{size:g}", "ink3", anchor="center")
        paper.text(_RIGHT + _UNIT_GAP, _TOP + _PLOT_HEIGHT + 18, text("trials.page.people"), "ink3")
        said = "; ".join(entry.words for entry in labels)
        return paper.finish("trial-power", f"{title}. {said}", pixels=True)


def _scale_words(key: str) -> str:
    from puncta.appearance.scales import scale

    return scale(key).name
