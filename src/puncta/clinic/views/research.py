"""Research: what would leave the clinic, held against the policy's k, and the file itself."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, member_of, page
from puncta.clinic.anonymous import STEPS, TooFew
from puncta.clinic.audit import note
from puncta.clinic.guard import counted
from puncta.clinic.research import agreed, checked, k_of, write_research
from puncta.clinic.views.refusals import refused
from puncta.clinic.words import say


def _values(request: HttpRequest) -> dict[str, Any]:
    clinic = member_of(request).clinic
    people, k = agreed(clinic), k_of(clinic)
    values: dict[str, Any] = {"people": people, "count": len(people), "k": k, "here": "clinic"}
    try:
        found = checked(people, k)
    except TooFew:
        return values
    coarse = [say(f"research.step.{name}", step=step) for name, step in found.steps.items() if step]
    hidden = [say(f"research.column.{name}") for name, step in found.steps.items() if step == len(STEPS[name]) - 1]
    return {**values, "found": found, "left": len(found.kept), "coarse": coarse, "hidden": hidden}


@page(Right.EXPORT, fresh=True)
def research(request: HttpRequest) -> HttpResponse:
    """Who agreed, and what k-anonymity leaves of it."""
    return render(request, "clinic/research.html", _values(request))


@page(Right.EXPORT, fresh=True)
@require_POST
def research_file(request: HttpRequest) -> HttpResponse:
    """The file, or a refusal that says how many people are missing."""
    clinic = member_of(request).clinic
    if counted(f"export {request.user.pk}", 3600) > settings.EXPORTS_AN_HOUR:
        return refused(request, "too_fast", 429)
    values = _values(request)
    if "found" not in values:
        return render(request, "clinic/research.html", {**values, "refused": True}, status=422)
    out = io.BytesIO()
    write_research(values["people"], values["found"], values["k"], out)
    told = {"people": values["left"], "left_out": values["found"].dropped_count, "k": values["k"]}
    note(clinic, request.user, "exported", clinic, {"research": told})
    response = HttpResponse(out.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="research-{timezone.localdate():%Y%m%d}.zip"'
    return response
