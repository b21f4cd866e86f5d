"""Plan: screen, limit, search, simulate on common draws, compare, recommend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from puncta.case import Case, Course, Role
from puncta.healing import Map
from puncta.messages import text
from puncta.planning.courses import home_care, standard_course, untreated
from puncta.planning.preview import preview
from puncta.planning.result import Plan
from puncta.planning.search import search
from puncta.planning.settable import longest_interval_days
from puncta.planning.stop import stop_rule
from puncta.planning.weigh import weigh
from puncta.safety import Screening, ZoneLimit, plan_numbing, screen, zone_limits
from puncta.simulation import DRAWS, area_cm2, horizon_days, simulate

Progress = Callable[[str, float], None]

# numerics: the search ranks settings on fewer draws than the forecasts that are shown, at most this many
_SEARCH_DRAWS = 64
_SEARCH_SHARE = 0.2


def plan(
    case: Case,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
    map: Map | None = None,  # noqa: A002
) -> Plan:
    """Plan a course for a case.

    Parameters
    ----------
    case : Case
        The case.
    draws : int
        Draws behind each forecast, 20 to 100,000.
    seed : int
        Seed; equal seeds give equal bytes.
    progress : callable or None
        Called with a message key and the share done, 0 to 1.
    map : callable or None
        Runs pieces of the healing: any ``map`` of threads, processes or a cluster; None takes threads.

    Returns
    -------
    Plan
        Findings alone where the screening allows no plan; otherwise the alternatives, least injury first, with
        untreated and home care always among them, and the recommended one. A case that stands for a published series
        is not searched: its own protocol is simulated as reported and stands beside untreated.

    Notes
    -----
    Limits: ``limits.draws``, ``limits.depth_response`` and those of every model.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> made = plan(read_case("examples/melasma.toml"), draws=20)  # doctest: +SKIP
    """
    tell = progress or (lambda _step, _share: None)
    tell("progress.screen", 0.0)
    found = screen(case)
    if not found.allows_plan:
        return Plan(
            case, found, (), None, None, text("planning.reason.stopped"), {}, None, 0.0, seed, draws, case.planned_on
        )
    able = allowed(case, found)
    limits = {use.zone: zone_limits(able, use.zone) for use in able.zones_with(Role.TREAT)}
    tell("progress.search", 0.0)
    if able.protocol is None:
        read_day = horizon_days(Course.regular("longest", (), case.limits.max_sessions, longest_interval_days()))
        courses = _courses(able, limits, read_day, min(draws, _SEARCH_DRAWS), seed, map)
    else:
        read_day = horizon_days(able.protocol)
        courses = [untreated(able), able.protocol]
    outcomes = []
    for index, course in enumerate(courses):
        tell("progress.simulate", _SEARCH_SHARE + (1.0 - _SEARCH_SHARE) * index / len(courses))
        outcomes.append(simulate(able, course, draws=draws, seed=seed, horizon=read_day, map=map))
    tell("progress.compare", 1.0)
    area = sum(area_cm2(able, use.zone) for use in able.zones_with(Role.TREAT) if limits[use.zone].steps_mm)
    cream = plan_numbing(able, area, draws, seed, found) if any(course.sessions for course in courses) else None
    earliest = _earliest(case, able, found)
    weighed = weigh(able, outcomes, read_day, [earliest] * len(outcomes), cream)
    chosen = weighed.alternatives[weighed.recommended]
    needled = bool(chosen.course.sessions)
    return Plan(
        case=case,
        screening=found,
        alternatives=weighed.alternatives,
        recommended=weighed.recommended,
        best=weighed.best,
        reason=weighed.reason,
        zone_limits=limits,
        numbing=cream if needled else None,
        read_day=read_day,
        seed=seed,
        draws_count=draws,
        starts_on=chosen.starts_on,
        stop=stop_rule(able, preview(able, draws=draws, seed=seed, map=map), chosen.course) if needled else None,
        by_hand=case.protocol is not None and case.published is None,
    )


def _earliest(case: Case, able: Case, found: Screening) -> date | None:
    """First day on which no delay holds the zones of the plan; None while a delay has no end."""
    days = [found.free_from(use.zone, case.planned_on) for use in able.zones_with(Role.TREAT)]
    known = [day for day in days if day is not None]
    return max(known) if days and len(known) == len(days) else None


def allowed(case: Case, found: Screening, needled: frozenset[str] = frozenset()) -> Case:
    """The case without what the screening blocks: the session product, the cream, and zones that a delay holds.

    Where delays hold every zone, all are kept and the first visit waits instead.

    Parameters
    ----------
    case : Case
        The case.
    found : Screening
        What `puncta.screen` says of it.
    needled : frozenset of str
        Zones that a given course needles; they are kept, and that course waits for them.

    Returns
    -------
    Case
        What may be planned for.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.safety import screen
    >>> case = read_case("examples/acne_scars.toml")
    >>> len(allowed(case, screen(case)).zones) <= len(case.zones)
    True
    """
    treated = {use.zone for use in case.zones_with(Role.TREAT)}
    held = found.held_zones() - needled
    if not treated - held:
        held = frozenset[str]()
    blocked = found.blocked
    return replace(
        case,
        zones=tuple(use for use in case.zones if use.zone not in held),
        concerns=tuple(
            replace(concern, zones=kept)
            for concern in case.concerns
            if (kept := tuple(name for name in concern.zones if name not in held))
        ),
        session_product=None if case.session_product in blocked else case.session_product,
        numbing=None if case.numbing is not None and case.numbing.product in blocked else case.numbing,
    )


def _courses(
    case: Case,
    limits: Mapping[str, ZoneLimit],
    read_day: float,
    draws: int,
    seed: int,
    map: Map | None,  # noqa: A002
) -> list[Course]:
    """Untreated and home care always; then what the search finds, and the usual published course."""
    always = [untreated(case), home_care(case)] if case.home_care.products else [untreated(case)]
    needled = search(case, limits, read_day, draws, seed, map)
    usual = standard_course(case, limits)
    if needled and not any(found.sessions == usual.sessions for found in needled):
        needled.append(usual)
    return [*always, *needled]
