"""Headers, lockout, idle lock, forged pages: what stands around every page."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from tests.clinic.conftest import Cast

from puncta.clinic import words
from puncta.clinic.models import Person

SRC = Path(words.__file__).parent


def test_every_page_carries_a_policy_without_inline_anything_and_is_not_kept(cast: Cast) -> None:
    answer = cast.client("owner").get("/")
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in policy


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(cast: Cast) -> None:
    client = Client()
    client.post("/account/login/", {"login": "nurse", "password": "correct horse 9"})
    given = client.get("/account/me/").cookies | client.cookies
    assert {"clinic", "clinic-forms"} <= set(given)
    for name in ("clinic", "clinic-forms"):
        assert given[name]["httponly"] is True
        assert given[name]["samesite"] == "Strict"
        assert given[name]["path"] == "/"
        assert not given[name]["domain"]
    assert not given["clinic"]["expires"]


def test_no_template_holds_a_script_a_style_or_a_handler() -> None:
    for file in (SRC / "templates").rglob("*.html"):
        if (
            file.name == "diary_offline.html"
        ):  # a file of its own, filled in far from the clinic's pages and their policy
            continue
        text = file.read_text()
        assert "<style" not in text, file
        assert ' style="' not in text, file
        assert not any(f" on{event}=" in text for event in ("click", "load", "change", "submit", "error")), file
        assert "<script>" not in text, file


def test_no_page_or_script_reaches_out() -> None:
    for file in [*(SRC / "templates").rglob("*.html"), *(SRC / "static").rglob("*.js")]:
        assert "https://" not in file.read_text(), file
        assert "http://" not in file.read_text(), file


def test_five_wrong_passwords_lock_the_account_for_a_while(cast: Cast) -> None:
    cache.clear()
    client = Client()
    for _ in range(5):
        client.post("/account/login/", {"login": "owner", "password": "wrong"})
    page = client.post("/account/login/", {"login": "owner", "password": "correct horse 9"})
    assert "_auth_user_id" not in client.session
    assert page.status_code == 200
    cache.clear()


def test_an_unknown_name_and_a_wrong_password_look_the_same(cast: Cast) -> None:
    cache.clear()
    said = []
    for name in ("owner", "nobody"):
        page = Client().post("/account/login/", {"login": name, "password": "wrong"})
        said.append([str(error) for errors in page.context["form"].errors.values() for error in errors])
    assert said[0] == said[1]
    cache.clear()


def test_nobody_signs_up(client: Client, cast: Cast) -> None:
    client.post(
        "/account/signup/", {"username": "new", "password1": "correct horse 77", "password2": "correct horse 77"}
    )
    assert not type(cast.users["owner"]).objects.filter(username="new").exists()


def test_a_forged_page_changes_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.users["owner"])
    answer = client.post("/people/new/", {"family_name": "X", "born_on": "1990-01-01", "sex": "male"})
    assert answer.status_code == 403
    assert "too old" in answer.content.decode()
    assert not Person.objects.exists()


def test_an_idle_page_locks_and_a_short_code_opens_it_again(cast: Cast) -> None:
    user = cast.users["nurse"]
    user.quick_hash = make_password("246810")
    user.save()
    client = cast.client("nurse")
    client.get("/")
    session = client.session
    session["seen"] = time.time() - 3600
    session.save()
    assert client.get("/people/").url == "/locked/?next=/people/"
    assert client.get("/people/").status_code == 302
    assert "That is not the code" in client.post("/locked/", {"code": "111111"}).content.decode()
    assert client.post("/locked/", {"code": "246810", "next": "//evil.example/"}).url == "/"
    assert client.get("/people/").status_code == 200


def test_a_locked_page_cannot_be_opened_by_setting_another_code(cast: Cast) -> None:
    user = cast.users["nurse"]
    user.quick_hash = make_password("246810")
    user.save()
    client = cast.client("nurse")
    session = client.session
    session["locked"] = True
    session.save()
    for path in ("/account/me/", "/account/password/change/", "/account/2fa/", "/account/sessions/"):
        assert client.get(path).url.startswith("/locked/")
        assert client.post(path, {"code": "111111"}).url.startswith("/locked/")
    client.post("/locked/", {"code": "111111"})
    assert client.get("/people/").status_code == 302


def test_five_wrong_codes_log_out(cast: Cast) -> None:
    user = cast.users["nurse"]
    user.quick_hash = make_password("246810")
    user.save()
    client = cast.client("nurse")
    answers = [client.post("/locked/", {"code": "111111"}) for _ in range(5)]
    assert answers[-1].url == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_an_account_that_is_closed_sees_nothing_from_the_next_page_on(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    assert client.get(f"/people/{person.key}/").status_code == 200
    cast.users["nurse"].memberships.update(active=False)
    assert client.get(f"/people/{person.key}/").status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_only_reading_and_sending_is_answered(method: str, cast: Cast) -> None:
    assert getattr(cast.client("owner"), method)("/people/").status_code == 405


def test_who_turns_pages_faster_than_a_hand_waits(cast: Cast, settings: object) -> None:
    cache.clear()
    settings.PAGES_A_MINUTE, settings.PAGES_A_MINUTE_OUTSIDE = 5, 3
    owner, nobody = cast.client("owner"), Client()
    assert max([owner.get("/stock/").status_code for _ in range(5)]) == 200
    refused = [owner.get("/stock/") for _ in range(6)][-1]
    assert refused.status_code == 429
    assert "Too fast" in refused.content.decode()
    assert cast.client("nurse").get("/stock/").status_code == 200
    assert [nobody.get("/account/login/").status_code for _ in range(8)][-1] == 429
    cache.clear()


def test_whole_exports_are_few_in_an_hour(cast: Cast, settings: object) -> None:
    cache.clear()
    settings.EXPORTS_AN_HOUR = 1
    owner = cast.client("owner")
    first, *_, last = [owner.post("/clinic/export/") for _ in range(3)]
    assert first.status_code == 200
    b"".join(first.streaming_content)
    assert last.status_code == 429
    cache.clear()


def test_what_is_looked_for_never_stands_in_an_address(cast: Cast, person: Person) -> None:
    client = cast.client("nurse")
    assert "Example" in client.post("/people/", {"q": "exam"}).content.decode()
    assert "Example" not in client.post("/people/", {"q": "nobody else"}).content.decode()
    for name in ("people.html", "today.html"):
        page = (SRC / "templates" / "clinic" / name).read_text()
        assert page.count('action="/people/"') == page.count('method="post" action="/people/"') > 0
        assert "hx-get" not in page


def test_a_page_of_refusal_leads_back_to_this_host_alone(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.users["owner"])
    answer = client.post("/people/new/", {}, headers={"referer": "http://evil.example/x"})
    assert "evil" not in answer.content.decode()


def test_an_error_shows_nothing_of_the_inside(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("inner words of Example")

    monkeypatch.setattr("puncta.clinic.views.stock.render", broken)
    client = cast.client("owner")
    client.raise_request_exception = False
    answer = client.get("/stock/")
    assert answer.status_code == 500
    assert b"inner words" not in answer.content
    assert b"Traceback" not in answer.content


def test_what_is_typed_is_shown_as_typed_and_never_run(cast: Cast, person: Person) -> None:
    person.family_name, person.notes = "<script>alert(1)</script>", "O'Hara ねこ & co"
    person.save()
    page = cast.client("nurse").get(f"/people/{person.key}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert "O&#x27;Hara ねこ &amp; co" in page


def test_the_source_runs_nothing_that_is_typed() -> None:
    for file in SRC.rglob("*.py"):
        text = file.read_text()
        for call in (" eval(", " exec(", "pickle", "shell=True", "os.system", "yaml.", ".raw(", ".extra(", "from xml"):
            assert call not in text, (file, call)
    assert "eval(" not in (SRC / "static" / "clinic" / "clinic.js").read_text()


def test_every_answer_says_what_it_is_and_names_no_version(cast: Cast) -> None:
    for path in ("/", "/people/", "/style.css", "/nowhere/"):
        answer = cast.client("owner").get(path)
        assert "charset=utf-8" in answer["Content-Type"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(answer.headers)


def test_a_foreign_host_name_is_refused(cast: Cast) -> None:
    client = cast.client("owner")
    client.raise_request_exception = False
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_debugging_is_off() -> None:
    from puncta.clinic import settings as own

    assert own.DEBUG is False


def test_the_browser_keeps_nothing_of_the_clinic() -> None:
    for file in (SRC / "static").rglob("*.js"):
        for store in ("localStorage", "sessionStorage", "indexedDB", "serviceWorker", "document.cookie"):
            assert store not in file.read_text(), (file, store)


def test_the_frameworks_own_list_for_deployment_is_clean() -> None:
    from django.conf import settings as used
    from django.core.checks import run_checks

    assert used.SILENCED_SYSTEM_CHECKS == ["security.W008", "security.W018"]
    # on this computer alone there is no HTTPS, so nothing can ask for it
    # and X-Frame-Options is the clinic's own header (W002)
    alone = {"security.W002", "security.W004", "security.W012", "security.W016"}
    found = [one for one in run_checks(include_deployment_checks=True) if not one.is_silenced()]
    assert {one.id for one in found} <= alone
