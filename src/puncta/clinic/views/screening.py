"""Questionnaire and screening: answers in, findings with reasons out; a stop blocks what would follow."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from puncta.clinic.access import Right, fetch, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.casing import case_of, case_tree
from puncta.clinic.forms.base import shown_version
from puncta.clinic.forms.questionnaire import QuestionnaireForm
from puncta.clinic.library import questionnaire, questions, screen, screening_record
from puncta.clinic.models import CaseRecord, Membership, Person, Visit
from puncta.clinic.names import zone_bases
from puncta.clinic.views.people import person_line
from puncta.clinic.words import language, say, spoken


def open_case(person: Person) -> CaseRecord | None:
    """The case that is under way."""
    return person.cases.filter(closed_at=None).order_by("-created_at").first()


def latest_visit(person: Person) -> Visit | None:
    """The latest visit."""
    return person.visits.order_by("-created_at").first()


def screen_visit(visit: Visit, member: Membership) -> dict[str, Any]:
    """Screen a visit with the person's case and keep what the library said."""
    tree = case_tree(visit.person, open_case(visit.person), visit, member, visit.day)
    return screening_record(screen(case_of(tree)))


@page(Right.ANSWER)
@require_POST
def new_visit(request: HttpRequest, pk: str) -> HttpResponse:
    """Begin today's visit with the answers of the last one, to be gone through again."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.ANSWER)
    if not person.phototype:
        messages.error(request, say("screening.needs_phototype"))
        return redirect(f"/people/{person.key}/edit/")
    today = timezone.localdate()
    last = latest_visit(person)
    if last is not None and last.day == today and last.screened_at is None:
        return redirect(f"/visits/{last.key}/questionnaire/")
    with transaction.atomic():
        answers = last.answers if last else {}
        visit = Visit(person=person, day=today, answers=answers, created_by=request.user, changed_by=request.user)
        visit.save(force_insert=True)
        note(member.clinic, request.user, "created", visit)
    return redirect(f"/visits/{visit.key}/questionnaire/")


@page(Right.ANSWER)
def answer(request: HttpRequest, pk: str) -> HttpResponse:
    """The questionnaire on the tablet, in the language of who answers it."""
    member = member_of(request)
    visit = fetch(request, Visit, pk, Right.ANSWER, "person")
    if visit.sessions.filter(signed_at__isnull=False).exists():
        messages.info(request, say("questionnaire.closed"))
        return redirect(f"/people/{visit.person.key}/screen/")
    case = case_of(case_tree(visit.person, open_case(visit.person), visit, member, visit.day))
    with override(spoken(visit.person)):
        given = request.POST if request.method == "POST" else None
        form = QuestionnaireForm(questionnaire(case, language()), visit.answers, given)
        if given is None or form.errors:
            values = {
                "person": visit.person,
                "line": person_line(visit.person),
                "visit": visit,
                "form": form,
                "zones": zone_bases(),
                "filled": bool(visit.answers) and visit.answered_at is None,
                "step": "screen",
            }
            return render(request, "clinic/questionnaire.html", values, status=422 if form.errors else 200)
    version = shown_version(request.POST)
    with transaction.atomic():
        now = timezone.now()
        visit.answers = form.answers
        result = screen_visit(visit, member)
        visit.save_over(version, request.user, answers=form.answers, answered_at=now, screening=result, screened_at=now)
        note(member.clinic, request.user, "screened", visit, {"answers": form.answers, "screening": result})
    return redirect(f"/people/{visit.person.key}/screen/")


@page(Right.HEALTH)
def screening(request: HttpRequest, pk: str) -> HttpResponse:
    """What the rules say of the latest visit."""
    person = fetch(request, Person, pk, Right.HEALTH)
    visit = latest_visit(person)
    values: dict[str, Any] = {"person": person, "line": person_line(person), "visit": visit, "step": "screen"}
    if visit and visit.screening:
        found = visit.screening["findings"]
        values["findings"] = found
        values["stops"] = [entry for entry in found if entry["action"] == "stop" and not entry["blocks"]]
        values["counts"] = counted(found)
        values["unanswered"] = [questions()[entry["question"]].name for entry in visit.screening["unanswered"]]
        values["stale"] = visit.day != timezone.localdate()
        values["quiet"] = visit.screening.get("quiet", [])
    return render(request, "clinic/screening.html", values)


def counted(findings: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """How many findings there are of each weight, gravest first."""
    return [(word, sum(entry["action"] == word for entry in findings)) for word in ("stop", "delay", "caution", "note")]


@page(Right.SIGN)
@require_POST
def set_aside(request: HttpRequest, pk: str) -> HttpResponse:
    """Set a lesser finding aside, with name and reason; a stop never."""
    member = member_of(request)
    visit = fetch(request, Visit, pk, Right.SIGN, "person")
    rule, reason = request.POST.get("rule", ""), request.POST.get("reason", "").strip()[:300]
    back = redirect(f"/people/{visit.person.key}/screen/")
    known = {entry["rule"]: entry["action"] for entry in (visit.screening or {}).get("findings", [])}
    if known.get(rule) in (None, "stop") or not reason:
        messages.error(request, say("screening.no_aside"))
        return back
    with transaction.atomic():
        asides = [entry for entry in visit.asides if entry["rule"] != rule]
        visit.asides = [*asides, {"rule": rule, "name": request.user.called, "reason": reason}]
        result = screen_visit(visit, member)
        version = shown_version(request.POST)
        visit.save_over(version, request.user, asides=visit.asides, screening=result, screened_at=timezone.now())
        note(member.clinic, request.user, "screened", visit, {"aside": rule, "reason": reason})
    return back
