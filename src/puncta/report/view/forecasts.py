"""The forecast per concern in words, the numbers behind its chart, and the published figure beside it."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from puncta.case import Concern
from puncta.evidence import arm, parameters, records
from puncta.messages import has_text, text
from puncta.planning import Plan
from puncta.report.charts.series import DAYS_PER_MONTH
from puncta.report.numbers import Printed, number, plain, printed
from puncta.report.view.figures import at_day, figure_of, find, five, scalar_figure
from puncta.report.view.forecast_model import ForecastView, MonthRow, PublishedView, ZoneForecast
from puncta.report.view.model import ZoneRow
from puncta.report.view.words import concern_name, severity_name, zone_base_name
from puncta.simulation import Outcome, Quantity
from puncta.skin import zone

_MONTHS = (1, 2, 3, 4, 6, 9, 12, 18, 24)
#: Half of the band that holds 80 of 100, in standard errors.
_EIGHTY = NormalDist().inv_cdf(0.9)


def thin_words(quantity: Quantity) -> str:
    """Why the evidence is thin; the quantity gives a message key or words."""
    if not quantity.thin:
        return ""
    return text(quantity.thin) if has_text(quantity.thin) else quantity.thin


def untreated_outcome(plan: Plan) -> Outcome | None:
    """The outcome without any treatment, for the dashed line."""
    if plan.bare is not None:
        return plan.bare.outcome
    bare = [entry for entry in plan.alternatives if not entry.course.sessions]
    named = [entry for entry in bare if entry.course.name.endswith("untreated")]
    without = named or [entry for entry in bare if not entry.course.home_products]
    return without[0].outcome if without else None


def step_of(concern: Concern) -> tuple[float, str] | None:
    """The smallest change that matters on the concern's scale, as change in %, with its words.

    Parameters
    ----------
    concern : Concern
        With its scale and today's severity.

    Returns
    -------
    tuple of float and str, or None
        None where the scale does not say, or nothing is left to gain.
    """
    known = parameters().get(f"scales.{concern.scale}.worthwhile_score")
    if known is None or concern.severity_score <= 0:
        return None
    change = -100 * known.value / concern.severity_score
    return change, text(f"report.forecast.step_{_step_kind(concern, known.value)}", step=plain(known.value))


def _step_kind(concern: Concern, worthwhile: float) -> str:
    step = records("scales").get(concern.scale, {}).get("step")
    return "grade" if concern.scale.endswith("_grade") and step == worthwhile else "points"


def grade_words(concern: Concern) -> str:
    """What the odds of a full step are odds of, for a sentence: ``gain a full grade``."""
    known = parameters().get(f"scales.{concern.scale}.worthwhile_score")
    kind = _step_kind(concern, known.value) if known is not None else "points"
    return text(f"report.forecast.gain_{kind}")


def step_name(concern: Concern) -> str:
    """The same for the head of a column."""
    known = parameters().get(f"scales.{concern.scale}.worthwhile_score")
    kind = _step_kind(concern, known.value) if known is not None else "points"
    return text(f"report.courses.column_{kind}")


def forecast_view(plan: Plan, outcome: Outcome, concern: Concern, rows: tuple[ZoneRow, ...]) -> ForecastView:
    """Put the forecast of one concern into words.

    Parameters
    ----------
    plan : Plan
        For the reading day and the untreated course.
    outcome : Outcome
        The recommended course.
    concern : Concern
        The concern.
    rows : tuple of ZoneRow
        The zones as gathered in the plan table, for the figures by zone.

    Returns
    -------
    ForecastView
        With a reason instead of figures where the quantity is absent.
    """
    kind = concern.kind.value
    quantity = find(outcome, "improvement_fraction", kind)
    onward = plan.continues is not None
    title = text("report.chart.change_onward" if onward else "report.chart.change", severity=severity_name(kind))
    if quantity is None:
        missing = text("report.forecast.missing", concern=concern_name(kind))
        return ForecastView(kind, concern_name(kind), title, None, None, None, "", "", (), (), missing, "")
    day = at_day(quantity, plan.read_day)
    bare = untreated_outcome(plan)
    untreated = find(bare, "improvement_fraction", kind) if bare is not None else None
    return ForecastView(
        concern=kind,
        name=concern_name(kind),
        chart_title=title,
        change=figure_of(quantity, quantity.at(day)),
        untreated=figure_of(untreated, untreated.at(at_day(untreated, day))) if untreated is not None else None,
        grade=scalar_figure(outcome, "grade_gain_probability", kind),
        grade_words=grade_words(concern),
        thin=thin_words(quantity),
        months=_months(quantity, untreated),
        zones=_zone_forecasts(outcome, concern, rows, day),
        missing="",
        limits=text(quantity.limits),
        onward=onward,
    )


def _months(quantity: Quantity, untreated: Quantity | None) -> tuple[MonthRow, ...]:
    out = []
    for month in _MONTHS:
        day = month * DAYS_PER_MONTH
        if day > quantity.days[-1] + DAYS_PER_MONTH / 2:
            break
        # nine months of a calendar are a few days more than 270
        day = at_day(quantity, day)
        bare = None
        if untreated is not None and untreated.days[0] <= day <= untreated.days[-1]:
            bare = figure_of(untreated, untreated.at(day))
        key = "report.forecast.month" if month == 1 else "report.forecast.months"
        out.append(MonthRow(text(key, count=month), figure_of(quantity, quantity.at(day)), bare))
    return tuple(out)


def _zone_forecasts(
    outcome: Outcome, concern: Concern, rows: tuple[ZoneRow, ...], day: float
) -> tuple[ZoneForecast, ...]:
    kind = concern.kind.value
    groups = [[name for name in row.zones if name in concern.zones] for row in rows]
    labels = [f"{row.name}, {row.dial}\N{NO-BREAK SPACE}mm" for row in rows]
    if not rows:
        bases = dict.fromkeys(zone(name).base for name in concern.zones)
        groups = [[name for name in concern.zones if zone(name).base == base] for base in bases]
        labels = [zone_base_name(base) for base in bases]
    out = []
    for names, label in zip(groups, labels, strict=True):
        quantity = find(outcome, "improvement_fraction", f"{kind}/{names[0]}") if names else None
        if quantity is not None:
            figure = figure_of(quantity, quantity.at(day))
            out.append(ZoneForecast(names[0], label, figure, five(quantity, day), thin_words(quantity)))
    return tuple(out)


def published_view(plan: Plan, outcome: Outcome) -> PublishedView | None:
    """Set the forecast beside the published arm that the case stands for.

    Parameters
    ----------
    plan : Plan
        Whose case may name a row of a published study.
    outcome : Outcome
        The course that stands for the published protocol.

    Returns
    -------
    PublishedView or None
        None where the case names no arm, or the arm has no usable figure.
    """
    case = plan.case
    if case.published is None:
        return None
    row = arm(case.published)
    quantity = find(outcome, "improvement_fraction", case.concerns[0].kind.value)
    if quantity is None or row.improvement_fraction is None:
        return None
    day = at_day(quantity, outcome.course.last_day + (row.followup_days or 0.0))
    value, error = -100 * row.improvement_fraction, 100 * (row.improvement_se_fraction or 0.0)
    half = _EIGHTY * error
    reported = printed(value - half, value, value + half, "%", most=0, signed=True)
    low80, low50, _, high50, high80 = five(quantity, day)
    inside = "inside_80" if low80 <= value <= high80 else "outside"
    if low50 <= value <= high50:
        inside = "inside_50"
    design = f"report.published.design_{row.design}"
    return PublishedView(
        title=text("report.published.title", study=row.study),
        sentence=text(
            "report.published.sentence",
            source=row.source.rstrip("."),
            people=row.people_count or "?",
            day=number(day),
            se=Printed(number(error), unit="%").with_unit,
            scale=row.scale,
        ),
        role=text(f"report.published.role_{row.role.replace(' ', '_')}"),
        design=text(design) if has_text(design) else "",
        forecast=figure_of(quantity, quantity.at(day)),
        reported=reported,
        day=day,
        value=value,
        half_width=half,
        inside=text(f"report.published.{inside}"),
        reported_name=text("report.published.reported", day=number(day)),
        forecast_name=text("report.published.forecast", day=number(day)),
    )


def month_number(days: float) -> int:
    """Days as whole months, at least one."""
    return max(1, int(np.rint(days / DAYS_PER_MONTH)))


def month_count(days: float) -> str:
    """Days as whole months for a sentence: ``9 months``."""
    months = month_number(days)
    return text("report.forecast.month" if months == 1 else "report.forecast.months", count=months)
