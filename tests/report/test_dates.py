"""The calendar of a course reads back as it was meant."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import icalendar

from puncta.planning import Plan
from puncta.report.dates import calendar_text


def _events(words: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(words).walk("VEVENT"))


def test_a_library_reads_every_visit_cream_sun_and_photograph(acne: Plan) -> None:
    assert acne.chosen is not None
    assert acne.starts_on is not None
    found = _events(calendar_text(acne))
    visits = [one for one in found if isinstance(one["DTSTART"].dt, datetime)]
    assert len(visits) == len(acne.chosen.course.sessions)
    for one, session in zip(visits, acne.chosen.course.sessions, strict=True):
        assert one["DTSTART"].dt.date() == acne.starts_on + timedelta(session.day)
        assert "cream on at 10:55" in str(one["DESCRIPTION"])
    whole = [one for one in found if not isinstance(one["DTSTART"].dt, datetime)]
    assert len(whole) == len(visits) + 2
    assert max(one["DTSTART"].dt for one in whole) == acne.starts_on + timedelta(round(acne.read_day))
    assert all(isinstance(one["DTEND"].dt, date) for one in whole)


def test_lines_are_short_and_hold_nothing_of_the_person(acne: Plan) -> None:
    words = calendar_text(acne)
    assert all(len(line.encode()) <= 75 for line in words.split("\r\n"))
    assert acne.case.person.identifier not in words
    assert (
        len({str(one["UID"]) for one in icalendar.Calendar.from_ical(words).walk("VEVENT")})
        == words.count("VEVENT") / 2
    )
