"""Research: only who agreed, never alone in a group, and nothing that names anybody."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date

import pytest
from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import TREE, give_plan
from tests.clinic.visits import give_visits

from puncta.clinic.anonymous import TooFew, anonymous
from puncta.clinic.models import AuditEntry, CaseRecord, Consent, Membership, Person

ROW = {"age": 34, "sex": "female", "phototype": 4, "concern": "melasma"}


def _agreed(cast: Cast, number: int, year: int = 1992, **more: object) -> Person:
    person = Person.objects.create(
        clinic=cast.clinic, code=f"SECRET-{number}", family_name="Hidden", born_on=date(year, 3, 14),
        **{"sex": "female", "phototype": 4, "weight_kg": 60, **more},
    )  # fmt: skip
    CaseRecord.objects.create(person=person, title="Private words", tree=TREE)
    Consent.objects.create(
        person=person, kind="research", text_version=1, body="words", signed_name="Hidden", strokes=[],
        signed_at=timezone.now(), digest="0",
    )  # fmt: skip
    return person


def test_people_are_coarsened_only_as_far_as_needed() -> None:
    same = anonymous([ROW] * 5, 5)
    assert (same.dropped_count, same.steps["age"], same.smallest) == (0, 0, 5)
    wide = anonymous([{**ROW, "age": age} for age in (21, 25, 33, 35, 39)], 5)
    assert wide.dropped_count == 0
    assert wide.steps["age"] > 0
    assert wide.smallest == 5


def test_who_stays_alone_is_left_out_and_counted() -> None:
    found = anonymous([ROW] * 6 + [{"age": 81, "sex": "male", "phototype": 1, "concern": "texture"}], 5)
    assert found.dropped_count == 1
    assert found.kept == (0, 1, 2, 3, 4, 5)


def test_fewer_than_k_are_refused() -> None:
    with pytest.raises(TooFew):
        anonymous([ROW] * 4, 5)


def test_below_k_nothing_leaves_and_the_page_says_why(cast: Cast) -> None:
    for number in range(4):
        _agreed(cast, number)
    client = cast.client("owner")
    answer = client.post("/clinic/research/file/")
    assert answer.status_code == 422
    assert "4 people agreed" in answer.content.decode()
    assert not AuditEntry.objects.filter(action="exported").exists()


def test_the_file_names_nobody_and_says_what_was_done(cast: Cast, settings: object) -> None:
    settings.PLAN_DRAWS = 20
    people = [_agreed(cast, number) for number in range(5)]
    withdrawn = _agreed(cast, 9)
    withdrawn.consents.update(withdrawn_at=timezone.now())
    Person.objects.create(clinic=cast.clinic, code="never asked")
    member = Membership.objects.get(user=cast.users["practitioner"])
    people[0].cases.all().delete()
    give_visits(people[0], give_plan(people[0], member), member)
    client = cast.client("owner")
    assert "5 of 5 people" in client.get("/clinic/research/").content.decode()
    answer = client.post("/clinic/research/file/")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for secret in ("Hidden", "SECRET", "Private", "1992", str(timezone.localdate().year), "practitioner"):
        assert secret not in whole
    about = json.loads(archive.read("about.json"))
    assert (about["k"], about["people"], about["left_out"]) == (5, 5, 0)
    rows = list(csv.DictReader(io.StringIO(archive.read("people.csv").decode())))
    assert sorted(row["person"] for row in rows) == ["1", "2", "3", "4", "5"]
    assert {row["age"] for row in rows} == {"30-39"}
    sessions = list(csv.DictReader(io.StringIO(archive.read("sessions.csv").decode())))
    assert {row["day"] for row in sessions} == {"0", "28", "56"}
    assert AuditEntry.objects.filter(action="exported").count() == 1


def test_k_comes_from_the_policy(cast: Cast) -> None:
    for number in range(5):
        _agreed(cast, number)
    cast.clinic.usual = {**cast.clinic.usual, "k": 6}
    cast.clinic.save()
    assert cast.client("owner").post("/clinic/research/file/").status_code == 422
