"""The list of the week: who is due, who is overdue, whose skin went otherwise than expected."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from puncta.clinic.access import Right, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.seen import due_dates, late_visits, out_of_course, undecided


@page(Right.HEALTH)
def seen(request: HttpRequest) -> HttpResponse:
    """Everybody who wants to be looked at."""
    clinic, today = member_of(request).clinic, timezone.localdate()
    dates = list(due_dates(clinic, today))
    visits = late_visits(clinic, today)
    note(clinic, request.user, "listed", clinic)
    values = {
        "overdue": [one for one in dates if one.due_on < today],
        "due": [one for one in dates if one.due_on >= today],
        "late": [row for row in visits if row["late"]],
        "next": [row for row in visits if not row["late"]],
        "outside": out_of_course(clinic, today),
        "undecided": undecided(clinic),
        "today": today,
        "here": "today",
    }
    return render(request, "clinic/seen.html", values)
