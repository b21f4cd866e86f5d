"""Settable values: what a hand can really set, within the limits."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from puncta.case import Case, ConcernKind
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.safety import ZoneLimit

_DAYS_PER_WEEK = 7


@frozen
class Schedule:
    """When the visits are.

    Parameters
    ----------
    sessions_count : int
        Visits, 1 or more.
    interval_days : int
        Whole weeks between them, in days.
    """

    sessions_count: int
    interval_days: int

    @property
    def days(self) -> tuple[int, ...]:
        """Days of the visits."""
        return tuple(index * self.interval_days for index in range(self.sessions_count))


def _whole(name: str) -> int:
    return round(parameter(f"planning.{name}").value)


def settable_passes() -> tuple[int, ...]:
    """Whole passes that are planned.

    Examples
    --------
    >>> settable_passes()
    (4, 5, 6, 7, 8)
    """
    return tuple(range(_whole("fewest_passes"), _whole("most_passes") + 1))


_SHALLOWEST = MappingProxyType(
    {
        ConcernKind.ATROPHIC_ACNE_SCARS: "shallowest_atrophic_acne_scars_mm",
        ConcernKind.LINES: "shallowest_lines_mm",
        ConcernKind.LAXITY: "shallowest_lines_mm",
        ConcernKind.TEXTURE: "shallowest_lines_mm",
        ConcernKind.PORES: "shallowest_lines_mm",
        ConcernKind.MELASMA: "shallowest_melasma_mm",
        ConcernKind.STRETCH_MARKS: "shallowest_stretch_marks_mm",
        ConcernKind.SURGICAL_SCARS: "shallowest_atrophic_acne_scars_mm",
        ConcernKind.BURN_SCARS: "shallowest_atrophic_acne_scars_mm",
        ConcernKind.AGE_SPOTS: "shallowest_melasma_mm",
        ConcernKind.DARK_MARKS: "shallowest_melasma_mm",
        ConcernKind.DERMAL_PIGMENT: "shallowest_melasma_mm",
    }
)


def settable_dials(case: Case, limit: ZoneLimit) -> tuple[float, ...]:
    """Dial steps of a zone from the shallowest that has been used for its concerns up to its limit.

    Parameters
    ----------
    case : Case
        The case.
    limit : ZoneLimit
        Limits of the zone; where they lie below everything used, its deepest allowed step alone is left.
    """
    concerns = case.concerns_in(limit.zone) or case.concerns
    least = min(parameter(f"planning.{_SHALLOWEST[concern.kind]}").value for concern in concerns)
    return tuple(step for step in limit.steps_mm if step >= least) or limit.steps_mm[-1:]


_FEWEST: Mapping[ConcernKind, str] = MappingProxyType(
    dict.fromkeys((ConcernKind.LINES, ConcernKind.LAXITY, ConcernKind.TEXTURE), "fewest_sessions_ageing")
)


def schedules(case: Case) -> tuple[Schedule, ...]:
    """Visits and intervals within the person's limits and the published range.

    Parameters
    ----------
    case : Case
        Its limit on the number of visits binds.

    Returns
    -------
    tuple of Schedule
        Fewest visits first.
    """
    most = case.limits.max_sessions
    return _spaced(min(_fewest_sessions(case), most), most, _intervals_weeks())


def remaining_schedules(case: Case, done_count: int, longest_only: bool = False) -> tuple[Schedule, ...]:
    """Visits that may still be given, at the intervals that are planned.

    Parameters
    ----------
    case : Case
        Its limit on the number of visits binds, those done included.
    done_count : int
        Visits done.
    longest_only : bool
        Whether the skin asks for the longest interval.

    Returns
    -------
    tuple of Schedule
        Fewest visits first; empty where the person has had all that may be given.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> case = read_case("examples/acne_scars.toml")
    >>> [one.days for one in remaining_schedules(case, case.limits.max_sessions - 2)]
    [(0,), (0, 28), (0, 42)]
    """
    weeks = (_whole("longest_interval_weeks"),) if longest_only else _intervals_weeks()
    return _spaced(1, case.limits.max_sessions - done_count, weeks)


def _intervals_weeks() -> tuple[int, ...]:
    return tuple(range(_whole("published_interval_weeks"), _whole("longest_interval_weeks") + 1, 2))


def _spaced(fewest: int, most: int, weeks: tuple[int, ...]) -> tuple[Schedule, ...]:
    """Every number of visits at every interval; a single visit once."""
    return tuple(
        Schedule(count, apart * _DAYS_PER_WEEK)
        for count in range(fewest, most + 1)
        for apart in (weeks if count > 1 else weeks[:1])
    )


def usual_interval_days() -> int:
    """Shortest interval that is searched: that of the usual published course."""
    return _whole("published_interval_weeks") * _DAYS_PER_WEEK


def _fewest_sessions(case: Case) -> int:
    """Fewest visits that a trial of one of the concerns gave: no shorter course is planned."""
    return max(_whole(_FEWEST.get(concern.kind, "fewest_sessions")) for concern in case.concerns)


def published_schedule(case: Case) -> Schedule:
    """The usual published course, shortened to the person's limit on visits."""
    count = min(_whole("published_sessions"), case.limits.max_sessions)
    return Schedule(count, _whole("published_interval_weeks") * _DAYS_PER_WEEK)


def published_passes() -> int:
    """Passes of the usual published course."""
    return _whole("published_passes")


def longest_interval_days() -> int:
    """Longest interval that is searched."""
    return _whole("longest_interval_weeks") * _DAYS_PER_WEEK
