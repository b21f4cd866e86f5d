"""A small world in which every address has something behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan

from puncta.clinic.guide import VERSION, guide_folder
from puncta.clinic.models import (
    AdverseEvent,
    Consent,
    FollowUp,
    Grading,
    Lot,
    LotUse,
    Membership,
    NeedlingSession,
    PairReading,
    Person,
    Photograph,
    Reading,
    Visit,
)
from puncta.clinic.sealing import keep


@dataclass
class World:
    """Ids by the name that stands in an address."""

    ids: dict[str, object] = field(default_factory=dict)


def compared(zone: str = "cheek_left", change: float = -0.13) -> dict[str, Any]:
    """A comparison's record as the library writes it, of one zone."""
    row = {"zone": zone, "before": 0.162, "after": 0.143, "holds": True, "refused": "", "chance": 0.001}
    told = {**row, "metric": "texture", "change": change, "sem": 0.03, "sdc": 0.083, "beyond_error": True}
    told |= {"shown": "−12 %", "sdc_shown": "6 %", "verdict": "changed by more than its error"}
    return {
        "verdict": "comparable",
        "verdict_words": "The two can be compared.",
        "headline": "Texture, cheek, left: −12 %.",
        "checks": [
            {"name": "pose", "value": 1.2, "limit": 5.0, "passed": True, "weight": "refuse", "words": ""},
            {"name": "focus", "value": 0.4, "limit": 0.2, "passed": False, "weight": "relief", "words": "Hold still."},
        ],
        "reasons": ["Hold still."],
        "alignment": {"consistent_fraction": 0.96},
        "changes": [told, {"zone": zone, "metric": "pores", "refused": "not sharp enough"}],
        "metrics": {"texture": {"name": "Texture", "unit": ""}, "pores": {"name": "Pores", "unit": "per cm²"}},
        "notice": "Provisional: simulated error.",
        "limits": "One photograph gives no depth.",
    }


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
    second = Photograph(
        person=person, view="front", stage="follow_up", taken_at=timezone.now(), width=10, height=10, digest="1"
    )
    second.sealed_key = keep(f"{second.key}-full", b"picture")
    second.thumb_key = keep(f"{second.key}-thumb", b"picture")
    second.save(force_insert=True)
    for one in (photograph, second):
        Reading.objects.create(photograph=one, state="measured", record={"checks": []})
    pair = PairReading(before=photograph, after=second, state="done", record=compared())
    pair.files = {side: keep(f"{pair.key}-{side}", b"picture").hex() for side in ("before", "after")}
    pair.save(force_insert=True)
    grading = Grading.objects.create(
        clinic=cast.clinic, seed=1, pairs=[[photograph.key, second.key]], created_by=cast.users["nurse"]
    )
    guide_folder().mkdir(parents=True)
    (guide_folder() / "vision_bundle.mjs").write_text("export const nothing = 0;\n")
    lot = Lot.objects.create(clinic=cast.clinic, kind="cartridge", name="exceed", lot="K1")
    LotUse.objects.create(lot=lot, session=session, piece="1")
    event = AdverseEvent.objects.create(person=person, term="bruise", grade=1, began_on=timezone.localdate())
    follow = FollowUp.objects.create(person=person, kind="call", due_on=timezone.localdate())
    made = {
        "lot": lot,
        "event": event,
        "follow": follow,
        "pair": pair,
        "grading": grading,
        "photograph": photograph,
        "person": person,
        "consent": consent,
        "visit": visit,
        "case": plan.case,
        "plan": plan,
        "session": session,
        "signed": signed,
    }
    return World(
        {
            **{name: record.key for name, record in made.items()},
            "member": member.pk,
            "kind": "treatment",
            "side": "after",
            "number": 1,
            "which": "left",
            "second": second.key,
            "version": VERSION,
            "part": "vision_bundle.mjs",
        }
    )
