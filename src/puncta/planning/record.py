"""The record of a plan: plain values for JSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from puncta.check import Checked
from puncta.messages import text
from puncta.planning.result import Alternative, Continued, Plan
from puncta.planning.stop import StopRule
from puncta.planning.weigh import course_words, improvement
from puncta.safety import ZoneLimit
from puncta.safety.record import screening_record
from puncta.simulation import LEVELS, Quantity
from puncta.simulation.record import rounded, unit_of

FORMAT = 1
_LEVELS = ("low80", "low50", "median", "high50", "high80")


def _band(values: np.ndarray) -> dict[str, float]:
    return {name: rounded(float(v)) for name, v in zip(_LEVELS, np.percentile(values, LEVELS), strict=True)}


def _figure(quantity: Quantity) -> dict[str, Any]:
    return {"unit": unit_of(quantity.name), "thin": bool(quantity.thin), **_band(quantity.values[:, 0])}


def _alternative(entry: Alternative, read_day: float) -> dict[str, Any]:
    first = entry.course.sessions[0].settings if entry.course.sessions else ()
    return {
        "course": entry.course.name,
        "name": course_words(entry.course),
        "sessions_count": len(entry.course.sessions),
        "interval_days": entry.course.interval_days,
        "home_products": list(entry.course.home_products),
        "settings": [{"zone": s.zone, "dial_mm": s.dial_mm, "passes": s.passes} for s in first],
        "improvement_fraction": _band(improvement(entry.outcome, read_day)),
        "injury_mm3_per_cm2": rounded(entry.injury_mm3_per_cm2),
        "best_better_probability": rounded(entry.best_better_probability),
        "distinguishable": entry.distinguishable,
        "broken_limits": [text(key) for key in entry.broken_limits],
        "passed_limits": [text(key) for key in entry.passed_limits],
        "why": entry.why,
        "starts_on": entry.starts_on.isoformat() if entry.starts_on else None,
        "goals": [
            {
                "concern": one.concern.value,
                "improvement_fraction": rounded(one.improvement_fraction),
                "wished": one.wished,
                "probability": rounded(one.reached_probability),
            }
            for one in entry.goals.each
        ],
        "goal_probability": rounded(entry.goals.all_probability),
        "second_calculation": _second(entry.second),
        "figures": {key: _figure(q) for key, q in entry.outcome.quantities.items() if q.is_scalar},
    }


def _second(checked: Checked) -> dict[str, Any]:
    return {
        "agrees": checked.agrees,
        "compared_count": len(checked.figures),
        "figures": [
            {
                "name": one.name,
                "where": one.where,
                "kind": one.kind.value,
                "unit": unit_of(one.name),
                "plan": rounded(one.plan),
                "second": rounded(one.second),
                "tolerance": rounded(one.tolerance),
                "agrees": one.agrees,
            }
            for one in checked.figures
        ],
    }


def _stop(rule: StopRule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return {
        "enough_count": rule.enough_count,
        "least_probability": rounded(rule.least_probability),
        "steps": [
            {
                "visits_count": one.visits_count,
                "grade_probability": rounded(one.grade_probability),
                "further_fraction": [rounded(value) for value in one.further_fraction],
            }
            for one in rule.steps
        ],
    }


def _limit(limit: ZoneLimit) -> dict[str, Any]:
    return {
        "deepest_mm": limit.deepest_mm,
        "lines": [
            {"kind": e.kind, "dial_mm": e.dial_mm, "binding": e.binding, "sources": list(e.sources)}
            for e in limit.lines
        ],
    }


def _continues(before: Continued) -> dict[str, Any]:
    return {
        "visits_count": before.visits_count,
        "first_day": before.first_day,
        "effective_count": rounded(before.effective_count),
        "readings_count": before.readings_count,
    }


def plan_record(plan: Plan) -> dict[str, Any]:
    """A plan as plain values.

    Parameters
    ----------
    plan : Plan
        The plan.

    Returns
    -------
    dict
        Format number, screening, alternatives with settings and figures, the recommended one with its reason,
        limits per zone, and cream.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.planning import plan
    >>> made = plan(read_case("examples/isotretinoin.toml"), draws=4)  # doctest: +SKIP
    >>> plan_record(made)["recommended"]  # doctest: +SKIP
    'gentle'
    """
    cream = plan.numbing
    more = {"continues": _continues(plan.continues)} if plan.continues is not None else {}
    return {
        "format": FORMAT,
        "title": plan.case.title,
        "constructed": plan.case.constructed,
        "seed": plan.seed,
        "draws_count": plan.draws_count,
        "read_day": plan.read_day,
        "starts_on": plan.starts_on.isoformat() if plan.starts_on else None,
        "screening": screening_record(plan.screening),
        "recommended": plan.chosen.course.name if plan.chosen else None,
        "reason": plan.reason,
        "checked": plan.checked,
        "stop": _stop(plan.stop),
        "alternatives": [_alternative(entry, plan.read_day) for entry in plan.alternatives],
        "zone_limits": {name: _limit(limit) for name, limit in plan.zone_limits.items()},
        "numbing": None
        if cream is None
        else {
            "product": cream.product,
            "amount_g": rounded(cream.amount_g),
            "area_cm2": rounded(cream.area_cm2),
            "minutes": cream.minutes,
            "absorbed_mg": {name: [rounded(v) for v in band] for name, band in cream.absorbed_mg.items()},
            "limit_mg": {name: rounded(v) for name, v in cream.limit_mg.items()},
            "warnings": list(cream.warnings),
            "on_minutes": cream.on_minutes,
            "off_minutes": cream.off_minutes,
            "peak_ug_per_ml": {name: [rounded(v) for v in band] for name, band in cream.peak_ug_per_ml.items()},
            "first_signs_ug_per_ml": {name: rounded(v) for name, v in cream.first_signs_ug_per_ml.items()},
            "methaemoglobin_fraction": [rounded(v) for v in cream.methaemoglobin_fraction],
            "numb_mm": [rounded(v) for v in cream.numb_mm],
            "on_needled_skin": cream.on_needled_skin,
        },
        "notice": text("limits.not_a_device"),
        **more,
    }
