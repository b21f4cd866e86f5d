"""One update as a page shows it: what was promised, what came, what the error is, what to do next, in words."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import fmean
from typing import Any

from puncta.clinic.chart import Came, Curve, Ending, Forecast, forecast_chart
from puncta.clinic.library import DAYS_PER_MONTH, SEARCHED, has_text, text
from puncta.clinic.models import UpdateRecord
from puncta.clinic.words import say

_LEVELS = ("low80", "low50", "median", "high50", "high80")
_FELT = ("redness_hours", "pain_score", "pih_probability")
_OF_KIND = {"redness_hours": "redness", "pain_score": "pain", "pih_probability": "marks"}
_MINUS = "−"


def percent(share: float, *, gone: bool = True) -> str:
    """A share gone as a change in whole per cent, with a true minus."""
    value = round(-100 * share if gone else 100 * share)
    return f"{_MINUS if value < 0 else '+' if value > 0 else ''}{abs(value)}"


def span(band: dict[str, float]) -> str:
    """The range that holds 80 of 100, as a change in per cent."""
    return say("progress.span", low=percent(band["high80"]), high=percent(band["low80"]))


def odds(share: float | None) -> str:
    """So many in 100."""
    if share is None:
        return "–"
    whole = round(100 * share)
    return "<1" if whole == 0 and share > 0 else str(whole)


def told(found: UpdateRecord) -> dict[str, Any]:
    """Everything that the page says of an update.

    Parameters
    ----------
    found : UpdateRecord
        Done.
    """
    record = found.record or {}
    advised = record["advice"]["option"]
    return {
        "update": found,
        "record": record,
        "concerns": [_concern(found, one) for one in record["screen"]],
        "also": _also(record),
        "photographs": _photographs(record),
        "options": [_option(one, found) for one in record["advice"]["options"]],
        "advised": advised,
        "onward": _onward(found),
        "moved": _moved(record),
        "delivered": _delivered(record),
        "stop_least": odds((((found.plan.record or {}).get("stop")) or {}).get("least_probability")),
        "more": odds(next((one["more_probability"] for one in record["advice"]["options"] if one["days"]), None)),
        "unused": [{"words": _reading_name(one), "why": one["why"]} for one in record["not_used"]],
    }


def _concern(found: UpdateRecord, one: dict[str, Any]) -> dict[str, Any]:
    record = found.record or {}
    came, error = one["came"], one["error80_fraction"]
    named = f"report.severity.{one['concern']}"
    severity = text(named) if has_text(named) else one["concern"].replace("_", " ")
    title = text("report.chart.change", severity=severity)
    out = {
        "concern": one["concern"],
        "title": title,
        "promised": percent(one["promised"]["median"]),
        "promised_span": span(one["promised"]),
        "now": percent(one["now_at_end"]["median"]),
        "now_span": span(one["now_at_end"]),
        "promised_end": percent(one["promised_at_end"]["median"]),
        "promised_end_span": span(one["promised_at_end"]),
        "error": "" if error is None else str(round(100 * error)),
        "came": None,
    }
    if came is not None:
        change = came["change_fraction"]
        day = _day(record, came["day"])
        blind = say("progress.blinded" if came["blinded"] else "progress.open")
        out["came"] = {
            "change": percent(change, gone=False),
            "inside": one["came_inside"],
            "where": say("progress.inside" if one["came_inside"] else _beyond(one, change)),
            "how": say("progress.how", count=came["readings"], blind=blind),
            "day": day,
            "within_error": error is not None and abs(change) < error,
        }
    return {**out, "chart": _chart(found, one, title)}


def _beyond(one: dict[str, Any], change: float) -> str:
    return "progress.less" if -change < one["promised"]["low80"] else "progress.beyond"


def _day(record: dict[str, Any], day: int) -> str:
    first = record["visits"]["first_visit"]
    return (date.fromisoformat(first) + timedelta(days=day)).isoformat() if first else ""


def _curve(days: list[float], band: dict[str, Any]) -> Curve:
    # a share gone turns round as a change: the low end becomes the high one
    names = dict(zip(_LEVELS, _LEVELS[::-1], strict=True))
    return Curve(tuple(days), **{name: tuple(-100 * value for value in band[names[name]]) for name in _LEVELS})


def _chart(found: UpdateRecord, one: dict[str, Any], title: str) -> str:
    record = found.record or {}
    forecast = next(
        (f for f in record["forecasts"] if f["concern"] == one["concern"] and f["name"] == "improvement_fraction"), None
    )
    if forecast is None:
        return ""
    days, today = forecast["days"], float(record["visits"]["today"])
    promised, now = _curve(days, forecast["promised"]), _curve(days, forecast["now"])
    bare = Curve(tuple(days), tuple(-100 * value for value in forecast["untreated"]))
    drawn = Forecast(
        label=say("progress.chart", title=title, promised=percent(one["promised_at_end"]["median"]),
                  now=percent(one["now_at_end"]["median"])),
        end_day=days[-1],
        promised=promised,
        bare=bare,
        now=now.past(today),
        came=tuple(_came(found, one)),
        visits=tuple(float(session["day"]) for session in found.inputs.get("sessions", [])),
        today=today,
        today_words=say("progress.today"),
        endings=(
            Ending(bare.median[-1], (say("look.untreated", value=_plain(bare.median[-1])),), "bare"),
            _ending(now.median[-1], "progress.now_end", one["now_at_end"], "now"),
            _ending(promised.median[-1], "progress.promised_end", one["promised_at_end"], "median"),
        ),
        months=say("look.months"),
        size=(800.0, 290.0),
    )  # fmt: skip
    return forecast_chart(drawn)


def _ending(value: float, key: str, band: dict[str, float], kind: str) -> Ending:
    return Ending(value, (say(key, value=_plain(value)), f"({span(band)})"), kind)


def _plain(value: float) -> str:
    return f"{round(value)}".replace("-", _MINUS)


def _came(found: UpdateRecord, one: dict[str, Any]) -> list[Came]:
    concerns = found.plan.inputs.get("concerns", [])
    start = next((c["severity_score"] for c in concerns if c["kind"] == one["concern"]), 0)
    points = []
    by_day: dict[int, list[float]] = {}
    for grade in found.inputs.get("grades", []):
        if grade["concern"] == one["concern"] and grade["day"] > 0 and start:
            by_day.setdefault(grade["day"], []).append(100 * (grade["score"] / start - 1))
    # updates of before told one error for all days
    errors = {row["day"]: row["error80_fraction"] for row in one.get("graded", [])}
    for day, changes in sorted(by_day.items()):
        value, half = fmean(changes), 100 * (errors.get(day, one["error80_fraction"]) or 0.0)
        words = say("progress.point", value=_plain(value), error=round(half))
        points.append(Came(float(day), value, value - half, value + half, abs(value) < half, words))
    return points


def _reading_name(one: dict[str, Any]) -> str:
    if one["kind"] == "photograph":
        key = f"imaging.zone.{one['subject']}"
        zone = text(key) if has_text(key) else one["subject"].replace("_", " ")
        metric = text(f"imaging.metric.{one['what']}.name")
        return f"{metric}, {zone}"
    return say(f"progress.kind.{one['kind']}")


def _photographs(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": _reading_name(one),
            "day": _day(record, one["day"]),
            "value": f"{one['value']:+.2f}".replace("-", _MINUS),
            "sdc": f"{one['sdc']:.2f}",
            "expected": f"{one['expected']['low80']:+.2f} … {one['expected']['high80']:+.2f}".replace("-", _MINUS),
            "beyond": one["beyond_error"],
            "inside": one["inside80"],
        }
        for one in record["readings"]
        if one["kind"] == "photograph"
    ]


def _also(record: dict[str, Any]) -> list[dict[str, Any]]:
    rows = []
    for name in _FELT:
        forecast = next((one for one in record["forecasts"] if one["name"] == name), None)
        if forecast is None:
            continue
        promised = {level: forecast["promised"][level][0] for level in _LEVELS}
        read = [one for one in record["readings"] if one["kind"] == _OF_KIND[name]]
        read += [one for one in record["not_used"] if one["kind"] == _OF_KIND[name]]
        read.sort(key=lambda one: one["day"])
        scale = 100 if name == "pih_probability" else 1
        unit = say(f"progress.unit.{name}")
        outside = [one for one in read if one.get("inside80") is False]
        expected = next((one["expected"] for one in read if "expected" in one), None)
        rows.append(
            {
                "name": say(f"progress.also.{name}"),
                "promised": f"{promised['median'] * scale:.0f}{unit}",
                "span": _ends(promised, scale),
                "came": ", ".join(_value(name, one["value"]) for one in read),
                "error": "" if expected is None else _ends(expected, 1),
                "outside": [one["visit"] for one in outside],
                "nothing": not read,
                "look": name == "pih_probability",
            }
        )  # fmt: skip
    return rows


def _ends(band: dict[str, float], scale: int) -> str:
    return say("progress.span", low=f"{band['low80'] * scale:.0f}", high=f"{band['high80'] * scale:.0f}")


def _value(name: str, value: float) -> str:
    if name == "pih_probability":
        return say("progress.marks_seen" if value else "progress.marks_none")
    return f"{value:g}"


def _option(one: dict[str, Any], found: UpdateRecord) -> dict[str, Any]:
    further = one["further_fraction"]
    return {
        **one,
        "grade": odds(one["grade_probability"]),
        "more": odds(one["more_probability"]),
        "further": percent(further["median"]),
        "further_span": span({"low80": further["low80"], "high80": further["high80"]}),
        "marks": odds(one["pih_probability"]["median"]),
        "dial": "–".join(dict.fromkeys(f"{value:g}" for value in one["dial_mm"])),
        "first_day": _day(found.record or {}, one["days"][0]) if one["days"] else "",
        "plan": _as_settings(one, found) if one["days"] and not one["breaks"] else [],
    }


def _as_settings(one: dict[str, Any], found: UpdateRecord) -> list[tuple[str, str]]:
    """Fields of the plan's own form for a way on; the page that takes them holds them against the limits."""
    sessions = (found.record or {}).get("next_course", {}).get("sessions", []) if one["advised"] else []
    if sessions:
        # what is advised comes with its settings
        fields = []
        for setting in sessions[0]["settings"]:
            fields += [
                (f"dial_{setting['zone']}", f"{setting['dial_mm']:g}"),
                (f"passes_{setting['zone']}", str(setting["passes"] or 4)),
            ]
        return [*fields, *_rhythm(one, found)]
    limits = (found.plan.record or {}).get("zone_limits", {})
    deepest = max(one["dial_mm"], default=0.0)
    fields = []
    for setting in found.plan.alternative.get("settings", []):
        dial = setting["dial_mm"]
        if one["key"] == "deeper":
            dial = max(dial, min(deepest, limits.get(setting["zone"], {}).get("deepest_mm", dial)))
        fields += [
            (f"dial_{setting['zone']}", f"{dial:g}"),
            (f"passes_{setting['zone']}", str(setting["passes"] or 4)),
        ]
    return [*fields, *_rhythm(one, found)]


