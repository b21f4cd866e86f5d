"""Erasure: what a person was called and said goes, what a recall needs stays, and the audit still holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from puncta.clinic.audit import note
from puncta.clinic.looking import forget_ready
from puncta.clinic.models import Amendment, Clinic, DiaryRecord, Grading, Person, PlanRecord, UpdateRecord
from puncta.clinic.sealing import drop
from puncta.clinic.views.photographs import destroy

_DAYS_PER_YEAR = 365.25


def past_retention(clinic: Clinic, today: date) -> Any:
    """People whose last session, or record, is older than the clinic keeps records."""
    edge = today - timedelta(days=clinic.retention_years * _DAYS_PER_YEAR)
    seen = Person.objects.filter(clinic=clinic, erased_at=None).annotate(last_day=Max("sessions__day"))
    return seen.filter(Q(last_day__lt=edge) | Q(last_day=None, created_at__date__lt=edge))


def erase(person: Person, user: Any) -> None:
    """Erase a person: keys of photographs first, then words and figures; code, lots and days remain."""
    for photograph in person.photographs.filter(sealed_key__isnull=False):
        destroy(photograph)
    plans = list(PlanRecord.objects.filter(case__person=person))
    with transaction.atomic():
        for consent in person.consents.all():
            consent.signed_name, consent.strokes, consent.discussed, consent.withdrawn_reason = "", [], "", ""
            consent.save()
        person.visits.update(answers={}, screening=None, asides=[])
        person.cases.update(title="", tree={})
        PlanRecord.objects.filter(case__person=person).update(
            inputs={}, record=None, shown={}, files={}, problem="", state="erased", onward=None
        )
        UpdateRecord.objects.filter(case__person=person).delete()
        _forget_gradings(person)
        person.sessions.update(notes="", typed={}, pain_score=None, unwanted="")
        Amendment.objects.filter(session__person=person).update(before="", after="", reason="")
        person.adverse_events.update(action="")
        person.follow_ups.update(notes="")
        person.scores.all().delete()
        DiaryRecord.objects.filter(session__person=person).delete()
        for name in ("given_name", "family_name", "phone", "email", "language", "allergies", "medicines", "notes"):
            setattr(person, name, "")
        person.born_on = person.weight_kg = person.phototype = person.ita_degrees = None
        person.sex, person.erased_at = "unstated", timezone.now()
        person.save()
        note(person.clinic, user, "erased", person)
    forget_ready()
    for plan in plans:
        for name in plan.files:
            drop(f"{plan.key}-{name}")


def _forget_gradings(person: Person) -> None:
    """What graders saw of a person goes; their judgements of others stay."""
    own = {str(key) for key in person.photographs.values_list("pk", flat=True)}
    for grading in Grading.objects.filter(clinic=person.clinic):
        gone = {index for index, pair in enumerate(grading.pairs) if pair and own & set(pair)}
        if gone:
            grading.pairs = [[] if index in gone else pair for index, pair in enumerate(grading.pairs)]
            grading.answers = {
                number: answer for number, answer in grading.answers.items() if answer.get("pair") not in gone
            }
            grading.save(update_fields=["pairs", "answers"])
