"""Readings: everything that was read of a person, in one form: a value, how it is rounded, and how it scatters."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal

from puncta.appearance.scales import scale
from puncta.case import Case
from puncta.evidence import parameter
from puncta.followup.parameters import COUPLED, state_sd
from puncta.followup.visits import DeliveredSession, Visits
from puncta.frozen import frozen
from puncta.safety.side_effects import DARK_MARKS

Kind = Literal["grade", "photograph", "redness", "pain", "marks"]
_HOURS_PER_DAY = 24.0
_HALF = 0.5
_FEWEST_FREEDOM = 3.0  # numerics: a t with less has no standard deviation


@frozen
class Reading:
    """One thing that was read.

    Parameters
    ----------
    key : str
        Name within the follow-up, such as ``grade.174.A``.
    kind : str
        ``grade``, ``photograph``, ``redness``, ``pain`` or ``marks``.
    day : int
        Day.
    subject : str
        Concern of a grade, zone of a photograph or a pain score; empty for the whole field.
    what : str
        Scale, metric, or empty.
    who : str
        Rater; empty where nobody judged.
    value : float
        As read: score, change, hours, or 1 for marks seen and 0 for none.
    half : float
        Half of the step to which it is rounded; 0 where it is not.
    low, high : float or None
        Ends of the scale: a reading at an end says that much or beyond.
    sd : float
        Standard deviation of one reading where it is known beforehand; 0 for a grade, whose rater's error is drawn.
    freedom : float
        Degrees of freedom of its t.
    readings_count : int
        Readings of which it is the mean.
    blinded : bool
        Whether the rater knew nothing.
    before : float
        Earlier value of a photograph.
    session : int
        Index of the session that it belongs to; -1 for none.
    why_not : str
        Message key of why it is not learned from; empty where it is.
    """

    key: str
    kind: Kind
    day: int
    subject: str
    what: str
    who: str
    value: float
    half: float = 0.0
    low: float | None = None
    high: float | None = None
    sd: float = 0.0
    freedom: float = _FEWEST_FREEDOM
    readings_count: int = 1
    blinded: bool = True
    before: float = 1.0
    session: int = -1
    why_not: str = ""

    @property
    def place(self) -> str:
        """Name of the figure over all people that it reads: pain by visit, marks by the visits that could show them."""
        return self.key if self.kind in ("pain", "marks") else self.kind


def readings_of(case: Case, visits: Visits) -> tuple[Reading, ...]:
    """Everything that was read, in order of day.

    Parameters
    ----------
    case : Case
        Gives concerns and scales.
    visits : Visits
        The follow-up.

    Returns
    -------
    tuple of Reading
        Those that are not learned from say why: gain is learned alone while visits are few.

    Notes
    -----
    Limits: ``limits.followup``.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.followup.read import read_visits
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = readings_of(case, read_visits("examples/visits/acne_scars.toml", case))
    >>> sorted({one.kind for one in found})
    ['grade', 'marks', 'pain', 'photograph', 'redness']
    """
    few = visits.seen_count < parameter("followup.visits_for_all").value
    waits = "followup.not_used.few_visits" if few else ""
    freedom = parameter("followup.error_freedom").value
    found = [*_grades(case, visits, freedom), *_photographs(case, visits, freedom), *_pain(visits, freedom, waits)]
    found += [*_redness(visits, freedom, waits), *_marks(visits, waits)]
    return tuple(sorted(found, key=lambda one: (one.day, one.key)))


def _grades(case: Case, visits: Visits, freedom: float) -> Iterator[Reading]:
    scales = {str(concern.kind): scale(concern.scale) for concern in case.concerns}
    for index, one in enumerate(visits.grades):
        used = scales[one.concern]
        step = used.step / one.readings_count
        yield Reading(
            key=f"grade.{index}",
            kind="grade",
            day=one.day,
            subject=one.concern,
            what=used.key,
            who=one.rater,
            value=one.score,
            half=_HALF * step,
            low=used.low,
            high=used.high,
            freedom=freedom,
            readings_count=one.readings_count,
            blinded=one.blinded,
            why_not="" if one.day > 0 else "followup.not_used.before",
        )


def _photographs(case: Case, visits: Visits, freedom: float) -> Iterator[Reading]:
    lying = {
        zone: {str(one.kind) for one in case.concerns if zone in one.zones}
        for one in case.concerns
        for zone in one.zones
    }
    for index, one in enumerate(visits.photographs):
        used = bool(set(COUPLED.get(one.metric, ())) & lying.get(one.zone, set()))
        yield Reading(
            key=f"photograph.{index}",
            kind="photograph",
            day=one.day,
            subject=one.zone,
            what=one.metric,
            who="",
            value=one.change,
            sd=math.hypot(one.sem, state_sd(one.metric, one.before)),
            freedom=max(_FEWEST_FREEDOM, min(freedom, one.freedom)),
            before=one.before,
            why_not="" if used else "followup.not_used.metric",
        )


def _pain(visits: Visits, freedom: float, waits: str) -> Iterator[Reading]:
    for index, session in enumerate(visits.sessions):
        # zones of one visit are felt by one person on one day: the worst stands for all
        scored = [one for one in session.zones if one.pain_score is not None]
        worst = max(scored, key=lambda one: one.pain_score or 0.0, default=None)
        if worst is not None and worst.pain_score is not None:
            yield Reading(
                key=f"pain.{index}",
                kind="pain",
                day=session.day,
                subject=worst.zone,
                what="",
                who="",
                value=worst.pain_score,
                half=_HALF,
                low=0.0,
                high=10.0,
                sd=parameter("followup.pain_sd_score").value,
                freedom=freedom,
                session=index,
                why_not=waits,
            )


def _redness(visits: Visits, freedom: float, waits: str) -> Iterator[Reading]:
    for index, session in enumerate(visits.sessions):
        hours = red_hours(session)
        if hours is not None:
            first = {(one.zone, one.dial_mm) for one in visits.sessions[0].zones}
            same = {(one.zone, one.dial_mm) for one in session.zones} == first
            yield Reading(
                key=f"redness.{index}",
                kind="redness",
                day=session.day,
                subject="",
                what="",
                who="",
                value=hours,
                sd=parameter("followup.redness_sd_hours").value,
                freedom=freedom,
                session=index,
                why_not=waits if same else "followup.not_used.other_setting",
            )


def red_hours(session: DeliveredSession) -> float | None:
    """Hours until redness was gone, from the diary; None where it does not say.

    Parameters
    ----------
    session : DeliveredSession
        With its diary.

    Returns
    -------
    float or None
        Half way between the last entry with redness and the first one without.

    Examples
    --------
    >>> from puncta.safety import diary_from
    >>> diary = diary_from({"format": 1, "entries": [{"day": 1, "redness": 2}, {"day": 2, "redness": 0}]})
    >>> red_hours(DeliveredSession(0, (), diary=diary))
    36.0
    """
    told = [(entry.day, entry.grades["redness"]) for entry in session.diary if "redness" in entry.grades]
    red = [day for day, grade in told if grade > 0]
    gone = [day for day, grade in told if grade == 0 and day > max(red, default=-1)]
    if not gone:
        return None
    return _HOURS_PER_DAY * _HALF * (max(red, default=0) + min(gone))


def marks_looked_day(visits: Visits) -> int | None:
    """Last day that says whether dark marks were seen: somebody looked, or marks were told of; None where neither.

    Parameters
    ----------
    visits : Visits
        The follow-up.
    """
    days = [one.day for one in visits.looks]
    days += [one.day for one in visits.reactions if one.kind == DARK_MARKS]
    return max(days + ([visits.today] if visits.marks_seen is not None else []), default=None)


def marks_sessions(visits: Visits) -> tuple[DeliveredSession, ...]:
    """The visits whose dark marks could be seen by the last look: marks take days to come up.

    Parameters
    ----------
    visits : Visits
        The follow-up.

    Returns
    -------
    tuple of DeliveredSession
        Empty where nobody looked, or only before any mark could have come.

    Notes
    -----
    Sources: puncta_judgement (``recovery.marks_seen_days``). Limits: ``limits.followup``.

    Examples
    --------
    >>> from puncta.case import Course
    >>> done = tuple(DeliveredSession(day, ()) for day in (0, 28))
    >>> looked = Visits("looked before the second visit", 28, Course("c", ()), done, marks_seen=False)
    >>> [one.day for one in marks_sessions(looked)]
    [0]
    """
    day = marks_looked_day(visits)
    if day is None:
        return ()
    wait = parameter("recovery.marks_seen_days").value
    shown = tuple(one for one in visits.sessions if one.day + wait <= day)
    # marks that are there came early: they are of what was done before them
    return shown or (tuple(one for one in visits.sessions if one.day <= day) if _marks_there(visits) else ())


def _marks_there(visits: Visits) -> bool:
    reacted = any(one.kind == DARK_MARKS for one in visits.reactions)
    return reacted or bool(visits.marks_seen) or any(one.dark_marks for one in visits.looks)


def _marks(visits: Visits, waits: str) -> Iterator[Reading]:
    day = marks_looked_day(visits)
    if not visits.sessions or day is None:
        return
    shown = marks_sessions(visits)
    # fewer visits than were done: their chance is a figure of its own
    key = "marks" if len(shown) == len(visits.sessions) else "marks.looked"
    why_not = waits if shown else "followup.not_used.too_soon"
    yield Reading(key, "marks", day, "", "", "", float(_marks_there(visits)), why_not=why_not)
