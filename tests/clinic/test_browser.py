"""The newcomer's journey, accessibility and the keyboard, in a real browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tests.clinic.browser import grave, needs_browser, opened, picture
from tests.clinic.conftest import Cast, make_cast
from tests.clinic.planned import give_plan
from tests.clinic.test_sessions import consent, somebody_else
from tests.clinic.world import make_world

from puncta.clinic.models import DiaryRecord, Membership, NeedlingSession, Photograph

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_browser, pytest.mark.django_db(transaction=True)]
#: How many things that can be used are left out by the Tab key.
OUT_OF_REACH = """() => [...document.querySelectorAll(
    'a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"]')]
    .filter(e => e.offsetParent !== null || e.closest('svg'))
    .filter(e => e.tabIndex < 0 && !e.disabled).length"""
#: Whether the place of the focus shows; ticks and choices show it on what is drawn over them.
FOCUS_IS_SEEN = """() => {
    const e = document.activeElement;
    if (e === document.body) return true;
    let shown = e;
    if (e.matches('.seg input')) shown = e.nextElementSibling;
    if (e.matches('.chk input')) shown = e.parentElement;
    const style = getComputedStyle(shown);
    return style.outlineStyle !== 'none' || style.strokeWidth === '3.4px';
}"""
#: What can be tapped and is less than 44 pixels high; a tick counts with the words that belong to it, links in a
#: sentence do not count.
TOO_SMALL = """() => [...document.querySelectorAll('button,a.btn,input:not([type=hidden]),select,textarea,summary')]
    .filter(e => e.offsetParent !== null && !e.closest('.hidden') && e.type !== 'range' && !e.closest('.step'))
    .map(e => [e, e.matches('[type=checkbox],[type=radio]') ? (e.closest('label') || e) : e])
    .filter(([e, target]) => target.getBoundingClientRect().height < 43.5)
    .map(([e]) => (e.id || e.name || e.textContent || e.outerHTML).trim().slice(0, 60))"""


@pytest.fixture(autouse=True)
def quiet_loop(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """The driver keeps a loop running in this thread; the database is used beside it, on purpose."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.PLAN_DRAWS = 20
    settings.PLAN_IN_BACKGROUND = False


def log_in(page: Any, who: str) -> None:
    """Log in as one of the cast."""
    page.goto("/")
    page.fill("#id_login", who)
    page.fill("#id_password", "correct horse 9")
    page.click("button.main")
    page.wait_for_url("**/")


def photographs(folder: Path) -> list[str]:
    """Two photographs to send."""
    places = [folder / "one.jpg", folder / "two.jpg"]
    for place, colour in zip(places, ((190, 150, 130), (170, 130, 110)), strict=True):
        Image.new("RGB", (640, 800), colour).save(place)
    return [str(place) for place in places]


