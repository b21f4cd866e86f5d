"""What follows a session: dates, scores, events, stock, recall, policy."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.clinic.answers import all_no
from tests.clinic.conftest import Cast
from tests.clinic.test_sessions import filled, ready, somebody_else

from puncta.clinic.models import AdverseEvent, FollowUp, Lot, Person, Reported, Visit


def test_signing_notes_what_is_due_and_the_today_page_shows_it(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    client.post(f"/sessions/{session.key}/", filled(session))
    call = FollowUp.objects.get(kind="call")
    assert "Ana Example" in client.get("/").content.decode()
    entry = client.get(f"/follow-ups/{call.key}/ics/").content.decode()
    assert f"DTSTART;VALUE=DATE:{call.due_on:%Y%m%d}" in entry
    assert "Example" not in entry
    client.post(f"/follow-ups/{call.key}/done/", {"version": "1"})
    call.refresh_from_db()
    assert call.done_at
    FollowUp.objects.filter(kind="visit").update(due_on=timezone.localdate() - timedelta(days=3))
    assert "overdue since" in client.get("/").content.decode()


def test_a_score_lies_within_its_scale(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    page = client.post(f"/people/{person.key}/scores/add/", {"scale": "goodman_baron_grade", "score": "9"})
    assert page.status_code == 422
    assert "Between 1 and 4" in page.content.decode()
    client.post(f"/people/{person.key}/scores/add/", {"scale": "dlqi", "score": "12"})
    assert Reported.objects.get().score == 12


def test_an_event_is_graded_and_closed(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    given = {"term": "dark_marks", "grade": "2", "began_on": "2026-01-05", "action": "sunscreen"}
    client.post(f"/people/{person.key}/events/add/", given)
    event = AdverseEvent.objects.get()
    client.post(f"/events/{event.key}/", {"outcome": "gone", "version": "1"})
    event.refresh_from_db()
    assert (event.outcome, event.ended_on) == ("gone", timezone.localdate())


def test_a_recall_finds_everybody_in_few_queries_and_blocks_the_lot(cast: Cast, person: Person) -> None:
    client, session = ready(cast, person)
    client.post(f"/sessions/{session.key}/", filled(session))
    for number in range(3):
        other = somebody_else(cast, f"C-{number}")
        client, session = ready(cast, other)
        client.post(f"/sessions/{session.key}/", filled(session, cartridge_lot=f"K4471-1{number}"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get("/recall/?lot=K4471").content.decode()
    assert "Uses found: 4" in page
    assert "07700 900142" in page
    assert sum("clinic_lotuse" in query["sql"] for query in queries) == 1
    assert "Uses found: 1" in client.get("/recall/?lot=k4471-09").content.decode()
    lot = Lot.objects.get(kind="cartridge")
    client.post(f"/lots/{lot.key}/recall/", {"version": lot.version})
    lot.refresh_from_db()
    assert lot.recalled_at


def test_a_lot_is_added_by_its_label_and_expires_by_it(cast: Cast) -> None:
    client = cast.client("assistant")
    given = {"kind": "cartridge", "name": "exceed", "lot": "(01)04012345678901(17)280331(10)K4471", "pieces": "20"}
    client.post("/stock/add/", given)
    client.post("/stock/add/", {**given, "lot": "K4471", "pieces": "5"})
    lot = Lot.objects.get()
    assert (lot.lot, lot.expires_on, lot.pieces) == ("K4471", date(2028, 3, 31), 25)
    assert client.post("/stock/add/", {**given, "lot": "X", "expiry": "soon"}).status_code == 422


def test_the_policy_decides_where_bodies_disagree_and_a_wording_gets_a_version(cast: Cast, person: Person) -> None:
    client = cast.client("owner")
    shown = client.get("/clinic/policy/")
    form = shown.context["form"]
    given = {
        name: field.initial if field.initial is not None else form.initial.get(name, "")
        for name, field in form.fields.items()
    }
    given |= {
        "version": shown.context["version"],
        "name": "Harbour Skin Clinic",
        "phone": "1",
        "device": "exceed",
        "retention_years": "8",
        "operator_max_mm": "1.0",
    }
    given = {name: "" if value is None else value for name, value in given.items()}
    answer = client.post(
        "/clinic/policy/", {**given, "choice_isotretinoin": "consensus", "text_research_en": "Other words."}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    cast.clinic.refresh_from_db()
    assert cast.clinic.policy == {"choices": {"isotretinoin": "consensus"}, "operator_max_mm": 1.0}
    assert cast.clinic.consent_texts.filter(kind="research", language="en").count() == 2
    assert cast.clinic.consent_texts.filter(kind="treatment", language="en").count() == 1
    client.post(f"/people/{person.key}/visits/new/")
    visit = Visit.objects.get()
    recent = {"when_isotretinoin": (timezone.localdate() - timedelta(days=60)).isoformat()}
    client.post(f"/visits/{visit.key}/questionnaire/", {**all_no(visit, isotretinoin="yes"), **recent})
    visit.refresh_from_db()
    assert not [
        one for one in visit.screening["findings"] if "isotretinoin" in one["rule"] and one["action"] == "delay"
    ]
