"""The record of the needling dose: what is planned per session and zone, for machines and for the clinic to fill in."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from puncta.case import Course, ZoneSetting
from puncta.planning import Plan
from puncta.report.fingerprint import fingerprint
from puncta.report.view.figures import find
from puncta.report.view.practice import cartridge, hand_figures
from puncta.report.view.zones import area_cm2
from puncta.simulation import Outcome

FORMAT = 1
_DIGITS = 6
_FIGURES = (
    *("density_per_cm2", "depth_mm", "opened_area_fraction", "injury_mm3_per_cm2", "bleeding_fraction"),
    *("pain_score", "time_minutes"),
)


def dose_record(plan: Plan) -> dict[str, Any]:
    """Gather the record.

    Parameters
    ----------
    plan : Plan
        A plan with a recommended course.

    Returns
    -------
    dict
        Ready for JSON. Figures are (low80, median, high80) of the first session's draws; a later session with the same
        setting has the same figures, one with another setting has none. What is not modelled is null, never zero.
    """
    chosen = plan.chosen
    if chosen is None:
        raise ValueError("nothing is recommended, so there is no dose")
    marks = fingerprint(plan)
    speed, strokes, kind = hand_figures(plan.case)
    case, course = plan.case, chosen.course
    return {
        "format": FORMAT,
        "record": "planned needling dose",
        "puncta": marks.version,
        "plan": marks.plan,
        "hashes": {"case": marks.case, "evidence": marks.evidence, "outcome": marks.outcome},
        "seed": plan.seed,
        "draws_count": plan.draws_count,
        "planned_on": case.planned_on.isoformat(),
        "starts_on": plan.starts_on.isoformat() if plan.starts_on else None,
        "constructed": case.constructed,
        "person": case.person.identifier,
        "device": {"key": case.device.device, "kind": kind, "cartridge": cartridge(case)},
        "hand": {"speed_cm_per_s": speed, "strokes_per_s": strokes},
        "course": {
            "name": course.name,
            "sessions_count": len(course.sessions),
            "interval_days": course.interval_days,
            "home_products": list(course.home_products),
        },
        "sessions": [
            {
                "session": index + 1,
                "day": session.day,
                "zones": [_zone(plan, chosen.outcome, course, setting) for setting in session.settings],
            }
            for index, session in enumerate(course.sessions)
        ],
        "delivered": None,
    }


def _zone(plan: Plan, outcome: Outcome, course: Course, setting: ZoneSetting) -> dict[str, Any]:
    # figures belong to the first session that needles a zone
    first = next(s for session in course.sessions for s in session.settings if s.zone == setting.zone)
    known = (first.dial_mm, first.passes) == (setting.dial_mm, setting.passes)
    speed, strokes, _ = hand_figures(plan.case)
    return {
        "zone": setting.zone,
        "dial_mm": setting.dial_mm,
        "passes": setting.passes,
        "speed_cm_per_s": speed,
        "strokes_per_s": strokes,
        "area_cm2": area_cm2(plan.case, setting.zone),
        **{name: _band(outcome, name, setting.zone) if known else None for name in _FIGURES},
    }


def _band(outcome: Outcome, name: str, place: str) -> dict[str, float] | None:
    quantity = find(outcome, name, place)
    if quantity is None:
        return None
    low, median, high = np.percentile(quantity.values[:, 0], (10.0, 50.0, 90.0))
    return {"low80": _short(low), "median": _short(median), "high80": _short(high)}


def _short(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def dose_json(plan: Plan) -> str:
    """Write the record as JSON, the same bytes for the same plan."""
    return json.dumps(dose_record(plan), indent=2, ensure_ascii=False) + "\n"
