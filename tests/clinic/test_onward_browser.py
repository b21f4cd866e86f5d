"""A look for dark marks, the rest of the course searched beside the page, and a plan that goes on, at tablet width."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.utils import timezone
from tests.clinic.browser import grave, needs_browser, opened, picture
from tests.clinic.conftest import make_cast
from tests.clinic.planned import give_plan
from tests.clinic.test_browser import OUT_OF_REACH, TOO_SMALL, log_in
from tests.clinic.test_sessions import consent, somebody_else
from tests.clinic.visits import give_visits

from puncta.clinic.models import LookedFor, Membership, PlanRecord, Reported, UpdateRecord

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quiet_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver keeps a loop running in this thread; the database is used beside it, on purpose."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _fits(page: Any) -> None:
    assert page.evaluate(OUT_OF_REACH) == 0
    assert page.evaluate(TOO_SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert grave(page) == []


def test_from_a_look_to_the_rest_of_the_course(live_server: Any, settings: object) -> None:
    settings.PLAN_DRAWS, settings.LEARN_DRAWS = 100, 300
    settings.LEARN_IN_BACKGROUND = settings.PLAN_IN_BACKGROUND = True
    cast = make_cast()
    person = somebody_else(cast, "C-1")
    consent(person)
    member = Membership.objects.get(user=cast.users["practitioner"])
    give_visits(person, give_plan(person, member), member, 2, graded=False)
    Reported.objects.create(person=person, scale="goodman_baron_grade", score=3, day=timezone.localdate(), blinded=True)
    with opened(live_server.url, "tablet") as page:
        log_in(page, "practitioner")
        page.goto(f"/people/{person.key}/follow-up/")
        picture(page, "onward-01-asked")
        page.click("text=None seen")
        page.wait_for_selector("text=Dark marks looked for, none seen")
        picture(page, "onward-02-kept")
        _fits(page)
        assert LookedFor.objects.count() == 1
        page.goto(f"/people/{person.key}/progress/")
        page.wait_for_selector("#onward progress", timeout=60_000)
        picture(page, "onward-03-searching")
        page.wait_for_selector("table.onward", timeout=60_000)
        page.wait_for_load_state("networkidle")
        picture(page, "onward-04-found")
        picture(page, "all-onward-04-found")
        _fits(page)
        assert UpdateRecord.objects.get().replan["recommended"] == "gentle"
        page.click("table.onward tr.on >> text=Plan this")
        page.wait_for_selector("text=It goes on from 2 visits", timeout=60_000)
        page.wait_for_load_state("networkidle")
        picture(page, "onward-05-plan")
        picture(page, "all-onward-05-plan")
        _fits(page)
        made = PlanRecord.objects.latest("created_at")
        page.goto(f"/plans/{made.key}/patient/")
        picture(page, "onward-06-patient")
        page.goto(f"/people/{person.key}/plan/")
        page.click("text=Accept")
        page.goto(f"/people/{person.key}/session/")
        page.click("text=Begin the session")
        page.wait_for_selector("text=Dark marks from earlier visits?")
        page.check("[name=marks][value=none]", force=True)
        picture(page, "onward-07-session")
        picture(page, "all-onward-07-session")
        _fits(page)
    with opened(live_server.url, "narrow") as page:
        log_in(page, "practitioner")
        page.goto(f"/people/{person.key}/progress/")
        page.wait_for_selector("table.onward")
        picture(page, "all-onward-08-narrow")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
