"""Every page that shows itself stands in the list that the tests of accessibility go through."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import get_resolver, resolve
from tests.clinic.browser import grave, needs_browser, opened, picture
from tests.clinic.conftest import Cast, make_cast
from tests.clinic.test_addresses import TABLE, _as_pattern
from tests.clinic.test_browser import OUT_OF_REACH, TOO_SMALL, log_in, pages_of
from tests.clinic.world import make_world

#: Shown before anybody is logged in, or behind the password once more: looked at below and in `test_browser`.
ELSEWHERE = {"account/login/", "account/2fa/authenticate/"}
#: Pages of a second factor, before there is one and after.
BEFORE = ("totp/activate/",)
AFTER = ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/", "reauthenticate/")


def _routes(patterns: Any, before: str = "") -> Iterator[str]:
    """Every address of the clinic, those of the log-in library with it."""
    for one in patterns:
        shape = f"{before}{one.pattern}"
        if hasattr(one, "url_patterns"):
            yield from _routes(one.url_patterns, shape)
        else:
            yield shape


def _examples(ids: dict[str, object]) -> dict[str, list[str]]:
    """Addresses with something behind them, by their route."""
    found: dict[str, list[str]] = {}
    for _, address, _ in TABLE:
        found.setdefault(_as_pattern(address.split("?")[0]), []).append("/" + address.format(**ids))
    return found


@pytest.mark.django_db
def test_no_page_is_left_out_of_the_tests_of_accessibility(cast: Cast) -> None:
    ids = make_world(cast).ids
    listed = {resolve(path.split("?")[0]).route for path in pages_of(ids)}
    client, examples, pages = cast.client("owner"), _examples(ids), set()
    for route in _routes(get_resolver("puncta.clinic.urls").url_patterns):
        for path in examples.get(route, [f"/{route}"]):
            answer = client.get(path)
            whole = b"<html" in b"".join(answer.streaming_content if answer.streaming else [answer.content])
            given_away = "attachment" in answer.get("Content-Disposition", "")
            if answer.status_code == 200 and whole and not given_away:
                pages.add(resolve(path.split("?")[0]).route)
    assert len(pages) > 30
    assert pages - listed - ELSEWHERE == set()


def _with_password(page: Any, path: str) -> None:
    """Go to a page that asks for the password first."""
    page.goto(path)
    if "/account/reauthenticate/" in page.url:
        page.fill("#id_password", "correct horse 9")
        page.press("#id_password", "Enter")
        page.wait_for_url(f"**{path}")


@pytest.mark.browser
@pytest.mark.slow
@needs_browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_grave_on_the_pages_of_a_second_factor(
    live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    owner, found = make_cast().users["owner"], []
    with opened(live_server.url, "tablet", bypass_csp=True) as page:
        log_in(page, "owner")
        for name in (*BEFORE, *AFTER):
            if name == AFTER[0]:
                TOTP.activate(owner, generate_totp_secret())
                RecoveryCodes.activate(owner)
            _with_password(page, f"/account/2fa/{name}")
            picture(page, f"all-factor-{name.strip('/').replace('/', '-')}")
            found += [f"{name}: {one}" for one in grave(page)]
            found += [f"{name}: out of reach"] if page.evaluate(OUT_OF_REACH) else []
            found += [f"{name}: {what} is too small" for what in page.evaluate(TOO_SMALL)]
        page.context.clear_cookies()
        page.goto("/")
        page.fill("#id_login", "owner")
        page.fill("#id_password", "correct horse 9")
        page.click("button.main")
        page.wait_for_url("**/2fa/authenticate/")
        found += grave(page)
    assert not found, "\n".join(found)
