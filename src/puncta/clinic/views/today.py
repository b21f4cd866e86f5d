"""Today: who is under way, what is overdue, what runs out."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from puncta.clinic.access import Right, may, member_of, of_clinic, page
from puncta.clinic.models import AdverseEvent, FollowUp, Lot, NeedlingSession, Person, Visit

_SOON_DAYS = 30
_FEW = 12


@page(Right.PEOPLE)
def today(request: HttpRequest) -> HttpResponse:
    """The first page of the day."""
    member = member_of(request)
    day = timezone.localdate()
    values: dict[str, object] = {"here": "today", "day": day, "health": may(member, Right.HEALTH)}
    if may(member, Right.HEALTH):
        drafts = of_clinic(request, NeedlingSession, Right.HEALTH).filter(signed_at=None)
        values["drafts"] = drafts.select_related("person").order_by("-day")[:_FEW]
        values["visits"] = (
            of_clinic(request, Visit, Right.HEALTH)
            .filter(day=day)
            .select_related("person")
            .order_by("-created_at")[:_FEW]
        )
        due = of_clinic(request, FollowUp, Right.HEALTH).filter(done_at=None, due_on__lte=day + timedelta(days=7))
        values["due"] = due.select_related("person").order_by("due_on")[:_FEW]
        events = of_clinic(request, AdverseEvent, Right.HEALTH).filter(outcome="open")
        values["events"] = events.select_related("person").order_by("-grade", "-began_on")[:_FEW]
    values["lots"] = (
        of_clinic(request, Lot, Right.STOCK)
        .filter(expires_on__lte=day + timedelta(days=_SOON_DAYS), pieces__gt=0)
        .order_by("expires_on")[:_FEW]
    )
    values["empty"] = not of_clinic(request, Person, Right.PEOPLE).exists()
    return render(request, "clinic/today.html", values)
