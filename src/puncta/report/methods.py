"""The methods paragraph: what a paper must say about the planned course, filled with its figures."""

from __future__ import annotations

from puncta.case import ConcernKind
from puncta.messages import text
from puncta.planning import Plan
from puncta.report.fingerprint import fingerprint
from puncta.report.numbers import NBSP, Printed, number
from puncta.report.view import ReportView
from puncta.report.view.evidence import whole_trace
from puncta.report.view.forecasts import month_count
from puncta.report.view.model import ZoneRow
from puncta.report.view.words import sentence_case, severity_name

_HASH_SHOWN = 12


def methods_text(plan: Plan, seen: ReportView) -> str:
    """Write the paragraph.

    Parameters
    ----------
    plan : Plan
        A plan with a recommended course.
    seen : ReportView
        Its words and figures.

    Returns
    -------
    str
        One paragraph and a line with its status, plain text.
    """
    assert plan.chosen is not None
    course = plan.chosen.course
    parts: list[str] = []
    if course.sessions:
        parts.append(text("report.methods.device", device=seen.device))
        parts.append(text("report.methods.sessions", visits=seen.visits))
        settings = "; ".join(_setting(row) for row in seen.zones)
        parts.append(text("report.methods.settings", settings=settings))
        lead = seen.hand_lead
        parts.append(text("report.methods.hand", hand=lead) if lead else text("report.methods.hand_none"))
        parts.append(seen.product)
        numbing = seen.numbing
        if numbing is None or numbing.refused:
            parts.append(text("report.methods.no_numbing"))
        else:
            parts.append(
                text(
                    "report.methods.numbing", product=numbing.product, amount=numbing.amount, area=numbing.area,
                    minutes=numbing.minutes,
                )
            )  # fmt: skip
    else:
        parts.append(text("report.methods.no_sessions", home=seen.home[:1].lower() + seen.home[1:]))
    parts += [_outcome(plan, seen, index) for index in range(len(seen.forecasts))]
    behind, marks = whole_trace(plan.chosen.outcome), fingerprint(plan)
    parts.append(
        text(
            "report.methods.tool", version=marks.version, key=marks.plan, seed=plan.seed,
            draws=number(plan.draws_count), evidence=marks.evidence[:_HASH_SHOWN], assumed=behind.assumed_count,
            count=len(behind.parameters),
        )
    )  # fmt: skip
    if course.sessions:
        parts.append(text("report.methods.delivered"))
    paragraph = " ".join(part for part in parts if part).replace(NBSP, " ")
    return f"{paragraph}\n\n{text('limits.not_a_device')}\n"


def _told(figure: Printed | None) -> str:
    return text("report.zone_table.absent") if figure is None else figure.text


def _setting(row: ZoneRow) -> str:
    sides = f" ({row.sides})" if row.sides else ""
    side = f" {text('report.table.a_side')}" if len(row.boxes) > 1 else ""
    return text(
        "report.methods.setting", zone=f"{row.name.lower()}{sides}", dial=row.dial, passes=row.passes,
        area=f"{row.area}{side}", density=_told(row.density), depth=_told(row.reaches), opened=_told(row.opened),
        injury=_told(row.injury),
    )  # fmt: skip


def _outcome(plan: Plan, seen: ReportView, index: int) -> str:
    forecast = seen.forecasts[index]
    if forecast.change is None:
        return forecast.missing
    untreated = text("report.methods.outcome_bare")
    if forecast.untreated is not None:
        key = "report.methods.outcome_onward" if forecast.onward else "report.methods.outcome_untreated"
        untreated = text(key, change=forecast.untreated.text)
    return text(
        "report.methods.outcome", severity=sentence_case(severity_name(ConcernKind(forecast.concern).value)),
        change=forecast.change.text, months=month_count(plan.read_day), untreated=untreated,
    )  # fmt: skip
