"""The chart of a follow-up: what was promised, what was read with its error, and what is expected from today on."""

from __future__ import annotations

import numpy as np

from puncta.followup import OutcomeForecast
from puncta.frozen import frozen
from puncta.messages import text
from puncta.report.charts.canvas import Chart, canvas
from puncta.report.charts.series import DAYS_PER_MONTH
from puncta.report.numbers import number
from puncta.report.theme import theme

_WIDTH, _LEFT, _RIGHT, _TOP, _BOTTOM, _HEIGHT = 820.0, 44.0, 600.0, 60.0, 28.0, 260.0
_PERCENT, _GUIDE, _LINE, _CAP, _GAP, _UNIT = 100.0, 20.0, 16.0, 4.0, 8.0, 24.0
_VISIT, _AIR, _MONTHS = 9.0, 4.0, 2.0


@frozen
class Dot:
    """One reading of severity: change in per cent, half of its 80 % error, and whether it is more than that error."""

    day: float
    change: float
    half: float
    beyond: bool


def follow_up_chart(
    told: OutcomeForecast, dots: tuple[Dot, ...], visits: tuple[int, ...], today: int, grade: float, title: str
) -> Chart:
    """Draw change in severity over the months.

    Parameters
    ----------
    told : OutcomeForecast
        Bands promised and now.
    dots : tuple of Dot
        Readings.
    visits : tuple of int
        Days of visits.
    today : int
        Day of the last look.
    grade : float
        Change of one full grade, in per cent.
    title : str
        What is drawn.

    Examples
    --------
    >>> from puncta.simulation import Band
    >>> flat = Band(*(np.full(2, share) for share in (0.1, 0.2, 0.3, 0.4, 0.5)))
    >>> told = OutcomeForecast("improvement_fraction", "lines", np.array([0.0, 270.0]), flat, flat, flat, np.zeros(2))
    >>> follow_up_chart(told, (), (0, 28), 100, -33.0, "Lines").name
    'follow-up-lines'
    """
    name = f"follow-up-{told.concern.replace('_', '-')}"
    days = told.days
    down = {key: -_PERCENT * getattr(told.promised, key) for key in ("low80", "low50", "median", "high50", "high80")}
    now = {key: -_PERCENT * getattr(told.now, key) for key in ("low80", "median", "high80")}
    ends = [*down["high80"], *down["low80"], *now["high80"], *now["low80"], grade, 0.0]
    ends += [x for dot in dots for x in (dot.change - dot.half, dot.change + dot.half)]
    low, high = _GUIDE * np.floor(min(ends) / _GUIDE), max(ends) + _AIR
    later = days >= today
    with canvas(_WIDTH, _TOP + _HEIGHT + _BOTTOM, name) as paper:
        paper.text(0, 14, title, "ink", "t2", bold=True)
        paper.text(0, 32, text("followup.page.legend"), "ink2")
        plot = paper.axes((_LEFT, _TOP, _RIGHT, _TOP + _HEIGHT), (0.0, float(days[-1])), (low, high))
        colour = theme().light

        def x(day: float) -> float:
            return _LEFT + (_RIGHT - _LEFT) * day / float(days[-1])

        def y(value: float) -> float:
            return _TOP + _HEIGHT * (high - value) / (high - low)

        for value in np.arange(low, high, _GUIDE):
            plot.axhline(value, color=colour("ink3" if value == 0 else "rule"), linewidth=1.0, zorder=0)
            paper.text(_LEFT - _GAP, y(value) + 4, number(float(value)), "ink3", anchor="right")
        plot.fill_between(days, down["low80"], down["high80"], color=colour("b80"), linewidth=0, zorder=0.4)
        plot.fill_between(days, down["low50"], down["high50"], color=colour("b50"), linewidth=0, zorder=0.5)
        plot.plot(days, down["median"], color=colour("med"), linewidth=2.2, zorder=1)
        if told.untreated.shape[0]:
            plot.plot(days, -_PERCENT * told.untreated, color=colour("untreat"), linewidth=1.5, linestyle=(0, (4, 3)))
        plot.axhline(grade, color=colour("ink3"), linewidth=1.0, linestyle=(0, (1, 2)), zorder=0.6)
        if later.sum() > 1:
            span = (days[later], now["low80"][later], now["high80"][later])
            plot.fill_between(*span, facecolor="none", edgecolor=colour("meas"), hatch="////", linewidth=0, alpha=0.35)
            for key, width in (("low80", 1.0), ("high80", 1.0), ("median", 2.2)):
                plot.plot(days[later], now[key][later], color=colour("meas"), linewidth=width, zorder=2)
        plot.axvline(today, color=colour("ink2"), linewidth=1.0, linestyle=(0, (3, 3)), zorder=0.7)
        for dot in dots:
            top, bottom = dot.change + dot.half, dot.change - dot.half
            plot.plot([dot.day, dot.day], [bottom, top], color=colour("meas"), linewidth=1.5, zorder=3)
            for end in (top, bottom):
                paper.line((x(dot.day) - _CAP, x(dot.day) + _CAP), (y(end), y(end)), "meas", 1.5)
            face = colour("meas" if dot.beyond else "paper")
            plot.plot([dot.day], [dot.change], "o", markersize=7, mfc=face, mec=colour("meas"), mew=1.5, zorder=4)
        for day in visits:
            paper.line((x(day), x(day)), (_TOP + _HEIGHT, _TOP + _HEIGHT - _VISIT), "ink2")
        for month in np.arange(0.0, days[-1] / DAYS_PER_MONTH, _MONTHS):
            paper.text(x(month * DAYS_PER_MONTH), _TOP + _HEIGHT + 18, f"{month:g}", "ink3", anchor="center")
        paper.text(_RIGHT + _GAP, _TOP + _HEIGHT + 18, text("followup.page.months"), "ink3")
        paper.text(x(today), _TOP - 2, text("followup.page.today"), "ink2", anchor="center")
        if x(today) > _LEFT + 90:
            paper.text(_LEFT + 4, y(grade) - 4, text("followup.page.one_grade"), "ink2", halo=True)
        labels = [
            (y(down["median"][-1]), _band("promised", down), "med", True),
            (y(now["median"][-1]), _band("now", now), "ink", False),
        ]
        if told.untreated.shape[0]:
            share = number(-_PERCENT * float(told.untreated[-1]))
            labels.append(
                (y(-_PERCENT * told.untreated[-1]), text("followup.page.untreated", share=share), "ink2", False)
            )
        last = -np.inf
        for at, words, token, bold in sorted(labels, key=lambda one: one[0]):
            last = max(at, last + _LINE)
            paper.text(_RIGHT + _GAP, last + 4, words, token, bold=bold)
        label = "; ".join([title, *(words for _, words, _, _ in labels)])
        return paper.finish(name, label, pixels=True)


def _band(key: str, down: dict[str, np.ndarray]) -> str:
    ends = (down["high80"][-1], down["low80"][-1])
    low, high = number(float(min(ends))), number(float(max(ends)))
    return text(f"followup.page.end_{key}", middle=number(float(down["median"][-1])), low=low, high=high)
