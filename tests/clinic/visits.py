"""Three visits of somebody, as records: sessions signed, diaries, grades, an unwanted event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from puncta.clinic.diary import keep_entries
from puncta.clinic.models import (
    AdverseEvent,
    Membership,
    NeedlingSession,
    Person,
    PlanRecord,
    Reported,
    SessionZone,
)

PAIN = (4, 6, 4)
GRADES = (3, 3, 2)
DIARY = [{"day": 0, "redness": 2}, {"day": 1, "redness": 1}, {"day": 2, "redness": 0}]


def give_visits(person: Person, plan: PlanRecord, member: Membership, count: int = 3, *, graded: bool = True) -> Any:
    """Sessions four weeks apart, the last one four weeks ago; returns them."""
    today = timezone.localdate()
    made = []
    for index in range(count):
        day = today - timedelta(days=28 * (count - index))
        session = NeedlingSession.objects.create(
            person=person, case=plan.case, plan=plan, number=index + 1, day=day, device="exceed",
            cream="lidocaine_prilocaine", pain_score=PAIN[index % 3], created_by=member.user,
        )  # fmt: skip
        for place, entry in enumerate(plan.alternative["settings"]):
            SessionZone.objects.create(
                session=session, place=place, zone=entry["zone"], planned_dial_mm=entry["dial_mm"],
                planned_passes=entry["passes"], dial_mm=entry["dial_mm"], passes=entry["passes"], done=True,
            )  # fmt: skip
        NeedlingSession.objects.filter(pk=session.pk).update(signed_at=timezone.now())
        session.refresh_from_db()
        keep_entries(session, DIARY, member, member.user)
        if graded:
            Reported.objects.create(
                person=person, scale="goodman_baron_grade", score=GRADES[index % 3], day=day + timedelta(days=26),
                created_by=member.user, blinded=index == count - 1,
            )  # fmt: skip
        made.append(session)
    AdverseEvent.objects.create(person=person, session=made[0], term="bruise", grade=1, began_on=made[0].day)
    return made
