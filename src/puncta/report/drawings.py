"""Drawings: every chart of a report, built once from the plan and its view, for the page and for paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from puncta.case import Concern
from puncta.evidence import draw, draw_one, parameters
from puncta.messages import text
from puncta.person import People
from puncta.planning import Plan
from puncta.report.charts import BandChart, Chart, DepthChart, cell_axis, cell_band, draw_band, draw_depth, series
from puncta.report.charts.band import EndLabel, Level, Reported
from puncta.report.charts.depth import Upright
from puncta.report.charts.series import HOURS_PER_DAY, Series
from puncta.report.numbers import number
from puncta.report.view.figures import figure_of, find
from puncta.report.view.forecasts import month_count, step_of, untreated_outcome
from puncta.report.view.model import ForecastView, ReportView, ZoneRow
from puncta.report.view.words import lower_first
from puncta.safety import SafetyParameters, seen_from_delta_a
from puncta.simulation import Outcome, Quantity
from puncta.skin.layers import skin_layers

_CHANGE = -100.0
_HOURS_SHOWN = 72
_WEEKS_SHOWN_DAYS = 28
_SCATTER = "needling.depth_scatter_fraction"
#: In order of what paper shows first; it has room for a row of four.
_HEALING = ("collagen_fold", "elastin_new_fraction", "elastin_total_fold", "epidermis_fold", "collagen_mature_fold")
#: Small charts: four a row, two rows at most; beyond that a table with bands in its cells.
MOST_SMALL = 8

PAPER = (462.0, 232.0)
WIDE = (700.0, 300.0)
NARROW = (348.0, 232.0)
HALF = (336.0, 178.0)
SMALL = (164.0, 118.0)
SMALL_PAGE = (256.0, 150.0)
MIDDLE = (226.0, 150.0)
MIDDLE_PAGE = (340.0, 184.0)


@dataclass(frozen=True)
class Twin:
    """One chart in two sizes, so that its words are as large on paper as on the page."""

    paper: Chart
    page: Chart


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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
    published : Chart or None
        The forecast beside what was reported.
    beyond_dermis : str
        How many punctures of 100 reach the end of the dermis, per zone, in words.
    """

    forecasts: tuple[ForecastDrawings, ...]
    axes: tuple[Chart, ...]
    bands: tuple[tuple[Chart | None, ...], ...]
    days: tuple[Twin, ...]
    depths: tuple[Twin, ...]
    healing: tuple[Twin, ...]
    published: Chart | None
    beyond_dermis: str


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
    """
    chosen = plan.chosen
    if chosen is None:
        raise ValueError("nothing is recommended, so there is nothing to draw")
    outcome = chosen.outcome
    forecasts = tuple(
        _forecast(plan, outcome, concern, words)
        for concern, words in zip(plan.case.concerns, seen.forecasts, strict=True)
        if words.change is not None
    )
    axes, bands = _cells(seen)
    depths, beyond = _depths(plan, outcome, seen.zones)
    lead = seen.zones[0] if seen.zones else None
    return Drawings(
        forecasts=forecasts,
        axes=axes,
        bands=bands,
        days=_first_days(outcome, lead) if lead else (),
        depths=depths,
        healing=_healing(outcome, lead) if lead else (),
        published=_published(plan, outcome, seen) if seen.published else None,
        beyond_dermis=beyond,
    )


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
        label = text("report.chart.untreated", value=words.untreated.value)
        if words.untreated.span:
            label += "\n" + text("report.chart.untreated_range", span=words.untreated.span)
        ends.append(EndLabel(float(bare.band.median[-1]), label, "untreat"))
    return tuple(sorted(ends, key=lambda end: -end.value))


def _forecast(plan: Plan, outcome: Outcome, concern: Concern, words: ForecastView) -> ForecastDrawings:
    kind = concern.kind.value
    quantity = outcome[f"improvement_fraction@{kind}"]
    end = min(plan.read_day, float(quantity.days[-1]))
    line = series(quantity, 0.0, end, _CHANGE)
    bare_outcome = untreated_outcome(plan)
    bare_quantity = find(bare_outcome, "improvement_fraction", kind) if bare_outcome is not None else None
    bare = None
    if bare_quantity is not None and bare_outcome is not outcome:
        bare = series(bare_quantity, 0.0, end, _CHANGE)
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
                level=level,
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
    return text("report.chart.label_forecast", **values, untreated=words.untreated.value)


def _zones(
    outcome: Outcome, words: ForecastView, visits: tuple[float, ...], end: float
) -> tuple[tuple[Twin, ...], tuple[Chart, ...]]:
    if len(words.zones) < 2:
        return (), ()
    lines = [
        series(outcome[f"improvement_fraction@{words.concern}/{entry.zone}"], 0.0, end, _CHANGE)
        for entry in words.zones
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
        _twin(
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


def _cells(seen: ReportView) -> tuple[tuple[Chart, ...], tuple[tuple[Chart | None, ...], ...]]:
    axes, columns = [], []
    for place in range(len(seen.forecasts)):
        known = [row.bands[place] for row in seen.courses if row.bands[place] is not None]
        low = min([0.0, *(band[0] for band in known if band)])
        high = max([0.0, *(band[4] for band in known if band)])
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


def _first_days(outcome: Outcome, row: ZoneRow) -> tuple[Twin, ...]:
    place = row.zones[0]
    out = []
    visible, latent = find(outcome, "redness_visible_delta_a", place), find(outcome, "redness_latent_delta_a", place)
    end = _HOURS_SHOWN / HOURS_PER_DAY
    if visible is not None:
        out.append(_day_chart("redness", visible, latent, end, "hours", level=_seen_level(outcome)))
    channels = find(outcome, "open_channel_fraction", place)
    if channels is not None:
        out.append(_day_chart("channels", channels, None, end, "hours", 100.0))
    inflammation = find(outcome, "inflammation_fraction", place)
    if inflammation is not None:
        # in the model's own unit: drawn against the peak of its median
        shown = inflammation.values[:, inflammation.days <= _WEEKS_SHOWN_DAYS]
        peak = float(np.median(shown, axis=0).max())
        if peak > 0:
            end = float(_WEEKS_SHOWN_DAYS)
            out.append(_day_chart("inflammation", inflammation, None, end, "days", 100.0 / peak))
    return tuple(out)


def _seen_level(outcome: Outcome) -> Level:
    """What the eye sees on this person's skin, median of the draws."""
    types = People.like(outcome.case.person, outcome.draws_count, outcome.seed).phototype
    seen = seen_from_delta_a(types, draw(SafetyParameters, outcome.draws_count, outcome.seed))
    return Level(float(np.median(seen)), text("report.chart.seen"))


