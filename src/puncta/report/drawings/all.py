"""Drawings: every chart of a report, built once from the plan and its view, for the page and for paper."""

from __future__ import annotations

from puncta.frozen import frozen
from puncta.messages import text
from puncta.planning import Plan
from puncta.report.charts import Chart, cell_axis, cell_band
from puncta.report.charts.cream import cream_line
from puncta.report.charts.series import ticks
from puncta.report.drawings.depths import draw_depths
from puncta.report.drawings.forecasts import ForecastDrawings, draw_forecast, draw_published
from puncta.report.drawings.recovery import draw_first_days, draw_healing
from puncta.report.drawings.twin import Twin
from puncta.report.numbers import NBSP
from puncta.report.view import ReportView
from puncta.report.view.model import NumbingView

#: Share of the axis of a cell that may be spent to reach its next guide.
_NEAR = 0.25


@frozen
class Drawings:
    """All charts of a report.

    Parameters
    ----------
    forecasts : tuple of ForecastDrawings
        Per concern that has a forecast.
    axes : tuple of Chart
        Axis of the in-cell bands, per concern.
    bands : tuple of tuple of Chart or None
        In-cell band per course and concern.
    days : tuple of Twin
        The first days after a visit.
    depths : tuple of Twin
        Reached depth per zone.
    healing : tuple of Twin
        The months of healing.
    published : Twin or None
        The forecast beside what was reported; on the page for a narrow screen.
    beyond_dermis : str
        How many punctures of 100 reach the end of the dermis, per zone, in words.
    cream : Chart or None
        When the cream is put on and wiped off.
    """

    forecasts: tuple[ForecastDrawings, ...]
    axes: tuple[Chart, ...]
    bands: tuple[tuple[Chart | None, ...], ...]
    days: tuple[Twin, ...]
    depths: tuple[Twin, ...]
    healing: tuple[Twin, ...]
    published: Twin | None
    beyond_dermis: str
    cream: Chart | None


def drawings(plan: Plan, seen: ReportView) -> Drawings:
    """Draw everything.

    Parameters
    ----------
    plan : Plan
        For the draws.
    seen : ReportView
        For the words, so that a chart says what the text says.

    Returns
    -------
    Drawings
        Charts; what is not known is left out.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.planning import plan
    >>> from puncta.report.view import view
    >>> made = plan(read_case("examples/published_A03.toml"), draws=20)
    >>> len(drawings(made, view(made)).forecasts)
    1
    """
    chosen = plan.chosen
    if chosen is None:
        raise ValueError("nothing is recommended, so there is nothing to draw")
    outcome = chosen.outcome
    forecasts = tuple(
        draw_forecast(plan, outcome, concern, words)
        for concern, words in zip(plan.case.concerns, seen.forecasts, strict=True)
        if words.change is not None
    )
    axes, bands = _cells(seen)
    depths, beyond = draw_depths(plan, outcome, seen.zones)
    lead = seen.zones[0] if seen.zones else None
    return Drawings(
        forecasts=forecasts,
        axes=axes,
        bands=bands,
        days=draw_first_days(outcome, lead) if lead else (),
        depths=depths,
        healing=draw_healing(outcome, lead) if lead else (),
        published=draw_published(plan, outcome, seen) if seen.published else None,
        beyond_dermis=beyond,
        cream=_cream(plan, seen.numbing),
    )


def _cells(seen: ReportView) -> tuple[tuple[Chart, ...], tuple[tuple[Chart | None, ...], ...]]:
    axes, columns = [], []
    for place in range(len(seen.forecasts)):
        known = [row.bands[place] for row in seen.courses if row.bands[place] is not None]
        low = min([0.0, *(band[0] for band in known if band)])
        high = max([0.0, *(band[4] for band in known if band)])
        first = ticks(low, high, most=5)[0]
        # a guide that lies just outside is worth the room
        low = first if low - first < _NEAR * (high - low) else low
        axes.append(cell_axis(f"axis-{place}", low, high))
        column: list[Chart | None] = []
        for index, row in enumerate(seen.courses):
            band, change = row.bands[place], row.changes[place]
            if band is None or change is None:
                column.append(None)
                continue
            label = text("report.chart.label_band", change=change.with_unit, span=change.span or change.value)
            name = f"cell-{place}-{index}"
            column.append(cell_band(name, band, low, high, f"{row.name}: {label}", row.thin[place]))
        columns.append(column)
    rows = tuple(tuple(column[index] for column in columns) for index in range(len(seen.courses)))
    return tuple(axes), rows


def _cream(plan: Plan, numbing: NumbingView | None) -> Chart | None:
    if plan.numbing is None or numbing is None or numbing.refused:
        return None
    needle = text("report.numbing.needle")
    needled = f"{needle}, {numbing.needling}" if numbing.needling else needle
    return cream_line(
        plan.numbing.minutes,
        text("report.numbing.on"),
        text("report.numbing.cream_bar", minutes=numbing.minutes),
        text("report.numbing.off"),
        text("report.numbing.clean"),
        needled.replace(NBSP, " "),
        text("report.numbing.label", minutes=numbing.minutes),
    )
