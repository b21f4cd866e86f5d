"""One chart of the clinic: what was promised as a band, what came as points with their error, what is expected now."""

from __future__ import annotations

from html import escape
from itertools import chain
from typing import Any

from puncta.clinic.library import DAYS_PER_MONTH, Series, spread, ticks
from puncta.frozen import frozen

_TOP, _BOTTOM, _LEFT, _LINE, _TEXT = 10.0, 26.0, 38.0, 13.0, 7.2
_LEVELS = ("low80", "low50", "median", "high50", "high80")
_MONTH_STEPS = (1, 2, 3, 6, 12)
#: Shares of a step: how near an end has to come to the next guide, and the room where it does not.
_JUST, _AIR = 0.45, 0.08


@frozen
class Curve:
    """A band over days; levels that are not known are empty.

    Parameters
    ----------
    days, median : tuple of float
        Places and middle.
    low80, low50, high50, high80 : tuple of float
        The band.
    """

    days: tuple[float, ...]
    median: tuple[float, ...]
    low80: tuple[float, ...] = ()
    low50: tuple[float, ...] = ()
    high50: tuple[float, ...] = ()
    high80: tuple[float, ...] = ()

    def past(self, day: float) -> Curve:
        """What lies at or after a day."""
        keep = [index for index, one in enumerate(self.days) if one >= day]
        parts = (getattr(self, name) for name in ("days", "median", "low80", "low50", "high50", "high80"))
        return Curve(*(tuple(part[index] for index in keep) if part else () for part in parts))


@frozen
class Came:
    """A measured point with the ends of its 80 % error; hollow where the change is below what can be told."""

    day: float
    value: float
    low: float
    high: float
    hollow: bool
    words: str


@frozen
class Ending:
    """Words at the right end."""

    value: float
    words: tuple[str, ...]
    kind: str


@frozen
class Forecast:
    """What to draw.

    Parameters
    ----------
    label : str
        The result in words, for who hears the page.
    end_day : float
        Where the axis ends.
    promised : Curve
        Blue band.
    bare : Curve or None
        Untreated, dashed.
    now : Curve or None
        What is expected now, over the band from today on.
    came : tuple of Came
        Measured.
    visits : tuple of float
        Ticks inside the axis.
    today : float or None
        A dashed upright.
    today_words : str
        What stands beside it.
    level : tuple of float and str, or None
        A dotted line with words.
    endings : tuple of Ending
        Labels at the right.
    months : str
        Word for months.
    size : tuple of float
        Width and height.
    thin : bool
        Hatch in place of a fill.
    """

    label: str
    end_day: float
    promised: Curve
    bare: Curve | None = None
    now: Curve | None = None
    came: tuple[Came, ...] = ()
    visits: tuple[float, ...] = ()
    today: float | None = None
    today_words: str = ""
    level: tuple[float, str] | None = None
    endings: tuple[Ending, ...] = ()
    months: str = "months"
    size: tuple[float, float] = (430.0, 220.0)
    thin: bool = False


def curve_of(line: Series) -> Curve:
    """A band of the report as plain numbers."""
    bands = {name: tuple(float(value) for value in getattr(line.band, name)) for name in _LEVELS}
    return Curve(tuple(float(day) for day in line.days), **bands)


def words_of(value: float) -> str:
    """A number on an axis, with a true minus."""
    return f"{value:g}".replace("-", "−")


def forecast_chart(chart: Forecast) -> str:
    """Draw it as SVG with classes; colours stand in the style sheet."""
    return _Drawing(chart).svg()