def _day_chart(
    name: str,
    quantity: Quantity,
    other: Quantity | None,
    end: float,
    time: str,
    scale: float = 1.0,
    level: Level | None = None,
) -> Twin:
    # the next visit starts a new rise: the chart shows what one visit does
    line = series(quantity, 0.0, end, scale)
    title = text(f"report.chart.{name}")
    compare, note = None, ""
    if other is not None:
        compare = series(other, 0.0, end, scale)
        note = text("report.chart.latent")
    peak = float(line.band.median.max())
    decimals = 0 if peak >= 10 else 1
    below = line.days[(line.band.median <= peak / 10) & (line.days > line.days[int(line.band.median.argmax())])]
    if below.size and time == "hours":
        result = text(
            "report.chart.result_hours", value=number(peak, decimals), hours=number(HOURS_PER_DAY * float(below[0]))
        )
    else:
        ends = (number(float(line.band.low80[-1]), decimals), number(float(line.band.high80[-1]), decimals))
        last = number(float(line.band.median[-1]), decimals)
        result = text("report.chart.result_end", value=last, span=f"{ends[0]} to {ends[1]}")
    return _twin(
        MIDDLE_PAGE,
        BandChart(
            name=f"days-{name}",
            title=title,
            series=line,
            time=time,
            end_day=float(line.days[-1]),
            compare=compare,
            level=level,
            note=note,
            width=MIDDLE[0],
            height=MIDDLE[1],
            label=text("report.chart.label_course", title=title, result=result),
        ),
    )


