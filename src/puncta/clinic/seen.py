"""Who is due, overdue, or outside what was expected: one list each, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from puncta.clinic.models import Clinic, DiaryRecord, FollowUp, Person, PlanRecord, Reading, UpdateRecord
from puncta.clinic.words import say

_MOST, _LOOK_AHEAD_DAYS, _LOOK_BACK_DAYS = 60, 14, 180
#: A month without the next visit after its day is late; before that a visit is only due.
_PATIENCE_DAYS = 14


def due_dates(clinic: Clinic, today: date) -> QuerySet[FollowUp]:
    """Dates that were set: overdue ones first."""
    until = today + timedelta(days=_LOOK_AHEAD_DAYS)
    found = FollowUp.objects.filter(person__clinic=clinic, person__erased_at=None, done_at=None, due_on__lte=until)
    return found.select_related("person").order_by("due_on")[:_MOST]


def late_visits(clinic: Clinic, today: date) -> list[dict[str, Any]]:
    """People whose plan has visits left and whose next one has not come, by how long it is late."""
    plans = PlanRecord.objects.filter(
        case__person__clinic=clinic, case__person__erased_at=None, case__closed_at=None, accepted_at__isnull=False
    )
    signed = Q(sessions__signed_at__isnull=False)
    plans = plans.annotate(last=Max("sessions__day", filter=signed), done=Count("sessions", filter=signed))
    plans = plans.filter(last__gte=today - timedelta(days=_LOOK_BACK_DAYS)).select_related("case__person")
    rows = []
    for plan in plans.defer("shown", "inputs").order_by("last")[: _MOST * 6]:
        chosen = plan.alternative
        left = (chosen.get("sessions_count") or 0) - plan.done
        if left <= 0:
            continue
        wanted = plan.last + timedelta(days=chosen.get("interval_days") or 28)
        if wanted <= today:
            late = (today - wanted).days
            rows.append(
                {
                    "person": plan.case.person,
                    "wanted": wanted,
                    "late": late >= _PATIENCE_DAYS,
                    "days": late,
                    "left": left,
                }
            )
    return sorted(rows, key=lambda row: row["wanted"])[:_MOST]


def out_of_course(clinic: Clinic, today: date) -> list[dict[str, Any]]:
    """People whose diary, grades or photographs went otherwise than expected; a flag first."""
    rows = [*_diaries(clinic, today), *_updates(clinic, today)]
    return sorted(rows, key=lambda row: (row["weight"], -row["day"].toordinal()))[:_MOST]


def _diaries(clinic: Clinic, today: date) -> Iterator[dict[str, Any]]:
    found = DiaryRecord.objects.filter(
        session__person__clinic=clinic, session__day__gte=today - timedelta(days=_LOOK_BACK_DAYS)
    )
    for diary in found.select_related("session__person").order_by("-session__day"):
        compared = diary.compared or {}
        raised, outside = compared.get("raised", []), compared.get("diary_outside_count") or 0
        if not raised and not outside:
            continue
        words = raised[0]["words"] if raised else say("seen.diary", count=outside)
        yield {
            "person": diary.session.person,
            "day": diary.session.day,
            "words": words,
            "weight": 0 if raised else 2,
            "action": "stop" if raised else "caution",
            "link": f"/sessions/{diary.session.key}/diary/",
        }


def _updates(clinic: Clinic, today: date) -> Iterator[dict[str, Any]]:
    since = today - timedelta(days=_LOOK_BACK_DAYS)
    found = UpdateRecord.objects.filter(case__person__clinic=clinic, state="done", created_at__date__gte=since)
    told: set[Any] = set()
    for one in found.select_related("case__person").order_by("-created_at")[: _MOST * 6]:
        if one.case_id in told:
            continue
        told.add(one.case_id)
        record = one.record or {}
        outside = [row for row in record.get("screen", []) if row["came"] is not None and row["came_inside"] is False]
        action = record.get("advice", {}).get("action")
        if action == "refer":
            words, weight, shape = record["advice"]["words"], 0, "stop"
        elif record.get("unlike_everyone", {}).get("unlike"):
            words, weight, shape = say("seen.unlike"), 1, "caution"
        elif outside:
            words, weight, shape = say("seen.outside"), 2, "note"
        else:
            continue
        yield {
            "person": one.case.person,
            "day": one.created_at.date(),
            "words": words,
            "weight": weight,
            "action": shape,
            "link": f"/people/{one.case.person.key}/progress/",
        }


def undecided(clinic: Clinic) -> QuerySet[Person]:
    """People with a photograph that the gate refused and nobody decided on."""
    waiting = Reading.objects.filter(photograph__person__clinic=clinic, state="refused").values("photograph__person")
    return Person.objects.filter(pk__in=waiting, erased_at=None).order_by("family_name")[:_MOST]
