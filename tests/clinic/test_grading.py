"""Blinded grading: no dates, an order of its own, scores on the day of the photograph."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.clinic.conftest import Cast
from tests.clinic.planned import TREE

from puncta.clinic.grading import order_of, pairs_to_grade, photograph_of
from puncta.clinic.models import CaseRecord, Grading, Person, Photograph, Reported
from puncta.clinic.sealing import keep


@pytest.fixture
def two(person: Person) -> tuple[Photograph, Photograph]:
    """Two photographs of one view, three months apart."""
    made = []
    for days in (90, 0):
        one = Photograph(
            person=person, view="front", stage="before", taken_at=timezone.now() - timedelta(days=days), width=9,
            height=9, digest=str(days),
        )  # fmt: skip
        one.sealed_key = keep(f"{one.key}-full", f"picture {days}".encode())
        one.save(force_insert=True)
        made.append(one)
    CaseRecord.objects.create(person=person, title="Scars", tree=TREE)
    return made[0], made[1]


def test_a_pair_is_graded_without_dates_and_scored_on_the_day_of_its_photographs(
    cast: Cast, person: Person, two: tuple[Photograph, Photograph]
) -> None:
    client = cast.client("nurse")
    address = client.post("/grading/new/")["Location"]
    grading = Grading.objects.get()
    assert address == f"/grading/{grading.key}/"
    order = order_of(grading)
    assert len(order) == 2  # the pair and its repeat
    for showing in order:
        grading.refresh_from_db()
        page = client.get(address).content.decode()
        for secret in (two[0].key, two[1].key, str(two[0].taken_at.year), "C-0142", "Example"):
            assert secret not in page
        seen = client.get(f"{address}{showing.number}/left/").content
        later = photograph_of(grading, showing, "left") == two[1].key
        assert seen == (b"picture 0" if later else b"picture 90")
        scores = {"score_left": "2" if later else "3", "score_right": "3" if later else "2"}
        better = "left" if later else "right"
        form = {"better": better, "number": showing.number, "version": grading.version, **scores}
        assert client.post(address, form).status_code == 302
    grading.refresh_from_db()
    assert grading.record["later_better"] == 2
    assert grading.record["repeat_agreement"] == 1.0
    kept = {(one.day, one.score, one.blinded) for one in Reported.objects.all()}
    assert kept == {
        (timezone.localdate(two[0].taken_at), 3.0, True),
        (timezone.localdate(two[1].taken_at), 2.0, True),
    }
    assert "Later looks better" in client.get(address).content.decode()
    assert pairs_to_grade(cast.clinic, cast.users["nurse"]) == []


def test_what_is_not_chosen_or_lies_outside_the_scale_is_asked_for_again(
    cast: Cast, two: tuple[Photograph, Photograph]
) -> None:
    client = cast.client("nurse")
    address = client.post("/grading/new/")["Location"]
    assert client.post(address, {"version": 1, "number": 1}).status_code == 422
    answer = client.post(address, {"version": 1, "number": 1, "better": "same", "score_left": "9"})
    assert "Between" in answer.content.decode()
    assert Grading.objects.get().answers == {}


def test_a_stale_page_answers_nothing(cast: Cast, two: tuple[Photograph, Photograph]) -> None:
    client = cast.client("nurse")
    address = client.post("/grading/new/")["Location"]
    form = {"version": 1, "number": 1, "better": "same"}
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 422
    assert len(Grading.objects.get().answers) == 1


def test_erasing_a_person_takes_them_out_of_gradings(
    cast: Cast, person: Person, two: tuple[Photograph, Photograph]
) -> None:
    from puncta.clinic.erasure import erase

    client = cast.client("nurse")
    address = client.post("/grading/new/")["Location"]
    erase(person, cast.users["owner"])
    assert Grading.objects.get().pairs == [[]]
    assert client.get(address).status_code == 200
