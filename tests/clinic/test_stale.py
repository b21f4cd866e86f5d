"""Two hands at one record: whoever was second is told, and what the first one saved stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.clinic.answers import all_no
from tests.clinic.conftest import Cast
from tests.clinic.planned import POSTED
from tests.clinic.test_sessions import filled
from tests.clinic.world import make_world

from puncta.clinic.models import (
    AdverseEvent,
    CaseRecord,
    Clinic,
    Consent,
    FollowUp,
    Membership,
    NeedlingSession,
    Person,
    PlanRecord,
    Visit,
)

Sent = Callable[[Any, str], dict[str, str]]
PERSON = {"family_name": "First", "born_on": "1990-05-31", "sex": "female"}


def _session(session: NeedlingSession, turn: str) -> dict[str, str]:
    return filled(session, do="save", notes=turn)


def _policy(clinic: Clinic, turn: str) -> dict[str, str]:
    return {"name": turn, "phone": "", "device": "exceed", "retention_years": "8"}


#: Every form that edits: address, what it edits, what the first and the second hand send.
FORMS: dict[str, tuple[str, Any, Sent]] = {
    "person": ("people/{person}/edit/", Person, lambda one, turn: {**PERSON, "notes": turn}),
    "case": ("people/{person}/case/", CaseRecord, lambda one, turn: {**POSTED, "max_sessions": turn[-1]}),
    "questionnaire": ("visits/{visit}/questionnaire/", Visit, lambda one, turn: all_no(one)),
    "aside": ("visits/{visit}/aside/", Visit, lambda one, turn: {"rule": "metal_allergy", "reason": turn}),
    "plan": ("plans/{plan}/accept/", PlanRecord, lambda one, turn: {}),
    "session": ("sessions/{session}/", NeedlingSession, _session),
    "consent": ("consents/{consent}/withdraw/", Consent, lambda one, turn: {"reason": turn}),
    "event": ("events/{event}/", AdverseEvent, lambda one, turn: {"outcome": "gone"}),
    "follow-up": ("follow-ups/{follow}/done/", FollowUp, lambda one, turn: {}),
    "policy": ("clinic/policy/", Clinic, _policy),
    "staff": ("clinic/staff/{member}/", Membership, lambda one, turn: {"full_name": turn, "role": "nurse"}),
}
NAMES = {CaseRecord: "case", Visit: "visit", PlanRecord: "plan", Consent: "consent", AdverseEvent: "event"}
NAMES |= {FollowUp: "follow", NeedlingSession: "session", Person: "person"}


def _given(client: Client, path: str, one: Any) -> dict[str, str]:
    """What the page showed: the version, and for whole forms what stood in their fields."""
    if not hasattr(one, "version"):
        page = client.get(path)
        form = page.context["form"]
        shown = {name: field.value() for name, field in ((name, form[name]) for name in form.fields)}
        return {name: str(value) for name, value in shown.items() if value is not None} | {
            "version": page.context["version"]
        }
    return {"version": str(one.version)}


@pytest.mark.parametrize("what", FORMS)
def test_the_second_hand_is_told_and_the_first_ones_words_stay(what: str, cast: Cast, settings: Any) -> None:
    settings.PLAN_IN_BACKGROUND, settings.PLAN_DRAWS = False, 20
    ids = make_world(cast).ids
    address, model, sent = FORMS[what]
    client, path = cast.client("owner"), "/" + address.format(**ids)
    find: dict[str, Any] = {"pk": ids[NAMES[model]]} if model in NAMES else {}
    if model is Clinic:
        find = {"pk": cast.clinic.pk}
    elif model is Membership:
        find = {"pk": ids["member"]}
    if what == "plan":
        PlanRecord.objects.update(accepted_at=None)
    finding = {"rule": "metal_allergy", "action": "caution"}
    if what == "aside":
        Visit.objects.update(screening={"findings": [finding], "allows_plan": True})
    one = model.objects.get(**find)
    shown = _given(client, path, one)
    answer = client.post(path, {**shown, **sent(one, "turn 4"), "version": shown["version"]})
    assert answer.status_code < 400, answer.context["form"].errors
    if what == "plan":
        PlanRecord.objects.update(accepted_at=None)
    if what == "consent":
        Consent.objects.update(withdrawn_at=None)
    if what == "follow-up":
        FollowUp.objects.update(done_at=None)
    if what == "aside":
        Visit.objects.update(screening={"findings": [finding], "allows_plan": True})
    before = list(model.objects.filter(**find).values())
    for stale in (shown["version"], "x", "", "9" * 30):
        again = client.post(path, {**shown, **sent(one, "turn 5"), "version": stale})
        said = again.content.decode()
        assert again.status_code == 409 or "Somebody else saved" in said, (stale, again.status_code)
        assert list(model.objects.filter(**find).values()) == before
