"""Drawings of the forecast: per concern in the sizes of paper and page, by zone, beside what was reported."""

from __future__ import annotations

from dataclasses import replace

from puncta.case import Concern
from puncta.frozen import frozen
from puncta.messages import text
from puncta.planning import Plan
from puncta.report.charts import BandChart, Chart, cell_axis, cell_band, draw_band, series
from puncta.report.charts.band import EndLabel, Level, Reported
from puncta.report.charts.series import Series
from puncta.report.drawings.twin import MOST_SMALL, SMALL, SMALL_PAGE, Twin, twin
from puncta.report.numbers import number
from puncta.report.view import ReportView
from puncta.report.view.figures import find
from puncta.report.view.forecast_model import ForecastView
from puncta.report.view.forecasts import month_count, step_of, untreated_outcome
from puncta.simulation import Outcome

CHANGE = -100.0
PAPER = (462.0, 232.0)
WIDE = (700.0, 300.0)
NARROW = (348.0, 232.0)
HALF = (336.0, 178.0)


@frozen
class ForecastDrawings:
    """The charts of one concern.

    Parameters
    ----------
    concern : str
        Its key.
    paper, half, wide, narrow : Chart
        The forecast for print, for half a row of print, for a wide and for a narrow screen.
    zones : tuple of Twin
        Per zone, on one scale; empty where there are too many.
    cells : tuple of Chart
        The same as bands in cells, where there are too many for charts.
    """

    concern: str
    paper: Chart
    half: Chart
    wide: Chart
    narrow: Chart
    zones: tuple[Twin, ...]
    cells: tuple[Chart, ...]


def _end_labels(words: ForecastView, line: Series, bare: Series | None, narrow: bool) -> tuple[EndLabel, ...]:
    band = line.band
    minus = [float(level[-1]) for level in (band.low80, band.low50, band.median, band.high50, band.high80)]
    low80, low50, median, high50, high80 = (number(value, signed=True) for value in minus)
    ends = [EndLabel(minus[2], text("report.chart.median", value=f"{median}\N{NO-BREAK SPACE}%"), "med", bold=True)]
    ends.append(EndLabel(minus[4], text("report.chart.of_80", value=high80), "ink2"))
    ends.append(EndLabel(minus[0], text("report.chart.to", value=low80), "ink2"))
    if not words.thin and not narrow:
        ends.append(EndLabel(minus[3], text("report.chart.of_50", value=high50), "ink2"))
        ends.append(EndLabel(minus[1], text("report.chart.to", value=low50), "ink2"))
    if bare is not None and words.untreated is not None:
        label = text("report.chart.onward" if words.onward else "report.chart.untreated", value=words.untreated.value)
        if words.untreated.span:
            label += "\n" + text("report.chart.untreated_range", span=words.untreated.span)
        ends.append(EndLabel(float(bare.band.median[-1]), label, "untreat"))
    return tuple(sorted(ends, key=lambda end: -end.value))


def draw_forecast(plan: Plan, outcome: Outcome, concern: Concern, words: ForecastView) -> ForecastDrawings:
    """Draw the forecast of one concern.

    Parameters
    ----------
    plan : Plan
        For the reading day and the untreated course.
    outcome : Outcome
        The recommended course.
    concern : Concern
        The concern.
    words : ForecastView
        Its words and figures.

    Returns
    -------
    ForecastDrawings
        In all sizes.
    """
    kind = concern.kind.value
    quantity = outcome[f"improvement_fraction@{kind}"]
    end = min(plan.read_day, float(quantity.days[-1]))
    line = series(quantity, 0.0, end, CHANGE)
    bare_outcome = untreated_outcome(plan)
    bare_quantity = find(bare_outcome, "improvement_fraction", kind) if bare_outcome is not None else None
    bare = None
    if bare_quantity is not None and bare_outcome is not outcome:
        bare = series(bare_quantity, 0.0, end, CHANGE)
    visits = tuple(float(session.day) for session in outcome.course.sessions)
    step = step_of(concern)
    level = None
    if step is not None:
        reach = min(line.low, 0.0)
        # a step far outside the band would only squeeze it
        level = Level(*step) if step[0] >= 1.5 * reach else None

    def draw(name: str, size: tuple[float, float], narrow: bool) -> Chart:
        return draw_band(
            BandChart(
                name=f"{name}-{kind}",
                title=words.chart_title,
                series=line,
                time="months",
                end_day=end,
                ends=_end_labels(words, line, bare, narrow),
                compare=bare,
                visits=visits,
                level=_short(level) if narrow and level is not None else level,
                thin=bool(words.thin),
                width=size[0],
                height=size[1],
                label=_forecast_label(plan, words),
            )
        )

    zones, cells = _zones(outcome, words, visits, end)
    return ForecastDrawings(
        concern=kind,
        paper=draw("paper", PAPER, False),
        half=draw("half", HALF, True),
        wide=draw("wide", WIDE, False),
        narrow=draw("narrow", NARROW, True),
        zones=zones,
        cells=cells,
    )


