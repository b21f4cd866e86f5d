"""The dates: visits, cream, sun protection and photographs of a course as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from puncta.evidence import parameter
from puncta.messages import text
from puncta.planning import Plan
from puncta.report.fingerprint import fingerprint

_BREAK = "\r\n"
_LONGEST = 73  # numerics: octets of a line of a calendar, without its break and the blank of a line that goes on
_NOON = time(12, 0)


def calendar_text(plan: Plan) -> str:
    """Write the calendar of the recommended course.

    Parameters
    ----------
    plan : Plan
        With a recommended course; where its first visit is not known the day of planning stands in, marked as open.

    Returns
    -------
    str
        iCalendar text: one entry per visit at noon, to be moved, with the time of the cream; days without sun after
        it; photographs before the first visit and on the day of reading. No name and no code of the person.

    Notes
    -----
    Whole days carry no zone of time, and visits float: they mean noon wherever the calendar is opened.
    """
    assert plan.chosen is not None
    begins, stamp = plan.starts_on or plan.case.planned_on, plan.case.planned_on.strftime("%Y%m%dT000000Z")
    key = fingerprint(plan).plan
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Puncta//Plan//EN", "CALSCALE:GREGORIAN"]
    for number, (start, end, title, more) in enumerate(_entries(plan, begins)):
        lines += [
            "BEGIN:VEVENT", f"UID:{key}-{number}@puncta", f"DTSTAMP:{stamp}", start, end,
            f"SUMMARY:{_escaped(title)}", f"DESCRIPTION:{_escaped(more)}", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}{_BREAK}" for line in lines)


def _entries(plan: Plan, begins: date) -> Iterator[tuple[str, str, str, str]]:
    assert plan.chosen is not None
    sessions, note = plan.chosen.course.sessions, text("limits.not_a_device")
    still_open = "" if plan.starts_on else " " + text("report.calendar.open")
    cream = plan.numbing if plan.numbing is not None and not plan.numbing.refused else None
    yield (*_whole(begins, 1), text("report.calendar.photographs"), note)
    shade = round(parameter("aftercare.sun_days").value)
    for index, session in enumerate(sessions, start=1):
        day = begins + timedelta(days=session.day)
        at = datetime.combine(day, _NOON)
        more = text("report.calendar.needle_at", time=at.strftime("%H:%M"))
        if cream is not None:
            on, off = (at - timedelta(minutes=minutes) for minutes in (cream.on_minutes, cream.off_minutes))
            more += " " + text("report.calendar.cream", on=on.strftime("%H:%M"), off=off.strftime("%H:%M"))
            at = on
        start, end = f"DTSTART:{at:%Y%m%dT%H%M%S}", f"DTEND:{datetime.combine(day, time(13, 0)):%Y%m%dT%H%M%S}"
        title = text("report.calendar.visit", index=index, count=len(sessions))
        yield start, end, title + still_open, f"{more} {note}"
        yield (*_whole(day, shade), text("report.calendar.sun"), note)
    yield (*_whole(begins + timedelta(days=round(plan.read_day)), 1), text("report.calendar.photographs_last"), note)


def _whole(day: date, days: int) -> tuple[str, str]:
    return f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=days):%Y%m%d}"


def _escaped(words: str) -> str:
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line so that none is longer than the format allows, never inside a character."""
    out, piece = [], b""
    for sign in line:
        raw = sign.encode()
        if len(piece) + len(raw) > _LONGEST:
            out.append(piece.decode())
            piece = b""
        piece += raw
    return f"{_BREAK} ".join([*out, piece.decode()])
