"""Keeping: export, erasure, what is older than the clinic keeps, and the pack for an inspection."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import IO

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, member_of, of_clinic, page
from puncta.clinic.audit import first_break, note
from puncta.clinic.erasure import erase, past_retention
from puncta.clinic.export import write_export
from puncta.clinic.guard import counted
from puncta.clinic.importing import ImportRefusedError, take_in_people
from puncta.clinic.models import (
    AdverseEvent,
    AuditEntry,
    Consent,
    LookedFor,
    LotUse,
    Membership,
    NeedlingSession,
    Person,
)
from puncta.clinic.views.refusals import refused
from puncta.clinic.words import say

_MOST = 300


@page(Right.EXPORT, fresh=True)
def keeping(request: HttpRequest) -> HttpResponse:
    """Export, and who is past the time that records are kept."""
    old = past_retention(member_of(request).clinic, timezone.localdate()).order_by("code")
    return render(request, "clinic/keeping.html", {"old": old[:_MOST], "count": old.count(), "here": "clinic"})


@page(Right.EXPORT, fresh=True)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Everything of the clinic as one zip."""
    clinic = member_of(request).clinic
    if counted(f"export {request.user.pk}", 3600) > settings.EXPORTS_AN_HOUR:
        return refused(request, "too_fast", 429)
    note(clinic, request.user, "exported", clinic)
    file = tempfile.TemporaryFile()  # noqa: SIM115
    write_export(clinic, file)
    file.seek(0)
    response = StreamingHttpResponse(_pieces(file), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="clinic-{timezone.localdate():%Y%m%d}.zip"'
    return response


@page(Right.EXPORT, fresh=True)
@require_POST
def import_people(request: HttpRequest) -> HttpResponse:
    """People from a table: all of them, or none and every reason."""
    given = request.FILES.get("file")
    try:
        if given is None:
            raise ImportRefusedError(say("import.no_table"))
        added, known = take_in_people(given.read(), member_of(request).clinic, request.user)
    except ImportRefusedError as error:
        for line in str(error).splitlines():
            messages.error(request, line)
    else:
        messages.success(request, say("import.people_done", added=added, known=known))
    return redirect("/clinic/keeping/")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file piece by piece; gone when it was sent."""
    with file:
        while piece := file.read(1 << 18):
            yield piece


@page(Right.ERASE, fresh=True)
def erase_person(request: HttpRequest, pk: str) -> HttpResponse:
    """Erase a person, after the code was typed once more."""
    person = fetch(request, Person, pk, Right.ERASE)
    if request.method == "POST":
        if request.POST.get("code", "").strip().upper() == person.code.upper():
            erase(person, request.user)
            messages.success(request, say("erase.done", code=person.code))
            return redirect("/people/")
        messages.error(request, say("erase.other_code", code=person.code))
    return render(request, "clinic/erase.html", {"person": person})


@page(Right.AUDIT)
def inspection(request: HttpRequest) -> HttpResponse:
    """The pack for a range of days: staff, sessions, lots, consents, events, audit; made to be printed."""
    clinic = member_of(request).clinic
    today = timezone.localdate()
    start = _day(request.GET.get("from"), today - timedelta(days=30))
    end = _day(request.GET.get("to"), today)
    sessions = of_clinic(request, NeedlingSession, Right.AUDIT).filter(day__range=(start, end))
    consents = of_clinic(request, Consent, Right.AUDIT).filter(signed_at__date__range=(start, end))
    events = of_clinic(request, AdverseEvent, Right.AUDIT).filter(began_on__range=(start, end))
    uses = LotUse.objects.filter(session__person__clinic=clinic, session__day__range=(start, end))
    entries = AuditEntry.objects.filter(clinic=clinic, at__date__range=(start, end))
    values = {
        "start": start,
        "end": end,
        "clinic": clinic,
        "staff": Membership.objects.filter(clinic=clinic).select_related("user"),
        "sessions": sessions.select_related("person", "signed_by").order_by("day")[:_MOST],
        "consents": consents.select_related("person").defer("body", "strokes").order_by("signed_at")[:_MOST],
        "looks": of_clinic(request, LookedFor, Right.AUDIT).filter(day__range=(start, end)).count(),
        "events": events.select_related("person").order_by("began_on")[:_MOST],
        "uses": uses.select_related("lot", "session__person").order_by("lot__kind", "lot__lot")[:_MOST],
        "entries": entries.count(),
        "broken": first_break(clinic),
        "here": "clinic",
    }
    return render(request, "clinic/inspection.html", values)


def _day(words: str | None, usual: date) -> date:
    try:
        return date.fromisoformat(words or "")
    except ValueError:
        return usual