@pytest.mark.parametrize("size", ["desktop", "tablet"])
def test_the_newcomers_journey(live_server: Any, tmp_path: Path, size: str) -> None:
    make_cast()
    with opened(live_server.url, size) as page:
        log_in(page, "practitioner")
        picture(page, f"{size}-01-today")
        page.click("text=Add the first person")
        page.fill("#id_family_name", "Okafor")
        page.fill("#id_given_name", "Ngozi")
        page.fill("#id_born_on", "1992-03-14")
        page.fill("#id_weight_kg", "62")
        page.select_option("#id_phototype", "4")
        page.click("text=Save")
        picture(page, f"{size}-02-record")
        record = page.url
        page.click("text=Start the questionnaire")
        for box in page.query_selector_all("input[value=no]"):
            box.check(force=True)
        picture(page, f"{size}-03-questionnaire")
        page.click("text=These answers are right")
        picture(page, f"{size}-04-screening")
        for kind in ("treatment", "photographs"):
            page.goto(f"{record}consents/{kind}/")
            pad = page.locator("#pad")
            pad.scroll_into_view_if_needed()
            box = pad.bounding_box()
            page.mouse.move(box["x"] + 40, box["y"] + 40)
            page.mouse.down()
            for step in range(12):
                page.mouse.move(box["x"] + 40 + 12 * step, box["y"] + 40 + 3 * (step % 5))
            page.mouse.up()
            picture(page, f"{size}-05-consent-{kind}")
            page.click(".actbar .main")
        page.goto(f"{record}case/")
        for zone in ("cheek_left", "cheek_right"):
            page.click(f"path[data-zone={zone}]")
        page.select_option("#id_kind_0", "atrophic_acne_scars")
        page.select_option("#id_scale_0", "goodman_baron_grade")
        page.fill("#id_severity_0", "3")
        page.select_option("#id_device", "exceed")
        page.select_option("#id_cream", "lidocaine_prilocaine")
        picture(page, f"{size}-06-case")
        page.click("text=Save the case")
        page.click("text=Make the plan")
        page.wait_for_selector(".work.plan", timeout=60_000)
        picture(page, f"{size}-07-plan")
        card = page.request.get(page.get_attribute("a:has-text('Session card')", "href"))
        assert card.body().startswith(b"%PDF")
        page.click("text=Accept plan")
        page.click("text=To the session")
        page.click("text=Begin the session")
        page.goto(f"{record}photographs/")
        page.set_input_files("#files", photographs(tmp_path))
        page.click("button:has-text('Keep')")
        picture(page, f"{size}-08-photographs")
        page.goto(f"{record}session/")
        for zone in ("cheek_left", "cheek_right"):
            page.check(f"[name=end_{zone}][value=few]", force=True)
            page.check(f"[name=done_{zone}]", force=True)
        page.fill("#id_cartridge_lot", "(01)04012345678901(17)990331(10)K4471(21)09")
        page.click("text=On now")
        page.click("text=Off now")
        page.fill("#id_product_lot", "S-221")
        page.check("#id_pain_score_4", force=True)
        page.check("[name=unwanted][value=none]", force=True)
        page.wait_for_selector("#bar [role=status]:not(:empty)")
        picture(page, f"{size}-09-session")
        page.click("text=Sign and lock")
        page.wait_for_selector("text=Signed and locked")
        picture(page, f"{size}-10-signed")
    assert NeedlingSession.objects.get().locked
    assert Photograph.objects.count() == 2


def test_a_prefilled_session_of_two_zones_is_signed_in_at_most_25_taps(live_server: Any) -> None:
    cast = make_cast()
    person = somebody_else(cast, "C-1")
    consent(person)
    give_plan(person, Membership.objects.get(user=cast.users["practitioner"]))
    with opened(live_server.url, "tablet", has_touch=True) as page:
        log_in(page, "practitioner")
        page.goto(f"/people/{person.key}/session/")
        taps = 0

        def tap(target: str) -> None:
            nonlocal taps
            page.locator(target).first.tap()
            taps += 1

        tap("text=Begin the session")
        for zone in ("cheek_left", "cheek_right"):
            tap(f"label:has([name=end_{zone}][value=few])")
            tap(f"label:has([name=done_{zone}])")
        tap("#id_cartridge_lot")
        page.keyboard.type("(01)04012345678901(17)990331(10)K4471(21)09")
        tap("text=On now")
        tap("text=Off now")
        tap("#id_product_lot")
        page.keyboard.type("S-221")
        tap("label:has(#id_pain_score_4)")
        tap("label:has([name=unwanted][value=none])")
        page.wait_for_timeout(800)
        tap("text=Sign and lock")
        page.wait_for_selector("text=Signed and locked")
    assert NeedlingSession.objects.get().locked
    assert taps <= 12


def pages_of(ids: dict[str, Any]) -> list[str]:
    """Every page that a person looks at."""
    person = ids["person"]
    steps = ("", "edit/", "screen/", "case/", "plan/", "photographs/", "follow-up/", "consents/marketing/", "erase/")
    return [
        "/", "/people/", "/people/new/", *(f"/people/{person}/{step}" for step in steps),
        f"/visits/{ids['visit']}/questionnaire/", f"/consents/{ids['consent']}/", f"/sessions/{ids['session']}/",
        f"/plans/{ids['plan']}/patient/", f"/people/{person}/compare/?a={ids['photograph']}&b={ids['photograph']}",
        "/stock/", "/recall/?lot=K1", "/clinic/", "/clinic/policy/", "/clinic/keeping/", "/clinic/inspection/",
        "/seen/", "/calibration/", "/grading/", "/clinic/research/",
        f"/people/{person}/progress/", f"/people/{person}/turned/",
        f"/people/{person}/compare/?a={ids['photograph']}&b={ids['second']}",
        "/clinic/staff/new/", f"/clinic/staff/{ids['member']}/", "/clinic/tablets/", "/account/me/", "/account/2fa/",
        "/account/password/change/", "/account/sessions/", "/account/reauthenticate/",
        f"/sessions/{ids['signed']}/", f"/sessions/{ids['signed']}/diary/", f"/sessions/{ids['signed']}/diary/paper/",
        f"/people/{person}/session/", f"/people/{person}/consents/treatment/",
        "/people/00000000-0000-0000-0000-000000000000/", f"/plans/{ids['plan']}/page/", "/locked/", "/account/logout/",
        "/account/inactive/",
    ]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_on_any_page(live_server: Any, scheme: str) -> None:
    ids = make_world(make_cast()).ids
    found = []
    with opened(live_server.url, "tablet", color_scheme=scheme, bypass_csp=True) as page:
        page.goto("/")
        paths = ["/account/login/", *pages_of(ids)]
        for number, path in enumerate(paths):
            if number == 1:
                log_in(page, "owner")
            page.goto(path)
            found += [f"{path}: {one}" for one in grave(page)]
    assert not found, "\n".join(found)


