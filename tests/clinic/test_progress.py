"""Promised and come: the visits as the library reads them, what is learnt, and who sees it."""

from __future__ import annotations

import json

import pytest
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan
from tests.clinic.visits import give_visits

from puncta.clinic.learning import is_stale
from puncta.clinic.library import as_record, update, visits_from
from puncta.clinic.looking import case_behind
from puncta.clinic.models import AuditEntry, Membership, Person, PlanRecord, Reported, UpdateRecord
from puncta.clinic.visiting import promise_of, visits_tree


@pytest.fixture
def member(cast: Cast) -> Membership:
    """A practitioner."""
    return Membership.objects.get(user=cast.users["practitioner"])


@pytest.fixture
def plan(cast: Cast, person: Person, member: Membership, settings: object) -> PlanRecord:
    """An accepted plan and three visits."""
    settings.PLAN_DRAWS, settings.LEARN_DRAWS = 20, 100
    made = give_plan(person, member)
    give_visits(person, made, member)
    return made


def test_the_records_become_a_visits_file_that_the_library_reads(plan: PlanRecord) -> None:
    tree = visits_tree(plan.case, plan)
    visits = visits_from(tree, case_behind(plan))
    assert promise_of(plan.case) == plan
    assert [session.day for session in visits.sessions] == [0, 28, 56]
    assert visits.today == 84
    assert [grade.score for grade in visits.grades] == [3, 3, 2]
    assert [grade.blinded for grade in visits.grades] == [False, False, True]
    assert all(session.diary for session in visits.sessions)
    assert "Ana" not in json.dumps(tree)
    assert "Example" not in json.dumps(tree)


def test_the_page_learns_and_says_what_the_library_says(cast: Cast, plan: PlanRecord, person: Person) -> None:
    client = cast.client("practitioner")
    page = client.get(f"/people/{person.key}/progress/").content.decode()
    assert "data-send" in page
    client.post(f"/people/{person.key}/progress/learn/")
    found = UpdateRecord.objects.get()
    assert found.state == "done", found.problem
    case = case_behind(plan)
    own = as_record(update(case, visits_from(found.inputs, case), draws=100))
    assert json.loads(json.dumps(own)) == found.record
    page = client.get(f"/people/{person.key}/progress/").content.decode()
    assert "data-send" not in page
    for words in ("Promised for today", "What came", "How sure is that", "What next?", found.record["advice"]["words"]):
        assert words in page
    assert AuditEntry.objects.filter(action="learnt", object_id=str(found.pk)).count() == 1
    assert AuditEntry.objects.filter(action="viewed", object_id=str(found.pk)).exists()


def test_a_new_score_makes_what_was_learnt_stale_and_the_promise_stays(
    cast: Cast, plan: PlanRecord, person: Person
) -> None:
    client = cast.client("nurse")
    client.post(f"/people/{person.key}/progress/learn/")
    kept = PlanRecord.objects.values().get()
    assert not is_stale(UpdateRecord.objects.get(), visits_tree(plan.case, plan))
    client.post(f"/people/{person.key}/scores/add/", {"scale": "goodman_baron_grade", "score": "2"})
    assert is_stale(UpdateRecord.objects.get(), visits_tree(plan.case, plan))
    client.post(f"/people/{person.key}/progress/learn/")
    assert UpdateRecord.objects.filter(state="done").count() == 2
    assert PlanRecord.objects.values().get() == kept
    first = UpdateRecord.objects.order_by("created_at")[0]
    assert (
        first.record["advice"]["words"] in client.get(f"/people/{person.key}/progress/?of={first.key}").content.decode()
    )


def test_what_the_library_refuses_is_said_with_field_and_what_to_do(
    cast: Cast, plan: PlanRecord, person: Person
) -> None:
    Reported.objects.filter(score=2).update(score=99)
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/progress/learn/")
    assert UpdateRecord.objects.get().state == "failed"
    page = client.get(f"/people/{person.key}/progress/").content.decode()
    assert "grades[2].score" in page
    assert "data-send" not in page


def test_without_a_plan_there_is_one_sentence_and_one_button(cast: Cast, person: Person) -> None:
    page = cast.client("nurse").get(f"/people/{person.key}/progress/").content.decode()
    assert "a plan comes first" in page


def test_a_tablet_turned_round_shows_that_page_alone_until_the_password(
    cast: Cast, plan: PlanRecord, person: Person
) -> None:
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/progress/learn/")
    client.post(f"/people/{person.key}/turn/")
    own = f"/people/{person.key}/turned/"
    for path in (
        "/",
        "/people/",
        f"/people/{person.key}/",
        f"/people/{person.key}/progress/",
        "/clinic/",
        "/account/me/",
    ):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, own), path
    page = client.get(own).content.decode()
    assert "Back to the clinic" in page
    assert '/people/"' not in page
    back = client.get("/turned/back/")
    assert back["Location"].startswith("/account/reauthenticate/")
    assert client.get(own).status_code == 200
    client.post(back["Location"], {"password": "wrong"})
    assert client.get("/people/")["Location"] == own
    answer = client.post(back["Location"], {"password": "correct horse 9"})
    assert answer["Location"] == "/turned/back/"
    assert client.get("/turned/back/")["Location"] == f"/people/{person.key}/progress/"
    assert client.get("/people/").status_code == 200
