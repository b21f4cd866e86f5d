"""From the clinic's records to the library's visits file: the one place where a follow-up becomes its tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from puncta.clinic.library import side_effects
from puncta.clinic.looked import TERM
from puncta.clinic.measuring import pair_readings
from puncta.clinic.models import CaseRecord, DiaryRecord, NeedlingSession, PlanRecord

_FORMAT = 1


def promise_of(case: CaseRecord) -> PlanRecord | None:
    """The plan that stands as the promise: that of the first signed session, else the latest accepted one."""
    first = _signed(case)[:1]
    if first and first[0].plan is not None:
        return first[0].plan
    return case.plans.filter(state="done", accepted_at__isnull=False).order_by("-accepted_at").first()


def _signed(case: CaseRecord) -> list[NeedlingSession]:
    sessions = case.sessions.filter(signed_at__isnull=False).select_related("plan").prefetch_related("zones")
    by_day = {session.day: session for session in sessions.order_by("day", "number")}
    return list(by_day.values())


def visits_tree(case: CaseRecord, plan: PlanRecord, today: date | None = None) -> dict[str, Any]:
    """The tables of a visits file.

    Parameters
    ----------
    case : CaseRecord
        Whose sessions, scores, diaries, photographs and unwanted events.
    plan : PlanRecord
        What was promised.
    today : date, optional
        Day of the last look.

    Returns
    -------
    dict
        As the library reads it; names of nobody, graders as numbers.
    """
    sessions = _signed(case)
    start = sessions[0].day if sessions else timezone.localdate(plan.created_at)
    until = today or timezone.localdate()
    chosen = plan.alternative
    tree: dict[str, Any] = {
        "format": _FORMAT,
        "title": case.title,
        "first_visit": start.isoformat(),
        "today": max(0, (until - start).days),
        "baseline_rater": _rater(case),
        "sessions": [_session(one, start) for one in sessions],
        "grades": _grades(case, plan, start),
        "photographs": _photographs(case, plan, start),
        "reactions": _reactions(case, start),
        "looks": _looks(case, start),
    }
    if chosen.get("settings") and chosen.get("sessions_count"):
        tree["planned"] = {
            "sessions": chosen["sessions_count"],
            "interval_days": chosen["interval_days"] or 28,
            "settings": chosen["settings"],
        }
    return tree


def _rater(record: Any) -> str:
    return f"rater {record.created_by_id or 0}"


def _session(session: NeedlingSession, start: date) -> dict[str, Any]:
    done = [zone for zone in session.zones.all() if zone.done] or list(session.zones.all())
    zones = [{"zone": one.zone, "dial_mm": one.dial_mm, "passes": one.passes} for one in done]
    if zones and session.pain_score is not None:
        # one score a visit: it stands beside the zone that was set deepest
        max(zones, key=lambda one: (one["dial_mm"], one["passes"]))["pain_score"] = session.pain_score
    creamed = bool((session.plan.record or {}).get("numbing")) if session.plan else False
    diary = DiaryRecord.objects.filter(session=session).first()
    return {
        "day": (session.day - start).days,
        "device": session.device,
        "numbed": bool(session.cream) or not creamed,
        "zones": zones,
        "diary": diary.entries if diary else [],
    }


def _grades(case: CaseRecord, plan: PlanRecord, start: date) -> list[dict[str, Any]]:
    concerns = {one["scale"]: one["kind"] for one in plan.inputs.get("concerns", [])}
    scores = case.person.scores.filter(scale__in=concerns, day__gte=start).order_by("day", "created_at")
    return [
        {
            "day": (one.day - start).days,
            "concern": concerns[one.scale],
            "scale": one.scale,
            "score": one.score,
            "rater": _rater(one),
            "blinded": one.blinded,
        }
        for one in scores
    ]


def _photographs(case: CaseRecord, plan: PlanRecord, start: date) -> list[dict[str, Any]]:
    seen = {zone for one in plan.inputs.get("concerns", []) for zone in one["zones"]}
    seen |= {zone["name"] for zone in plan.inputs.get("zones", []) if zone["role"] == "treat"}
    rows, told = [], set()
    for pair in pair_readings(case.person):
        first, last = (timezone.localdate(one.taken_at) for one in (pair.before, pair.after))
        if first > start or last <= start:
            continue
        for row in (pair.record or {}).get("changes", []):
            key = ((last - start).days, row["zone"], row["metric"])
            if row.get("refused") or row["zone"] not in seen or row["before"] <= 0 or key in told:
                continue
            told.add(key)
            rows.append(
                {
                    "day": key[0],
                    "zone": row["zone"],
                    "metric": row["metric"],
                    "change": row["change"],
                    "sem": row["sem"],
                    "before": row["before"],
                }
            )
    return rows


def _reactions(case: CaseRecord, start: date) -> list[dict[str, Any]]:
    counted = {TERM, *side_effects()}
    rows = []
    for event in case.person.adverse_events.filter(term__in=counted, began_on__gte=start).order_by("began_on"):
        row: dict[str, Any] = {"day": (event.began_on - start).days, "kind": event.term}
        if event.ended_on is not None:
            row["gone_day"] = max(row["day"], (event.ended_on - start).days)
        rows.append(row)
    return rows


def _looks(case: CaseRecord, start: date) -> list[dict[str, Any]]:
    """Days on which somebody looked for dark marks and saw none; what was seen is a reaction."""
    days = case.person.looks.filter(term=TERM, day__gte=start).order_by("day").values_list("day", flat=True)
    return [{"day": (day - start).days, "dark_marks": False} for day in days]
