"""Visits: what was really done, how the skin answered, who read it and how; plain frozen values."""

from __future__ import annotations

from datetime import date

from puncta.case import Course
from puncta.frozen import frozen
from puncta.safety import DiaryEntry


@frozen
class DeliveredZone:
    """What was done in one zone at one visit.

    Parameters
    ----------
    zone : str
        Zone with side.
    dial_mm : float
        Set needle length.
    passes : int or None
        Whole passes; None where they were not counted.
    density_per_cm2 : float or None
        Punctures per cm2 as written down; None where they are reckoned.
    strokes_per_s : float or None
        Stroke rate as set.
    needles_count : int or None
        Needles of the cartridge; None takes the device's.
    minutes : float or None
        Time of gliding in this zone.
    area_cm2 : float or None
        Area as needled; None takes the zone's.
    device : str
        Key of the device.
    pain_score : float or None
        Pain as the person scored it, 0 to 10.
    """

    zone: str
    dial_mm: float
    passes: int | None
    density_per_cm2: float | None
    strokes_per_s: float | None
    needles_count: int | None
    minutes: float | None
    area_cm2: float | None
    device: str
    pain_score: float | None


@frozen
class DeliveredSession:
    """One visit with needles, as it was.

    Parameters
    ----------
    day : int
        Days after the first.
    zones : tuple of DeliveredZone
        What was done.
    numbed : bool
        Whether cream was used as planned.
    diary : tuple of DiaryEntry
        What the person wrote down in the days after.
    physician_looked : bool
        Whether a physician has looked at what the diary raises.
    """

    day: int
    zones: tuple[DeliveredZone, ...]
    numbed: bool = True
    diary: tuple[DiaryEntry, ...] = ()
    physician_looked: bool = False


@frozen
class Grade:
    """Severity as somebody read it.

    Parameters
    ----------
    day : int
        Days after the first visit.
    concern : str
        Of which concern.
    score : float
        On the concern's scale.
    rater : str
        Who; readings of one rater share what is that rater's own.
    blinded : bool
        Whether the rater did not know what was done and when.
    readings_count : int
        Readings of which the score is the mean.
    """

    day: int
    concern: str
    score: float
    rater: str = "A"
    blinded: bool = False
    readings_count: int = 1


@frozen
class PhotographReading:
    """What two photographs show against each other.

    Parameters
    ----------
    day : int
        Day of the later one.
    zone : str
        Zone with side.
    metric : str
        Name in ``puncta.imaging``, such as ``texture``.
    change : float
        In the metric's scale: 0.1 on a logarithm is a tenth.
    sem : float
        Standard error of one photograph, in that scale.
    before : float
        The earlier value; 1 where it is not known, which changes nothing for a logarithm.
    freedom : float
        Degrees of freedom behind the error.
    """

    day: int
    zone: str
    metric: str
    change: float
    sem: float
    before: float = 1.0
    freedom: float = 20.0  # numerics: as many as simulated re-takes stand for


@frozen
class Reaction:
    """Something that went otherwise than expected.

    Parameters
    ----------
    day : int
        First seen.
    kind : str
        ``dark_marks`` or another side effect that the evidence counts.
    zone : str
        Where; empty for the whole field.
    gone_day : int or None
        When it was gone; None while it is there.
    """

    day: int
    kind: str
    zone: str = ""
    gone_day: int | None = None


@frozen
class Look:
    """Somebody looked for dark marks.

    Parameters
    ----------
    day : int
        Days after the first visit.
    dark_marks : bool
        Whether there were any; that there were none is information too.
    """

    day: int
    dark_marks: bool


@frozen
class Visits:
    """One person's follow-up.

    Parameters
    ----------
    title : str
        One line.
    today : int
        Day of the last look, counted from the first visit.
    planned : Course
        What was promised.
    sessions : tuple of DeliveredSession
        What was done, in order of day.
    grades : tuple of Grade
        Severity as read.
    photographs : tuple of PhotographReading
        What photographs show.
    reactions : tuple of Reaction
        What went otherwise.
    marks_seen : bool or None
        Whether dark marks were ever seen by `today`; None where nobody looked, or where ``looks`` tells it.
    stays_away : bool
        Whether the person does not come any more.
    first_visit : date or None
        Date of day 0.
    baseline_rater : str
        Who read the severity of the case.
    looks : tuple of Look
        Days on which dark marks were looked for.
    """

    title: str
    today: int
    planned: Course
    sessions: tuple[DeliveredSession, ...]
    grades: tuple[Grade, ...] = ()
    photographs: tuple[PhotographReading, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    marks_seen: bool | None = None
    stays_away: bool = False
    first_visit: date | None = None
    baseline_rater: str = "A"
    looks: tuple[Look, ...] = ()

    @property
    def seen_count(self) -> int:
        """Days on which the person was seen: with needles, or for a grade or a photograph."""
        return len({one.day for one in (*self.sessions, *self.grades, *self.photographs)})
