"""People: the list with its search, the duplicate finder, the record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from puncta.clinic.access import Right, fetch, may, member_of, of_clinic, page
from puncta.clinic.audit import note
from puncta.clinic.forms.person import PersonForm
from puncta.clinic.models import Clinic, Person
from puncta.clinic.models.person import plain
from puncta.clinic.names import phototype_name
from puncta.clinic.words import say

_A_PAGE = 30


def person_line(person: Person) -> str:
    """Sex, age and phototype in one line, as on every page of a person."""
    parts = [say(f"sex.{person.sex}")]
    if person.born_on:
        parts.append(str(person.age_on(timezone.localdate())))
    if person.phototype:
        parts.append(phototype_name(person.phototype))
    return ", ".join(parts[:2]) + (f" · {parts[2]}" if len(parts) > 2 else "")


def _found(request: HttpRequest, words: str) -> QuerySet[Person]:
    found = of_clinic(request, Person, Right.PEOPLE).filter(erased_at=None)
    for word in plain(words).split()[:6]:
        found = found.filter(search__contains=word)
    return found.order_by("family_name", "given_name", "code")


@page(Right.PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """The list, narrowed while somebody types."""
    # what is looked for is sent in the body: names have no place in addresses, histories and logs
    words = request.POST.get("q", "")[:80]
    shown = Paginator(_found(request, words).only("code", "given_name", "family_name", "born_on", "phone"), _A_PAGE)
    listed = shown.get_page(request.POST.get("page") or request.GET.get("page"))
    values = {"listed": listed, "q": words, "here": "people"}
    return render(request, "clinic/people_rows.html" if request.htmx else "clinic/people.html", values)


def _alike(request: HttpRequest, values: dict[str, Any], but: Person | None = None) -> list[Person]:
    """People who may be the same one: same birthday and a similar name, or the same phone or mail."""
    family, given = plain(values.get("family_name") or ""), plain(values.get("given_name") or "")
    phone, email = values.get("phone") or "", values.get("email") or ""
    same = Q(pk__in=[])
    if values.get("born_on"):
        same |= Q(born_on=values["born_on"])
    if phone:
        same |= Q(phone=phone)
    if email:
        same |= Q(email__iexact=email)
    near = []
    for other in of_clinic(request, Person, Right.PEOPLE).filter(same, erased_at=None).exclude(pk=but and but.pk)[:200]:
        reached = (phone and other.phone == phone) or (email and other.email.casefold() == email.casefold())
        names = {plain(other.family_name), plain(other.given_name)}
        shared = {family, given} & names - {""} or (family and any(name[:3] == family[:3] for name in names))
        if reached or (other.born_on == values.get("born_on") and shared):
            near.append(other)
    return near


def next_code(clinic: Clinic) -> str:
    """The clinic's next own code; two at once get two codes."""
    held = Clinic.objects.select_for_update().get(pk=clinic.pk)
    number = held.next_code
    held.next_code = number + 1
    held.save(update_fields=["next_code"])
    return f"C-{number:04d}"


@page(Right.EDIT_PERSON)
def add_person(request: HttpRequest) -> HttpResponse:
    """A new person; somebody alike is shown first."""
    member = member_of(request)
    form = PersonForm(request.POST or None, health=may(member, Right.HEALTH))
    alike: list[Person] = []
    if request.method == "POST" and form.is_valid():
        alike = [] if request.POST.get("another") else _alike(request, form.cleaned_data)
        if not alike:
            with transaction.atomic():
                person = Person(clinic=member.clinic, code=next_code(member.clinic), **form.cleaned_data)
                person.created_by = person.changed_by = request.user
                person.save()
                note(member.clinic, request.user, "created", person, form.cleaned_data)
            messages.success(request, say("person.added", code=person.code))
            return redirect(f"/people/{person.key}/")
    values = {"form": form, "alike": alike, "heading": say("person.new"), "do": say("do.save"), "back": "/people/"}
    return render(request, "clinic/person_form.html", {**values, "here": "people"})


@page(Right.EDIT_PERSON)
def edit_person(request: HttpRequest, pk: str) -> HttpResponse:
    """Change what is known; nothing is lost where somebody else was faster."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.EDIT_PERSON)
    health = may(member, Right.HEALTH)
    names = [name for name in PersonForm.base_fields if health or name not in PersonForm.HEALTH]
    form = PersonForm(request.POST or None, health=health, initial={name: getattr(person, name) for name in names})
    version = person.version
    if request.method == "POST" and form.is_valid():
        version = form.given_version()
        values = form.cleaned_data
        words = Person.search_words({**vars(person), **values})
        if version != person.version:
            changes = _others_changes(person, form)
            form.refuse(None, "form.conflict", what=changes)
            version = person.version
        else:
            with transaction.atomic():
                person.save_over(version, request.user, search=words, **values)
                note(member.clinic, request.user, "changed", person, values)
            messages.success(request, say("form.saved"))
            return redirect(f"/people/{person.key}/")
    values = {"form": form, "person": person, "heading": say("person.edit"), "do": say("do.save"), "version": version}
    return render(
        request,
        "clinic/person_form.html",
        {**values, "line": person_line(person), "back": f"/people/{person.key}/", "base": "clinic/person_base.html"},
    )


def _others_changes(person: Person, form: PersonForm) -> str:
    """Fields where the record now differs from what stands in the form, with the record's words."""
    told = []
    for name, field in form.fields.items():
        now = getattr(person, name)
        if (now or None) != (form.cleaned_data.get(name) or None):
            told.append(f"{field.label}: {now if now not in (None, '') else '–'}")
    return "; ".join(told) or "–"


@page(Right.PEOPLE)
def record(request: HttpRequest, pk: str) -> HttpResponse:
    """One person's record: the next step first, then everything that is known."""
    member = member_of(request)
    person = fetch(request, Person, pk, Right.PEOPLE)
    values: dict[str, Any] = {"person": person, "line": person_line(person)}
    if may(member, Right.HEALTH):
        note(member.clinic, request.user, "viewed", person)
        values |= _history(person)
    return render(request, "clinic/record.html", values)


def _history(person: Person) -> dict[str, Any]:
    visit = person.visits.order_by("-created_at").first()
    case = person.cases.filter(closed_at=None).order_by("-created_at").first()
    sessions = list(
        person.sessions.select_related("signed_by").prefetch_related("zones").order_by("-day", "-number")[:20]
    )
    consents = {}
    for consent in person.consents.order_by("signed_at").defer("body", "strokes"):
        consents[consent.kind] = consent
    plan = case.plans.filter(state="done").order_by("-created_at").first() if case else None
    today = timezone.localdate()
    due = person.follow_ups.filter(done_at=None).order_by("due_on").first()
    if any(session.locked and session.day == today for session in sessions):
        step = "done"
    elif visit is None or visit.screened_at is None or visit.day != today:
        step = "screen"
    elif not visit.allows:
        step = "stopped"
    elif case is None or plan is None or plan.accepted_at is None:
        step = "plan"
    else:
        step = "session"
    return {
        "visit": visit,
        "case": case,
        "plan": plan,
        "sessions": sessions,
        "consents": consents,
        "consent_kinds": ("treatment", "photographs", "marketing", "research"),
        "events": person.adverse_events.order_by("-began_on")[:10],
        "photographs": person.photographs.count(),
        "next_step": step,
        "due": due,
        "overdue": bool(due and due.due_on < today),
    }
