"""Case and plan: what is to change, the library's courses side by side, own settings within the limits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST

from puncta.clinic import jobs, planning
from puncta.clinic.access import Right, fetch, member_of, page
from puncta.clinic.audit import note
from puncta.clinic.casing import case_of, case_tree
from puncta.clinic.drawing import choosing_map, map_zones
from puncta.clinic.forms.base import shown_version
from puncta.clinic.forms.case import ROLES, CaseForm, initial_of, read_roles, roles_of, sentences
from puncta.clinic.forms.course import LONGEST_WEEKS, MOST_PASSES, MOST_VISITS, TooDeep, own_course, within_limits
from puncta.clinic.library import InputError, devices, scales
from puncta.clinic.models import CaseRecord, Membership, Person, PlanRecord
from puncta.clinic.onward import goes_on_from
from puncta.clinic.sealing import UnreadableError, read
from puncta.clinic.views.people import person_line
from puncta.clinic.views.photographs import uuid_of
from puncta.clinic.views.screening import counted, latest_visit, open_case
from puncta.clinic.words import language, say

_PAPERS = {"card": "application/pdf", "plan": "application/pdf", "page": "text/html; charset=utf-8"}
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@page(Right.PLAN)
def edit_case(request: HttpRequest, pk: str) -> HttpResponse:
    """Map, concerns, means: checked by the library before anything is kept."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.PLAN)
    record = open_case(person)
    tree = record.tree if record else {}
    roles = read_roles(request.POST) if request.method == "POST" else roles_of(tree)
    form = CaseForm(request.POST or None, usual=member.clinic.usual, initial=initial_of(tree))
    if request.method == "POST" and form.is_valid():
        new = form.tree(roles)
        if "treat" not in roles.values():
            form.refuse(None, "case.no_zone")
        elif not new["concerns"]:
            form.refuse("kind_0", "case.no_concern")
        else:
            draft = CaseRecord(person=person, tree=new)
            try:
                case_of(case_tree(person, draft, latest_visit(person), member, timezone.localdate()))
            except InputError as error:
                form.take_problems(error)
    if request.method == "POST" and form.is_valid() and not form.errors:
        _keep_case(request, person, record, form.tree(roles), member)
        return redirect(f"/people/{person.key}/plan/")
    regions = [
        (name, choosing_map(name, roles), [(zone, roles.get(zone, "ignore")) for zone in map_zones(name)])
        for name in ("face", "body")
    ]
    values = {
        "person": person,
        "line": person_line(person),
        "form": form,
        "regions": regions,
        "roles": ROLES,
        "scales": scales().values(),
        "version": record.version if record else 0,
        "step": "plan",
    }
    return render(request, "clinic/case.html", values, status=422 if form.errors else 200)


def _keep_case(
    request: HttpRequest, person: Person, record: CaseRecord | None, tree: dict[str, Any], member: Membership
) -> None:
    with transaction.atomic():
        if record is None:
            record = CaseRecord(person=person, title=tree["title"][:120], tree=tree)
            record.created_by = record.changed_by = request.user
            record.save(force_insert=True)
            note(member.clinic, request.user, "created", record, tree)
        else:
            version = shown_version(request.POST)
            record.save_over(version, request.user, title=tree["title"][:120], tree=tree)
            note(member.clinic, request.user, "changed", record, tree)


