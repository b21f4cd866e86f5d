"""How forecasts hold: nothing is told of too few, and what is told counts right."""

from __future__ import annotations

import pytest
from tests.clinic.conftest import Cast

from puncta.clinic.calibrating import FEWEST_PEOPLE, calibration
from puncta.clinic.models import CaseRecord, Person, PlanRecord, UpdateRecord
from puncta.evidence import wilson


def _people(cast: Cast, count: int) -> None:
    for number in range(count):
        person = Person.objects.create(clinic=cast.clinic, code=f"P-{number}")
        case = CaseRecord.objects.create(person=person, title="Scars", tree={})
        plan = PlanRecord.objects.create(case=case, inputs={}, state="done")
        value = (number + 0.5) / count
        expected = {"low80": 0.1, "median": 0.5, "high80": 0.9}
        reading = {"kind": "grade", "value": value, "expected": expected, "residual": value - 0.5}
        reading["inside80"] = 0.1 <= value <= 0.9
        for _ in range(2):
            UpdateRecord.objects.create(case=case, plan=plan, state="done", record={"readings": [reading]})


def test_too_few_people_are_said_to_be_too_few(cast: Cast) -> None:
    _people(cast, 3)
    page = cast.client("practitioner").get("/calibration/").content.decode()
    assert f"From {FEWEST_PEOPLE} on" in page
    assert '<svg class="reliability' not in page


def test_the_latest_update_of_each_case_counts_once(cast: Cast) -> None:
    _people(cast, 40)
    found = calibration(cast.clinic)
    grades = found["kinds"][0]
    assert (grades["count"], grades["people"]) == (40, 40)
    assert [round(point.observed, 2) for point in grades["points"]] == [0.1, 0.5, 0.9]
    assert grades["inside"]["share"] == 80
    assert grades["sharp"] == "0.8"
    assert "reliability" in cast.client("auditor").get("/calibration/").content.decode()


def test_another_clinic_counts_its_own(cast: Cast) -> None:
    _people(cast, 25)
    assert calibration(cast.other)["people"] == 0


@pytest.mark.parametrize(("count", "of"), [(0, 10), (5, 10), (10, 10), (80, 100)])
def test_the_interval_holds_the_share_and_stays_between_nought_and_one(count: int, of: int) -> None:
    low, high = wilson(count, of)
    assert 0 <= low <= count / of + 1e-9 <= high + 2e-9 <= 1 + 2e-9
