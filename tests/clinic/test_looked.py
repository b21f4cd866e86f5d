"""Looking for dark marks: none seen is kept, shown, exported and learned from."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan
from tests.clinic.test_sessions import filled, ready
from tests.clinic.visits import give_visits

from puncta.clinic.models import AdverseEvent, AuditEntry, LookedFor, Membership, NeedlingSession, Person
from puncta.clinic.visiting import visits_tree


def _followed(cast: Cast, person: Person, count: int = 2) -> NeedlingSession:
    member = Membership.objects.get(user=cast.users["practitioner"])
    return give_visits(person, give_plan(person, member), member, count)[-1]


def test_a_look_that_saw_none_is_kept_once_a_day_and_shown(cast: Cast, person: Person) -> None:
    _followed(cast, person)
    client = cast.client("nurse")
    assert "Looked for dark marks today?" in client.get(f"/people/{person.key}/follow-up/").content.decode()
    for _ in range(2):
        client.post(f"/people/{person.key}/looked/")
    look = LookedFor.objects.get()
    assert (look.term, look.day, look.created_by) == ("dark_marks", timezone.localdate(), cast.users["nurse"])
    assert AuditEntry.objects.filter(action="created", object_id=look.key).count() == 1
    page = client.get(f"/people/{person.key}/follow-up/").content.decode()
    assert "Dark marks looked for, none seen" in page
    assert "Looked for dark marks today?" not in page


def test_a_look_goes_to_the_learning(cast: Cast, person: Person) -> None:
    last = _followed(cast, person)
    answer = cast.client("nurse").post(f"/people/{person.key}/looked/", {"back": "progress"})
    assert answer.url == f"/people/{person.key}/progress/"
    assert last.plan is not None
    tree = visits_tree(last.case, last.plan)
    assert tree["looks"] == [{"day": 56, "dark_marks": False}]
    assert "marks_seen" not in tree


def test_while_marks_are_there_nobody_may_say_none(cast: Cast, person: Person) -> None:
    _followed(cast, person)
    client = cast.client("nurse")
    AdverseEvent.objects.create(person=person, term="dark_marks", grade=1, began_on=timezone.localdate())
    page = client.post(f"/people/{person.key}/looked/", follow=True).content.decode()
    assert "Dark marks are on record since" in page
    assert not LookedFor.objects.exists()
    AdverseEvent.objects.update(outcome="gone")
    client.post(f"/people/{person.key}/looked/")
    assert LookedFor.objects.exists()


def test_the_first_session_asks_nothing_and_the_next_one_asks(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    assert "Dark marks from earlier visits?" not in client.get(f"/sessions/{session.key}/").content.decode()
    client.post(f"/sessions/{session.key}/", filled(session))
    NeedlingSession.objects.update(day=timezone.localdate() - timedelta(days=28))
    client, session = ready(cast, person)
    assert "Dark marks from earlier visits?" in client.get(f"/sessions/{session.key}/").content.decode()
    client.post(f"/sessions/{session.key}/", filled(session, cartridge_lot="K4471-10", marks="none"))
    session.refresh_from_db()
    assert session.locked
    assert LookedFor.objects.get().session == session
    page = client.get(f"/sessions/{session.key}/").content.decode()
    assert "None seen" in page
    assert "The content differs" not in page


def test_marks_that_are_seen_at_a_session_become_an_unwanted_event(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    client.post(f"/sessions/{session.key}/", filled(session))
    first = session
    NeedlingSession.objects.update(day=timezone.localdate() - timedelta(days=28))
    client, session = ready(cast, person)
    client.post(f"/sessions/{session.key}/", filled(session, cartridge_lot="K4471-10", marks="2"))
    event = AdverseEvent.objects.get(term="dark_marks")
    assert (event.grade, event.session, event.began_on) == (2, first, timezone.localdate())
    assert not LookedFor.objects.exists()


def test_the_inspection_pack_counts_looks(cast: Cast, person: Person) -> None:
    _followed(cast, person)
    cast.client("nurse").post(f"/people/{person.key}/looked/")
    page = cast.client("auditor").get("/clinic/inspection/").content.decode()
    assert "Looks for dark marks that saw none: 1" in page
