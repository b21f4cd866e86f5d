"""Headers, lockout, idle lock, forged pages: what stands around every page."""

from __future__ import annotations

import time
from pathlib import Path

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
    assert answer.cookies["csrftoken"]["httponly"] if "csrftoken" in answer.cookies else True


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
