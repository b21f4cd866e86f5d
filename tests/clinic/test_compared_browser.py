"""Photographs of a face laid upon each other, graded blind, and the lists, in a real browser at tablet width."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from tests.clinic.browser import needs_browser, opened, picture
from tests.clinic.conftest import make_cast
from tests.clinic.planned import give_plan
from tests.clinic.test_browser import OUT_OF_REACH, TOO_SMALL, log_in
from tests.clinic.test_measuring import face
from tests.clinic.test_sessions import somebody_else
from tests.clinic.visits import give_visits
from tests.clinic.world import make_world

from puncta.clinic.diary import keep_entries
from puncta.clinic.models import CaseRecord, Consent, Grading, Membership, PairReading, Person, UpdateRecord

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quiet_loop(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """The driver keeps a loop running in this thread; the database is used beside it, on purpose."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.PLAN_DRAWS, settings.PLAN_IN_BACKGROUND, settings.LEARN_DRAWS = 20, False, 100


def _fits(page: Any) -> None:
    assert page.evaluate(OUT_OF_REACH) == 0
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def _consented(person: Person) -> None:
    Consent.objects.create(
        person=person, kind="photographs", text_version=1, body="words", signed_name="Other", strokes=[],
        signed_at=timezone.now(), digest="0",
    )  # fmt: skip


def test_two_photographs_are_compared_and_graded_blind(live_server: Any, tmp_path: Path) -> None:
    pytest.importorskip("cv2")
    cast = make_cast()
    person = somebody_else(cast, "C-1")
    _consented(person)
    member = Membership.objects.get(user=cast.users["practitioner"])
    plan = give_plan(person, member)
    places = []
    for number in (0, 3):
        places.append(tmp_path / f"{number}.jpg")
        places[-1].write_bytes(face(number))
    with opened(live_server.url, "tablet") as page:
        log_in(page, "practitioner")
        for number, place in enumerate(places):
            page.goto(f"/people/{person.key}/photographs/")
            page.check("[name=make_up][value=no]", force=True)
            if number:
                page.check("[name=stage][value=follow_up]", force=True)
            page.set_input_files("#files", str(place))
            page.click("button:has-text('Keep')")
            page.wait_for_selector("text=Kept, encrypted: 1.")
            if not number:
                # the first one is of the day before the first session
                give_visits(person, plan, member, count=2)
                person.photographs.update(taken_at=person.sessions.order_by("day")[0].created_at)
                person.photographs.update(taken_at=F("taken_at") - timedelta(days=58))
        picture(page, "loop-30-measurable")
        _fits(page)
        page.click("button:has-text('Compare')")
        page.wait_for_selector(".changes")
        page.wait_for_load_state("networkidle")
        picture(page, "loop-31-compared")
        _fits(page)
        page.check("[name=how][value=slider]", force=True)
        page.focus("#wipe")
        page.keyboard.press("ArrowRight")
        picture(page, "loop-32-slider")
        page.click("text=Use in follow-up")
        page.wait_for_selector(".next .opt", timeout=60_000)
        picture(page, "all-loop-33-progress-with-photographs")
        assert page.is_visible("text=Photographs count with a simulated error")
        page.goto("/grading/")
        page.click("text=Grade 1 pairs")
        while page.query_selector("form.grade"):
            picture(page, "loop-34-grading")
            _fits(page)
            page.fill("#score_left", "2")
            page.fill("#score_right", "2")
            page.check("[name=better][value=same]", force=True)
            page.click("button:has-text('Next')")
            page.wait_for_load_state("networkidle")
        picture(page, "loop-35-graded")
    assert PairReading.objects.get().state == "done"
    assert Grading.objects.get().record["same"] == 2
    found = UpdateRecord.objects.order_by("-created_at")[0]
    assert any(reading["kind"] == "photograph" for reading in found.record["readings"])


def test_the_lists_of_the_clinic(live_server: Any) -> None:
    cast = make_cast()
    member = Membership.objects.get(user=cast.users["practitioner"])
    for number in range(3):
        person = somebody_else(cast, f"C-{number}")
        plan = give_plan(person, member)
        sessions = give_visits(person, plan, member, count=1 + number % 2)
        if number == 1:
            keep_entries(sessions[-1], [{"day": 1, "blisters": True}], member, member.user)
    with opened(live_server.url, "tablet") as page:
        log_in(page, "owner")
        for name, path in (
            ("today", "/"), ("seen", "/seen/"), ("calibration", "/calibration/"), ("research", "/clinic/research/"),
            ("policy", "/clinic/policy/"),
        ):  # fmt: skip
            page.goto(path)
            picture(page, f"loop-40-{name}")
            _fits(page)


def _learnt(cast: Any) -> dict[str, str]:
    """Somebody with three visits that were learnt from, and enough others for the page on calibration."""
    person = somebody_else(cast, "C-1")
    member = Membership.objects.get(user=cast.users["owner"])
    plan = give_plan(person, member)
    give_visits(person, plan, member)
    client = cast.client("owner")
    client.post(f"/people/{person.key}/progress/learn/")
    found = UpdateRecord.objects.get()
    for number in range(21):
        other = Person.objects.create(clinic=cast.clinic, code=f"P-{number}")
        case = CaseRecord.objects.create(person=other, title="Scars", tree={})
        UpdateRecord.objects.create(case=case, plan=plan, state="done", record=found.record)
    world = make_world(cast).ids
    return {"person": person.key, "grading": str(world["grading"])}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_something_was_learnt(live_server: Any, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    cast = make_cast()
    ids = _learnt(cast)
    Grading.objects.update(created_by=cast.users["owner"])
    found = []
    with opened(live_server.url, "tablet", color_scheme=scheme, bypass_csp=True) as page:
        log_in(page, "owner")
        for path in (
            f"/people/{ids['person']}/progress/", f"/people/{ids['person']}/turned/", "/calibration/",
            f"/grading/{ids['grading']}/", f"/people/{ids['person']}/plan/",
        ):  # fmt: skip
            page.goto(path)
            page.wait_for_load_state("networkidle")
            if path.endswith("plan/"):
                page.focus("#visits_slider")
                page.keyboard.press("ArrowRight")
                page.wait_for_selector("#look-tag:has-text('full bands')")
            picture(page, f"all-loop-50-{scheme}-{path.strip('/').rsplit('/', 1)[-1]}")
            _fits(page)
            if scheme == "light":
                page.set_viewport_size({"width": 390, "height": 844})
                picture(page, f"all-loop-51-{path.strip('/').rsplit('/', 1)[-1]}")
                _fits(page)
                page.set_viewport_size({"width": 1180, "height": 820})
            found += [
                f"{path}: {one['id']} {one['nodes'][0]['target']}" for one in Axe().run(page).response["violations"]
            ]
    assert not found, "\n".join(found)