def _short(level: Level) -> Level:
    """The level without its size, for a chart with little room."""
    return replace(level, words=level.words.split(",")[0])


def _forecast_label(plan: Plan, words: ForecastView) -> str:
    assert words.change is not None
    values = {
        "title": words.chart_title,
        "change": words.change.value,
        "months": month_count(plan.read_day),
        "span": words.change.span or words.change.value,
    }
    if words.untreated is None:
        return text("report.chart.label_forecast_alone", **values)
    key = "report.chart.label_onward" if words.onward else "report.chart.label_forecast"
    return text(key, **values, untreated=words.untreated.value)


def _zones(
    outcome: Outcome, words: ForecastView, visits: tuple[float, ...], end: float
) -> tuple[tuple[Twin, ...], tuple[Chart, ...]]:
    if len(words.zones) < 2:
        return (), ()
    lines = [
        series(outcome[f"improvement_fraction@{words.concern}/{entry.zone}"], 0.0, end, CHANGE) for entry in words.zones
    ]
    low, high = min(line.low for line in lines), max(0.0, *(line.high for line in lines))
    labels = [
        text("report.chart.label_zone", zone=entry.name, change=entry.change.value, span=entry.change.span)
        for entry in words.zones
    ]
    if len(words.zones) > MOST_SMALL:
        cells = tuple(
            cell_band(f"zone-cell-{words.concern}-{index}", entry.band, low, high, label, bool(entry.thin))
            for index, (entry, label) in enumerate(zip(words.zones, labels, strict=True))
        )
        return (), (cell_axis(f"zone-axis-{words.concern}", low, high), *cells)
    charts = tuple(
        twin(
            SMALL_PAGE,
            BandChart(
                name=f"zone-{words.concern}-{index}",
                title=entry.name,
                heading=True,
                series=line,
                time="months",
                end_day=end,
                visits=visits,
                thin=bool(entry.thin),
                y_range=(low, high),
                width=SMALL[0],
                height=SMALL[1],
                label=label,
            ),
        )
        for index, (entry, line, label) in enumerate(zip(words.zones, lines, labels, strict=True))
    )
    return charts, ()


def draw_published(plan: Plan, outcome: Outcome, seen: ReportView) -> Twin:
    """Draw the forecast with the published reading on it.

    Parameters
    ----------
    plan : Plan
        For the concern.
    outcome : Outcome
        The course that stands for the published protocol.
    seen : ReportView
        With the published figure.

    Returns
    -------
    Twin
        In the size of paper and for a narrow screen.
    """
    found = seen.published
    assert found is not None
    concern = plan.case.concerns[0]
    quantity = outcome[f"improvement_fraction@{concern.kind.value}"]
    line = series(quantity, 0.0, float(quantity.days[-1]), CHANGE)
    words = seen.forecasts[0]
    return twin(
        NARROW,
        BandChart(
            name="published",
            title=words.chart_title,
            series=line,
            time="months",
            end_day=float(quantity.days[-1]),
            ends=_end_labels(words, line, None, narrow=True),
            visits=tuple(float(session.day) for session in outcome.course.sessions),
            thin=bool(words.thin),
            reported=Reported(
                found.day,
                found.value,
                found.half_width,
                text("report.published.reported_label", change=found.reported.with_unit),
            ),
            width=PAPER[0],
            height=PAPER[1],
            label=text(
                "report.published.chart_label", reported=found.reported.text, day=number(found.day),
                forecast=found.forecast.text,
            ),
        )
    )  # fmt: skip
