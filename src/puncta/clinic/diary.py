"""A diary kept: one way in for a day written on the tablet and for a file that came back."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import transaction

from puncta.clinic.audit import note
from puncta.clinic.casing import case_of
from puncta.clinic.library import Course, ZoneSetting, diary_from, raised_flags, recovery, recovery_record
from puncta.clinic.models import DiaryRecord, Membership, NeedlingSession
from puncta.clinic.words import say

_FORMAT = 1


class DiaryFileError(ValueError):
    """A file that is no diary of this session; the message says why and what to do."""


def read_file(content: bytes, session: NeedlingSession) -> list[dict[str, Any]]:
    """Read the file that the offline form writes.

    Parameters
    ----------
    content : bytes
        JSON in UTF-8.
    session : NeedlingSession
        Whose diary it has to be.

    Raises
    ------
    DiaryFileError
        Where it is no such file, or that of another session.
    InputError
        With all problems of its entries together.
    """
    try:
        tree = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise DiaryFileError(say("diary.no_file")) from error
    if not isinstance(tree, dict):
        raise DiaryFileError(say("diary.no_file"))
    if tree.pop("session", None) != session.key:
        raise DiaryFileError(say("diary.other_session", day=session.day.isoformat()))
    diary_from(tree, say("diary.title"))
    return tree["entries"]


def keep_entries(session: NeedlingSession, given: list[dict[str, Any]], member: Membership, user: Any) -> DiaryRecord:
    """Put days into a session's diary, a day written again in place of the earlier one, and read it anew.

    Parameters
    ----------
    session : NeedlingSession
        A signed session.
    given : list of dict
        Entries as in the library's diary file.
    member : Membership
        Who keeps them.
    user : User
        For the audit.

    Raises
    ------
    InputError
        With all problems of the entries together; nothing is kept.
    """
    diary_from({"format": _FORMAT, "entries": given}, say("diary.title"))
    with transaction.atomic():
        # the row is locked where the database can, so that two hands at once lose no day
        found = DiaryRecord.objects.select_for_update().filter(session=session).first()
        by_day = {entry["day"]: entry for entry in [*(found.entries if found else []), *given]}
        entries = [by_day[day] for day in sorted(by_day)]
        compared = _compared(session, entries)
        if found is None:
            found = DiaryRecord(session=session, entries=entries, compared=compared, created_by=user, changed_by=user)
            found.save(force_insert=True)
        else:
            found.save_over(found.version, user, entries=entries, compared=compared)
        note(member.clinic, user, "changed", found, entries)
    return found


def _compared(session: NeedlingSession, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """The library's record of recovery after what was really done, with the diary beside it."""
    settings_done = tuple(
        ZoneSetting(zone.zone, zone.dial_mm, zone.passes) for zone in session.zones.all() if zone.done
    )
    if session.plan is None or not session.plan.inputs or not settings_done:
        # a red flag needs no forecast; of an unknown skin type every flag counts
        raised = raised_flags(diary_from({"format": _FORMAT, "entries": entries}), session.person.phototype or 1)
        return {"diary": [], "raised": [{"words": one.flag.words, "day": one.day} for one in raised]}
    case = case_of(session.plan.inputs)
    course = Course.regular("delivered", settings_done, 1, 1)
    found = recovery(case, course, draws=settings.PLAN_DRAWS)
    record = recovery_record(found, diary_from({"format": _FORMAT, "entries": entries}))
    kept = ("zone", "diary", "diary_outside_count", "diary_decisive_count", "raised", "red_flags", "judge_by")
    return json.loads(json.dumps({name: record[name] for name in kept}))
