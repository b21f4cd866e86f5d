"""The second calculation beside the plan's figures, and what one more visit brings."""

from __future__ import annotations

import math

from puncta.appearance.concerns import CONCERNS
from puncta.check import Compared, Kind
from puncta.messages import has_text, text
from puncta.planning import Alternative, Plan
from puncta.report.numbers import chance_text, number, with_unit
from puncta.report.view.model import MoreRow, MoreView, SecondRow, SecondView
from puncta.report.view.words import concern_name, course_name, from_key, zone_name
from puncta.simulation.record import unit_of

_PERCENT = 100.0
_DIGITS = 3
_WHOLE = frozenset(("sessions_count", "course_days"))
_THIN = "\N{NARROW NO-BREAK SPACE}"


def second_view(plan: Plan) -> SecondView | None:
    """Both calculations of the recommended course.

    Parameters
    ----------
    plan : Plan
        With a recommended course.
    """
    if plan.chosen is None:
        return None
    found = plan.chosen.second
    count, apart = len(found.figures), len(found.apart)
    lead = text("planning.check.agrees", count=count)
    if not found.agrees:
        lead = text("planning.check.apart", apart=apart, count=count)
    return SecondView(lead, found.agrees, tuple(_row(one) for one in found.figures), text("limits.check"))


def _row(one: Compared) -> SecondRow:
    scale, unit = 1.0, unit_of(one.name)
    if one.name.endswith(("_fraction", "_probability")):
        scale, unit = _PERCENT, "%" if one.name.endswith("_fraction") else text("report.second.in_100")
    bound = one.kind is Kind.BOUND
    key = f"report.second.name.course_{one.name}"
    whole = not one.where and has_text(key)
    tolerance = _figure(one.tolerance * scale, unit, digits=_DIGITS - 1)
    return SecondRow(
        name=text(key if whole else f"report.second.name.{one.name}"),
        where=_where(one),
        plan=_figure(one.plan * scale, unit, one.name),
        second=_figure(one.second * scale, unit, one.name),
        tolerance=text("report.second.at_most") if bound else f"±{_THIN}{tolerance}",
        is_median=one.kind is Kind.MEDIAN,
        agrees=one.agrees,
        verdict=text("report.second.agrees" if one.agrees else "report.second.apart"),
    )


def _where(one: Compared) -> str:
    if not one.where:
        return text("report.second.whole")
    if one.name.startswith("cream_"):
        return from_key(one.where)
    return concern_name(one.where) if one.where in CONCERNS else zone_name(one.where)


def _figure(value: float, unit: str, name: str = "", digits: int = _DIGITS) -> str:
    if math.isnan(value):
        return text("report.zone_table.absent")
    if name in _WHOLE or not value:
        return with_unit(number(value), unit)
    return with_unit(number(value, max(digits - 1 - math.floor(math.log10(abs(value))), 0)), unit)


def more_view(plan: Plan) -> MoreView | None:
    """What one more visit of the recommended course brings, visit by visit."""
    rule = plan.stop
    if rule is None:
        return None
    least = round(_PERCENT * rule.least_probability)
    if rule.enough_count < len(rule.steps):
        at = rule.steps[rule.enough_count]
        chance = chance_text(at.grade_probability)
        lead = text("planning.stop.enough", count=rule.enough_count, odds=chance, least=least)
    else:
        lead = text("planning.stop.never", count=rule.enough_count, least=least)
    rows = []
    for step in rule.steps:
        low, middle, high = (number(-_PERCENT * value, signed=True) for value in step.further_fraction)
        chance = chance_text(step.grade_probability)
        rows.append(
            MoreRow(str(step.visits_count + 1), chance, text("report.more.band", low=low, middle=middle, high=high))
        )
    return MoreView(lead, tuple(rows), text("limits.stop"))


def goal_line(plan: Plan) -> str:
    """What was wished for, and the chance of it with each course."""
    if plan.chosen is None or not plan.chosen.goals.each:
        return ""
    wishes = ", ".join(
        text(
            "report.goal.wish" if one.wished else "report.goal.step",
            share=round(_PERCENT * one.improvement_fraction), concern=concern_name(one.concern.value).lower(),
        )
        for one in plan.chosen.goals.each
    )  # fmt: skip
    chances = ", ".join(
        text("report.courses.chance", course=course_name(entry.course), odds=goal_odds(entry))
        for entry in plan.alternatives
    )
    return text("report.goal.line", wishes=wishes, chances=chances)


def goal_odds(entry: Alternative) -> str:
    """Chance of everything wished for with one course, in 100."""
    return chance_text(entry.goals.all_probability)
