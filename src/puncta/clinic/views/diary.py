"""Diary after a session: on the tablet, on paper, or as a form that works offline and comes back as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, member_of, page
from puncta.clinic.diary import DiaryFileError, keep_entries, read_file
from puncta.clinic.envelope import envelopes
from puncta.clinic.every_page import context
from puncta.clinic.forms.case import sentences
from puncta.clinic.forms.diary import GRADES, DiaryForm, sign_name
from puncta.clinic.library import PLAIN_SIGNS, SIGNS, InputError, unreviewed
from puncta.clinic.models import DiaryRecord, NeedlingSession
from puncta.clinic.views.people import person_line
from puncta.clinic.words import language, say, spoken

_LARGEST_BYTES = 200_000
#: Days with a row in the printed and the offline diary: the first month, as in the device's own study.
_DAYS = range(31)


def _session(request: HttpRequest, pk: str, right: Right) -> NeedlingSession:
    session = fetch(request, NeedlingSession, pk, right, "person__clinic", "plan")
    if not session.locked:
        raise Http404
    return session


def _page(request: HttpRequest, session: NeedlingSession, form: DiaryForm | None = None) -> HttpResponse:
    diary = DiaryRecord.objects.filter(session=session).first()
    since = (timezone.localdate() - session.day).days
    tongue = spoken(session.person)
    values = {
        "person": session.person,
        "line": person_line(session.person),
        "session": session,
        "diary": diary,
        "rows": _rows(diary) if diary else [],
        "envelopes": envelopes(diary.compared) if diary else [],
        "form": form or DiaryForm(initial={"day": since}),
        "signs": [sign_name(sign) for sign in SIGNS],
        "spoken": tongue,
        # a page in that language is marked as a whole
        "mark": unreviewed(tongue) if tongue != language() else "",
        "step": "follow_up",
    }
    return render(request, "clinic/diary.html", values, status=422 if form else 200)


def _rows(diary: DiaryRecord) -> list[dict[str, Any]]:
    outside = {(one["day"], one["sign"]) for one in (diary.compared or {}).get("diary", []) if not one["inside"]}
    return [
        {
            "day": entry["day"],
            "cells": [{"grade": entry.get(sign), "outside": (entry["day"], sign) in outside} for sign in SIGNS],
            "seen": [sign_name(sign) for sign in PLAIN_SIGNS if entry.get(sign)],
        }
        for entry in diary.entries
    ]


@page(Right.HEALTH)
def diary(request: HttpRequest, pk: str) -> HttpResponse:
    """What was written so far, beside what was expected; one more day."""
    return _page(request, _session(request, pk, Right.HEALTH))


@page(Right.AFTER)
@require_POST
def write_day(request: HttpRequest, pk: str) -> HttpResponse:
    """One day, written on the tablet."""
    session, form = _session(request, pk, Right.AFTER), DiaryForm(request.POST)
    if form.is_valid():
        try:
            keep_entries(session, [form.entry()], member_of(request), request.user)
        except InputError as error:
            form.add_error("day", " ".join(sentences(one) for one in error.problems))
    if form.errors:
        return _page(request, session, form)
    messages.success(request, say("form.saved"))
    return redirect(f"/sessions/{session.key}/diary/")


@page(Right.AFTER)
@require_POST
def take_file(request: HttpRequest, pk: str) -> HttpResponse:
    """The offline form's file: all of it is kept, or nothing with every reason."""
    session, given = _session(request, pk, Right.AFTER), request.FILES.get("file")
    try:
        if given is None or given.size is None or given.size > _LARGEST_BYTES:
            raise DiaryFileError(say("diary.no_file"))
        entries = read_file(given.read(), session)
        keep_entries(session, entries, member_of(request), request.user)
    except DiaryFileError as error:
        messages.error(request, str(error))
    except InputError as error:
        for one in error.problems:
            messages.error(request, f"{one.field} = {one.given}: {sentences(one)}")
    else:
        messages.success(request, say("diary.taken", count=len(entries)))
    return redirect(f"/sessions/{session.key}/diary/")


def _blank(session: NeedlingSession) -> dict[str, Any]:
    return {
        "session": session,
        "person": session.person,
        "clinic": session.person.clinic,
        "days": _DAYS,
        "grades": GRADES,
        "signs": [(sign, sign_name(sign)) for sign in SIGNS],
        "plain": [(sign, sign_name(sign)) for sign in PLAIN_SIGNS],
    }


@page(Right.HEALTH)
def paper_diary(request: HttpRequest, pk: str) -> HttpResponse:
    """The diary to print, in the language of who writes it."""
    session = _session(request, pk, Right.HEALTH)
    with override(spoken(session.person)):
        return render(request, "clinic/diary_paper.html", _blank(session))


@page(Right.HEALTH)
def offline_diary(request: HttpRequest, pk: str) -> HttpResponse:
    """One file to give away: it needs no network, names nobody, and saves its answers as a file."""
    session = _session(request, pk, Right.HEALTH)
    with override(spoken(session.person)):
        written = render_to_string("clinic/diary_offline.html", {**_blank(session), **context(request)})
    response = HttpResponse(written, content_type="text/html")
    response["Content-Disposition"] = f'attachment; filename="diary-{session.person.code}-{session.day}.html"'
    return response
