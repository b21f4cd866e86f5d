"""Sliders, photographs measured, three visits and what is learnt from them, in a real browser at tablet width."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from PIL import Image
from tests.clinic.browser import needs_browser, opened, picture
from tests.clinic.conftest import make_cast
from tests.clinic.planned import give_plan
from tests.clinic.test_browser import OUT_OF_REACH, TOO_SMALL, log_in
from tests.clinic.test_guide import needs_npm
from tests.clinic.test_sessions import consent, somebody_else
from tests.imaging.people import needs, real_face

from puncta.clinic.guide import fetch_guide
from puncta.clinic.models import Consent, Membership, NeedlingSession, Person, PlanRecord, UpdateRecord

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


def _month_later(person: Person) -> None:
    """Move everything that has a day four weeks back, as if a month had passed."""
    back = timedelta(days=28)
    person.sessions.update(day=F("day") - back)
    person.visits.update(day=F("day") - back)
    person.scores.update(day=F("day") - back)
    person.photographs.update(taken_at=F("taken_at") - back)


def _screened(page: Any, record: str) -> None:
    page.goto(record)
    page.click("text=Start the questionnaire")
    for box in page.query_selector_all("input[value=no]"):
        box.check(force=True)
    page.click("text=These answers are right")


def _needled(page: Any, record: str, lot: str, pain: int) -> None:
    page.goto(f"{record}session/")
    page.click("text=Begin the session")
    for zone in ("cheek_left", "cheek_right"):
        page.check(f"[name=end_{zone}][value=few]", force=True)
        page.check(f"[name=done_{zone}]", force=True)
    page.fill("#id_cartridge_lot", f"(01)04012345678901(17)990331(10)K4471(21){lot}")
    page.click("text=On now")
    page.click("text=Off now")
    page.fill("#id_product_lot", "S-221")
    page.check(f"#id_pain_score_{pain}", force=True)
    page.check("[name=unwanted][value=none]", force=True)
    page.wait_for_selector("#bar [role=status]:not(:empty)")
    page.click("text=Sign and lock")
    page.wait_for_selector("text=Signed and locked")


def _diary(page: Any, session: NeedlingSession) -> None:
    page.goto(f"/sessions/{session.key}/diary/")
    for day, grade in ((0, "2"), (1, "1"), (2, "0")):
        page.fill("#id_day", str(day))
        page.select_option("#id_redness", grade)
        page.click("main form button.main, .actbar button.main")
        page.wait_for_load_state("networkidle")


def _graded(page: Any, record: str, score: str) -> None:
    page.goto(f"{record}follow-up/")
    page.click("text=Add a score of today")
    page.select_option("#id_scale", "goodman_baron_grade")
    page.fill("#id_score", score)
    page.click("form[action$='scores/add/'] button")
    page.wait_for_selector("text=Saved.")


def test_three_visits_from_the_plan_to_what_to_do_next(live_server: Any, settings: object) -> None:
    settings.PLAN_DRAWS, settings.LEARN_DRAWS = 40, 200
    cast = make_cast()
    person = somebody_else(cast, "C-1")
    consent(person)
    record = f"/people/{person.key}/"
    with opened(live_server.url, "tablet") as page:
        log_in(page, "practitioner")
        _screened(page, record)
        page.goto(f"{record}case/")
        for zone in ("cheek_left", "cheek_right"):
            page.click(f"path[data-zone={zone}]")
        page.select_option("#id_kind_0", "atrophic_acne_scars")
        page.select_option("#id_scale_0", "goodman_baron_grade")
        page.fill("#id_severity_0", "3")
        page.select_option("#id_device", "exceed")
        page.select_option("#id_cream", "lidocaine_prilocaine")
        page.click("text=Save the case")
        page.click("text=Make the plan")
        page.wait_for_selector(".work.plan", timeout=60_000)
        page.wait_for_load_state("networkidle")
        page.click("[data-slider]:has(#visits_slider) [data-more]")
        _tag(page, "full bands")
        page.click("text=Use these settings")
        page.wait_for_selector(".work.plan", timeout=60_000)
        page.click("text=Accept plan")
        for number, (pain, score) in enumerate(((4, ""), (6, "3"), (5, "2"))):
            if number:
                _screened(page, record)
                _graded(page, record, score)
            _needled(page, record, str(20 + number), pain)
            _diary(page, person.sessions.order_by("-number")[0])
            page.goto(f"{record}progress/")
            page.wait_for_selector(".next .opt", timeout=60_000)
            page.wait_for_load_state("networkidle")
            picture(page, f"loop-1{number}-progress")
            assert page.evaluate(OUT_OF_REACH) == 0
            assert page.evaluate(TOO_SMALL) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
            if number < 2:
                _month_later(person)
        assert UpdateRecord.objects.filter(state="done").count() == 3
        for words in ("Promised for today", "What came", "How sure is that", "What next?", "What moved the forecast"):
            assert page.is_visible(f"text={words}")
        page.click("text=Turn to the person")
        picture(page, "loop-13-turned")
        assert page.evaluate(OUT_OF_REACH) == 0
        page.goto("/people/")
        assert page.url.endswith("/turned/")
        page.click("text=Back to the clinic")
        page.fill("input[type=password]", "correct horse 9")
        page.keyboard.press("Enter")
        page.wait_for_url("**/progress/")
        page.click(".opt form button >> nth=0")
        page.wait_for_selector(".work.plan", timeout=60_000)
        page.wait_for_load_state("networkidle")
        picture(page, "loop-14-replanned")


def _film(place: Path, face: Any) -> None:
    """A film of one picture, as a camera would give it."""
    width, height = 640, 480
    fold = height / face.shape[0]
    small = Image.fromarray(face).resize((round(face.shape[1] * fold), height))
    frame = Image.new("RGB", (width, height), (120, 120, 120))
    frame.paste(small, ((width - small.width) // 2, 0))
    out = io.BytesIO()
    frame.save(out, "JPEG", quality=95)
    place.write_bytes(out.getvalue() * 30)


_CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


def test_without_its_parts_the_guide_is_an_overlay_and_takes_a_photograph(live_server: Any, tmp_path: Path) -> None:
    person = _photographed()
    with opened(live_server.url, "tablet", args=_CAMERA) as page:
        log_in(page, "nurse")
        page.goto(f"/people/{person.key}/photographs/")
        page.click("#camera-on")
        page.wait_for_selector("#shutter:visible")
        assert page.is_visible("#camera ellipse")
        picture(page, "loop-20-plain-guide")
        page.click("#shutter")
        page.wait_for_selector(".judged")
        picture(page, "loop-21-judged")
        assert page.evaluate(OUT_OF_REACH) == 0
        assert page.evaluate(TOO_SMALL) == []
        page.click("text=Keep it, not measurable")
        page.wait_for_selector("text=not measurable, kept")


def test_a_browser_that_gives_no_camera_says_so_and_takes_a_file(live_server: Any) -> None:
    person = _photographed()
    with opened(live_server.url, "tablet", args=("--deny-permission-prompts",)) as page:
        log_in(page, "nurse")
        page.goto(f"/people/{person.key}/photographs/")
        page.click("#camera-on")
        page.wait_for_selector("#no-camera:visible")
        assert page.evaluate("document.activeElement.id") == "files"


@pytest.mark.long
def test_the_guide_says_when_pose_distance_and_light_are_as_before(live_server: Any, tmp_path: Path) -> None:
    needs("photos/person1.jpg")
    pytest.importorskip("cv2")
    needs_npm()
    fetch_guide(print)
    person = _photographed()
    face = real_face("person1.jpg", 2.0)
    film = tmp_path / "face.mjpeg"
    _film(film, face)
    args = (
        *_CAMERA,
        f"--use-file-for-fake-video-capture={film}",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
    )
    with opened(live_server.url, "tablet", args=args) as page:
        log_in(page, "nurse")
        page.goto(f"/people/{person.key}/photographs/")
        page.click("#camera-on")
        page.wait_for_selector("#hints:visible", timeout=60_000)
        page.wait_for_function("document.querySelectorAll('#hints li.ok').length >= 3", timeout=60_000)
        picture(page, "loop-22-guide")
        # the first photograph is the film itself: then pose, distance and light are as before
        page.click("#shutter")
        page.wait_for_selector("#waiting[data-done]", state="attached", timeout=60_000)
        page.click("#camera-on")
        page.wait_for_selector("#hints[data-good=yes]", timeout=60_000)
        picture(page, "loop-23-guide-good")


def _photographed() -> Person:
    cast = make_cast()
    person = somebody_else(cast, "C-1")
    Consent.objects.create(
        person=person, kind="photographs", text_version=1, body="words", signed_name="Other", strokes=[],
        signed_at=timezone.now(), digest="0",
    )  # fmt: skip
    return person
