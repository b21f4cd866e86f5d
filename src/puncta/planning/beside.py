"""Beside: any courses side by side on common draws, a published protocol in this person among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from puncta.case import Case, Course, Role, ZoneSetting
from puncta.errors import InputError, Problem, StoppedError, nearest
from puncta.evidence import Arm, arms, parameter
from puncta.healing import Map
from puncta.messages import text
from puncta.planning.calendar import free_for
from puncta.planning.courses import untreated
from puncta.planning.plan import allowed
from puncta.planning.result import Plan
from puncta.planning.weigh import weigh
from puncta.safety import screen, zone_limits
from puncta.simulation import DRAWS, horizon_days, simulate


def published_course(case: Case, row: str) -> Course:
    """What a published arm did, in the zones and with the device of this person.

    Parameters
    ----------
    case : Case
        Gives zones and device.
    row : str
        Row of the study table, for example ``A03``.

    Returns
    -------
    Course
        Named by the row, in the treated zones that no delay holds, as in a plan. Passes are drawn from what is
        published where the paper does not print them, and so is a needle length that is not printed: the usual one of
        the concern stands in. Limits of this person are not applied; a course that breaks them says so when it is
        weighed.

    Raises
    ------
    InputError
        Where there is no such row, or the arm had no needle, or printed neither visits nor interval.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> made = published_course(read_case("examples/acne_scars.toml"), "A03")
    >>> len(made.sessions), made.interval_days, made.sessions[0].settings[0].dial_mm
    (5, 30, 1.5)
    """
    if row not in arms():
        near = nearest(row, arms())
        raise InputError("course", [Problem("like", row, near or "-", text("planning.like.unknown"), "")])
    arm = arms()[row]
    if not arm.sessions or (arm.sessions > 1 and not arm.interval_days):
        raise InputError("course", [Problem("like", row, "", text("planning.like.unprinted", study=arm.study), "")])
    steps = case.library.device(case.device.device).steps_mm
    dial = _nearest_step(steps, arm)
    zones = allowed(case, screen(case)).zones_with(Role.TREAT)
    settings = tuple(ZoneSetting(use.zone, dial, None) for use in zones)
    return Course.regular(row, settings, round(arm.sessions), round(arm.interval_days or 0), case.home_care.products)


def _nearest_step(steps: tuple[float, ...], arm: Arm) -> float:
    wanted = arm.needle_length_mm or parameter("planning.published_needle_mm").value
    return min(steps, key=lambda step: abs(step - wanted))


def compare(
    case: Case,
    courses: Sequence[Course],
    *,
    draws: int = DRAWS,
    seed: int = 0,
    map: Map | None = None,  # noqa: A002
) -> Plan:
    """Put courses side by side, untreated among them.

    Parameters
    ----------
    case : Case
        The case.
    courses : sequence of Course
        One or more, with names of their own.
    draws, seed : int
        Common draws.
    map : callable or None
        Runs pieces of the healing; None takes threads.

    Returns
    -------
    Plan
        As planning gives it: the same figures, chances, second calculation and verdicts; nothing is searched. Each
        course begins when no delay stands against it any more: one that needles a zone which is held waits for that
        zone. Days of the forecast count from its own first visit. Zones that are held and that no course needles are
        left out.

    Raises
    ------
    StoppedError
        Where the screening allows no plan.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> case = read_case("examples/stretch_marks.toml")
    >>> found = compare(case, [published_course(case, "S04")], draws=10)
    >>> [one.course.name for one in found.alternatives]
    ['untreated', 'S04']
    """
    found = screen(case)
    if not found.allows_plan:
        raise StoppedError(text("planning.reason.stopped"))
    needled = frozenset(one.zone for course in courses for visit in course.sessions for one in visit.settings)
    able = replace(allowed(case, found, needled), protocol=None)
    every = [untreated(able), *courses]
    day = max(horizon_days(course) for course in every)
    outcomes = [simulate(able, one, draws=draws, seed=seed, horizon=day, map=map) for one in every]
    weighed = weigh(able, outcomes, day, [free_for(case, one, found) for one in every], None)
    return Plan(
        case=case,
        screening=found,
        alternatives=weighed.alternatives,
        recommended=weighed.recommended,
        best=weighed.best,
        reason=weighed.reason,
        zone_limits={use.zone: zone_limits(able, use.zone) for use in able.zones_with(Role.TREAT)},
        numbing=None,
        read_day=day,
        seed=seed,
        draws_count=draws,
        starts_on=weighed.alternatives[weighed.recommended].starts_on,
    )
