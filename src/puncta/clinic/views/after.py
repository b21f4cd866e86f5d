"""Follow-up: what is due, what was unwanted, what people and scales say; dates for a calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.forms.after import OUTCOMES, OWN_SCALES, DueForm, EventForm, ScoreForm
from puncta.clinic.forms.base import shown_version
from puncta.clinic.library import scales
from puncta.clinic.looked import marks_there, none_seen
from puncta.clinic.models import AdverseEvent, FollowUp, Person, Reported
from puncta.clinic.views.people import person_line
from puncta.clinic.views.sessions import accepted_plan
from puncta.clinic.words import say, spoken


def _page(request: HttpRequest, person: Person, status: int = 200, **forms: Any) -> HttpResponse:
    today = timezone.localdate()
    scores: dict[str, list[Reported]] = {}
    for one in person.scores.order_by("day", "created_at"):
        scores.setdefault(one.scale, []).append(one)
    plan = accepted_plan(person)
    last = person.sessions.exclude(signed_at=None).order_by("-day").first()
    interval = plan.alternative.get("interval_days", 0) if plan else 0
    values = {
        "person": person,
        "line": person_line(person),
        "due": person.follow_ups.filter(done_at=None).order_by("due_on"),
        "done": person.follow_ups.exclude(done_at=None).order_by("-done_at")[:10],
        "today": today,
        "earliest": last.day + timedelta(days=interval) if last and interval else None,
        "last": last,
        "events": person.adverse_events.order_by("-began_on"),
        "outcomes": OUTCOMES,
        "looks": person.looks.select_related("created_by").order_by("-day")[:10],
        "looked_today": person.looks.filter(day=today).exists(),
        "marks_there": marks_there(person),
        "scores": [(_scale_name(key), entries) for key, entries in scores.items()],
        "plan": plan,
        "due_form": DueForm(),
        "event_form": EventForm(),
        "score_form": ScoreForm(),
        "step": "follow_up",
    }
    return render(request, "clinic/follow_up.html", {**values, **forms}, status=status)


def _scale_name(key: str) -> str:
    return say(f"score.{key}") if key in OWN_SCALES else scales()[key].name


@page(Right.HEALTH)
def follow_up(request: HttpRequest, pk: str) -> HttpResponse:
    """One person's dates, scores and events."""
    return _page(request, fetch(request, Person, pk, Right.HEALTH))


def _add(request: HttpRequest, pk: str, form: Any, name: str, model: type[Any], **more: Any) -> HttpResponse:
    member = member_of(request)
    person = fetch(request, Person, pk, Right.AFTER)
    if not form.is_valid():
        return _page(request, person, 422, **{name: form})
    with transaction.atomic():
        made = model(person=person, created_by=request.user, changed_by=request.user, **more, **form.cleaned_data)
        made.save(force_insert=True)
        note(member.clinic, request.user, "created", made, form.cleaned_data)
    messages.success(request, say("form.saved"))
    return redirect(f"/people/{person.key}/follow-up/")


@page(Right.AFTER)
@require_POST
def add_due(request: HttpRequest, pk: str) -> HttpResponse:
    """A date to come."""
    return _add(request, pk, DueForm(request.POST), "due_form", FollowUp)


@page(Right.AFTER)
@require_POST
def add_score(request: HttpRequest, pk: str) -> HttpResponse:
    """A score of today."""
    return _add(request, pk, ScoreForm(request.POST), "score_form", Reported, day=timezone.localdate())


@page(Right.AFTER)
@require_POST
def add_event(request: HttpRequest, pk: str) -> HttpResponse:
    """Something unwanted, graded."""
    return _add(request, pk, EventForm(request.POST), "event_form", AdverseEvent)


@page(Right.AFTER)
@require_POST
def add_look(request: HttpRequest, pk: str) -> HttpResponse:
    """Dark marks were looked for today, and none seen."""
    person = fetch(request, Person, pk, Right.AFTER)
    back = "progress" if request.POST.get("back") == "progress" else "follow-up"
    there = marks_there(person)
    if there is not None:
        messages.error(request, say("looked.there", day=f"{there.began_on:%Y-%m-%d}"))
    else:
        with transaction.atomic():
            none_seen(person, timezone.localdate(), request.user)
        messages.success(request, say("looked.kept"))
    return redirect(f"/people/{person.key}/{back}/")


@page(Right.AFTER)
@require_POST
def close_event(request: HttpRequest, pk: str) -> HttpResponse:
    """How an unwanted event goes on."""
    member = member_of(request)
    event = fetch(request, AdverseEvent, pk, Right.AFTER, "person")
    outcome = request.POST.get("outcome", "")
    if outcome in OUTCOMES:
        ended = timezone.localdate() if outcome == "gone" else None
        with transaction.atomic():
            event.save_over(shown_version(request.POST), request.user, outcome=outcome, ended_on=ended)
            note(member.clinic, request.user, "changed", event, {"outcome": outcome})
    return redirect(f"/people/{event.person.key}/follow-up/")


@page(Right.AFTER)
@require_POST
def mark_done(request: HttpRequest, pk: str) -> HttpResponse:
    """A date is done."""
    member = member_of(request)
    due = fetch(request, FollowUp, pk, Right.AFTER, "person")
    if due.done_at is None:
        with transaction.atomic():
            due.save_over(shown_version(request.POST), request.user, done_at=timezone.now())
            note(member.clinic, request.user, "changed", due)
    return redirect(f"/people/{due.person.key}/follow-up/")


@page(Right.HEALTH)
def calendar_entry(request: HttpRequest, pk: str) -> HttpResponse:
    """A date as a calendar file: the code, never the name."""
    due = fetch(request, FollowUp, pk, Right.HEALTH, "person__clinic")
    with override(spoken(due.person)):
        title = f"{say(f'follow.{due.kind}')} {due.person.code}"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Puncta//clinic//EN",
        "BEGIN:VEVENT",
        f"UID:{due.key}@puncta",
        f"DTSTAMP:{due.created_at:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{due.due_on:%Y%m%d}",
        f"SUMMARY:{title}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    response = HttpResponse("\r\n".join(lines), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{due.person.code}-{due.due_on:%Y%m%d}.ics"'
    return response
