"""Questionnaire and screening: stops block, unknown is never no, lesser findings are set aside by name."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone
from tests.clinic.answers import all_no
from tests.clinic.conftest import Cast

import puncta
from puncta.clinic.casing import case_of, case_tree
from puncta.clinic.models import Membership, Person, Visit


def begin(client: Client, person: Person) -> Visit:
    """Start a visit."""
    client.post(f"/people/{person.key}/visits/new/")
    return Visit.objects.latest("created_at")


def test_all_answered_with_no_clears_the_way_and_equals_the_library(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    visit = begin(client, person)
    answer = client.post(f"/visits/{visit.key}/questionnaire/", all_no(visit))
    assert answer.url == f"/people/{person.key}/screen/"
    visit.refresh_from_db()
    assert visit.allows
    member = Membership.objects.get(user=cast.users["nurse"])
    case = case_of(case_tree(person, None, visit, member, visit.day))
    assert visit.screening == puncta.screening_record(puncta.screen(case))


def test_an_open_question_is_said_in_place_and_the_others_are_kept(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    visit = begin(client, person)
    given = all_no(visit)
    del given["q_isotretinoin"]
    page = client.post(f"/visits/{visit.key}/questionnaire/", given)
    assert page.status_code == 422
    assert "Still to be answered: 1" in page.content.decode()
    assert page.content.decode().count(" checked") == len(page.context["form"].lines) - 1


def test_a_stop_blocks_and_cannot_be_set_aside(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    visit = begin(client, person)
    client.post(f"/visits/{visit.key}/questionnaire/", all_no(visit, bleeding_disorder="yes"))
    visit.refresh_from_db()
    assert visit.action == "stop"
    page = client.get(f"/people/{person.key}/screen/").content.decode()
    assert "Not today" in page
    rule = next(entry["rule"] for entry in visit.screening["findings"] if entry["action"] == "stop")
    client.post(f"/visits/{visit.key}/aside/", {"rule": rule, "reason": "no matter", "version": visit.version})
    visit.refresh_from_db()
    assert visit.action == "stop"
    assert not visit.asides


def test_a_question_nobody_could_answer_blocks_where_it_can_stop(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    visit = begin(client, person)
    client.post(f"/visits/{visit.key}/questionnaire/", all_no(visit, pregnant_or_nursing="unknown"))
    visit.refresh_from_db()
    assert not visit.allows
    assert "questionnaire open" in client.get("/").content.decode()
    assert "A question that can stop is open" in client.get(f"/people/{person.key}/screen/").content.decode()


def test_a_lesser_finding_is_set_aside_with_name_and_reason(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    visit = begin(client, person)
    client.post(f"/visits/{visit.key}/questionnaire/", all_no(visit, cold_sore_history="yes"))
    visit.refresh_from_db()
    rule = next(entry["rule"] for entry in visit.screening["findings"] if entry["action"] in ("caution", "delay"))
    client.post(
        f"/visits/{visit.key}/aside/", {"rule": rule, "reason": "covered by aciclovir", "version": visit.version}
    )
    visit.refresh_from_db()
    found = next(entry for entry in visit.screening["findings"] if entry["rule"] == rule)
    assert found["overridden_by"] == "Practitioner"
    assert found["override_reason"] == "covered by aciclovir"


def test_a_new_visit_begins_with_the_last_answers_and_must_be_gone_through(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    first = begin(client, person)
    client.post(f"/visits/{first.key}/questionnaire/", all_no(first, rosacea="yes"))
    Visit.objects.update(day=timezone.localdate() - timedelta(days=28))
    assert "not of today" in client.get(f"/people/{person.key}/screen/").content.decode()
    second = begin(client, person)
    assert second.pk != first.pk
    assert second.answers["rosacea"]["reply"] == "yes"
    assert second.screening is None


def test_two_tablets_with_one_questionnaire_do_not_overwrite_each_other(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    visit = begin(client, person)
    given = all_no(visit)
    assert client.post(f"/visits/{visit.key}/questionnaire/", given).status_code == 302
    assert client.post(f"/visits/{visit.key}/questionnaire/", given).status_code == 409
