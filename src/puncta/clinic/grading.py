"""Blinded grading: which pairs, in an order that nobody knew, and what the answers say once they are unblinded."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from statistics import fmean
from typing import Any

from django.db import transaction
from django.utils import timezone

from puncta.clinic.audit import note
from puncta.clinic.library import Showing, agreement, scales, showings
from puncta.clinic.models import Clinic, Grading, Photograph, Reported
from puncta.clinic.views.screening import open_case

CHOICES = ("left", "same", "right")
_MOST_PAIRS, _SEEDS = 12, 2**31


def pairs_to_grade(clinic: Clinic, user: Any) -> list[list[str]]:
    """The first and the latest photograph of each person and view that this grader has not judged, a dozen at most."""
    judged = {
        tuple(pair) for one in Grading.objects.filter(clinic=clinic, created_by=user) for pair in one.pairs if pair
    }
    found: dict[tuple[Any, str], list[Photograph]] = {}
    shown = Photograph.objects.filter(person__clinic=clinic, person__erased_at=None, sealed_key__isnull=False)
    shown = shown.exclude(reading__state__in=("refused", "failed")).defer("sealed_key", "thumb_key")
    for one in shown.order_by("taken_at"):
        found.setdefault((one.person_id, one.view), []).append(one)
    pairs = [[taken[0].key, taken[-1].key] for taken in found.values() if len(taken) > 1]
    return [pair for pair in pairs if tuple(pair) not in judged][:_MOST_PAIRS]


def begin(clinic: Clinic, user: Any, pairs: list[list[str]]) -> Grading:
    """A grading with an order of its own."""
    made = Grading(clinic=clinic, seed=secrets.randbelow(_SEEDS), pairs=pairs, created_by=user, changed_by=user)
    with transaction.atomic():
        made.save(force_insert=True)
        note(clinic, user, "created", made, {"pairs": len(pairs)})
    return made


def order_of(grading: Grading) -> tuple[Showing, ...]:
    """The order in which pairs are shown, some of them twice."""
    return showings(len(grading.pairs), grading.seed)


def current(grading: Grading) -> Showing | None:
    """The showing that is next; None where all are answered. What was destroyed meanwhile is passed over."""
    return next(
        (one for one in order_of(grading) if str(one.number) not in grading.answers and grading.pairs[one.pair]), None
    )


def photograph_of(grading: Grading, showing: Showing, side: str) -> str:
    """Id of the photograph on one side."""
    earlier, later = grading.pairs[showing.pair]
    return later if (side == "left") == showing.later_is_left else earlier


def scale_of(grading: Grading, showing: Showing) -> Any:
    """The scale on which the person's severity is told; None where the case names none."""
    photograph = Photograph.objects.filter(pk=grading.pairs[showing.pair][0]).select_related("person").first()
    case = open_case(photograph.person) if photograph else None
    concerns = (case.tree if case else {}).get("concerns", [])
    return scales().get(concerns[0]["scale"]) if concerns else None


def finish(grading: Grading, clinic: Clinic, user: Any) -> None:
    """Unblind: how far the grader agreed, and the scores, each on the day of its photograph."""
    order = [one for one in order_of(grading) if str(one.number) in grading.answers]
    given = {one.number: grading.answers[str(one.number)]["better"] for one in order}
    record = asdict(agreement(order, given)) if order else {}
    scores: dict[tuple[str, str], list[float]] = {}
    for one in order:
        answer = grading.answers[str(one.number)]
        for side in ("left", "right"):
            if answer.get(side) is not None and answer.get("scale"):
                key = (photograph_of(grading, one, side), answer["scale"])
                scores.setdefault(key, []).append(answer[side])
    with transaction.atomic():
        for (photograph_id, scale), values in scores.items():
            photograph = Photograph.objects.filter(pk=photograph_id).select_related("person").first()
            if photograph is not None:
                Reported.objects.create(
                    person=photograph.person,
                    scale=scale,
                    score=fmean(values),
                    day=timezone.localdate(photograph.taken_at),
                    blinded=True,
                    created_by=user,
                    changed_by=user,
                )
        Grading.objects.filter(pk=grading.pk).update(record=record, done_at=timezone.now())
        note(clinic, user, "graded", grading, record)
