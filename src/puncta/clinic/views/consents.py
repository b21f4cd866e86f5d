"""Consents: read, signed on the tablet, frozen; withdrawn with a reason."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.consent_texts import current_text
from puncta.clinic.forms.base import shown_version
from puncta.clinic.forms.consent import ConsentForm, signature_path
from puncta.clinic.models import Consent, ConsentText, Person
from puncta.clinic.models.consent import ConsentKind
from puncta.clinic.views.people import person_line
from puncta.clinic.words import language, say, spoken


def standing(person: Person, kind: str) -> Consent | None:
    """The latest consent of a kind where it is not withdrawn."""
    latest = person.consents.filter(kind=kind).order_by("-signed_at").first()
    return latest if latest is not None and latest.stands else None


@page(Right.CONSENT)
def sign_consent(request: HttpRequest, pk: str, kind: str) -> HttpResponse:
    """The text in force, in the language of who signs, and the signature under it."""
    if kind not in ConsentKind.values:
        raise Http404
    member = member_of(request)
    person = fetch(request, Person, pk, Right.CONSENT)
    with override(spoken(person)):
        wording = current_text(member.clinic, kind, language())
        form = ConsentForm(request.POST or None, initial={"signed_name": person.called})
        ready = request.method == "POST" and form.is_valid()
        if ready and request.POST.get("text_version") != wording.mark:
            form.refuse(None, "consent.new_text")
            ready = False
        if not ready:
            values = {"person": person, "line": person_line(person), "wording": wording, "kind": kind, "form": form}
            return render(request, "clinic/consent_sign.html", values)
    _keep(request, person, wording, form.cleaned_data)
    messages.success(request, say("consent.done"))
    return redirect(f"/people/{person.key}/")


def _keep(request: HttpRequest, person: Person, wording: ConsentText, given: dict[str, Any]) -> None:
    """Freeze what was read, by whom it was signed, and how."""
    now = timezone.now()
    frozen = {
        "body": wording.body,
        "name": given["signed_name"],
        "at": now.isoformat(),
        "strokes": given["strokes"],
    }
    with transaction.atomic():
        signed = Consent(
            person=person,
            kind=wording.kind,
            text_version=wording.version,
            language=wording.language,
            body=wording.body,
            discussed=given["discussed"],
            signed_name=given["signed_name"],
            strokes=given["strokes"],
            signed_at=now,
            digest=hashlib.sha256(json.dumps(frozen, sort_keys=True).encode()).hexdigest(),
            created_by=request.user,
            changed_by=request.user,
        )
        signed.save(force_insert=True)
        note(member_of(request).clinic, request.user, "signed", signed, frozen)


@page(Right.HEALTH)
def see_consent(request: HttpRequest, pk: str) -> HttpResponse:
    """A consent as it was signed."""
    consent = fetch(request, Consent, pk, Right.HEALTH, "person", "created_by")
    values = {
        "person": consent.person,
        "line": person_line(consent.person),
        "consent": consent,
        "path": signature_path(consent.strokes),
    }
    return render(request, "clinic/consent.html", values)


@page(Right.CONSENT)
@require_POST
def withdraw_consent(request: HttpRequest, pk: str) -> HttpResponse:
    """Withdraw: from now on nothing new rests on it."""
    member = member_of(request)
    consent = fetch(request, Consent, pk, Right.CONSENT, "person")
    if consent.stands:
        reason = request.POST.get("reason", "").strip()[:500]
        with transaction.atomic():
            version = shown_version(request.POST)
            consent.save_over(version, request.user, withdrawn_at=timezone.now(), withdrawn_reason=reason)
            note(member.clinic, request.user, "withdrawn", consent)
        messages.success(request, say("consent.withdrawn_done"))
    return redirect(f"/people/{consent.person.key}/")
