"""Doses: what each visit does in the tissue of each zone, planned or as it really was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import Tissue
from puncta.case import Case, Course
from puncta.evidence import draw, normal_score, parameter, uniforms
from puncta.followup.visits import DeliveredZone, Visits
from puncta.frozen import frozen
from puncta.needling import Needled, NeedlingParameters, hand, needle, wound
from puncta.person import People
from puncta.simulation import area_cm2, session_tissue
from puncta.skin import skin_before, zone
from puncta.trials.rows import rows

Array = NDArray[np.float64]
_SECONDS_PER_MINUTE = 60.0


@frozen
class Dose:
    """One zone at one visit.

    Parameters
    ----------
    day : int
        Day of the visit.
    zone : str
        Zone with side.
    dial_mm : float
        Set length.
    passes : int or None
        Passes; None where they are not known.
    density_per_cm2 : float or None
        Punctures per cm2 as reckoned or counted; None takes them from the passes.
    device : str
        Key of the device.
    """

    day: int
    zone: str
    dial_mm: float
    passes: int | None
    density_per_cm2: float | None
    device: str

    @property
    def alike(self) -> tuple[object, ...]:
        """What makes two doses the same wound."""
        return zone(self.zone).base, self.dial_mm, self.passes, self.density_per_cm2, self.device


@frozen
class ZoneCourse:
    """The visits of one zone and what one of them does on average.

    Parameters
    ----------
    days : tuple of int
        Days of the visits.
    tissue : Tissue
        Mean over the visits, n draws.
    """

    days: tuple[int, ...]
    tissue: Tissue


def delivered_density(case: Case, done: DeliveredZone) -> float | None:
    """Punctures per cm2 of one visit: as counted, else needles x rate x time / area; None where only passes are known.

    Parameters
    ----------
    case : Case
        Gives area and device where the visit does not name them.
    done : DeliveredZone
        What was done.

    Returns
    -------
    float or None
        Punctures per cm2.

    Notes
    -----
    A needle that meets the skin at every stroke is assumed. Limits: ``limits.followup``.

    Examples
    --------
    >>> from puncta.case import read_case
    >>> done = DeliveredZone("cheek_left", 1.0, None, None, 100.0, 12, 0.5, 40.0, "exceed", None)
    >>> delivered_density(read_case("examples/acne_scars.toml"), done)
    900.0
    """
    if done.density_per_cm2 is not None:
        return done.density_per_cm2
    if done.strokes_per_s is None or done.minutes is None:
        return None
    needles = done.needles_count or case.library.device(done.device).needles
    area = done.area_cm2 or area_cm2(case, done.zone)
    return needles * done.strokes_per_s * done.minutes * _SECONDS_PER_MINUTE / area


def planned_doses(case: Case, course: Course) -> tuple[Dose, ...]:
    """The doses of a course as it was planned."""
    return tuple(
        Dose(session.day, one.zone, one.dial_mm, one.passes, None, case.device.device)
        for session in course.sessions
        for one in session.settings
    )


def delivered_doses(case: Case, visits: Visits) -> tuple[Dose, ...]:
    """The doses as they were."""
    return tuple(
        Dose(session.day, one.zone, one.dial_mm, one.passes, delivered_density(case, one), one.device)
        for session in visits.sessions
        for one in session.zones
    )


def remaining_doses(case: Case, visits: Visits) -> tuple[Dose, ...]:
    """The visits that are still to come: as many as planned less those that were, at the planned interval."""
    left = visits.planned.sessions[len(visits.sessions) :]
    if visits.stays_away or not left:
        return ()
    apart = visits.planned.interval_days
    last = visits.sessions[-1].day if visits.sessions else left[0].day - apart
    shift = max(visits.today, last + apart, left[0].day) - left[0].day
    return tuple(
        Dose(session.day + shift, one.zone, one.dial_mm, one.passes, None, case.device.device)
        for session in left
        for one in session.settings
    )


class Doses:
    """The wounds and tissue of many doses, each kind worked out once on common draws.

    Parameters
    ----------
    case : Case
        The case.
    doses : iterable of Dose
        All that are asked for later.
    n, seed : int
        Number of draws and seed.
    """

    def __init__(self, case: Case, doses: Iterable[Dose], n: int, seed: int) -> None:
        self.case, self.n, self.seed = case, n, seed
        self.people = People.like(case.person, n, seed)
        first = {dose.alike: dose for dose in doses}
        self._law = draw(NeedlingParameters, n, seed)
        self._off = np.exp(
            parameter("followup.density_log_sd").value * normal_score(uniforms(seed, "followup.density", n))
        )
        self._done = {key: self._needled(dose) for key, dose in first.items()}
        answers = session_tissue([done.wound for done in self._done.values()], self.people, seed) if first else []
        self._tissue = dict(zip(self._done, answers, strict=True))

    def _needled(self, dose: Dose) -> Needled:
        case, tool = self.case, self.case.library.device(dose.device)
        own = dose.device == case.device.device
        speed, strokes = (case.device.speed_cm_per_s, case.device.strokes_per_s) if own else (None, None)
        layers = skin_before(dose.zone, self.people, self.seed).layers
        manner, area = hand(tool, speed, strokes, self.n, self.seed), area_cm2(case, dose.zone)
        done = needle(tool, dose.zone, dose.dial_mm, dose.passes, area, manner, layers, self.seed)
        if dose.density_per_cm2 is None:
            return done
        made = wound(done.wound.depth_mm, dose.density_per_cm2 * self._off, layers.epidermis_mm, self._law)
        return replace(done, wound=made)

    def of(self, dose: Dose) -> Needled:
        """What one dose leaves, n draws."""
        return self._done[dose.alike]

    def injury_mm3_per_cm2(self, doses: Sequence[Dose]) -> Array:
        """Injured volume of some visits together, in the zone that is injured most, shape (n,)."""
        names = dict.fromkeys(dose.zone for dose in doses)
        totals = [
            np.sum([self.of(one).wound.injury_mm3_per_cm2 for one in doses if one.zone == z], axis=0) for z in names
        ]
        return np.max(totals, axis=0) if totals else np.zeros(self.n)

    def course(self, zone_name: str, doses: Sequence[Dose]) -> ZoneCourse:
        """The visits of one zone, with the tissue of their mean."""
        own = [dose for dose in doses if dose.zone == zone_name]
        if not own:
            return ZoneCourse((), Tissue.untouched(self.n))
        parts = [self._tissue[dose.alike] for dose in own]
        mean = Tissue(
            *(
                np.mean([getattr(one, name) for one in parts], axis=0)
                for name in ("signal", "reference", "injury_fold")
            ),
            depth_mm=np.mean([one.depth_mm for one in parts], axis=0),
        )
        return ZoneCourse(tuple(dose.day for dose in own), mean)

    def picked(self, rows_of: NDArray[np.intp]) -> Doses:
        """The tissue of the same doses in some of the people, in the order asked for."""
        other = copy(self)
        other.n = rows_of.shape[0]
        other._tissue = {key: rows(tissue, rows_of) for key, tissue in self._tissue.items()}
        return other