def _healing(outcome: Outcome, row: ZoneRow) -> tuple[Twin, ...]:
    out = []
    for name in _HEALING:
        quantity = find(outcome, name, row.zones[0])
        if quantity is None:
            continue
        line = series(quantity, scale=100.0 if name == "elastin_new_fraction" else 1.0)
        key = "report.healing.new" if name == "elastin_new_fraction" else "report.healing.fold"
        title = text(key, name=text(f"report.quantity.{name}"))
        figure = figure_of(quantity, quantity.values[:, -1])
        out.append(
            _twin(
                SMALL_PAGE,
                BandChart(
                    name=f"healing-{name.replace('_', '-')}",
                    title=title,
                    series=line,
                    time="months",
                    end_day=float(line.days[-1]),
                    visits=tuple(float(session.day) for session in outcome.course.sessions),
                    y_range=(line.low, line.high),
                    width=SMALL[0],
                    height=SMALL[1],
                    label=text(
                        "report.chart.label_course", title=title,
                        result=text("report.chart.result_end", value=figure.value, span=figure.span or figure.value),
                    ),
                ),
            )
        )  # fmt: skip
    return tuple(out)


def _depths(plan: Plan, outcome: Outcome, rows: tuple[ZoneRow, ...]) -> tuple[tuple[Twin, ...], str]:
    people = People.like(plan.case.person, outcome.draws_count, outcome.seed)
    charts, beyond = [], []
    for index, row in enumerate(rows):
        quantity = find(outcome, "depth_mm", row.zones[0])
        if quantity is None or row.reaches is None:
            continue
        depth = quantity.values[:, 0]
        if _SCATTER in parameters():
            # single channels scatter around the mean depth of a session
            z = _normal_scores(depth.shape[0])
            depth = np.maximum(depth * (1 + draw_one(_SCATTER, depth.shape[0], outcome.seed) * z), 0.0)
        dermis = skin_layers(row.zones[0], people, outcome.seed).dermis_end_mm
        share = float((depth > dermis).mean())
        beyond.append((lower_first(row.name), share))
        name = f"{lower_first(row.name)}"
        if index < MOST_SMALL:
            charts.append(
                _depth_twin(
                    DepthChart(
                        name=f"depth-{index}",
                        title=f"{row.name}, {row.dial}\N{NO-BREAK SPACE}mm",
                        corner=text("report.chart.depth_unit"),
                        depth_mm=depth,
                        dial_mm=row.dial_mm,
                        uprights=(Upright(float(np.median(dermis)), ""),),
                        label=text("report.chart.label_depth", zone=name, figure=row.reaches.text, dial=row.dial),
                    )
                )
            )
    return tuple(charts), _beyond_words(beyond)


def _twin(page: tuple[float, float], chart: BandChart) -> Twin:
    larger = replace(chart, name=f"{chart.name}-page", width=page[0], height=page[1])
    return Twin(draw_band(chart), draw_band(larger))


def _depth_twin(chart: DepthChart) -> Twin:
    larger = replace(chart, name=f"{chart.name}-page", width=SMALL_PAGE[0], height=SMALL_PAGE[1])
    return Twin(draw_depth(chart), draw_depth(larger))


def _normal_scores(n: int) -> np.ndarray:
    from scipy.special import ndtri

    from puncta.evidence import uniforms

    return ndtri(uniforms(0, "report.depth_scatter", n))


def _beyond_words(shares: list[tuple[str, float]]) -> str:
    parts = []
    for name, share in shares:
        hundred = 100 * share
        odds = "<1" if 0 < hundred < 0.5 else number(hundred)
        parts.append(text("report.depth.beyond", zone=name, odds=odds))
    return text("report.depth.sentence", parts=", ".join(parts)) if parts else ""


def _published(plan: Plan, outcome: Outcome, seen: ReportView) -> Chart:
    found = seen.published
    assert found is not None
    concern = plan.case.concerns[0]
    quantity = outcome[f"improvement_fraction@{concern.kind.value}"]
    line = series(quantity, 0.0, float(quantity.days[-1]), _CHANGE)
    words = seen.forecasts[0]
    return draw_band(
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
