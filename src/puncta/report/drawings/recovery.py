"""Drawings of the days and months after a visit: redness, channels, inflammation; collagen, elastin, epidermis."""

from __future__ import annotations

import numpy as np

from puncta.evidence import draw
from puncta.messages import text
from puncta.person import People
from puncta.report.charts import BandChart, series
from puncta.report.charts.band import Level
from puncta.report.charts.series import HOURS_PER_DAY
from puncta.report.drawings.twin import MIDDLE, MIDDLE_PAGE, SMALL, SMALL_PAGE, Twin, twin
from puncta.report.numbers import number
from puncta.report.view.figures import figure_of, find
from puncta.report.view.model import ZoneRow
from puncta.safety import SafetyParameters, seen_from_delta_a
from puncta.simulation import Outcome, Quantity

_HOURS_SHOWN = 72
_WEEKS_SHOWN_DAYS = 28
#: Lines nearer than this share of the peak are one line to the eye.
_SAME = 0.04
#: In order of what paper shows first; it has room for a row of four.
_HEALING = ("collagen_fold", "elastin_new_fraction", "elastin_total_fold", "epidermis_fold", "collagen_mature_fold")


def draw_first_days(outcome: Outcome, row: ZoneRow) -> tuple[Twin, ...]:
    """Draw the days after the first visit in one zone; what is not known is left out."""
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
        apart = np.abs(compare.band.median - line.band.median).max()
        if apart < _SAME * line.band.median.max():
            # on light skin everything shows: a second line would lie under the first
            compare = None
        else:
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
    return twin(
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


def draw_healing(outcome: Outcome, row: ZoneRow) -> tuple[Twin, ...]:
    """Draw the months of healing in one zone; what is not known is left out."""
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
            twin(
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
