"""What a plan's page shows: taken from the report once, when the plan is made, and kept; looking never computes."""

from __future__ import annotations

from typing import Any

from puncta.clinic.drawing import strict
from puncta.clinic.library import Drawings, Letterhead, Plan, Printed, ReportView, legend, maps_of, patient_sheet


def _figure(entry: Printed | None) -> dict[str, str] | None:
    return None if entry is None else {"value": entry.value, "text": entry.with_unit, "band": entry.tight}


def shown_plan(plan: Plan, seen: ReportView, drawn: Drawings, head: Letterhead) -> dict[str, Any]:
    """Words, figures and drawings of a plan as plain values.

    Parameters
    ----------
    plan : Plan
        The plan, with a recommended course.
    seen : ReportView
        Its words and figures.
    drawn : Drawings
        Its charts.
    head : Letterhead
        What stands on the patient sheet, whose words are kept too.
    """
    assert plan.chosen is not None
    maps = maps_of(plan.case, plan.chosen.course)
    zones = [
        {
            "zones": row.zones,
            "name": row.name,
            "sides": row.sides,
            "dial": row.dial,
            "passes": row.passes,
            "time": row.time,
            "stop_at": row.stop_at,
            "area": row.area,
            "limits": row.limits,
            **{name: _figure(getattr(row, name)) for name in ("reaches", "density", "pain", "redness")},
        }
        for row in seen.zones
    ]
    courses = []
    for index, row in enumerate(seen.courses):
        cell = drawn.bands[index][0] if drawn.bands else None
        figures = {name: _figure(getattr(row, name)) for name in ("grade", "marks", "pain", "redness")}
        courses.append(
            {
                "key": plan.alternatives[index].course.name,
                "name": row.name,
                "verdict": row.verdict,
                "recommended": row.recommended,
                "visits": row.visits,
                "settings": row.settings,
                "change": _figure(row.changes[0]) if row.changes else None,
                "band": strict(cell.inline()) if cell else "",
                **figures,
            }
        )
    numbing = seen.numbing
    return {
        "answer": seen.answer,
        "answer_more": seen.answer_more,
        "course": seen.course,
        "course_line": seen.course_line,
        "needling": seen.needling,
        "home": seen.home,
        "device": seen.device,
        "product": seen.product,
        "hand_lead": seen.hand_lead,
        "hand": seen.hand,
        "held": seen.held,
        "step_name": seen.step_name,
        "zones": zones,
        "courses": courses,
        "axis": strict(drawn.axes[0].inline()) if drawn.axes else "",
        "forecasts": [
            {"name": one.concern, "wide": strict(one.wide.inline()), "narrow": strict(one.narrow.inline())}
            for one in drawn.forecasts
        ],
        "days": [strict(one.page.inline()) for one in drawn.days],
        "expect": [{"name": row.name, "figure": _figure(row.figure)} for row in seen.expect],
        "numbing": None
        if numbing is None
        else {
            "product": numbing.product,
            "amount": numbing.amount,
            "unit": numbing.unit,
            "area": numbing.area,
            "minutes": numbing.minutes,
            "sentence": numbing.sentence,
            "warnings": numbing.warnings,
            "refused": numbing.refused,
        },
        "maps": [{"region": one.region, "svg": strict(one.inline())} for one in maps],
        "legend": legend(plan.case, maps),
        "patient": patient_sheet(plan, seen, head),
        "assumed": seen.foot.assumed,
        "plan_key": seen.plan_key,
        "version": seen.version,
    }
