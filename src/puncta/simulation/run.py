"""One run: the case, the course and the people drawn, with zones of equal treatment gathered."""

from __future__ import annotations

from functools import cached_property
from typing import cast

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, Course, ZoneSetting
from puncta.frozen import frozen
from puncta.healing import Map
from puncta.needling import Device, Hand, hand
from puncta.person import People
from puncta.safety import SkinTone, skin_tone
from puncta.skin import zone

Array = NDArray[np.float64]

# numerics: moments that are recorded after a session, hours at first, then days, and how far a forecast goes on
_AFTER_SESSION = (
    *(hours / 24.0 for hours in (0, 1, 2, 4, 6, 9, 12, 15, 18, 21, 24, 30, 36, 42, 48, 54, 60, 66, 72, 84)),
    *(4.0, 5.0, 6.0, 7.0, 9.0, 11.0, 14.0, 17.5, 21.0, 24.5),
)
_WEEK = 7.0
_LEAST_HORIZON = 270.0
_AFTER_LAST = 120.0


@frozen
class Group:
    """Zones of the same skin with the same settings in every session; they share one computation.

    Parameters
    ----------
    zones : tuple of str
        Zone names with side.
    settings : tuple of ZoneSetting or None
        One per session; None where the session leaves the zone out.
    """

    zones: tuple[str, ...]
    settings: tuple[ZoneSetting | None, ...]


@frozen
class Run:
    """Everything that the steps of a simulation share.

    Parameters
    ----------
    case, course : Case, Course
        What is simulated.
    draws_count, seed : int
        Number of draws and seed.
    people : People
        One entry per draw.
    device : Device
        The device.
    manner : Hand
        How the hand works it.
    groups : tuple of Group
        Treated zones.
    days : ndarray, shape (t,)
        Days to record, ascending from 0, session days included.
    map : callable or None
        Runs pieces of the healing; None takes threads.
    """

    case: Case
    course: Course
    draws_count: int
    seed: int
    people: People
    device: Device
    manner: Hand
    groups: tuple[Group, ...]
    days: Array
    map: Map | None = None

    @property
    def session_days(self) -> tuple[int, ...]:
        """Days of the sessions."""
        return tuple(session.day for session in self.course.sessions)

    @cached_property
    def tone(self) -> SkinTone:
        """Skin colour of the people, around the angle of the person where it was measured; drawn once."""
        return skin_tone(self.case.person.ita_degrees, self.people.phototype, self.seed)

    def area_cm2(self, zone_name: str) -> float:
        """Area of a zone."""
        return area_cm2(self.case, zone_name)


def area_cm2(case: Case, zone_name: str) -> float:
    """Area of a zone: as measured, else usual.

    Parameters
    ----------
    case : Case
        The case.
    zone_name : str
        Zone with side.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> area_cm2(read_case("examples/acne_scars.toml"), "nose")
    20.0
    """
    for use in case.zones:
        if use.zone == zone_name and use.area_cm2 is not None:
            return use.area_cm2
    return zone(zone_name).usual_area_cm2


def horizon_days(course: Course) -> float:
    """Last day worth forecasting: nine months from the first visit, or four months after the last.

    Examples
    --------
    >>> horizon_days(Course("untreated", ()))
    270.0
    """
    return max(_LEAST_HORIZON, course.last_day + _AFTER_LAST)


def recorded_days(session_days: tuple[int, ...], horizon: float) -> Array:
    """Days to record: dense after each session, weekly otherwise, ending at the horizon.

    Examples
    --------
    >>> days = recorded_days((0, 28), 270.0)
    >>> bool(days[0] == 0 and days[-1] == 270 and 28.0 in days)
    True
    """
    wanted = {0.0, horizon, *np.arange(0.0, horizon, _WEEK)}
    for start in session_days:
        wanted |= {start + offset for offset in _AFTER_SESSION if start + offset <= horizon}
    return np.array(sorted(wanted))


def _groups(course: Course) -> tuple[Group, ...]:
    rows: dict[str, list[ZoneSetting | None]] = {}
    for index, session in enumerate(course.sessions):
        for setting in session.settings:
            rows.setdefault(setting.zone, [None] * len(course.sessions))[index] = setting
    gathered: dict[tuple[object, ...], list[str]] = {}
    for name, settings in rows.items():
        key = (zone(name).base, *((s.dial_mm, s.passes) if s else None for s in settings))
        gathered.setdefault(key, []).append(name)
    return tuple(Group(tuple(names), tuple(rows[names[0]])) for names in gathered.values())


def prepare(
    case: Case,
    course: Course,
    draws_count: int,
    seed: int,
    horizon: float | None = None,
    map: Map | None = None,  # noqa: A002
) -> Run:
    """Draw the people and gather the zones of a course.

    Parameters
    ----------
    case, course : Case, Course
        What is simulated.
    draws_count : int
        Number of draws, 1 or more.
    seed : int
        Seed; equal seeds share people and parameters between courses.
    horizon : float or None
        Last day; None takes `horizon_days`.
    map : callable or None
        Runs pieces of the healing: any ``map`` of threads, processes or a cluster; None takes threads.

    Returns
    -------
    Run
        Ready for the steps.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> prepare(read_case("examples/acne_scars.toml"), Course("untreated", ()), 5, seed=0).people.n
    5
    """
    tool = case.library.device(case.device.device)
    days = recorded_days(tuple(s.day for s in course.sessions), horizon or horizon_days(course))
    return Run(
        case=case,
        course=course,
        draws_count=draws_count,
        seed=seed,
        people=People.like(case.person, draws_count, seed),
        device=tool,
        manner=hand(tool, case.device.speed_cm_per_s, case.device.strokes_per_s, draws_count, seed),
        groups=_groups(course),
        days=days,
        map=map,
    )


def scalar(values: Array) -> tuple[Array, Array]:
    """Days and values of a figure without time, as a quantity wants them."""
    return np.array([np.nan]), cast(Array, values[:, None])
