"""Every address tried by everybody: nobody sees or changes what is not theirs."""

from __future__ import annotations

import pytest
from django.urls import get_resolver
from tests.clinic.conftest import Cast
from tests.clinic.world import make_world

#: o owner, p practitioner, n nurse, s assistant, a auditor. What stands in braces is something of the first clinic.
TABLE = [
    # method, address, who may
    ("GET", "", "opnsa"),
    ("GET", "people/", "opnsa"),
    ("POST", "people/", "opnsa"),
    ("GET", "people/new/", "opns"),
    ("POST", "people/new/", "opns"),
    ("GET", "people/{person}/", "opnsa"),
    ("GET", "people/{person}/edit/", "opns"),
    ("POST", "people/{person}/edit/", "opns"),
    ("GET", "people/{person}/consents/{kind}/", "opn"),
    ("POST", "people/{person}/consents/{kind}/", "opn"),
    ("GET", "people/{person}/screen/", "opna"),
    ("POST", "people/{person}/visits/new/", "opn"),
    ("GET", "consents/{consent}/", "opna"),
    ("POST", "consents/{consent}/withdraw/", "opn"),
    ("GET", "visits/{visit}/questionnaire/", "opn"),
    ("POST", "visits/{visit}/questionnaire/", "opn"),
    ("POST", "visits/{visit}/aside/", "op"),
    ("GET", "people/{person}/case/", "op"),
    ("POST", "people/{person}/case/", "op"),
    ("GET", "people/{person}/plan/", "opna"),
    ("POST", "people/{person}/plans/new/", "op"),
    ("POST", "plans/{plan}/accept/", "op"),
    ("POST", "plans/{plan}/look/", "op"),
    ("GET", "plans/{plan}/patient/", "opna"),
    ("GET", "plans/{plan}/patient/pdf/", "opna"),
    ("GET", "plans/{plan}/card/", "opna"),
    ("GET", "plans/{plan}/plan/", "opna"),
    ("GET", "plans/{plan}/page/", "opna"),
    ("GET", "people/{person}/session/", "opna"),
    ("POST", "people/{person}/sessions/new/", "opn"),
    ("GET", "sessions/{session}/", "opna"),
    ("POST", "sessions/{session}/same/", "opn"),
    ("POST", "sessions/{session}/amend/", "op"),
    ("GET", "sessions/{signed}/diary/", "opna"),
    ("POST", "sessions/{signed}/diary/day/", "opn"),
    ("POST", "sessions/{signed}/diary/file/", "opn"),
    ("GET", "sessions/{signed}/diary/paper/", "opna"),
    ("GET", "sessions/{signed}/diary/offline/", "opna"),
    ("GET", "people/{person}/photographs/", "opn"),
    ("POST", "people/{person}/photographs/add/", "opn"),
    ("GET", "guide/{version}/{part}", "opn"),
    ("GET", "people/{person}/compare/?a={photograph}&b={photograph}", "opn"),
    ("GET", "photographs/{photograph}/thumb/", "opn"),
    ("GET", "photographs/{photograph}/image/", "opn"),
    ("POST", "photographs/{photograph}/keep/", "opn"),
    ("POST", "photographs/{photograph}/retake/", "opn"),
    ("GET", "pairs/{pair}/{side}/", "opn"),
    ("POST", "pairs/{pair}/again/", "opn"),
    ("POST", "photographs/{photograph}/download/", "op"),
    ("POST", "photographs/{photograph}/delete/", "o"),
    ("GET", "people/{person}/progress/", "opna"),
    ("POST", "people/{person}/progress/learn/", "opn"),
    ("POST", "people/{person}/turn/", "opna"),
    ("GET", "people/{person}/turned/", "opna"),
    ("GET", "turned/back/", "opna"),
    ("GET", "seen/", "opna"),
    ("GET", "calibration/", "opna"),
    ("GET", "grading/", "opn"),
    ("POST", "grading/new/", "opn"),
    ("GET", "grading/{grading}/", "n"),
    ("POST", "grading/{grading}/", "n"),
    ("GET", "grading/{grading}/{number}/{which}/", "n"),
    ("GET", "clinic/research/", "o"),
    ("POST", "clinic/research/file/", "o"),
    ("GET", "people/{person}/follow-up/", "opna"),
    ("POST", "people/{person}/follow-ups/add/", "opn"),
    ("POST", "people/{person}/events/add/", "opn"),
    ("POST", "people/{person}/scores/add/", "opn"),
    ("POST", "people/{person}/looked/", "opn"),
    ("POST", "follow-ups/{follow}/done/", "opn"),
    ("GET", "follow-ups/{follow}/ics/", "opna"),
    ("POST", "events/{event}/", "opn"),
    ("GET", "stock/", "opnsa"),
    ("POST", "stock/add/", "opns"),
    ("GET", "recall/?lot=K1", "opna"),
    ("POST", "lots/{lot}/recall/", "op"),
    ("GET", "clinic/policy/", "o"),
    ("POST", "clinic/policy/", "o"),
    ("GET", "clinic/keeping/", "o"),
    ("POST", "clinic/export/", "o"),
    ("POST", "clinic/import/", "o"),
    ("GET", "clinic/inspection/", "oa"),
    ("GET", "people/{person}/erase/", "o"),
    ("POST", "people/{person}/erase/", "o"),
    ("GET", "clinic/", "oa"),
    ("GET", "clinic/tablets/", "o"),
    ("GET", "clinic/staff/new/", "o"),
    ("POST", "clinic/staff/new/", "o"),
    ("GET", "clinic/staff/{member}/", "o"),
    ("POST", "clinic/staff/{member}/", "o"),
]
LETTERS = {"o": "owner", "p": "practitioner", "n": "nurse", "s": "assistant", "a": "auditor"}
OPEN = {"style.css"}
#: Parts of the program that any clinic serves to its own.
NOBODYS = {"guide/{version}/{part}"}
OF_THE_ACCOUNT = {"locked/", "account/me/"}


