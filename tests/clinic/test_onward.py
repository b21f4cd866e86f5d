"""Going on from visits: the rest of the course is searched, and what is planned from it forecasts from there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan
from tests.clinic.test_sessions import consent, filled
from tests.clinic.visits import give_visits

from puncta.clinic.models import FollowUp, Membership, NeedlingSession, Person, PlanRecord, Reported, UpdateRecord


@pytest.fixture
def followed(cast: Cast, person: Person, settings: object) -> tuple[Client, UpdateRecord]:
    """Two visits learnt from, with the rest of the course searched."""
    settings.PLAN_DRAWS, settings.LEARN_DRAWS = 20, 100
    settings.PLAN_IN_BACKGROUND = settings.LEARN_IN_BACKGROUND = False
    member = Membership.objects.get(user=cast.users["practitioner"])
    give_visits(person, give_plan(person, member), member, 2, graded=False)
    today = timezone.localdate()
    Reported.objects.create(person=person, scale="goodman_baron_grade", score=3, day=today, blinded=True)
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/progress/learn/")
    return client, UpdateRecord.objects.get()


def test_the_page_shows_the_rest_of_the_course_and_the_quick_ways_beside_it(
    followed: tuple[Client, UpdateRecord], person: Person
) -> None:
    client, found = followed
    assert found.state == "done" and found.replan is not None
    assert found.replan["continues"]["visits_count"] == 2
    courses = [one["course"] for one in found.replan["alternatives"]]
    assert {"no_further_visit", "gentle", "one_more"} <= set(courses)
    page = client.get(f"/people/{person.key}/progress/").content.decode()
    assert "The rest of the course" in page
    assert "No further visit" in page
    assert page.count('name="onward"') >= 2


def gone_on(client: Client, found: UpdateRecord, person: Person) -> PlanRecord:
    """A plan of two more visits from what was found."""
    given = {"onward": found.key, "name": "Gentle", "visits": "2", "weeks": "4"}
    for side in ("cheek_left", "cheek_right"):
        given |= {f"dial_{side}": "1.0", f"passes_{side}": "4"}
    client.post(f"/people/{person.key}/plans/new/", given)
    return PlanRecord.objects.latest("created_at")


def test_a_plan_from_there_forecasts_for_this_person_and_says_so(
    followed: tuple[Client, UpdateRecord], person: Person
) -> None:
    client, found = followed
    made = gone_on(client, found, person)
    assert made.state == "done", made.problem
    assert made.record is not None and made.record["continues"]["visits_count"] == 2
    assert "no recommendation" in made.record["reason"]
    assert "published series" not in made.record["reason"]
    # what had come before the first further visit is counted
    bare = next(one for one in made.record["alternatives"] if one["course"] == "no_further_visit")
    assert bare["improvement_fraction"]["median"] > 0.02
    page = client.get(f"/people/{person.key}/plan/").content.decode()
    assert "It goes on from 2 visits" in page
    assert "Use these settings" not in page
    sheet = client.get(f"/plans/{made.key}/patient/").content.decode()
    assert "2 more visits" in sheet and "without more visits" in sheet


def test_visits_of_such_a_plan_are_counted_from_its_first(
    followed: tuple[Client, UpdateRecord], person: Person, cast: Cast
) -> None:
    client, found = followed
    made = gone_on(client, found, person)
    client.post(f"/plans/{made.key}/accept/", {"version": made.version})
    consent(person)
    client.post(f"/people/{person.key}/sessions/new/")
    session = NeedlingSession.objects.get(person=person, signed_at=None)
    assert (session.number, session.plan) == (3, made)
    assert "session 1 of 2" in client.get(f"/sessions/{session.key}/").content.decode()
    answer = client.post(f"/sessions/{session.key}/", filled(session))
    assert answer.status_code == 302, answer.context["form"].errors
    assert FollowUp.objects.filter(session=session, kind="visit", due_on=session.day + timedelta(days=28)).exists()


def test_an_update_of_somebody_else_is_not_gone_on_from(
    followed: tuple[Client, UpdateRecord], person: Person, cast: Cast
) -> None:
    client, _ = followed
    given = {"onward": "00000000-0000-0000-0000-000000000000", "dial_cheek_left": "1.0", "visits": "1", "weeks": "4"}
    assert client.post(f"/people/{person.key}/plans/new/", given).status_code == 404


def test_own_settings_are_not_called_a_published_series(cast: Cast, person: Person, settings: object) -> None:
    settings.PLAN_DRAWS, settings.PLAN_IN_BACKGROUND = 20, False
    give_plan(person, Membership.objects.get(user=cast.users["practitioner"]))
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/plans/new/", {"dial_cheek_left": "1.0", "visits": "3", "weeks": "4"})
    made = PlanRecord.objects.latest("created_at")
    assert made.record is not None
    assert made.record["reason"].startswith("Own settings")
    assert "chosen by hand" in client.get(f"/people/{person.key}/plan/").content.decode()
