"""The tablet turned round: one page in plain words, locked to it until who treats shows who they are."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.learning import latest_update
from puncta.clinic.models import Person
from puncta.clinic.plain import plain_words
from puncta.clinic.views.screening import open_case
from puncta.clinic.visiting import promise_of
from puncta.clinic.words import spoken

TURNED, SINCE = "turned_to", "turned_at"


@page(Right.HEALTH)
@require_POST
def turn(request: HttpRequest, pk: str) -> HttpResponse:
    """Turn to the person: from now on this browser shows their page alone."""
    person = fetch(request, Person, pk, Right.HEALTH)
    request.session[TURNED], request.session[SINCE] = person.key, time.time()
    note(member_of(request).clinic, request.user, "turned", person)
    return redirect(f"/people/{person.key}/turned/")


@page(Right.HEALTH)
def turned(request: HttpRequest, pk: str) -> HttpResponse:
    """The person's own page."""
    person = fetch(request, Person, pk, Right.HEALTH)
    case = open_case(person)
    plan = promise_of(case) if case else None
    found = latest_update(case) if case else None
    values: dict[str, Any] = {
        "person": person,
        "clinic": member_of(request).clinic,
        "locked": TURNED in request.session,
    }
    with override(spoken(person)):
        if plan is not None:
            values |= plain_words(plan, found if found is not None and found.state == "done" else None)
        return render(request, "clinic/turned.html", values)


@page(Right.HEALTH)
def turn_back(request: HttpRequest) -> HttpResponse:
    """Back to the clinic: after the password or the passkey was given since the tablet was turned."""
    key = request.session.get(TURNED)
    if key is None:
        return redirect("/")
    known = get_authentication_records(request, request.user)  # pyright: ignore[reportArgumentType]
    if max((record["at"] for record in known), default=0.0) <= request.session.get(SINCE, 0.0):
        again = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        return redirect(f"{again}?next=/turned/back/")
    for name in (TURNED, SINCE):
        request.session.pop(name, None)
    return redirect(f"/people/{key}/progress/")