def _shape(address: str) -> str:
    return address.split("?")[0]


def test_every_address_stands_in_the_table() -> None:
    known = {_shape(address) for _, address, _ in TABLE} | OPEN | OF_THE_ACCOUNT
    shapes = set()
    for pattern in get_resolver("puncta.clinic.urls").url_patterns:
        shape = str(pattern.pattern)
        if not shape.startswith(("account/", "^account/")):
            shapes.add(shape.replace("plans/<uuid:pk>/<str:name>", "plans/<uuid:pk>/card"))
    patterns = {_as_pattern(address) for address in known}
    assert shapes - patterns == set()


def _as_pattern(address: str) -> str:
    for name in (
        "consent",
        "visit",
        "case",
        "plan",
        "session",
        "signed",
        "photograph",
        "lot",
        "event",
        "follow",
        "pair",
        "grading",
    ):
        address = address.replace("{" + name + "}", "<uuid:pk>")
    return (
        address.replace("{person}", "<uuid:pk>")
        .replace("{member}", "<int:pk>")
        .replace("{kind}", "<str:kind>")
        .replace("{name}", "<str:name>")
        .replace("{version}", "<str:version>")
        .replace("{part}", "<str:name>")
        .replace("{side}", "<str:side>")
        .replace("{number}", "<int:number>")
        .replace("{which}", "<str:which>")
    )


def _content(answer: object) -> bytes:
    return b"" if getattr(answer, "streaming", False) else answer.content


@pytest.mark.parametrize("who", [*LETTERS.values(), "outsider", "anonymous"])
def test_nobody_sees_or_changes_what_is_not_theirs(who: str, cast: Cast, settings: object) -> None:
    settings.PLAN_IN_BACKGROUND, settings.PLAN_DRAWS = False, 20
    world = make_world(cast)
    wrong = []
    for method, address, allowed in TABLE:
        client = cast.client(who)
        path = "/" + address.format(**world.ids)
        answer = client.get(path) if method == "GET" else client.post(path, {})
        status = answer.status_code
        if who == "anonymous":
            right = status == 302 and answer.url.startswith("/account/login/")
        elif who == "outsider" and "{" in address and address not in NOBODYS:
            right = status == 404
        elif who == "outsider":
            right = (status < 400 or status == 422) and b"Example" not in _content(answer)
        else:
            may = who in {LETTERS[letter] for letter in allowed}
            # a grading belongs to its grader: for colleagues it does not exist
            refused = (403, 404) if "{grading}" in address else (403,)
            right = (status < 400 or status in (409, 422)) if may else status in refused
        if not right:
            wrong.append(f"{who} {method} {path}: {status}")
        if getattr(answer, "streaming", False):
            b"".join(answer.streaming_content)
    assert not wrong