@page(Right.HEALTH)
def plan_page(request: HttpRequest, pk: str) -> HttpResponse:
    """The plan of the case that is under way, or what is missing before there is one."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.HEALTH)
    case, visit = open_case(person), latest_visit(person)
    values: dict[str, Any] = {
        "person": person,
        "line": person_line(person),
        "case": case,
        "visit": visit,
        "step": "plan",
    }
    plan = case.plans.order_by("-created_at").first() if case else None
    if plan is not None and plan.state == "waiting":
        values["share"] = jobs.share_done(plan.key)
    values["plan"] = plan
    if visit and visit.screening:
        values["counts"] = counted(visit.screening["findings"])
        values["blocked"] = not visit.allows
    if plan is not None and plan.state == "done":
        values |= _plan_values(plan, member)
    return render(request, "clinic/plan.html", values)


def _plan_values(plan: PlanRecord, member: Membership) -> dict[str, Any]:
    record, shown = plan.record or {}, plan.shown
    settings = {entry["zone"]: entry for entry in plan.alternative.get("settings", [])}
    device = devices()[plan.inputs["device"]["name"]]
    rows = []
    for row in shown["zones"]:
        zone = row["zones"][0]
        limit = record["zone_limits"][zone]
        steps = [step for step in device.steps_mm if step <= limit["deepest_mm"] + 1e-9]
        rows.append(
            {
                **row,
                "zone": zone,
                "setting": settings.get(zone),
                "limit": limit,
                "steps": steps,
                "track": _track(device.reach_mm, limit),
            }
        )
    return {
        "shown": shown,
        "rows": rows,
        "course": plan.alternative,
        "weeks": (plan.alternative.get("interval_days") or 0) // 7 or 4,
        "passes_steps": range(1, MOST_PASSES + 1),
        "visits_steps": range(1, MOST_VISITS + 1),
        "weeks_steps": range(1, LONGEST_WEEKS + 1),
        "old": plan.inputs["planned_on"] != timezone.localdate().isoformat(),
        "onward": record.get("continues"),
        "already": 0
        if plan.onward
        else plan.case.sessions.filter(signed_at__isnull=False, signed_at__lt=plan.created_at).count(),
        "changed_since": plan.created_at < plan.case.changed_at,
    }


def _signed_before(plan: PlanRecord) -> int:
    """Visits that were done before a plan that does not count them."""
    return plan.case.sessions.filter(signed_at__isnull=False, signed_at__lt=plan.created_at).count()


_TRACK, _LEFT = 180, 4
#: Whose limit is named first where several are the same.
_NEAREST = ("operator", "clinic", "concern", "zone", "label", "evaluated", "device", "study")


def _track(reach_mm: float, limit: dict[str, Any]) -> dict[str, Any]:
    """The limits drawn on the control: what binds above, what informs below."""

    def x(value: float) -> float:
        return round(_LEFT + _TRACK * min(value, reach_mm) / reach_mm, 1)

    lines: dict[tuple[float, bool], list[str]] = {}
    for entry in sorted(limit["lines"], key=lambda line: _NEAREST.index(line["kind"])):
        lines.setdefault((entry["dial_mm"], entry["binding"]), []).append(say(f"limit.{entry['kind']}"))
    tightest = min((value for value, binding in lines if binding), default=reach_mm)
    marks = [
        {"x": x(value), "dial": value, "words": ", ".join(words[:2]), "binding": binding}
        for (value, binding), words in sorted(lines.items())
        if value == tightest or not binding
    ]
    return {
        "end": x(limit["deepest_mm"]),
        "width": _TRACK,
        "rest": round(_LEFT + _TRACK - x(limit["deepest_mm"]), 1),
        "marks": marks,
    }


@page(Right.PLAN)
@require_POST
def new_plan(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask the library for a plan: its own search, or the settings that stand in the page."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.PLAN)
    case, visit = open_case(person), latest_visit(person)
    back = redirect(f"/people/{person.key}/plan/")
    today = timezone.localdate()
    if case is None:
        return back
    if visit is None or not visit.allows or visit.day != today:
        messages.error(request, say("plan.needs_screening"))
        return redirect(f"/people/{person.key}/screen/")
    tree = case_tree(person, case, visit, member, today)
    course = own_course(request.POST, tree.get("home_care", {}).get("products", []))
    if course:
        tree["course"] = course
    try:
        case_read = case_of(tree)
        if course:
            within_limits(case_read, course)
    except InputError as error:
        messages.error(request, " ".join(sentences(entry) for entry in error.problems))
        return back
    except TooDeep as error:
        messages.error(request, str(error))
        return back
    onward = None
    if course and request.POST.get("onward"):
        onward = goes_on_from(get_object_or_404(case.updates, pk=uuid_of(request.POST["onward"]), state="done"))
    record = PlanRecord(case=case, inputs=tree, onward=onward, created_by=request.user, changed_by=request.user)
    record.save(force_insert=True)
    planning.start(record, member.clinic, request.user)
    return back


@page(Right.PLAN)
@require_POST
def accept_plan(request: HttpRequest, pk: str) -> HttpResponse:
    """Accept: sessions are prefilled from it."""
    member = member_of(request)
    plan = fetch(request, PlanRecord, pk, Right.PLAN, "case__person")
    if plan.state == "done" and plan.accepted_at is None:
        with transaction.atomic():
            plan.save_over(shown_version(request.POST), request.user, accepted_at=timezone.now())
            note(member.clinic, request.user, "accepted", plan)
        messages.success(request, say("plan.accepted"))
    return redirect(f"/people/{plan.case.person.key}/plan/")


def _sealed(plan: PlanRecord, name: str) -> bytes | None:
    """A paper as it was sealed with the plan; None where there is none, or it cannot be opened."""
    try:
        return read(f"{plan.key}-{name}", bytes.fromhex(plan.files[name])) if name in plan.files else None
    except UnreadableError:
        return None


@page(Right.HEALTH)
def paper(request: HttpRequest, pk: str, name: str) -> HttpResponse:
    """Session card and plan as PDF, or the whole report as a page of its own."""
    member = member_of(request)
    plan = fetch(request, PlanRecord, pk, Right.HEALTH)
    content = _sealed(plan, name) if name in _PAPERS else None
    if content is None:
        raise Http404
    note(member.clinic, request.user, "viewed", plan)
    response = HttpResponse(content, content_type=_PAPERS[name])
    if name == "page":
        response["Content-Security-Policy"] = _PAGE_POLICY
    else:
        response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@page(Right.HEALTH)
def patient_pdf(request: HttpRequest, pk: str) -> HttpResponse:
    """The sheet to take home, as it was sealed; plans of before have none, and their page says so."""
    plan = fetch(request, PlanRecord, pk, Right.HEALTH, "case__person")
    if plan.state != "done":
        raise Http404
    content = _sealed(plan, "patient")
    if content is None:
        return redirect(f"/plans/{plan.key}/patient/")
    note(member_of(request).clinic, request.user, "viewed", plan)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{plan.case.person.code}.pdf"'
    return response


@page(Right.HEALTH)
def patient_sheet(request: HttpRequest, pk: str) -> HttpResponse:
    """The sheet to take home on the screen: the words of the paper, in its language, large and made to be printed."""
    plan = fetch(request, PlanRecord, pk, Right.HEALTH, "case__person__clinic")
    if plan.state != "done":
        raise Http404
    note(member_of(request).clinic, request.user, "viewed", plan)
    sheet = plan.shown.get("patient")
    with override(sheet["language"] if sheet else language()):
        values = {"plan": plan, "sheet": sheet, "paper": "patient" in plan.files, "person": plan.case.person}
        return render(request, "clinic/patient_sheet.html", values)
