"""Delivered: what was planned against what was done, visit by visit, and what the difference does to the forecast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case
from puncta.followup.dose import Dose, Doses, delivered_doses, planned_doses, remaining_doses
from puncta.followup.visits import Visits
from puncta.followup.world import ConcernCourse, World, world_of
from puncta.frozen import frozen
from puncta.planning.better import band80
from puncta.simulation import DRAWS, horizon_days

Array = NDArray[np.float64]


@frozen
class DeliveredRow:
    """One zone at one visit, planned and done.

    Parameters
    ----------
    visit : int
        Number of the visit, from 1.
    zone : str
        Zone with side.
    planned_day, day : int or None
        Days; None where it was not planned, or not done.
    planned_dial_mm, dial_mm : float or None
        Set lengths.
    planned_density_per_cm2, density_per_cm2 : float or None
        Punctures per cm2, median over how the hand moves where they are not counted.
    counted : bool
        Whether the density done was counted, or reckoned from rate, needles, time and area.
    """

    visit: int
    zone: str
    planned_day: int | None
    day: int | None
    planned_dial_mm: float | None
    dial_mm: float | None
    planned_density_per_cm2: float | None
    density_per_cm2: float | None
    counted: bool

    @property
    def density_fold(self) -> float | None:
        """Density done against planned."""
        if not self.planned_density_per_cm2 or self.density_per_cm2 is None:
            return None
        return self.density_per_cm2 / self.planned_density_per_cm2


@frozen
class DeliveredAgainstPlanned:
    """The table, and what it changes.

    Parameters
    ----------
    rows : tuple of DeliveredRow
        In order of visit and zone.
    read_day : float
        Day at which the effect is read.
    effect_fraction : mapping of str to tuple of float
        By concern: what the difference changes of the share gone, low end, middle and high end of the band of 80 %,
        the visits still to come taken as planned.
    """

    rows: tuple[DeliveredRow, ...]
    read_day: float
    effect_fraction: dict[str, tuple[float, float, float]]


def delivered_against_planned(
    case: Case, visits: Visits, *, draws: int = DRAWS, seed: int = 0
) -> DeliveredAgainstPlanned:
    """Set what was done against what was planned.

    Parameters
    ----------
    case : Case
        The case.
    visits : Visits
        The follow-up.
    draws, seed : int
        Simulated people and seed.

    Returns
    -------
    DeliveredAgainstPlanned
        Density is as counted, else needles x rate x time / area, else as the passes leave it.

    Notes
    -----
    The effect is that of the forecast for people drawn alike; nothing of this person's readings enters. Limits:
    ``limits.followup``, ``limits.depth_response``.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> from puncta.followup.read import read_visits
    >>> case = read_case("examples/acne_scars.toml")
    >>> found = delivered_against_planned(case, read_visits("examples/visits/acne_scars.toml", case), draws=50)
    >>> found.rows[0].zone, found.rows[0].visit
    ('cheek_left', 1)
    """
    planned, done = planned_doses(case, visits.planned), delivered_doses(case, visits)
    doses = Doses(case, (*planned, *done), draws, seed)
    return table_of(case, visits, world_of(case, doses))


def table_of(case: Case, visits: Visits, world: World) -> DeliveredAgainstPlanned:
    """The same from a world that is there already."""
    planned, done = planned_doses(case, visits.planned), delivered_doses(case, visits)
    now = (*done, *remaining_doses(case, visits))
    day = read_day(visits, now)
    home = visits.planned.home_products
    effect = {}
    for concern in case.concerns:
        luck, at = world.luck[str(concern.kind)], np.array([0.0, day])
        apart = [ConcernCourse(world, concern, every, home).gone(luck, at)[:, 1] for every in (planned, now)]
        effect[str(concern.kind)] = band80(apart[1] - apart[0])
    return DeliveredAgainstPlanned(_rows(visits, planned, done, world.doses), day, effect)


def read_day(visits: Visits, doses: Sequence[Dose]) -> float:
    """Day at which courses are read: four months after the last visit, planned or to come, nine months at least."""
    last = max([dose.day for dose in doses], default=0)
    return max(horizon_days(visits.planned), horizon_days(visits.planned) - visits.planned.last_day + last)


def _rows(visits: Visits, planned: Sequence[Dose], done: Sequence[Dose], doses: Doses) -> tuple[DeliveredRow, ...]:
    days = [session.day for session in visits.sessions]
    wanted = [session.day for session in visits.planned.sessions]
    out = []
    for index in range(len(days)):
        was = {one.zone: one for one in done if one.day == days[index]}
        plan = {one.zone: one for one in planned if index < len(wanted) and one.day == wanted[index]}
        for name in dict.fromkeys((*plan, *was)):
            before, after = plan.get(name), was.get(name)
            out.append(
                DeliveredRow(
                    index + 1,
                    name,
                    before.day if before else None,
                    after.day if after else None,
                    before.dial_mm if before else None,
                    after.dial_mm if after else None,
                    _density(doses, before),
                    _density(doses, after),
                    after is not None and after.density_per_cm2 is not None,
                )
            )
    return tuple(out)


def _density(doses: Doses, dose: Dose | None) -> float | None:
    if dose is None:
        return None
    return dose.density_per_cm2 or float(np.median(doses.of(dose).wound.density_per_cm2))
