"""Photographs: taken in sealed, put before the gate, seen in time."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from puncta.clinic import jobs
from puncta.clinic.access import Right, fetch, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.forms.base import shown_version
from puncta.clinic.guard import GUIDE_POLICY
from puncta.clinic.guide import VERSION, guide_ready
from puncta.clinic.intake import PhotographRefused, take_in
from puncta.clinic.library import parameter
from puncta.clinic.measuring import ASKED, begin_reading, forget_readings, measuring_off, reasons, start_reading
from puncta.clinic.models import NeedlingSession, Person, Photograph, Reading
from puncta.clinic.sealing import UnreadableError, drop, keep, read
from puncta.clinic.views.consents import standing
from puncta.clinic.views.people import person_line
from puncta.clinic.words import say

VIEWS = ("front", "oblique_right", "oblique_left", "side_right", "side_left", "detail")
#: What the capture guide looks at, in the order in which it is put right.
HINTS = ("distance", "pose", "light", "focus", "rest")
STAGES = ("before", "after", "follow_up")


@page(Right.PHOTO)
def photographs(request: HttpRequest, pk: str) -> HttpResponse:
    """All photographs by view, oldest first; the form for new ones."""
    person = fetch(request, Person, pk, Right.PHOTO)
    taken = list(
        person.photographs.filter(sealed_key__isnull=False)
        .order_by("taken_at")
        .select_related("reading")
        .defer("sealed_key", "thumb_key")
    )
    readings = [one.reading for one in taken if hasattr(one, "reading")]
    waiting = [one for one in readings if one.state == "waiting"]
    for one in waiting:
        if jobs.share_done(one.key) is None:
            # whoever was measuring it is gone: begin again
            start_reading(one, member_of(request).clinic, request.user)
    rows = [(view, [one for one in taken if one.view == view]) for view in VIEWS]
    session = person.sessions.filter(day=timezone.localdate()).order_by("-number").first()
    values = {
        "person": person,
        "line": person_line(person),
        "rows": [(view, shown) for view, shown in rows if shown],
        "last": {view: shown[-1].key for view, shown in rows if shown},
        "taken": taken,
        "views": VIEWS,
        "stages": STAGES,
        "session": session,
        "stage": "before" if session is None or not session.locked else "after",
        "consent": standing(person, "photographs"),
        "waiting": len(waiting),
        "refused": [(one, reasons(one)) for one in readings if one.state in ("refused", "failed")],
        "asked": ASKED,
        "why_not": measuring_off(member_of(request).clinic),
        "most": settings.PHOTOGRAPH_MAX_BYTES // 2**20,
        "step": "photographs",
    }
    if not guide_ready():
        return render(request, "clinic/photographs.html", values)
    values |= {"guide": f"/guide/{VERSION}/", "limits": json.dumps(_limits()), "hints": HINTS}
    response = render(request, "clinic/photographs.html", values)
    response["Content-Security-Policy"] = GUIDE_POLICY
    return response


def _limits() -> dict[str, float]:
    """Where the guide's hints turn: the gate's own limits, from the evidence."""
    names = {
        "turn": "most_turn_degrees", "roll": "most_roll_degrees", "size": "most_size_change",
        "level": "most_skin_level_shift", "clipped": "most_clipped_fraction", "focus": "most_focus_change_any",
    }  # fmt: skip
    limits = {name: parameter(f"imaging.{key}").value for name, key in names.items()}
    return {**limits, "moved": parameter("guide.most_moved").value}


@page(Right.ADD_PHOTO)
@require_POST
def add_photographs(request: HttpRequest, pk: str) -> HttpResponse:
    """Take in what was chosen; each file that is refused says why, the others are kept."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.ADD_PHOTO)
    back = redirect(f"/people/{person.key}/photographs/")
    if standing(person, "photographs") is None:
        messages.error(request, say("photo.needs_consent"))
        return back
    view, stage = request.POST.get("view", ""), request.POST.get("stage", "")
    if view not in VIEWS or stage not in STAGES:
        messages.error(request, say("photo.which_view"))
        return back
    session = person.sessions.filter(pk=uuid_of(request.POST.get("session"))).first()
    files = request.FILES.getlist("files")
    if not files:
        messages.error(request, say("photo.none_chosen"))
    made: list[Photograph] = []
    for file in files:
        try:
            made.append(_keep(file, person, session, view, stage, request.user))
        except PhotographRefused as error:
            messages.error(request, str(error))
    if made:
        note(member.clinic, request.user, "created", person, {"photographs": len(made), "view": view})
        messages.success(request, say("photo.kept", count=len(made)))
    said = {name: {"yes": True, "no": False}.get(request.POST.get(name, "")) for name in ASKED}
    for one in made:
        begin_reading(one, said, member.clinic, request.user)
    return back


