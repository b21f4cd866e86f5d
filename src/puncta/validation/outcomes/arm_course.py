"""What an arm of an outcome study did: printed fields as printed, others drawn once for all arms of a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from puncta.evidence import Arm, draw, uniforms
from puncta.frozen import frozen
from puncta.validation.outcomes.parameters import UnprintedParameters

_SHARED = ("sessions", "sessions_planned", "sessions_low", "sessions_high", "interval_days", "followup_days")


@frozen
class ArmCourse:
    """One course that an arm may have been.

    Parameters
    ----------
    session_days : tuple of int
        Days of all sessions planned; empty where nothing was needled.
    read_day : float
        Day of the reading.
    last_day : float
        Day of the last session before the reading.
    """

    session_days: tuple[int, ...]
    read_day: float
    last_day: float


def completed(arm: Arm, beside: Sequence[Arm]) -> Arm:
    """Fill what an arm leaves out with what the other arms of its study print, where those agree.

    A cream that is compared with sessions is judged at the same visit.

    Parameters
    ----------
    arm : Arm
        The arm.
    beside : sequence of Arm
        All arms of its study.

    Examples
    --------
    >>> from puncta.evidence import arms
    >>> completed(arms()["M02b"], [arms()["M02a"], arms()["M02b"]]).followup_days
    28.0
    """
    if arm.sessions_planned is not None and arm.followup_days is None:
        return replace(arm, followup_days=arm.interval_days)  # half-way through, at the visit of the next session
    if arm.sessions is not None or arm.sessions_low is not None or arm.followup_days is not None:
        return arm
    told = {name: {getattr(other, name) for other in beside if getattr(other, name) is not None} for name in _SHARED}
    return replace(arm, **{name: found.pop() for name, found in told.items() if len(found) == 1})


def arm_courses(arm: Arm, n: int, seed: int) -> list[ArmCourse]:
    """Draw the courses that an arm may have been.

    Parameters
    ----------
    arm : Arm
        From `completed`.
    n, seed : int
        Number of draws and seed; arms of one study share them.

    Returns
    -------
    list of ArmCourse
        n of them, all alike where everything is printed.

    Examples
    --------
    >>> from puncta.evidence import arms
    >>> arm_courses(arms()["A03"], 1, seed=0)
    [ArmCourse(session_days=(0, 30, 60, 90, 120), read_day=150.0, last_day=120.0)]
    """
    free = draw(UnprintedParameters, n, seed)
    # each study has its own order of the same draws, so that studies do not share what they leave out
    order = np.argsort(uniforms(seed, f"outcomes.{arm.study}.unprinted", n))
    within = uniforms(seed, f"outcomes.{arm.study}.within", n)
    needled = arm.kind != "untreated"
    made = []
    for index, own in enumerate(order):
        given = arm.sessions
        if arm.sessions_low is not None and arm.sessions_high is not None:
            given = arm.sessions_low + (arm.sessions_high - arm.sessions_low) * within[index]
        sessions = max(round(float(free.sessions_unreported[own]) if given is None else given), 1 if needled else 0)
        interval = free.interval_unreported_days[own] if arm.interval_days is None else arm.interval_days
        after = free.followup_unreported_days[own] if arm.followup_days is None else arm.followup_days
        planned = sessions if arm.sessions_planned is None else int(arm.sessions_planned)
        last = float(max(sessions - 1, 0) * interval)
        if arm.is_followup_from_unstated:  # from the first session in half of the draws
            after -= last * (index % 2)
        days = tuple(round(number * float(interval)) for number in range(planned if needled else 0))
        made.append(ArmCourse(days, last + float(after), last))
    return made
