"""Looking for dark marks: that there were none is kept as well as that there were some."""

from __future__ import annotations

from datetime import date
from typing import Any

from puncta.clinic.audit import note
from puncta.clinic.models import AdverseEvent, LookedFor, NeedlingSession, Person

TERM = "dark_marks"
#: What is said on the page of a session: none, or their grade.
ANSWERS = ("none", "1", "2")


def marks_there(person: Person) -> AdverseEvent | None:
    """Dark marks that are on record and not gone."""
    return person.adverse_events.filter(term=TERM).exclude(outcome="gone").order_by("-began_on").first()


def none_seen(person: Person, day: date, user: Any, session: NeedlingSession | None = None) -> LookedFor:
    """Keep that dark marks were looked for and none seen; once a day.

    Parameters
    ----------
    person : Person
        Who was looked at.
    day : date
        When.
    user : User
        Who looked.
    session : NeedlingSession or None
        The session before which it was done.
    """
    found, new = LookedFor.objects.get_or_create(
        person=person, term=TERM, day=day, defaults={"session": session, "created_by": user, "changed_by": user}
    )
    if new:
        note(person.clinic, user, "created", found, {"term": TERM})
    return found


def keep_answer(session: NeedlingSession, answer: str, user: Any) -> None:
    """What a session's page says of the marks of earlier visits: kept as a look, or as an unwanted event."""
    if answer == "none":
        none_seen(session.person, session.day, user, session)
    elif answer in ANSWERS:
        last = session.person.sessions.filter(signed_at__isnull=False, day__lt=session.day).order_by("-day").first()
        event = AdverseEvent(
            person=session.person, session=last, term=TERM, grade=int(answer), began_on=session.day,
            created_by=user, changed_by=user,
        )  # fmt: skip
        event.save(force_insert=True)
        note(session.person.clinic, user, "created", event, {"term": TERM, "grade": event.grade})
