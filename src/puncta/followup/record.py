"""Record: a follow-up as plain values, the same for a terminal, a page and a program."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from puncta.appearance.scales import scale
from puncta.case import Concern
from puncta.evidence import Z80, parameter
from puncta.followup.learned import Learned, OutcomeForecast
from puncta.followup.readings import Reading
from puncta.followup.strange import ReadAgain
from puncta.followup.update import Update, next_course
from puncta.followup.visits import Grade
from puncta.imaging.errors import sdc95
from puncta.messages import text
from puncta.simulation import Band

FORMAT = 1
_DIGITS = 6  # numerics: digits that are written


def as_record(found: Update) -> dict[str, Any]:
    """A follow-up as plain values for JSON.

    Parameters
    ----------
    found : Update
        From `update`.

    Returns
    -------
    dict
        What was promised, what came, what the error is and what to do next, then everything behind it.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.followup.read import read_visits
    >>> from puncta.followup.update import update
    >>> case = read_case("examples/acne_scars.toml")
    >>> record = as_record(update(case, read_visits("examples/visits/acne_scars.toml", case), draws=100))
    >>> record["format"], record["visits"]["today"]
    (1, 174)
    """
    visits = found.visits
    return {
        "format": FORMAT,
        "title": visits.title,
        "constructed": found.case.constructed,
        "person": found.case.person.identifier,
        "seed": found.seed,
        "draws": found.draws_count,
        "visits": {
            "today": visits.today,
            "first_visit": visits.first_visit.isoformat() if visits.first_visit else None,
            "sessions": len(visits.sessions),
            "planned_sessions": len(visits.planned.sessions),
            "seen": visits.seen_count,
            "looks": _plain(visits.looks),
            "stays_away": visits.stays_away,
        },
        "screen": _screen(found),
        "delivered": _plain(found.delivered),
        "parameters": [_parameter(one) for one in found.parameters],
        "forecasts": [_forecast(one) for one in found.forecasts],
        "readings": [_reading(one) for one in found.readings],
        "not_used": [{**_read(one), "why": text(one.why_not)} for one in found.not_used],
        "unlike_everyone": _plain(found.unlike),
        "effective_sample": _round(found.effective_sample),
        "method": found.method,
        "method_words": text(f"followup.method.{found.method}"),
        "scores": found.scores_count,
        "advice": _advice(found),
        "next_course": _plain(next_course(found)),
        "thin": [text(key) for key in found.thin],
        "limits": [text(key) for key in found.limits],
        "assumed": found.case.library.trace(found.rests_on).assumed_count,
        "rests_on": list(found.rests_on),
    }


def _screen(found: Update) -> list[dict[str, Any]]:
    """The one screen, by concern: what was promised for today, what came, what the error is, what is expected now."""
    out = []
    for concern in found.case.concerns:
        kind = str(concern.kind)
        told = next(one for one in found.forecasts if one.concern == kind)
        read = _graded(found, concern)
        came = {key: read[-1][key] for key in _CAME} if read else None
        shown = [one for one in found.readings if one.reading.kind == "grade" and one.reading.subject == kind]
        out.append(
            {
                "concern": kind,
                "promised": _at(told, told.promised, found.visits.today),
                "came": came,
                "came_inside": shown[-1].inside if shown else None,
                "error80_fraction": read[-1]["error80_fraction"] if read else None,
                "graded": read,
                "now": _at(told, told.now, found.visits.today),
                "now_at_end": _at(told, told.now, told.days[-1]),
                "promised_at_end": _at(told, told.promised, told.days[-1]),
            }
        )
    return out


_CAME = ("day", "score", "change_fraction", "readings", "raters", "blinded")


def _graded(found: Update, concern: Concern) -> list[dict[str, Any]]:
    """Severity as it was graded, day by day, each with its own error."""
    grades = [one for one in found.visits.grades if one.concern == concern.kind and one.day > 0]
    if not concern.severity_score:
        return []
    out = []
    for day in sorted({one.day for one in grades}):
        own = [one for one in grades if one.day == day]
        mean = float(np.mean([one.score for one in own]))
        out.append(
            {
                "day": day,
                "score": _round(mean),
                "change_fraction": _round(mean / concern.severity_score - 1.0),
                "readings": sum(one.readings_count for one in own),
                "raters": len({one.rater for one in own}),
                "blinded": all(one.blinded for one in own),
                "error80_fraction": _grade_error(concern, own, found.visits.baseline_rater),
            }
        )
    return out


def _grade_error(concern: Concern, own: Sequence[Grade], first: str) -> float | None:
    """Half width of what 80 of 100 readings of no change would say, as a share of severity.

    Who read the first grade too errs the same way twice, which no change shows.
    """
    used = scale(concern.scale)
    within, between = (parameter(key).value for key in used.rater_keys)
    single = within**2 + used.step**2 / 12.0  # numerics: a rounded number is even inside
    raters = {one.rater for one in own}
    lean = 1.0 - 1.0 / len(raters) if first in raters else 1.0 + 1.0 / len(raters)
    error = math.sqrt(single + single / sum(one.readings_count for one in own) + between**2 * lean)
    return _round(Z80 * error / concern.severity_score)


def _at(told: OutcomeForecast, band: Band, day: float) -> dict[str, float | None]:
    names = ("low80", "low50", "median", "high50", "high80")
    return {name: _round(float(np.interp(day, told.days, getattr(band, name)))) for name in names}


def _parameter(one: Learned) -> dict[str, Any]:
    return {
        "name": one.name,
        "concern": one.concern,
        "words": text(f"followup.parameter.{one.name}"),
        "learned": one.learned,
        "before": _three(one.before) | {"mean": _round(one.before_mean), "sd": _round(one.before_sd)},
        "after": _three(one.after) | {"mean": _round(one.after_mean), "sd": _round(one.after_sd)},
        "moved_by": [{"reading": x.key, "by_sd": _round(x.by_sd), "alone_sd": _round(x.alone_sd)} for x in one.moved],
    }


def _three(band: tuple[float, float, float]) -> dict[str, float | None]:
    return dict(zip(("low80", "median", "high80"), map(_round, band), strict=True))


def _forecast(one: OutcomeForecast) -> dict[str, Any]:
    return {
        "name": one.name,
        "concern": one.concern,
        "words": text(f"followup.outcome.{one.name}"),
        "days": _plain(one.days),
        "promised": _plain(one.promised),
        "delivered": _plain(one.delivered),
        "now": _plain(one.now),
        "untreated": _plain(one.untreated),
    }


def _read(one: Reading) -> dict[str, Any]:
    out = {"key": one.key, "kind": one.kind, "day": one.day, "subject": one.subject, "what": one.what, "who": one.who}
    out |= {"value": _round(one.value), "blinded": one.blinded, "visit": one.session + 1 or None}
    if one.kind == "photograph":
        out["sdc"] = _round(sdc95(one.sd))
        out["beyond_error"] = abs(one.value) > sdc95(one.sd)
    return out


def _reading(one: ReadAgain) -> dict[str, Any]:
    band = _three((one.low, one.median, one.high))
    rest = {"inside80": one.inside, "as_far_probability": _round(one.as_far_probability), "outlier": one.outlier}
    return {**_read(one.reading), "expected": band, "residual": _round(one.reading.value - one.median), **rest}


def _advice(found: Update) -> dict[str, Any]:
    told = found.advice
    options = [
        {
            "key": one.key,
            "words": text(f"followup.option.{one.key}"),
            "days": list(one.days),
            "dial_mm": list(one.dial_mm),
            "grade_probability": _round(one.grade_probability),
            "more_probability": _round(one.more_probability),
            "further_fraction": _three(one.further_fraction),
            "reached_probability": _round(one.reached_probability),
            "better_probability": _round(one.better_probability),
            "distinguishable": one.distinguishable,
            "pih_probability": _three(one.pih_probability),
            "breaks": list(one.breaks),
            "advised": one.key == told.option,
        }
        for one in told.options
    ]
    return {
        "action": told.action,
        "words": text(f"followup.action.{told.action}"),
        "option": told.option,
        "reason": told.reason,
        "flags": list(told.flags),
        "options": options,
    }


def _round(value: float) -> float | None:
    return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, np.ndarray):
        return [_plain(x) for x in value.tolist()]
    if isinstance(value, dict):
        return {key: _plain(x) for key, x in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(x) for x in value]
    return _round(value) if isinstance(value, float) else value
