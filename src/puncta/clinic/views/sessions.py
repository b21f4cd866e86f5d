"""The session page: filled in from the plan, changed where it differs, signed and locked, amended with reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, may, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.casing import case_of, case_tree
from puncta.clinic.forms.base import ClinicForm
from puncta.clinic.forms.session import ENDPOINTS, SessionForm, ZoneLine, start_values
from puncta.clinic.library import devices, zone_limits
from puncta.clinic.looked import marks_there
from puncta.clinic.models import Amendment, Membership, NeedlingSession, Person, PlanRecord, SessionZone
from puncta.clinic.numbing import cream_check
from puncta.clinic.onward import visit_number
from puncta.clinic.signing import check_lots, check_signing, digest_of, sign
from puncta.clinic.views.people import person_line
from puncta.clinic.views.screening import latest_visit, open_case
from puncta.clinic.words import said, say

_TYPED = ("cartridge_lot", "cartridge_expiry", "cream_lot", "product_lot", "product_expiry", "grade", "marks")
_KEPT = (
    "cream", "cream_g", "cream_cm2", "cream_on", "cream_off", "product", "strokes_per_s", "speed_cm_per_s",
    "pain_score", "unwanted", "notes",
)  # fmt: skip


def accepted_plan(person: Person) -> PlanRecord | None:
    """The latest accepted plan of the case that is under way."""
    case = open_case(person)
    if case is None:
        return None
    return case.plans.filter(state="done", accepted_at__isnull=False).order_by("-accepted_at").first()


@page(Right.HEALTH)
def session_step(request: HttpRequest, pk: str) -> HttpResponse:
    """The session that is open, or what is missing before one can begin."""
    person = fetch(request, Person, pk, Right.HEALTH)
    draft = person.sessions.filter(signed_at=None).order_by("-created_at").first()
    if draft is not None:
        return redirect(f"/sessions/{draft.key}/")
    plan, visit = accepted_plan(person), latest_visit(person)
    values = {
        "person": person,
        "line": person_line(person),
        "plan": plan,
        "screened": bool(visit and visit.allows and visit.day == timezone.localdate()),
        "last": person.sessions.order_by("-day", "-number").first(),
        "step": "session",
    }
    return render(request, "clinic/session_step.html", values)


@page(Right.SESSION)
@require_POST
def new_session(request: HttpRequest, pk: str) -> HttpResponse:
    """A draft, filled in from the accepted plan."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.SESSION)
    plan, visit = accepted_plan(person), latest_visit(person)
    today = timezone.localdate()
    if plan is None or visit is None or not visit.allows or visit.day != today:
        messages.error(request, say("session.not_ready"))
        return redirect(f"/people/{person.key}/session/")
    with transaction.atomic():
        # one draft a person: two taps at once open the same one
        Person.objects.select_for_update().get(pk=person.pk)
        draft = person.sessions.filter(signed_at=None).first()
        if draft is None:
            draft = _draft(person, plan, member)
            draft.visit, draft.day = visit, today
            draft.created_by = draft.changed_by = request.user
            draft.save(force_insert=True)
            for place, entry in enumerate(plan.alternative.get("settings", [])):
                dial, passes = entry["dial_mm"], entry["passes"]
                SessionZone.objects.create(
                    session=draft, place=place, zone=entry["zone"], planned_dial_mm=dial, planned_passes=passes,
                    dial_mm=dial, passes=passes,
                )  # fmt: skip
            note(member.clinic, request.user, "created", draft)
    return redirect(f"/sessions/{draft.key}/")