def _rhythm(one: dict[str, Any], found: UpdateRecord) -> list[tuple[str, str]]:
    weeks = (found.plan.alternative.get("interval_days") or 28) // 7
    return [("visits", str(len(one["days"]))), ("weeks", str(max(1, weeks)))]


def _onward(found: UpdateRecord) -> dict[str, Any] | None:
    """What the search over the visits still to come found: its courses beside no further visit and the quick ways."""
    made = found.replan
    if made is None:
        return None
    rows = []
    for one in made["alternatives"]:
        needled = one["sessions_count"] > 0
        figures = one["figures"]
        grades = [entry["median"] for name, entry in figures.items() if name.startswith("grade_gain_probability@")]
        dials = dict.fromkeys(f"{setting['dial_mm']:g}" for setting in one["settings"])
        passes = dict.fromkeys(str(setting["passes"]) for setting in one["settings"])
        rows.append(
            {
                "name": one["name"],
                "why": one["why"],
                "recommended": one["course"] == made["recommended"],
                "searched": one["course"] in SEARCHED,
                "visits": one["sessions_count"],
                "weeks": one["interval_days"] // 7,
                "dial": "–".join(sorted(dials)),
                "passes": "–".join(sorted(passes, key=int)) if needled else "",
                "change": percent(one["improvement_fraction"]["median"]),
                "span": span(one["improvement_fraction"]),
                "grade": odds(max(grades, default=None)),
                "marks": odds(figures["pih_probability"]["median"]) if "pih_probability" in figures else "–",
                "checked": one["second_calculation"]["agrees"],
                "broken": one["broken_limits"],
                "plan": _fields(one) if needled and not one["broken_limits"] else [],
            }
        )
    return {"rows": rows, "reason": made["reason"], "months": max(1, round(made["read_day"] / DAYS_PER_MONTH))}


