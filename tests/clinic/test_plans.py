"""Case and plan: the library checks, computes and limits; what the page shows is what it said."""

from __future__ import annotations

from html import escape, unescape
from typing import Any

import pytest
from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import POSTED, TREE, answers, give_plan

import puncta
from puncta.clinic.casing import case_of
from puncta.clinic.library import page_count
from puncta.clinic.models import CaseRecord, Membership, Person, PlanRecord, Visit


@pytest.fixture(autouse=True)
def at_once(settings: object) -> None:
    """Plans are made inside the request, on few draws."""
    settings.PLAN_IN_BACKGROUND = False
    settings.PLAN_DRAWS = 20


def screened(person: Person, **other: str) -> Visit:
    """A visit of today that allows a plan."""
    given = {**answers(), **{key: {"reply": reply} for key, reply in other.items()}}
    return Visit.objects.create(
        person=person,
        day=timezone.localdate(),
        answers=given,
        answered_at=timezone.now(),
        screening={"action": "go", "allows_plan": True, "findings": [], "unanswered": [], "quiet": []},
        screened_at=timezone.now(),
    )


def test_the_library_says_what_is_wrong_with_a_case_beside_the_field(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    page = client.post(f"/people/{person.key}/case/", {**POSTED, "severity_0": "9", "scale_0": "masi_score"})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"scale_0"}
    page = client.post(f"/people/{person.key}/case/", {**POSTED, "severity_0": "9"})
    assert set(page.context["form"].errors) == {"severity_0"}
    assert not CaseRecord.objects.exists()


def test_a_case_reads_back_as_it_was_typed(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    assert client.post(f"/people/{person.key}/case/", POSTED).status_code == 302
    tree = CaseRecord.objects.get().tree
    assert {key: tree[key] for key in TREE} == TREE
    page = client.get(f"/people/{person.key}/case/").content.decode()
    assert 'class="zone treat" id="map-cheek_left"' in page


def test_no_plan_without_todays_screening(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/case/", POSTED)
    answer = client.post(f"/people/{person.key}/plans/new/")
    assert answer.url == f"/people/{person.key}/screen/"
    assert not PlanRecord.objects.exists()


def test_what_the_page_shows_equals_the_command_lines_record(cast: Cast, person: Person) -> None:
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/case/", POSTED)
    screened(person)
    client.post(f"/people/{person.key}/plans/new/")
    made = PlanRecord.objects.get()
    assert made.state == "done", made.problem
    assert made.record == puncta.plan_record(puncta.plan(case_of(made.inputs), draws=20))
    page = client.get(f"/people/{person.key}/plan/").content.decode()
    for row in made.shown["courses"]:
        assert row["name"] in page
        assert escape(row["grade"]["value"]) in page
    assert "style=" not in page
    card = client.get(f"/plans/{made.key}/card/")
    assert card.content.startswith(b"%PDF")
    sheet = client.get(f"/plans/{made.key}/patient/").content.decode()
    assert "Doing nothing is a choice too" in sheet
    assert made.shown["patient"]["phone"] == cast.clinic.phone
    assert set(made.files) == {"plan", "card", "page", "patient"}


def test_settings_deeper_than_a_limit_are_refused_and_nothing_is_computed(cast: Cast, person: Person) -> None:
    member = Membership.objects.get(user=cast.users["practitioner"])
    member.max_depth_mm = 0.5
    member.save()
    client = cast.client("practitioner")
    client.post(f"/people/{person.key}/case/", POSTED)
    screened(person)
    own = {"dial_cheek_left": "1.2", "passes_cheek_left": "4", "sides_cheek_left": "cheek_left,cheek_right"}
    page = client.post(f"/people/{person.key}/plans/new/", {**own, "visits": "3", "weeks": "4"}, follow=True)
    assert "deeper than 0.5 mm" in page.content.decode()
    assert not PlanRecord.objects.exists()


def test_looking_at_a_plan_computes_nothing(cast: Cast, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    made = give_plan(person, Membership.objects.get(user=cast.users["practitioner"]), accepted=False)
    client = cast.client("practitioner")
    for name in ("plan", "screen", "view", "drawings", "zone_limits"):
        for module in ("planning", "views.plans", "views.screening"):
            monkeypatch.setattr(f"puncta.clinic.{module}.{name}", None, raising=False)
    assert made.shown["answer"] in client.get(f"/people/{person.key}/plan/").content.decode()
    client.post(f"/plans/{made.key}/accept/", {"version": "1"})
    made.refresh_from_db()
    assert made.accepted_at


def _said(sheet: dict[str, Any]) -> list[str]:
    """Every word of a sheet that its page has to show."""
    odds = [one[name] for one in sheet["odds"] for name in ("head", "about", "could", "more")]
    days = [one[name] for one in sheet["notice"] for name in ("head", "text")]
    heads = [words for name, words in sheet["words"].items() if name not in ("clinic", "thin")]
    names = ("clinic", "phone", "for_whom", "title", "call", "notice_device", "plan", "unreviewed")
    return [*sheet["intro"], *odds, *days, *sheet["do"], *sheet["wait"], *heads, *(sheet[name] for name in names)]


@pytest.mark.parametrize("language", ["", "es"])
def test_the_patient_sheet_is_one_page_and_its_page_says_the_same(cast: Cast, person: Person, language: str) -> None:
    cast.clinic.phone = "020 7946 0000"
    cast.clinic.save()
    person.language = language
    person.save()
    plan = give_plan(person, Membership.objects.get(user=cast.users["practitioner"]))
    client = cast.client("practitioner")
    answer = client.get(f"/plans/{plan.key}/patient/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert page_count(answer.content) == 1
    page = unescape(client.get(f"/plans/{plan.key}/patient/").content.decode())
    sheet = PlanRecord.objects.get(pk=plan.pk).shown["patient"]
    assert sheet["language"] == (language or "en")
    assert f'<html lang="{sheet["language"]}">' in page
    said = _said(sheet)
    assert len(said) > 40
    assert [one for one in said if one not in page] == []
    assert page.count('<i class="') == sum(len(one["dots"]) for one in sheet["odds"])
    for trace in ("Example", "Ana", "07700"):
        assert trace not in str(sheet)


def test_a_plan_of_before_says_that_it_has_no_sheet_and_shows_what_it_said(cast: Cast, person: Person) -> None:
    plan = give_plan(person, Membership.objects.get(user=cast.users["practitioner"]))
    del plan.shown["patient"], plan.files["patient"]
    plan.shown["aftercare"] = [{"heading": "Today", "lines": [{"text": "Clean hands.", "call": False}]}]
    plan.save()
    page = cast.client("practitioner").get(f"/plans/{plan.key}/patient/pdf/", follow=True)
    assert page.status_code == 200
    assert "before patient sheets were sealed" in page.content.decode()
    assert "Clean hands." in page.content.decode()
