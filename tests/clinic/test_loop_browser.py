"""Sliders, photographs measured, three visits and what is learnt from them, in a real browser at tablet width."""

from __future__ import annotations

import os
from typing import Any

import pytest
from tests.clinic.browser import needs_browser, opened, picture
from tests.clinic.conftest import make_cast
from tests.clinic.planned import give_plan
from tests.clinic.test_browser import OUT_OF_REACH, TOO_SMALL, log_in
from tests.clinic.test_sessions import consent, somebody_else

from puncta.clinic.models import Membership, PlanRecord

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def quiet_loop(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """The driver keeps a loop running in this thread; the database is used beside it, on purpose."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.PLAN_IN_BACKGROUND = False


def _tag(page: Any, words: str) -> None:
    page.wait_for_function(
        "words => document.getElementById('look-tag')?.textContent.trim() === words", arg=words, timeout=20_000
    )


def test_sliders_answer_at_once_and_keep_nothing(live_server: Any, settings: object) -> None:
    settings.PLAN_DRAWS = 200
    cast = make_cast()
    person = somebody_else(cast, "C-1")
    consent(person)
    plan = give_plan(person, Membership.objects.get(user=cast.users["practitioner"]), accepted=False)
    before = PlanRecord.objects.filter(pk=plan.pk).values().get()
    took = []
    with opened(live_server.url, "tablet") as page:
        log_in(page, "practitioner")
        page.goto(f"/people/{person.key}/plan/")
        page.wait_for_load_state("networkidle")
        picture(page, "loop-01-plan")
        page.focus("input[data-of^=dial_]")
        for key in ("ArrowLeft", "ArrowLeft", "ArrowRight", "Home", "End", "ArrowLeft"):
            page.evaluate("document.querySelector('[data-looks]').removeAttribute('data-took')")
            page.keyboard.press(key)
            page.wait_for_selector("[data-looks][data-took]", timeout=20_000)
            took.append(int(page.get_attribute("[data-looks]", "data-took")))
            if key == "Home":
                picture(page, "loop-02-preview")
            _tag(page, "full bands")
        page.click("[data-slider]:has(#visits_slider) [data-more]")
        _tag(page, "preview")
        _tag(page, "full bands")
        picture(page, "loop-03-full-bands")
        assert page.get_attribute("#look", "aria-live") == "polite"
        assert page.evaluate(OUT_OF_REACH) == 0
        assert page.evaluate(TOO_SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
        page.click("text=Undo")
        _tag(page, "preview")
        _tag(page, "full bands")
        assert PlanRecord.objects.filter(pk=plan.pk).values().get() == before
        page.click("text=Use these settings")
        page.wait_for_selector(".work.plan")
        page.wait_for_load_state("networkidle")
        picture(page, "loop-04-used")
    assert PlanRecord.objects.count() == 2
    print(f"slider to preview in the browser, ms: first {took[0]}, then {took[1:]}")
