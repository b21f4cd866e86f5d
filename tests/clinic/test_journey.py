"""The whole journey of virtual people through the clinic's services, equal to the library and the command line."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from tests.clinic.conftest import Cast
from tests.followup.journey import (
    CORNERS,
    DRAWS,
    PLAN_DRAWS,
    PX_PER_MM,
    ZONE,
    Bytes,
    Means,
    by_command,
    by_library,
    case_of,
    journey,
)
from tests.followup.test_journey import _run as run_command

from puncta import screen
from puncta.case import Case, case_to_json
from puncta.clinic import learning, measuring, planning
from puncta.clinic.models import CaseRecord, PairReading, Person, Photograph, PlanRecord, UpdateRecord
from puncta.clinic.sealing import keep

pytest.importorskip("cv2")


def _person(cast: Cast) -> Person:
    number = Person.objects.count()
    return Person.objects.create(clinic=cast.clinic, code=f"V-{number:04d}", sex="female", phototype=4)


def by_services(cast: Cast) -> Means:
    """Every step through what the pages themselves call: plan, comparison and update are kept as records."""
    user, clinic = cast.users["practitioner"], cast.clinic
    kept: dict[str, Any] = {}

    def plan(case: Case) -> dict[str, Any]:
        person = _person(cast)
        record = CaseRecord.objects.create(person=person, title="Journey", tree={})
        made = PlanRecord.objects.create(case=record, inputs=json.loads(case_to_json(case)))
        planning.start(made, clinic, user)
        made.refresh_from_db()
        assert made.state == "done", made.problem
        kept.update(person=person, case=record, plan=made)
        return made.record or {}

    def compare(before: Bytes, after: Bytes) -> dict[str, Any]:
        both = []
        for days, picture in ((200, before), (0, after)):
            one = Photograph(
                person=kept["person"], view="front", stage="follow_up", digest=str(days), width=1, height=1,
                taken_at=timezone.now() - timedelta(days=days),
            )  # fmt: skip
            out = io.BytesIO()
            Image.fromarray(picture).save(out, "PNG")
            one.sealed_key = keep(f"{one.key}-full", out.getvalue())
            one.save(force_insert=True)
            both.append(one)
        pair = measuring.pair_of(both[0], both[1], clinic, user)
        pair.refresh_from_db()
        assert pair.record is not None, pair.problem
        return pair.record

    def update(case: Case, tree: dict[str, Any]) -> dict[str, Any]:
        # the records of a real clinic hold days and passes; the virtual hand's minutes go in as the library reads them
        made = UpdateRecord.objects.create(case=kept["case"], plan=kept["plan"], inputs=tree)
        learning.learn(made.key, clinic, user)
        made.refresh_from_db()
        assert made.state == "done", made.problem
        return made.record or {}

    return Means(plan, compare, update)


@pytest.fixture
def drawn_zone(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    """Virtual skin has no face: its zone is drawn by hand, as the command line takes it."""
    from puncta.imaging import compare_photographs, ruler_scale

    settings.PLAN_DRAWS, settings.LEARN_DRAWS, settings.PLAN_IN_BACKGROUND = PLAN_DRAWS, DRAWS, False

    def compare(before: Any, after: Any, errors: Any) -> Any:
        zones = {ZONE: [(float(x), float(y)) for x, y in CORNERS]}
        scale = ruler_scale(100.0, 100.0 / PX_PER_MM)
        return compare_photographs(before, after, polygons=zones, scale=scale, chart=False, errors=errors)

    monkeypatch.setattr(measuring, "compare_photographs", compare)


def _equal(number: int, cast: Cast, folder: Path) -> None:
    app = journey(number, by_services(cast))
    for means in (by_library(), by_command(folder, run_command)):
        other = json.loads(json.dumps(journey(number, means)))
        assert app["plan"] == other["plan"]
        assert app["compared"]["changes"] == other["compared"]["changes"]
        assert json.loads(json.dumps(app["visits"])) == other["visits"]
        assert app["update"] == other["update"]
        assert app["next"] == other["next"]
    assert PairReading.objects.filter(state="done").exists()


@pytest.mark.slow
def test_one_virtual_person_through_the_services_as_through_library_and_command_line(
    cast: Cast, drawn_zone: None, tmp_path: Path
) -> None:
    _equal(0, cast, tmp_path)


@pytest.mark.long
def test_ten_virtual_people_through_the_services_as_through_library_and_command_line(
    cast: Cast, drawn_zone: None, tmp_path: Path
) -> None:
    allowed = [number for number in range(20) if screen(case_of(number)).allows_plan][:10]
    assert len(allowed) == 10
    for number in allowed:
        _equal(number, cast, tmp_path)
    assert UpdateRecord.objects.filter(state="done").count() == 10
