"""Promised and come, on one screen: what was promised, what came, what the error is, what to do next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from puncta.clinic import jobs
from puncta.clinic.access import Right, fetch, may, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.envelope import envelopes
from puncta.clinic.forms.after import OWN_SCALES
from puncta.clinic.learning import begin_learning, is_stale, latest_update
from puncta.clinic.measuring import pair_readings
from puncta.clinic.models import DiaryRecord, Person, UpdateRecord
from puncta.clinic.told import told
from puncta.clinic.views.people import person_line
from puncta.clinic.views.photographs import uuid_of
from puncta.clinic.views.screening import latest_visit, open_case
from puncta.clinic.visiting import promise_of, visits_tree
from puncta.clinic.words import say


@page(Right.HEALTH)
def progress(request: HttpRequest, pk: str) -> HttpResponse:
    """The one screen; what is not learnt yet is asked for by the page itself."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.HEALTH)
    case = open_case(person)
    plan = promise_of(case) if case else None
    values: dict[str, Any] = {
        "person": person,
        "line": person_line(person),
        "case": case,
        "plan": plan,
        "alerts": diary_alerts(person),
        "own_scores": _own_scores(person),
        **_last_diary(person),
        "step": "follow_up",
    }
    if case is None or plan is None:
        return render(request, "clinic/progress.html", values)
    asked = uuid_of(request.GET.get("of"))
    history = case.updates.order_by("-created_at")
    found = get_object_or_404(history, pk=asked) if asked else latest_update(case)
    if asked is None and may(member, Right.AFTER):
        unfinished = found is not None and found.state == "waiting" and jobs.share_done(found.key) is None
        values["stale"] = unfinished or is_stale(found, visits_tree(case, plan))
    if found is not None and found.state == "waiting":
        values |= {"waiting": True, "share": jobs.share_done(found.key)}
        found = history.filter(state="done").first()
    values["history"] = history.filter(state="done")[:12]
    if found is not None and found.state == "done":
        if not request.htmx:
            note(member.clinic, request.user, "viewed", found)
        visit = latest_visit(person)
        values |= told(found)
        if found.replan is None:
            values["searching"] = jobs.share_done(found.key)
        pairs = pair_readings(person) if values["photographs"] else []
        values["simulated"] = any((pair.record or {}).get("errors") == "simulated" for pair in pairs)
        values["screened"] = bool(visit and visit.allows and visit.day == timezone.localdate())
    elif found is not None:
        values["problem"] = found.problem or say("progress.failed")
    return render(request, "clinic/progress.html", values)


def diary_alerts(person: Person) -> list[dict[str, Any]]:
    """Diaries that lie outside the expected course, and flags that want a physician; the latest session first."""
    alerts = []
    for diary in DiaryRecord.objects.filter(session__person=person).select_related("session").order_by("-session__day"):
        compared = diary.compared or {}
        raised, outside = compared.get("raised", []), compared.get("diary_outside_count", 0)
        if raised or outside:
            alerts.append({"session": diary.session, "raised": raised, "outside": outside})
    return alerts


def _last_diary(person: Person) -> dict[str, Any]:
    """The latest diary against its envelope."""
    found = (
        DiaryRecord.objects.filter(session__person=person).select_related("session").order_by("-session__day").first()
    )
    return {"diary": found, "envelopes": envelopes(found.compared) if found else []}


def _own_scores(person: Person) -> list[dict[str, Any]]:
    rows: dict[str, list[float]] = {}
    for one in person.scores.filter(scale__in=OWN_SCALES).order_by("day", "created_at"):
        rows.setdefault(one.scale, []).append(one.score)
    return [{"name": say(f"score.{key}"), "first": scores[0], "last": scores[-1]} for key, scores in rows.items()]


@page(Right.AFTER)
@require_POST
def learn_now(request: HttpRequest, pk: str) -> HttpResponse:
    """Learn from everything on record so far; what was learnt before stays beside it."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.AFTER)
    case = open_case(person)
    plan = promise_of(case) if case else None
    if case is not None and plan is not None:
        busy = next((one for one in case.updates.filter(state="waiting") if jobs.share_done(one.key) is not None), None)
        # one that nobody works on any more was interrupted: it gives way
        UpdateRecord.objects.filter(case=case, state="waiting").exclude(pk=busy.pk if busy else None).delete()
        if busy is None:
            begin_learning(case, plan, member.clinic, request.user)
    return redirect(f"/people/{person.key}/progress/")
