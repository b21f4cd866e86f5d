"""What a person reads of their own course: short words, odds with the other side, nothing of anybody else."""

from __future__ import annotations

from typing import Any

from puncta.clinic.chart import Curve, Ending, Forecast, forecast_chart
from puncta.clinic.models import PlanRecord, UpdateRecord
from puncta.clinic.words import say

_FIVE = 5


def _round(value: float) -> int:
    """To five: ranges are wide, and a person reads a size, not a decimal."""
    return int(_FIVE * round(value / _FIVE))


def plain_words(plan: PlanRecord, found: UpdateRecord | None) -> dict[str, Any]:
    """Sentences and one drawing for the person.

    Parameters
    ----------
    plan : PlanRecord
        The promise.
    found : UpdateRecord or None
        What was learnt, where something was.
    """
    values: dict[str, Any] = {
        "course": plan.shown.get("course_line", ""),
        "expect": plan.shown.get("expect", []),
    }
    record = (found.record or {}) if found else {}
    if not record:
        return values
    one = record["screen"][0]
    low, high = _round(100 * one["now_at_end"]["low80"]), _round(100 * one["now_at_end"]["high80"])
    values["hope"] = say("turned.hope", low=max(low, 0), high=max(high, 0))
    if one["came"] is not None:
        change = _round(-100 * one["came"]["change_fraction"])
        error = _round(100 * (one["error80_fraction"] or 0))
        sure = abs(100 * one["came"]["change_fraction"]) >= 100 * (one["error80_fraction"] or 0)
        key = "same" if not sure else "better" if change > 0 else "worse"
        values["came"] = say(f"turned.{key}", change=abs(change), error=max(error, _FIVE))
    wait = next((option for option in record["advice"]["options"] if option["key"] == "wait"), None)
    more = next((option for option in record["advice"]["options"] if option["days"]), None)
    if wait is not None:
        count = round(100 * wait["grade_probability"])
        values["waiting"] = say("turned.wait", count=count, others=100 - count)
    if more is not None:
        count = round(100 * more["grade_probability"])
        values["more"] = say("turned.more", count=count, others=100 - count)
    values["next"] = say(f"turned.next.{record['advice']['action']}")
    values["drawing"] = _drawing(record)
    return values


def _drawing(record: dict[str, Any]) -> str:
    forecast = next((one for one in record["forecasts"] if one["name"] == "improvement_fraction"), None)
    if forecast is None:
        return ""
    days = tuple(forecast["days"])
    turned = {"low80": "high80", "median": "median", "high80": "low80"}
    bands = {name: tuple(-100 * value for value in forecast["now"][of]) for name, of in turned.items()}
    now = Curve(days, **bands)
    return forecast_chart(
        Forecast(
            label=say("turned.drawing"),
            end_day=days[-1],
            promised=now,
            today=float(record["visits"]["today"]),
            today_words=say("progress.today"),
            endings=(Ending(now.median[-1], (say("turned.middle"),), "median"),),
            months=say("look.months"),
            size=(640.0, 240.0),
        )
    )
