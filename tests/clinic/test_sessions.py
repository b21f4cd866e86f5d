"""Sessions: filled in from the plan, checked together, signed once, amended but never changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan

from puncta.clinic.models import (
    AdverseEvent,
    AuditEntry,
    Consent,
    FollowUp,
    Lot,
    LotUse,
    Membership,
    NeedlingSession,
    Person,
)
from puncta.clinic.signing import digest_of


def consent(person: Person) -> None:
    """A signed consent to treatment."""
    Consent.objects.create(
        person=person, kind="treatment", text_version=1, body="words", signed_name="Example", strokes=[[[1, 1]]],
        signed_at=timezone.now(), digest="0",
    )  # fmt: skip


def ready(cast: Cast, person: Person) -> tuple[Client, NeedlingSession]:
    """A draft that only needs to be filled in."""
    consent(person)
    give_plan(person, Membership.objects.get(user=cast.users["practitioner"]))
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/sessions/new/")
    return client, NeedlingSession.objects.get(person=person, signed_at=None)


def somebody_else(cast: Cast, code: str) -> Person:
    """Another person of the clinic."""
    born = date(1980, 1, 1)
    return Person.objects.create(
        clinic=cast.clinic, code=code, family_name="Other", born_on=born, phototype=2, weight_kg=70
    )


def filled(session: NeedlingSession, **other: str) -> dict[str, str]:
    """What the browser sends for a session that may be signed."""
    given: dict[str, Any] = {"version": session.version, "do": "sign", "cartridge_lot": "K4471-09"}
    given |= {"cartridge_expiry": "2099-03", "cream": "lidocaine_prilocaine", "cream_g": "10", "cream_cm2": "84"}
    given |= {"cream_on": "10:02", "cream_off": "11:04", "product": "sterile_saline", "product_lot": "S-221"}
    given |= {"pain_score": "4", "unwanted": "none", "notes": ""}
    for zone in session.zones.all():
        given |= {f"dial_{zone.zone}": f"{zone.dial_mm:g}", f"passes_{zone.zone}": str(zone.passes)}
        given |= {f"end_{zone.zone}": "few", f"done_{zone.zone}": "on"}
    return {name: str(value) for name, value in {**given, **other}.items()}


def test_a_session_begins_as_planned_and_is_signed_with_few_changes(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    assert [(zone.dial_mm, zone.passes) for zone in session.zones.all()] == [
        (zone.planned_dial_mm, zone.planned_passes) for zone in session.zones.all()
    ]
    page = client.post(f"/sessions/{session.key}/", filled(session, passes_cheek_left="5"))
    assert page.status_code == 302, page.context["form"].errors
    session.refresh_from_db()
    assert session.locked
    assert session.zones.get(zone="cheek_left").changed_passes
    assert {use.lot.kind for use in session.lot_uses.all()} == {"cartridge", "product"}
    assert set(FollowUp.objects.values_list("kind", flat=True)) >= {"call"}
    assert AuditEntry.objects.filter(action="signed").exists()
    assert "signed by Practitioner" in client.get(f"/sessions/{session.key}/").content.decode()


def test_everything_that_stands_against_signing_is_said_at_once_and_kept(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    Consent.objects.all().delete()
    left = {"cartridge_lot": "", "pain_score": "", "unwanted": "", "product_lot": "", "end_cheek_left": ""}
    page = client.post(f"/sessions/{session.key}/", filled(session, notes="typed with care", **left))
    words = page.content.decode()
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"cartridge_lot", "pain_score", "unwanted", "product_lot", "__all__"}
    assert "No consent to treatment" in words
    assert "Which end point" in words
    assert "typed with care" in words
    session.refresh_from_db()
    assert not session.locked
    assert session.notes == "typed with care"


@pytest.mark.parametrize("spelling", ["K4471-09", "k4471-09", "(01)04012345678901(17)990331(10)K4471(21)09"])
def test_a_cartridge_is_used_once_however_it_is_spelt(cast: Cast, person: Person, spelling: str) -> None:
    client, session = ready(cast, person)
    client.post(f"/sessions/{session.key}/", filled(session))
    other = somebody_else(cast, "C-2")
    client, second = ready(cast, other)
    page = client.post(f"/sessions/{second.key}/", filled(second, cartridge_lot=spelling))
    assert page.status_code == 422
    assert "A cartridge is for one use" in page.content.decode()
    assert "Example" not in page.content.decode().split("<main")[1]
    assert LotUse.objects.filter(lot__kind="cartridge").count() == 1


def test_an_expired_or_recalled_lot_is_refused(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    page = client.post(f"/sessions/{session.key}/", filled(session, cartridge_expiry="2020-03"))
    assert "expired on 31 Mar 2020" in page.content.decode()
    Lot.objects.create(clinic=cast.clinic, kind="cartridge", name="exceed", lot="K4471", recalled_at=timezone.now())
    session.refresh_from_db()
    page = client.post(f"/sessions/{session.key}/", filled(session))
    assert "recalled" in page.content.decode()


def test_a_dial_beyond_the_operators_limit_is_refused(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    Membership.objects.filter(user=cast.users["practitioner"]).update(max_depth_mm=0.5)
    page = client.post(f"/sessions/{session.key}/", filled(session))
    assert page.status_code == 422
    assert "the deepest here is 0.5 mm" in page.content.decode()


def test_an_unwanted_event_needs_a_grade_and_stands_in_the_register(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    page = client.post(f"/sessions/{session.key}/", filled(session, unwanted="faint"))
    assert "grade" in page.context["form"].errors
    session.refresh_from_db()
    client.post(f"/sessions/{session.key}/", filled(session, unwanted="faint", grade="2"))
    assert AdverseEvent.objects.get().term == "faint"


def test_two_tabs_on_one_session_do_not_overwrite_each_other(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    first = filled(session, do="save", notes="first")
    assert client.post(f"/sessions/{session.key}/", first).status_code == 200
    assert client.post(f"/sessions/{session.key}/", {**first, "notes": "second"}).status_code == 409
    session.refresh_from_db()
    assert session.notes == "first"


def test_a_signed_session_is_amended_and_never_changed(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    client.post(f"/sessions/{session.key}/", filled(session))
    session.refresh_from_db()
    assert session.digest == digest_of(session)
    client.post(f"/sessions/{session.key}/", filled(session, notes="rewritten", pain_score="9"))
    client.post(f"/sessions/{session.key}/amend/", {"field": "pain_score", "after": "5", "reason": "misheard"})
    session.refresh_from_db()
    assert (session.pain_score, session.notes) == (4, "")
    assert session.digest == digest_of(session)
    page = client.get(f"/sessions/{session.key}/").content.decode()
    assert "misheard" in page
    NeedlingSession.objects.update(pain_score=1)
    assert "differs from what was signed" in client.get(f"/sessions/{session.key}/").content.decode()


def test_a_nurse_fills_in_and_a_practitioner_signs(cast: Cast, person: Person) -> None:
    _, session = ready(cast, person)
    page = cast.client("nurse").post(f"/sessions/{session.key}/", filled(session, notes="by the nurse"))
    assert "a practitioner signs it" in page.content.decode()
    session.refresh_from_db()
    assert session.notes == "by the nurse"
    assert not session.locked


def test_a_session_of_yesterday_needs_todays_screening(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    session.visit.day = session.day - timedelta(days=1)
    session.visit.save()
    page = client.post(f"/sessions/{session.key}/", filled(session))
    assert "Today&#x27;s screening is missing" in page.content.decode()
