"""Heal: the course of healing of many lanes through one schedule of sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from puncta.healing.grid import PRODUCTION_LAYERS, Grid, grid
from puncta.healing.healing import Failure, Healing
from puncta.healing.injury import Injury
from puncta.healing.integrate import Integrator, usual_tolerance
from puncta.healing.lanes import Lanes, injury_of, parameters_of, personal, screen
from puncta.healing.parameters import HealingParameters
from puncta.healing.react import STATES
from puncta.healing.readings import PER_DEPTH, DepthMeans, Reader
from puncta.healing.request import Request
from puncta.healing.system import System

Array = NDArray[np.float64]

# numerics: lanes stepped together; fewer waste calls, more leave the cache
_GROUP = 1000


def heal(
    injuries: Injury | Sequence[Injury],
    days: Sequence[float],
    parameters: HealingParameters,
    *,
    age_years: float | Array,
    horizon_days: float,
    output_days: Sequence[float] | Array,
    layers: int = PRODUCTION_LAYERS,
    turnover_fold: float | Array = 1.0,
    shedding_fold: float | Array = 1.0,
    record: Literal["means", "all"] = "means",
    tolerance: float | None = None,
    progress: Callable[[float], None] | None = None,
) -> Healing:
    """Follow the healing of many lanes (draws, courses of one schedule, zones) from rest through all sessions.

    Parameters
    ----------
    injuries : Injury or sequence of Injury
        One for each session, or one for all; each for every lane or for one that stands for all. A lane that a session
        leaves out has density 0 there.
    days : sequence of float, shape (sessions,)
        Days of the sessions, ascending from 0; empty for an untreated course.
    parameters : HealingParameters
        Draws, each field of shape (lanes,) or (1,).
    age_years : float or ndarray, shape (lanes,)
        Ages, 0 to 120; collagen is made more weakly with age.
    horizon_days : float
        Last day.
    output_days : sequence of float, shape (t,)
        Days to keep, ascending, 0 to ``horizon_days``. On a session day the row is after the session; for the row
        just before it ask for ``numpy.nextafter(day, 0)``.
    layers : int
        Layers of the grid that the injuries were computed on: 12, or 40 for reference.
    turnover_fold, shedding_fold : float or ndarray, shape (lanes,)
        Factors of site and age on the transit through viable epidermis and horny layer.
    record : str
        ``means``, or ``all`` to keep every state as well.
    tolerance : float or None
        Relative error allowed per step, above 0 and at most 0.01; None takes the usual one.
    progress : callable or None
        Called with the share done, 0 to 1.

    Returns
    -------
    Healing
        Means over depth, redness, surface, and the lanes that failed with the reason.

    Raises
    ------
    InputError
        Where days, layers, lanes or tolerance do not fit; all problems together.

    Notes
    -----
    Limits: ``limits.healing``, ``limits.redness``. Lanes are stepped in groups of up to 1,000 under the control of the
    worst one, so a lane's figures depend on its company within the tolerance: at the usual one collagen by less than
    1.5e-4 of itself and redness by less than 0.02 Δa*, measured on 120 drawn lanes alone and among 1,000. A lane that
    fails touches no other.
    Ageing is not in the states: multiply by the age curve of the untreated person for absolute figures.
    Sources: cooper_2015, buganza_tepole_2017, waugh_sherratt_2006, felix_garza_2017, lotfi_2013, karimipour_2009.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.healing import HealingParameters, grid, injury
    >>> p = nominal(HealingParameters)
    >>> from puncta.needling import Channels
    >>> pen = injury(grid(), Channels(*(np.array([x]) for x in (1.5, 1000.0, 0.06, 0.2, 0.75))), p)
    >>> course = heal(pen, (0, 28, 56, 84), p, age_years=30, horizon_days=112, output_days=(0, 1, 112))
    >>> course.papillary.collagen_fold.round(2)
    array([[0.99, 0.99, 1.91]])
    """
    wounds = (injuries,) * len(days) if isinstance(injuries, Injury) else tuple(injuries)
    wanted = np.asarray(output_days, dtype=float)
    given = {"age_years": age_years, "turnover_fold": turnover_fold, "shedding_fold": shedding_fold}
    person = {name: np.atleast_1d(np.asarray(value, dtype=float)) for name, value in given.items()}
    request = Request()
    request.ascending("days", np.asarray(days, dtype=float), horizon_days)
    request.ascending("output_days", wanted, horizon_days)
    request.injuries(wounds, len(days), layers)
    lanes = request.lanes(parameters, person, wounds)
    request.options(record, tolerance)
    request.settle()

    own = personal(parameters, person)
    sound, failures = screen(own, wounds, lanes)
    kept = _Kept(grid(layers), wanted, lanes, record == "all", failures)
    groups = np.array_split(sound, -(-sound.shape[0] // _GROUP)) if sound.size else []
    steps = []
    for number, group in enumerate(groups):
        share = None if progress is None else (progress, number, len(groups))
        events = {float(day): injury_of(wound, group, lanes) for day, wound in zip(days, wounds, strict=True)}
        with np.errstate(all="ignore"):
            system = System(grid(layers), parameters_of(own, group, lanes), group.shape[0])
            allowed = tolerance or usual_tolerance(group.shape[0])
            integrator = Integrator(system, allowed, _Group(kept, group, system, share))
            _follow(integrator, events, wanted, float(horizon_days))
        steps.append(integrator.steps)
    return kept.result(tuple(float(day) for day in days), parameters, tuple(steps))


class _Kept:
    """All that is kept of a call."""

    def __init__(self, place: Grid, days: Array, lanes: int, states: bool, failures: list[Failure]) -> None:
        self.place, self.days, self.failures = place, days, failures
        self.readings = np.full((days.shape[0], Reader.ROWS, lanes), np.nan)
        shape = (days.shape[0], len(STATES), place.layers, lanes)
        self.states = np.full(shape, np.nan) if states else None

    def result(self, session_days: tuple[float, ...], parameters: HealingParameters, steps: tuple[int, ...]) -> Healing:
        """Put the result together; lanes that failed keep no figures."""
        failures = tuple(sorted(self.failures, key=lambda failure: failure.lane))
        lost = [failure.lane for failure in failures]
        self.readings[..., lost] = np.nan
        if self.states is not None:
            self.states[..., lost] = np.nan
        rows = np.ascontiguousarray(np.moveaxis(self.readings, 0, -1))
        redness, epidermis, horny, melanin = rows[2 * PER_DEPTH :]
        share = parameters.hs[:, None]
        return Healing(
            grid=self.place,
            days=self.days,
            session_days=session_days,
            papillary=DepthMeans(*rows[:PER_DEPTH]),
            dermis=DepthMeans(*rows[PER_DEPTH : 2 * PER_DEPTH]),
            redness_delta_a=redness,
            epidermis_fold=epidermis,
            horny_layer_fold=horny,
            thickness_fold=(1.0 - share) * epidermis + share * horny,
            melanin_fold=melanin,
            failures=failures,
            steps=steps,
            states=self.states,
        )


class _Group:
    """One group of lanes: where its states are kept and its failures noted."""

    def __init__(
        self, kept: _Kept, lanes: Lanes, system: System, share: tuple[Callable[[float], None], int, int] | None
    ) -> None:
        self._kept, self._lanes, self._system, self._share = kept, lanes, system, share
        self._reader = Reader(system)

    def keep(self, index: int, u: Array) -> None:
        """Keep a state under the number of its day."""
        kept = self._kept
        kept.readings[index][:, self._lanes] = self._reader.read(u)
        if kept.states is not None:
            kept.states[index][:, :, self._lanes] = self._system.layered(u)
        if self._share is not None:
            progress, number, groups = self._share
            progress((number + (index + 1) / kept.days.shape[0]) / groups)

    def fail(self, which: Lanes, day: float, reason: str) -> None:
        """Note lanes that are given up."""
        self._kept.failures.extend(Failure(int(lane), day, reason) for lane in self._lanes[which])


def _follow(integrator: Integrator, events: dict[float, Injury], wanted: Array, horizon: float) -> None:
    """Run one group through all sessions, keeping the wanted days."""
    starts = sorted({0.0, *events})
    for start, end in zip(starts, [*starts[1:], horizon], strict=True):
        if start in events:
            integrator.system.strike(integrator.state, events[start])
        for index in np.flatnonzero(wanted == start):
            integrator.keeper.keep(int(index), integrator.state)
        inside = np.flatnonzero((wanted > start) & (wanted < end))
        integrator.run(start, end, [(int(index), float(wanted[index])) for index in inside])
    for index in np.flatnonzero((wanted == horizon) & (wanted > starts[-1])):
        integrator.keeper.keep(int(index), integrator.state)
