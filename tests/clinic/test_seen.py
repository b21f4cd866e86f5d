"""The list of the week: due, overdue, otherwise than expected."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import give_plan
from tests.clinic.visits import give_visits

from puncta.clinic.diary import keep_entries
from puncta.clinic.models import DiaryRecord, FollowUp, Membership, Person, UpdateRecord
from puncta.clinic.seen import late_visits, out_of_course


@pytest.fixture
def member(cast: Cast, settings: object) -> Membership:
    """A practitioner."""
    settings.PLAN_DRAWS = 20
    return Membership.objects.get(user=cast.users["practitioner"])


def test_who_is_overdue_stands_apart_from_who_is_due(cast: Cast, person: Person) -> None:
    today = timezone.localdate()
    FollowUp.objects.create(person=person, kind="call", due_on=today - timedelta(days=3))
    FollowUp.objects.create(person=person, kind="review", due_on=today + timedelta(days=3))
    FollowUp.objects.create(person=person, kind="visit", due_on=today + timedelta(days=40))
    page = cast.client("nurse").get("/seen/").content.decode()
    overdue, due = page.split("Due within two weeks")
    assert "call" in overdue
    assert "review" in due
    assert "next session" not in page


def test_a_visit_that_does_not_come_is_late_after_its_day(cast: Cast, person: Person, member: Membership) -> None:
    plan = give_plan(person, member)
    give_visits(person, plan, member, count=1)
    rows = late_visits(cast.clinic, timezone.localdate())
    assert [(row["person"], row["days"], row["late"]) for row in rows] == [(person, 0, False)]
    rows = late_visits(cast.clinic, timezone.localdate() + timedelta(days=20))
    assert rows[0]["late"]


def test_a_diary_outside_the_expected_course_is_listed_and_a_red_flag_comes_first(
    cast: Cast, person: Person, member: Membership
) -> None:
    plan = give_plan(person, member)
    sessions = give_visits(person, plan, member, count=2)
    DiaryRecord.objects.filter(session=sessions[1]).update(compared={"raised": [], "diary_outside_count": 2})
    keep_entries(sessions[0], [{"day": 1, "blisters": True}], member, member.user)
    rows = out_of_course(cast.clinic, timezone.localdate())
    assert [row["action"] for row in rows] == ["stop", "caution"]
    page = cast.client("nurse").get("/seen/").content.decode()
    assert page.index(rows[0]["link"]) < page.index(rows[1]["link"])


def test_grades_outside_the_promised_band_are_listed_once_a_case(
    cast: Cast, person: Person, member: Membership
) -> None:
    plan = give_plan(person, member)
    screen = [{"came": {"day": 3}, "came_inside": False}]
    for action in ("wait", "wait"):
        UpdateRecord.objects.create(
            case=plan.case, plan=plan, state="done", record={"screen": screen, "advice": {"action": action}}
        )
    rows = out_of_course(cast.clinic, timezone.localdate())
    assert [row["action"] for row in rows] == ["note"]


def test_another_clinic_sees_nobody(cast: Cast, person: Person) -> None:
    FollowUp.objects.create(person=person, kind="call", due_on=timezone.localdate())
    assert "Example" not in cast.client("outsider").get("/seen/").content.decode()
