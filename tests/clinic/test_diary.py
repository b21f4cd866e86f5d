"""Diary: a day on the tablet, a file that came back, and the library's reading beside them."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.clinic.conftest import Cast
from tests.clinic.test_sessions import filled, ready

from puncta import Course, ZoneSetting, recovery, recovery_record
from puncta.clinic.casing import case_of
from puncta.clinic.diary import keep_entries
from puncta.clinic.library import diary_from
from puncta.clinic.models import DiaryRecord, Membership, NeedlingSession, Person

DRAWS = 20


def signed(cast: Cast, person: Person, settings: Any) -> tuple[Client, NeedlingSession]:
    """A session that is signed."""
    settings.PLAN_DRAWS = DRAWS
    client, session = ready(cast, person)
    client.post(f"/sessions/{session.key}/", filled(session))
    session.refresh_from_db()
    assert session.locked
    return client, session


def send(client: Client, session: NeedlingSession, content: bytes) -> str:
    """Upload a file and read the page that follows."""
    file = SimpleUploadedFile("diary.json", content, "application/json")
    return client.post(f"/sessions/{session.key}/diary/file/", {"file": file}, follow=True).content.decode()


def test_a_day_on_the_tablet_and_a_file_make_one_diary_read_as_the_library_reads_it(
    cast: Cast, person: Person, settings: Any
) -> None:
    client, session = signed(cast, person, settings)
    client.post(f"/sessions/{session.key}/diary/day/", {"day": "1", "redness": "2", "swelling": "1"})
    file = {"format": 1, "session": session.key, "entries": [{"day": 1, "redness": 1}, {"day": 4, "pus": True}]}
    page = send(client, session, json.dumps(file).encode())
    kept = DiaryRecord.objects.get()
    assert kept.entries == file["entries"]
    done = tuple(ZoneSetting(zone.zone, zone.dial_mm, zone.passes) for zone in session.zones.all() if zone.done)
    assert done
    assert session.plan is not None
    found = recovery(case_of(session.plan.inputs), Course.regular("own", done, 1, 1), draws=DRAWS)
    record = json.loads(json.dumps(recovery_record(found, diary_from({"format": 1, "entries": file["entries"]}))))
    assert kept.compared is not None
    assert kept.compared == {name: record[name] for name in kept.compared}
    assert record["raised"]
    assert record["raised"][0]["words"] in page


def test_a_file_that_is_none_or_another_sessions_or_wrong_keeps_nothing_and_says_why(
    cast: Cast, person: Person, settings: Any
) -> None:
    client, session = signed(cast, person, settings)
    assert "no diary file" in send(client, session, b"MZ\x90\x00")
    assert "no diary file" in send(client, session, b"[1]")
    assert "no diary file" in send(client, session, b" " * 200_001)
    other = {"format": 1, "session": "x", "entries": [{"day": 1, "redness": 1}]}
    assert "another session" in send(client, session, json.dumps(other).encode())
    wrong = {"format": 1, "session": session.key, "entries": [{"day": 400, "redness": 9, "mood": 1}]}
    page = send(client, session, json.dumps(wrong).encode())
    for given in ("400", "9", "mood"):
        assert given in page
    answer = client.post(f"/sessions/{session.key}/diary/day/", {"day": "400"})
    assert answer.status_code == 422
    assert not DiaryRecord.objects.exists()


def test_the_papers_name_nobody(cast: Cast, person: Person, settings: Any) -> None:
    client, session = signed(cast, person, settings)
    for name in ("paper", "offline"):
        page = client.get(f"/sessions/{session.key}/diary/{name}/").content.decode()
        assert person.code in page
        assert person.family_name not in page
        assert 'data-day="30"' in page or '<th scope="row">30</th>' in page


def test_a_red_flag_is_raised_where_there_is_no_plan_to_compare_with(cast: Cast, person: Person) -> None:
    _, session = ready(cast, person)
    session.plan = None
    found = keep_entries(
        session, [{"day": 2, "blisters": True}], Membership.objects.get(user=cast.users["nurse"]), cast.users["nurse"]
    )
    assert found.compared is not None
    assert found.compared["raised"]


def test_the_envelope_is_drawn_and_says_which_days_lie_outside() -> None:
    from puncta.clinic.envelope import envelopes

    row = {"sign": "redness", "low_score": 0.0, "high_score": 1.0}
    days = [{**row, "day": 1, "grade_score": 1, "inside": True}, {**row, "day": 6, "grade_score": 3, "inside": False}]
    drawn = envelopes({"diary": days})
    assert len(drawn) == 1
    assert "more than expected on day 6" in drawn[0]
    assert drawn[0].count("outsidemark") == 1
    assert envelopes(None) == []
