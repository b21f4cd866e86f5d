"""The course: sessions on days, each with settings per zone."""

from __future__ import annotations

from puncta.frozen import frozen


@frozen
class ZoneSetting:
    """What is set and done in one zone.

    Parameters
    ----------
    zone : str
        Name with side, for example ``cheek_left``.
    dial_mm : float
        Set needle length; a step of the device, 0 to its limit.
    passes : int or None
        Whole passes; None where a published protocol does not say, then integrated over the published range.
    """

    zone: str
    dial_mm: float
    passes: int | None


@frozen
class Session:
    """One visit.

    Parameters
    ----------
    day : int
        Days after the first visit.
    settings : tuple of ZoneSetting
        One per treated zone.
    """

    day: int
    settings: tuple[ZoneSetting, ...]


@frozen
class Course:
    """A course of sessions; without sessions it is home care alone, or nothing.

    Parameters
    ----------
    name : str
        Key of its name in clinic words: ``gentle``, ``standard``, ``untreated`` ...
    sessions : tuple of Session
        In order of day.
    home_products : tuple of str
        Products used at home during the course.
    """

    name: str
    sessions: tuple[Session, ...]
    home_products: tuple[str, ...] = ()

    @property
    def interval_days(self) -> int:
        """Days between the first two sessions; 0 with fewer than two."""
        return self.sessions[1].day - self.sessions[0].day if len(self.sessions) > 1 else 0

    @property
    def last_day(self) -> int:
        """Day of the last session; 0 where there is none."""
        return self.sessions[-1].day if self.sessions else 0

    @classmethod
    def regular(
        cls, name: str, settings: tuple[ZoneSetting, ...], count: int, interval_days: int, home: tuple[str, ...] = ()
    ) -> Course:
        """Build a course of equal sessions at equal intervals.

        Parameters
        ----------
        name : str
            Name key.
        settings : tuple of ZoneSetting
            Settings of every session.
        count : int
            Number of sessions, 0 or more.
        interval_days : int
            Days between sessions.
        home : tuple of str
            Home products.

        Examples
        --------
        >>> Course.regular("gentle", (ZoneSetting("nose", 0.5, 3),), 3, 28).last_day
        56
        """
        return cls(name, tuple(Session(index * interval_days, settings) for index in range(count)), home)
