"""The policy of the clinic: choices, limits and texts, changed by its owner."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from puncta.clinic.access import Right, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.consent_texts import first_body, latest_text
from puncta.clinic.forms.base import mark_of
from puncta.clinic.forms.policy import PolicyForm, text_field
from puncta.clinic.models import ConsentText
from puncta.clinic.models.consent import ConsentKind
from puncta.clinic.words import LANGUAGES, say


@page(Right.POLICY)
def policy(request: HttpRequest) -> HttpResponse:
    """Read and change the policy; a changed wording of a consent becomes a new version."""
    member = member_of(request)
    clinic = member.clinic
    texts = {(str(kind), one): latest_text(clinic, kind, one) for kind in ConsentKind.values for one in LANGUAGES}
    # where a clinic has no wording in a language yet, ours stands in the field for it to change and to save
    wordings = {key: first_body(*key) if held is None else held.body for key, held in texts.items()}
    form = PolicyForm(request.POST or None, clinic=clinic, wordings=wordings)
    versions = [0 if held is None else held.version for held in texts.values()]
    mark = mark_of({**form.initial, "choices": clinic.policy, "texts": versions})
    form.refuse_stale(mark)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            clinic.name, clinic.phone = given["name"], given["phone"]
            clinic.retention_years = int(given["retention_years"])
            clinic.usual = form.usual()
            clinic.policy = form.policy()
            clinic.save()
            for (kind, one), held in texts.items():
                body = given[text_field(kind, one)].replace("\r\n", "\n").strip()
                if held is None or body != held.body.strip():
                    version = held.version + 1 if held else 1
                    ConsentText.objects.create(clinic=clinic, kind=kind, language=one, version=version, body=body)
            note(clinic, request.user, "changed", clinic, {"policy": clinic.policy, "usual": clinic.usual})
        messages.success(request, say("form.saved"))
        return redirect("/clinic/policy/")
    return render(request, "clinic/policy.html", {"form": form, "here": "clinic", "version": mark})
