"""The policy of the clinic: choices, limits and texts, changed by its owner."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from puncta.clinic.access import Right, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.consent_texts import current_text
from puncta.clinic.forms.base import mark_of
from puncta.clinic.forms.policy import PolicyForm
from puncta.clinic.models import ConsentText
from puncta.clinic.models.consent import ConsentKind
from puncta.clinic.words import say


@page(Right.POLICY)
def policy(request: HttpRequest) -> HttpResponse:
    """Read and change the policy; a changed wording of a consent becomes a new version."""
    member = member_of(request)
    clinic = member.clinic
    texts = {kind: current_text(clinic, kind) for kind in ConsentKind.values}
    form = PolicyForm(request.POST or None, clinic=clinic, wordings={kind: one.body for kind, one in texts.items()})
    mark = mark_of(
        {**form.initial, "choices": clinic.policy, "texts": {kind: one.version for kind, one in texts.items()}}
    )
    form.refuse_stale(mark)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            clinic.name, clinic.phone = given["name"], given["phone"]
            clinic.retention_years = int(given["retention_years"])
            clinic.usual = form.usual()
            clinic.policy = form.policy()
            clinic.save()
            for kind, one in texts.items():
                body = given[f"text_{kind}"].replace("\r\n", "\n").strip()
                if body != one.body.strip():
                    ConsentText.objects.create(clinic=clinic, kind=kind, version=one.version + 1, body=body)
            note(clinic, request.user, "changed", clinic, {"policy": clinic.policy, "usual": clinic.usual})
        messages.success(request, say("form.saved"))
        return redirect("/clinic/policy/")
    return render(request, "clinic/policy.html", {"form": form, "here": "clinic", "version": mark})