def _fields(one: dict[str, Any]) -> list[tuple[str, str]]:
    """A course as the fields of the plan's own form."""
    fields = [("visits", str(one["sessions_count"])), ("weeks", str(max(1, one["interval_days"] // 7 or 4)))]
    for setting in one["settings"]:
        fields.append((f"dial_{setting['zone']}", f"{setting['dial_mm']:g}"))
        fields.append((f"passes_{setting['zone']}", str(setting["passes"] or 4)))
    return fields


def _moved(record: dict[str, Any]) -> list[dict[str, Any]]:
    names = {one["key"]: _reading_name(one) for one in record["readings"]}
    days = {one["key"]: _day(record, one["day"]) for one in record["readings"]}
    return [
        {
            "words": one["words"],
            "before": f"{one['before']['median']:.2g}",
            "before_span": say(
                "progress.span", low=f"{one['before']['low80']:.2g}", high=f"{one['before']['high80']:.2g}"
            ),
            "after": f"{one['after']['median']:.2g}",
            "after_span": say(
                "progress.span", low=f"{one['after']['low80']:.2g}", high=f"{one['after']['high80']:.2g}"
            ),
            "by": [
                {"name": names.get(move["reading"], move["reading"]), "day": days.get(move["reading"], "")}
                for move in one["moved_by"][:3]
            ],
        }
        for one in record["parameters"]
        if one["learned"] and one["name"] != "maturation_days"
    ]


def _delivered(record: dict[str, Any]) -> str:
    rows = [row for row in record["delivered"]["rows"] if row["planned_density_per_cm2"] and row["density_per_cm2"]]
    if not rows:
        return ""
    share = fmean(row["density_per_cm2"] / row["planned_density_per_cm2"] for row in rows)
    return f"{100 * share:.0f}"