class _Drawing:
    """Places of one chart."""

    def __init__(self, chart: Forecast) -> None:
        self.chart = chart
        width, height = chart.size
        longest = max((len(word) for end in chart.endings for word in end.words), default=0)
        self.right = width - (10.0 + longest * _TEXT if longest else 12.0)
        self.bottom = height - _BOTTOM
        low, high = self._range()
        guides = ticks(low, high, 6)
        step = guides[1] - guides[0] if len(guides) > 1 else 1.0
        # a band that only just passes a guide does not open the next step
        self.low = guides[0] if low < guides[0] + _JUST * step else low - _AIR * step
        self.high = guides[-1] if high > guides[-1] - _JUST * step else high + _AIR * step
        self.guides = [one for one in guides if self.low <= one <= self.high]

    def _range(self) -> tuple[float, float]:
        chart, values = self.chart, [0.0]
        for curve in (chart.promised, chart.now):
            if curve is not None:
                values += chain(curve.low80 or curve.median, curve.high80 or curve.median)
        values += [end for one in chart.came for end in (one.low, one.high)]
        return min(values), max(values)

    def x(self, day: float) -> float:
        """Place of a day."""
        return round(_LEFT + (self.right - _LEFT) * min(day, self.chart.end_day) / self.chart.end_day, 1)

    def y(self, value: float) -> float:
        """Place of a value; a gain lies below, as on the scale."""
        return round(_TOP + (self.bottom - _TOP) * (self.high - value) / max(self.high - self.low, 1e-9), 1)

    def _path(self, days: Any, values: Any) -> str:
        return "M" + "L".join(f"{self.x(day)} {self.y(value)}" for day, value in zip(days, values, strict=True))

    def _area(self, curve: Curve, low: Any, high: Any, kind: str) -> str:
        back = [f"{self.x(day)} {self.y(value)}" for day, value in zip(curve.days, high, strict=True)][::-1]
        return f'<path class="{kind}" d="{self._path(curve.days, low)}L{"L".join(back)}Z"/>'

    def svg(self) -> str:
        """The whole drawing."""
        chart, (width, height) = self.chart, self.chart.size
        parts = [
            '<defs><pattern id="now-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><path class="hatchline" d="M0 0V5"/></pattern></defs>'
        ]
        for value in self.guides:
            kind = "zeroline" if value == 0 else "guideline"
            parts.append(f'<path class="{kind}" d="M{_LEFT} {self.y(value)}H{self.right}"/>')
            parts.append(self._text(_LEFT - 6, self.y(value) + 4, words_of(value), "end"))
        parts += self._bands()
        if chart.level is not None and self.low <= chart.level[0] <= self.high:
            at = self.y(chart.level[0])
            parts.append(f'<path class="levelline" d="M{_LEFT} {at}H{self.right}"/>')
            parts.append(self._text(_LEFT + 4, at + 12, chart.level[1], "start", "halo"))
        parts += self._today()
        parts += [self._came(one) for one in chart.came]
        parts += self._months()
        parts += [f'<path class="visitline" d="M{self.x(day)} {self.bottom}v-9"/>' for day in chart.visits]
        parts += self._endings()
        return (
            f'<svg class="forecast" viewBox="0 0 {width:g} {height:g}" role="img" '
            f'aria-label="{escape(chart.label)}">{"".join(parts)}</svg>'
        )

    def _text(self, x: float, y: float, words: str, anchor: str, kind: str = "") -> str:
        return f'<text class="tick {kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>'

    def _bands(self) -> list[str]:
        chart, promised = self.chart, self.chart.promised
        parts = []
        if promised.low80:
            parts.append(self._area(promised, promised.low80, promised.high80, "thin80" if chart.thin else "band80"))
        if promised.low50 and not chart.thin:
            parts.append(self._area(promised, promised.low50, promised.high50, "band50"))
        if chart.bare is not None:
            parts.append(f'<path class="bareline" d="{self._path(chart.bare.days, chart.bare.median)}"/>')
        parts.append(f'<path class="medianline" d="{self._path(promised.days, promised.median)}"/>')
        now = chart.now
        if now is not None and now.days:
            if now.low80:
                parts.append(self._area(now, now.low80, now.high80, "now80"))
                edges = (self._path(now.days, edge) for edge in (now.low80, now.high80))
                parts += [f'<path class="nowedge" d="{edge}"/>' for edge in edges]
            parts.append(f'<path class="nowline" d="{self._path(now.days, now.median)}"/>')
        return parts

    def _today(self) -> list[str]:
        if self.chart.today is None:
            return []
        at = self.x(self.chart.today)
        aside, anchor = (-5, "end") if at > self.right - 60 else (5, "start")
        words = self._text(at + aside, _TOP + 9, self.chart.today_words, anchor, "halo")
        return [f'<path class="todayline" d="M{at} {_TOP}V{self.bottom}"/>', words]

    def _came(self, one: Came) -> str:
        x, low, high = self.x(one.day), self.y(one.low), self.y(one.high)
        caps = f"M{x - 4:g} {low}h8M{x - 4:g} {high}h8"
        kind = "hollowdot" if one.hollow else "fulldot"
        return (
            f'<g><title>{escape(one.words)}</title><path class="whisker" d="M{x} {low}V{high}{caps}"/>'
            f'<circle class="{kind}" cx="{x}" cy="{self.y(one.value)}" r="4.6"/></g>'
        )

    def _months(self) -> list[str]:
        end = self.chart.end_day / DAYS_PER_MONTH
        step = next((one for one in _MONTH_STEPS if end / one <= 6), _MONTH_STEPS[-1])
        parts = [f'<path class="zeroline" d="M{_LEFT} {self.bottom}H{self.right}"/>']
        marks = list(range(0, int(end + 1e-6) + 1, step))
        for mark in marks:
            words = f"{mark} {self.chart.months}" if mark == marks[-1] else str(mark)
            parts.append(self._text(self.x(mark * DAYS_PER_MONTH), self.bottom + 16, words, "middle"))
        return parts

    def _endings(self) -> list[str]:
        ends = sorted(self.chart.endings, key=lambda end: -end.value)
        places = spread(
            [self.y(end.value) + 4 for end in ends], _LINE, _TOP + 4, self.bottom + 4, [len(end.words) for end in ends]
        )
        parts = []
        for end, place in zip(ends, places, strict=True):
            for index, words in enumerate(end.words):
                kind = f"end-{end.kind}" + (" strong" if index == 0 and end.kind != "bare" else "")
                parts.append(self._text(self.right + 6, round(place + index * _LINE, 1), words, "start", kind))
        return parts