def uuid_of(words: str | None) -> UUID | None:
    """An id as it stands in an address; None where it is none."""
    try:
        return UUID(words or "")
    except ValueError:
        return None


def _keep(
    file: UploadedFile, person: Person, session: NeedlingSession | None, view: str, stage: str, user: Any
) -> Photograph:
    taken = take_in(file.read(), file.name or "")
    digest = hashlib.sha256(taken.content).hexdigest()
    if person.photographs.filter(digest=digest, sealed_key__isnull=False).exists():
        raise PhotographRefused(say("photo.twice", name=(file.name or "")[:60]))
    made = Photograph(person=person, session=session, view=view, stage=stage, digest=digest, created_by=user)
    made.taken_at, made.width, made.height, made.capture = taken.taken_at, taken.width, taken.height, taken.capture
    # sealed files first: a row without its file never exists, a file without its row is swept at the next backup
    made.sealed_key = keep(f"{made.key}-full", taken.content)
    made.thumb_key = keep(f"{made.key}-thumb", taken.thumb)
    with transaction.atomic():
        made.save(force_insert=True)
    return made


def _picture(request: HttpRequest, pk: str, right: Right, size: str) -> tuple[Photograph, HttpResponse]:
    photograph = fetch(request, Photograph, pk, right, "person")
    wrapped = photograph.sealed_key if size == "full" else photograph.thumb_key
    if wrapped is None:
        raise Http404
    try:
        content = read(f"{photograph.key}-{size}", wrapped)
    except UnreadableError:
        raise Http404 from None
    return photograph, HttpResponse(content, content_type="image/jpeg")


@page(Right.PHOTO)
def thumb(request: HttpRequest, pk: str) -> HttpResponse:
    """The small picture of the timeline."""
    return _picture(request, pk, Right.PHOTO, "thumb")[1]


@page(Right.PHOTO)
def image(request: HttpRequest, pk: str) -> HttpResponse:
    """The whole picture; looking at it stands in the audit."""
    photograph, response = _picture(request, pk, Right.PHOTO, "full")
    note(member_of(request).clinic, request.user, "viewed", photograph)
    return response


@page(Right.DOWNLOAD_PHOTO)
@require_POST
def download(request: HttpRequest, pk: str) -> HttpResponse:
    """A clean copy to take out, named by code and day, never by the person."""
    photograph, response = _picture(request, pk, Right.DOWNLOAD_PHOTO, "full")
    note(member_of(request).clinic, request.user, "downloaded", photograph)
    name = f"{photograph.person.code}-{photograph.view}-{photograph.taken_at:%Y%m%d}.jpg"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page(Right.ADD_PHOTO)
@require_POST
def keep_unmeasured(request: HttpRequest, pk: str) -> HttpResponse:
    """Keep a photograph that the gate refused: it stays in the record and is not measured."""
    photograph = fetch(request, Photograph, pk, Right.ADD_PHOTO, "person")
    reading = Reading.objects.filter(photograph=photograph, state__in=("refused", "failed")).first()
    if reading is not None:
        with transaction.atomic():
            reading.save_over(shown_version(request.POST), request.user, state="kept")
            note(member_of(request).clinic, request.user, "kept", reading)
        messages.success(request, say("measure.kept"))
    return redirect(f"/people/{photograph.person.key}/photographs/")


@page(Right.ADD_PHOTO)
@require_POST
def retake(request: HttpRequest, pk: str) -> HttpResponse:
    """Let go of a photograph that the gate refused and nobody has kept: it is taken again."""
    photograph = fetch(request, Photograph, pk, Right.ADD_PHOTO, "person")
    if Reading.objects.filter(photograph=photograph, state__in=("refused", "failed")).exists():
        destroy(photograph)
        note(member_of(request).clinic, request.user, "deleted", photograph)
        messages.success(request, say("measure.let_go"))
    return redirect(f"/people/{photograph.person.key}/photographs/")


@page(Right.ERASE)
@require_POST
def delete_photograph(request: HttpRequest, pk: str) -> HttpResponse:
    """Destroy key and file; that there was one stays on record."""
    member = member_of(request)
    photograph = fetch(request, Photograph, pk, Right.ERASE, "person")
    destroy(photograph)
    note(member.clinic, request.user, "deleted", photograph)
    messages.success(request, say("photo.deleted"))
    return redirect(f"/people/{photograph.person.key}/photographs/")


def destroy(photograph: Photograph) -> None:
    """Forget the keys, then remove the files, and what was read of it."""
    forget_readings(photograph)
    Photograph.objects.filter(pk=photograph.pk).update(sealed_key=None, thumb_key=None, capture={})
    for size in ("full", "thumb"):
        drop(f"{photograph.key}-{size}")