def _draft(person: Person, plan: PlanRecord, member: Membership) -> NeedlingSession:
    chosen = devices()[plan.inputs["device"]["name"]]
    numbing = (plan.record or {}).get("numbing") or {}
    last = person.sessions.filter(case=plan.case).order_by("-number").first()
    return NeedlingSession(
        person=person,
        case=plan.case,
        plan=plan,
        number=last.number + 1 if last else 1,
        device=chosen.key,
        strokes_per_s=chosen.usual_strokes_per_s,
        speed_cm_per_s=chosen.usual_speed_cm_per_s,
        cream=numbing.get("product", "") if numbing.get("amount_g") else "",
        cream_g=round(numbing["amount_g"]) if numbing.get("amount_g") else None,
        cream_cm2=numbing.get("area_cm2") or None,
        product=plan.inputs.get("session_product") or "",
    )


def _lines(session: NeedlingSession, tree: dict[str, Any]) -> list[ZoneLine]:
    case = case_of({key: value for key, value in tree.items() if key != "course"})
    facts = {}
    if session.plan is not None:
        for row in session.plan.shown.get("zones", []):
            density = row["density"]["value"] if row["density"] else ""
            facts |= dict.fromkeys(row["zones"], f"{row['time']} min · {density} / cm²")
    return [
        ZoneLine(zone, tuple(zone_limits(case, zone.zone).steps_mm), facts.get(zone.zone, ""))
        for zone in session.zones.all()
    ]


def _take(session: NeedlingSession, form: SessionForm) -> dict[str, Any]:
    """Put what the page says into the session, without saving; returns the fields to save."""
    given = form.cleaned_data
    values = {name: given.get(name) if name in form.data else getattr(session, name) for name in _KEPT}
    for name in ("cream", "product", "unwanted", "notes"):
        values[name] = values[name] or ""
    values["typed"] = {name: given.get(name) or "" for name in _TYPED}
    for name, value in values.items():
        setattr(session, name, value)
    return values


@page(Right.HEALTH)
def session_page(request: HttpRequest, pk: str) -> HttpResponse:
    """One session: a draft to fill in, or a signed one to read."""
    member = member_of(request)
    session = fetch(request, NeedlingSession, pk, Right.HEALTH, "person", "case", "plan", "visit", "signed_by")
    if session.locked:
        return _signed(request, session)
    tree = case_tree(session.person, session.case, session.visit, member, session.day)
    lines = _lines(session, tree)
    values: dict[str, Any] = {"session": session, "lines": lines, "tree": tree, "saved": None}
    if request.method != "POST" or not may(member, Right.SESSION):
        return _draft_page(request, values, SessionForm(initial=start_values(session)), 200)
    form = SessionForm(request.POST, initial=start_values(session))
    for line in lines:
        line.read(request.POST)
    form.is_valid()
    version = form.given_version()
    kept = _take(session, form)
    check_lots(session, form, member.clinic)
    wants_signature = request.POST.get("do") == "sign"
    if wants_signature:
        check_signing(session, form, lines, may(member, Right.SIGN))
    with transaction.atomic():
        session.save_over(version, request.user, **kept)
        for line in lines:
            line.zone.save()
    wrong = bool(form.errors) or any(line.errors for line in lines)
    if wants_signature and not wrong:
        if sign(session, form, member.clinic, request.user):
            messages.success(request, say("session.signed_now"))
            return redirect(f"/sessions/{session.key}/")
        check_lots(session, form, member.clinic)
    values["saved"] = timezone.localtime()
    return _draft_page(request, values, form, 422 if wants_signature else 200)


def _draft_page(request: HttpRequest, values: dict[str, Any], form: SessionForm, status: int) -> HttpResponse:
    session, lines = values["session"], values["lines"]
    done = [line for line in lines if line.zone.done]
    before = session.person.photographs.filter(taken_at__date=session.day, stage="before").count()
    expected = next((row["figure"] for row in (session.plan.shown["expect"] if session.plan else [])), None)
    values |= {
        "person": session.person,
        "line": f"{person_line(session.person)} · {_of(session)}",
        "form": form,
        "endpoints": ENDPOINTS,
        "done": len(done),
        "current": next((line.zone.zone for line in lines if not line.zone.done), ""),
        "differ": [line.zone for line in lines if line.zone.changed_dial or line.zone.changed_passes],
        "cream": cream_check(values["tree"], session),
        "device": devices()[session.device],
        "expected": expected,
        "photographs": before,
        "earlier": _earlier(session) and marks_there(session.person) is None,
        "problems": sum(len(errors) for errors in form.errors.values()) + sum(len(line.errors) for line in lines),
        "step": "session",
    }
    return render(
        request, "clinic/session_parts.html" if request.htmx else "clinic/session.html", values, status=status
    )