def test_every_page_is_reached_by_keyboard_and_shows_where_the_focus_is(live_server: Any) -> None:
    ids = make_world(make_cast()).ids
    wrong = []
    with opened(live_server.url, "desktop") as page:
        log_in(page, "owner")
        for path in pages_of(ids):
            page.goto(path)
            if page.evaluate(OUT_OF_REACH):
                wrong.append(f"{path}: something is out of reach")
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.className") != "skip":
                wrong.append(f"{path}: the first stop is not the way past the head")
            for _ in range(12):
                page.keyboard.press("Tab")
                if not page.evaluate(FOCUS_IS_SEEN):
                    where = page.evaluate("document.activeElement.outerHTML").split(">")[0]
                    wrong.append(f"{path}: focus is not seen on {where}")
                    break
    assert not wrong, "\n".join(wrong)


def test_a_case_is_mapped_with_the_keyboard_alone(live_server: Any) -> None:
    cast: Cast = make_cast()
    person = somebody_else(cast, "C-1")
    with opened(live_server.url, "desktop") as page:
        log_in(page, "practitioner")
        page.goto(f"/people/{person.key}/case/")
        page.focus("path[data-zone=cheek_left]")
        page.keyboard.press("t")
        page.focus("path[data-zone=nose]")
        page.keyboard.press("a")
        assert page.input_value("#zone_cheek_left") == "treat"
        assert page.input_value("#zone_nose") == "avoid"
        assert page.get_attribute("path[data-zone=nose]", "aria-label") == "Nose: avoid"


@pytest.mark.parametrize("size", ["narrow", "tablet", "desktop"])
def test_nothing_scrolls_sideways_and_everything_is_large_enough_for_a_finger(live_server: Any, size: str) -> None:
    ids = make_world(make_cast()).ids
    wrong = []
    # what is held in a hand is touched; the report gives its rows the height of a finger there
    with opened(live_server.url, size, has_touch=size != "desktop") as page:
        log_in(page, "owner")
        for number, path in enumerate(pages_of(ids)):
            page.goto(path)
            picture(page, f"all-{size}-{number:02d}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                wrong.append(f"{path} scrolls sideways")
            if size != "desktop" or not path.endswith("/page/"):
                wrong += [f"{path}: {what} is too small" for what in page.evaluate(TOO_SMALL)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", ["tablet"])
def test_the_offline_diary_saves_a_file_that_the_clinic_takes_in(live_server: Any, tmp_path: Path, size: str) -> None:
    cast = make_cast()
    world = make_world(cast)
    session = world.ids["signed"]
    with opened(live_server.url, size, accept_downloads=True) as page:
        log_in(page, "nurse")
        page.goto(f"/sessions/{session}/diary/")
        with page.expect_download() as given:
            page.click("a:text-is('Offline form')")
        form = tmp_path / "diary.html"
        given.value.save_as(form)
        away = page.context.new_page()
        away.goto(form.as_uri())
        assert not grave(away)
        away.select_option("#d0-redness", "2")
        away.check("#d0-blisters")
        picture(away, f"{size}-diary-offline")
        with away.expect_download() as saved:
            away.click("form button")
        back = tmp_path / "diary.json"
        saved.value.save_as(back)
        page.set_input_files("#file", str(back))
        page.click("text=Take the file in")
        page.wait_for_selector("text=Days taken in: 1")
        assert page.evaluate(OUT_OF_REACH) == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        picture(page, f"{size}-diary")
        page.goto(f"/sessions/{session}/diary/paper/")
        picture(page, f"{size}-diary-paper")
    kept = DiaryRecord.objects.get()
    assert kept.entries == [{"day": 0, "redness": 2, "blisters": True}]
