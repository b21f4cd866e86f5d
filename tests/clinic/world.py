"""A small world in which every address has something behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan

from puncta.clinic.models import (
    AdverseEvent,
    Consent,
    FollowUp,
    Lot,
    LotUse,
    Membership,
    NeedlingSession,
    Person,
    Photograph,
    Visit,
)
from puncta.clinic.sealing import keep


@dataclass
class World:
    """Ids by the name that stands in an address."""

    ids: dict[str, object] = field(default_factory=dict)


def make_world(cast: Cast) -> World:
    """Fill the first clinic; the outsider's clinic stays empty."""
    person = Person.objects.create(
        clinic=cast.clinic, code="C-0142", family_name="Example", born_on=date(1992, 3, 14), sex="female",
        weight_kg=62, phototype=4,
    )  # fmt: skip
    consent = Consent.objects.create(
        person=person, kind="treatment", text_version=1, body="words", signed_name="Example", strokes=[],
        signed_at=timezone.now(), digest="0", created_by=cast.users["nurse"],
    )  # fmt: skip
    visit = Visit.objects.create(person=person, day=timezone.localdate())
    member = Membership.objects.get(user=cast.users["nurse"])
    plan = give_plan(person, member)
    session = NeedlingSession.objects.create(
        person=person, case=plan.case, plan=plan, visit=person.visits.latest("created_at"), number=1,
        day=timezone.localdate(), device="exceed",
    )  # fmt: skip
    signed = NeedlingSession.objects.create(
        person=person, case=plan.case, number=2, day=timezone.localdate(), device="exceed", signed_at=timezone.now()
    )
    photograph = Photograph(
        person=person, view="front", stage="before", taken_at=timezone.now(), width=10, height=10, digest="0"
    )
    photograph.sealed_key = keep(f"{photograph.key}-full", b"picture")
    photograph.thumb_key = keep(f"{photograph.key}-thumb", b"picture")
    photograph.save(force_insert=True)
    lot = Lot.objects.create(clinic=cast.clinic, kind="cartridge", name="exceed", lot="K1")
    LotUse.objects.create(lot=lot, session=session, piece="1")
    event = AdverseEvent.objects.create(person=person, term="bruise", grade=1, began_on=timezone.localdate())
    follow = FollowUp.objects.create(person=person, kind="call", due_on=timezone.localdate())
    made = {
        "lot": lot,
        "event": event,
        "follow": follow,
        "photograph": photograph,
        "person": person,
        "consent": consent,
        "visit": visit,
        "case": plan.case,
        "plan": plan,
        "session": session,
        "signed": signed,
    }
    return World({**{name: record.key for name, record in made.items()}, "member": member.pk, "kind": "treatment"})