def _earlier(session: NeedlingSession) -> bool:
    """Whether needles were used before, so that there is something to look for."""
    return session.person.sessions.filter(signed_at__isnull=False, day__lt=session.day).exists()


def _of(session: NeedlingSession) -> str:
    count = session.plan.alternative.get("sessions_count") if session.plan else None
    return say("session.of_count", number=visit_number(session), count=count or "–")


@page(Right.SESSION)
@require_POST
def same_as_last(request: HttpRequest, pk: str) -> HttpResponse:
    """Take dial and passes of the last signed session."""
    session = fetch(request, NeedlingSession, pk, Right.SESSION, "person")
    last = session.person.sessions.exclude(signed_at=None).order_by("-day", "-number").first()
    if session.locked or last is None:
        messages.error(request, say("session.no_last"))
    else:
        member = member_of(request)
        tree = case_tree(session.person, session.case, session.visit, member, session.day)
        with transaction.atomic():
            given = {zone.zone: zone for zone in last.zones.all()}
            for line in _lines(session, tree):
                earlier = given.get(line.zone.zone)
                if earlier is not None and earlier.dial_mm in line.steps:
                    line.zone.dial_mm, line.zone.passes = earlier.dial_mm, earlier.passes
                    line.zone.save()
            session.save_over(session.version, request.user)
    return redirect(f"/sessions/{session.key}/")


class AmendForm(ClinicForm):
    """A correction to what was signed."""

    field = forms.ChoiceField(label=said("amend.field"))
    after = forms.CharField(label=said("amend.after"), max_length=2000)
    reason = forms.CharField(label=said("amend.reason"), max_length=500)

    FIELDS = ("zones", "device", "cream", "product", "pain_score", "unwanted", "lots", "notes", "other")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [(name, say(f"amend.of.{name}")) for name in self.FIELDS]


def _signed(request: HttpRequest, session: NeedlingSession, form: AmendForm | None = None) -> HttpResponse:
    values = {
        "session": session,
        "person": session.person,
        "line": f"{person_line(session.person)} · {_of(session)}",
        "device": devices()[session.device],
        "uses": session.lot_uses.select_related("lot"),
        "amendments": session.amendments.select_related("created_by").order_by("created_at"),
        "form": form or AmendForm(),
        "whole": session.digest == digest_of(session),
        "marks": session.typed.get("marks", ""),
        "step": "session",
    }
    return render(request, "clinic/session_signed.html", values, status=422 if form is not None else 200)


@page(Right.SIGN)
@require_POST
def amend(request: HttpRequest, pk: str) -> HttpResponse:
    """Add a correction; what was signed stays as it was."""
    member = member_of(request)
    session = fetch(request, NeedlingSession, pk, Right.SIGN, "person", "plan", "signed_by")
    if not session.locked:
        return redirect(f"/sessions/{session.key}/")
    form = AmendForm(request.POST)
    if not form.is_valid():
        return _signed(request, session, form)
    given = form.cleaned_data
    before = str(getattr(session, given["field"], "")) if given["field"] in _KEPT else ""
    with transaction.atomic():
        made = Amendment(session=session, before=before, created_by=request.user, changed_by=request.user, **given)
        made.save(force_insert=True)
        note(member.clinic, request.user, "amended", session, given)
    return redirect(f"/sessions/{session.key}/")
