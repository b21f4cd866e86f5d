"""Permeate: films of product on a channel and the skin around it, followed until everything is somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.cell.cell import UnitCell
from puncta.absorption.cell.film import Film
from puncta.absorption.cell.march import PASSED, OpenShare, Pace, State, march
from puncta.absorption.cell.mesh import Counts, Mesh
from puncta.absorption.cell.permeation import Permeation
from puncta.absorption.cell.system import System
from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class Resolution:
    """How finely space and time are cut.

    Parameters
    ----------
    counts : Counts
        Cells of the coarser of two meshes; what is told is extrapolated from both.
    pace : Pace
        Steps of time.
    """

    counts: Counts
    pace: Pace


#: Within 4e-4 of the finest mesh that was tried from the first hour on; the measure of everything quicker.
RESOLVED = Resolution(Counts(3, 6, (6, 8, 6, 4)), Pace(4.0, 3))  # numerics: as said above
#: For thousands of draws: within a fiftieth of the dose, mostly within a hundredth.
QUICK = Resolution(Counts(1, 2, (3, 2, 3, 2)), Pace(15.0, 2))  # numerics: as said above


def permeate(
    cell: UnitCell,
    films: Film | Sequence[Film],
    seconds: Array,
    *,
    open_share: OpenShare | None = None,
    receptor: bool = False,
    resolution: Resolution = RESOLVED,
    profile: bool = False,
) -> Permeation:
    """Follow films of product into the skin around one channel.

    Parameters
    ----------
    cell : UnitCell
        Skin and channel, n draws.
    films : Film or sequence of Film
        What is put on, in order of time.
    seconds : ndarray, shape (t,)
        Times to tell, ascending, 0 or later.
    open_share : callable, optional
        Share of the channel's section that is open at a time, float to shape (n,), 0 to 1; None keeps it open.
    receptor : bool
        True over a receptor that takes all away, as under cut skin; False in a person.
    resolution : Resolution
        How finely space and time are cut.
    profile : bool
        Whether activity by depth is told.

    Returns
    -------
    Permeation
        Where everything is at each time.

    Raises
    ------
    ValueError
        Where times or films are not in order.

    Notes
    -----
    Finite volumes in activity, a second-order implicit march, no flux at the axis and between cells. Extrapolation can
    leave traces below nothing in layers that nothing has reached yet. Limits: ``limits.absorption``.
    Source: absorption_note.

    Examples
    --------
    >>> day = permeate(UnitCell(), Film(), np.array([86400.0]), receptor=True)
    >>> float(np.round(day.past_epidermis[0, 0] / 3130.66, 3))
    1.0
    """
    films = [films] if isinstance(films, Film) else list(films)
    at = np.asarray(seconds, dtype=float)
    _check(films, at)
    drawn = cell.drawn()

    def tell(counts: Counts) -> Permeation:
        ledger = _Ledger(System.of(drawn, Mesh.of(drawn, counts), receptor), drawn, profile)
        return _tell(ledger, films, at, open_share, resolution.pace)

    return _extrapolated(tell(resolution.counts), tell(resolution.counts.twice()))


def _check(films: Sequence[Film], at: Array) -> None:
    if at.ndim != 1 or at.size == 0 or at.min() < 0 or np.any(np.diff(at) <= 0):
        raise ValueError("times must ascend from 0 or later")
    if not films or films[0].start_s != 0.0:
        raise ValueError("the first film is put on at 0")
    for film in films:
        if film.wiped_s is not None and film.wiped_s <= film.start_s:
            raise ValueError("a film is wiped off after it is put on")
    for first, then in pairwise(films):
        if then.start_s <= first.start_s or (first.wiped_s is not None and then.start_s < first.wiped_s):
            raise ValueError("films follow one another in time")


def _tell(ledger: _Ledger, films: Sequence[Film], at: Array, open_share: OpenShare | None, pace: Pace) -> Permeation:
    """What one mesh says."""
    rows: list[Array] = []
    told = 0
    for start, end, film in _stretches(films, float(at[-1])):
        ledger.turn(film)
        while told < at.size and at[told] == start:
            rows.append(ledger.row(ledger.state))
            told += 1
        if end <= start:
            break
        for step in march(ledger.system, ledger.state, film, start, end, open_share, pace):
            if told < at.size and at[told] < step.seconds[2]:
                three = np.stack([ledger.row(state) for state in step.states])
                while told < at.size and at[told] < step.seconds[2]:
                    rows.append(np.tensordot(step.weights(float(at[told])), three, axes=1))
                    told += 1
            ledger.state = step.states[2]
    if told < at.size:
        rows.append(ledger.row(ledger.state))
    return ledger.permeation(at, rows)


def _stretches(films: Sequence[Film], end: float) -> Iterator[tuple[float, float, Film | None]]:
    """Spans of time with the film that lies there then."""
    changes: list[tuple[float, Film | None]] = []
    for film in films:
        changes.append((film.start_s, film))
        if film.wiped_s is not None:
            changes.append((film.wiped_s, None))
    times = dict(changes)
    starts = [start for start in times if start <= end]
    for index, start in enumerate(starts):
        until = starts[index + 1] if index + 1 < len(starts) else end
        yield start, until, times[start]


# in the order of the rows of a reading: what was put on and lies there, what the skin holds, what has passed
_ROWS = ("applied", "film", "removed", "corneum", "epidermis", "dermis", "channel", *PASSED)


class _Ledger:
    """What has been put on and taken off, and the reading of a state."""

    def __init__(self, system: System, cell: UnitCell, profile: bool) -> None:
        self.system, self.cell, self.profile = system, cell, profile
        n = system.tissue.shape[1]
        none = np.zeros(n)
        self.applied, self.removed, self.endless = none, none, False
        self.state = State(np.zeros_like(system.tissue), none, none, np.zeros((len(PASSED), n)))
        self.untouched = True
        self.last: tuple[State, Array] | None = None
        in_dermis = system.dermis
        self.places = np.stack(
            [
                system.tissue * system.corneum,
                system.tissue * ~(system.corneum | in_dermis),
                system.tissue * in_dermis,
                system.channel,
            ]
        )
        rings = system.mesh.ring_edges_um
        self.ring_share = np.diff(rings**2, axis=0) / rings[-1] ** 2

    def turn(self, put_on: Film | None) -> None:
        """Take off what lies there and put on the next film."""
        u, passed, n = self.state.u, self.state.passed, self.applied.shape[0]
        if self.endless:
            self.applied = self.applied - self.state.film
        else:
            self.removed = self.removed + self.state.film
        self.endless = put_on is not None and put_on.is_endless
        film, activity = np.zeros(n), np.zeros(n)
        if put_on is not None:
            activity = np.minimum(np.broadcast_to(put_on.concentration, (n,)), put_on.solubility_activity)
            if not self.endless:
                film = put_on.capacity_um(put_on.start_s, n) * put_on.concentration
                self.applied = self.applied + film
            if self.untouched:
                u, film, passed = self._filled(film, activity)
        self.untouched = False
        self.state = State(u, activity, film, passed)

    def _filled(self, film: Array, activity: Array) -> tuple[Array, Array, Array]:
        """Let the first film fill the channel as far as the cell says, and as far as it goes."""
        system = self.system
        wanted = self.cell.filled_fraction * activity * system.channel
        whole = wanted.sum(axis=0)
        if not whole.any():
            return self.state.u, film, self.state.passed
        goes = np.ones_like(whole)
        if not self.endless:
            np.divide(film, whole, out=goes, where=whole > film)
        wanted = wanted * goes
        below = (wanted * ~system.corneum).sum(axis=0)
        passed = self.state.passed.copy()
        passed[PASSED.index("through_channels")] += below
        # the activity at which a cell holds that much, what its tissue binds included
        content, half = system.tissue + system.channel, system.half_activity
        rest = content * half + system.bound - wanted
        u = 2.0 * wanted * half / (rest + np.sqrt(rest**2 + 4.0 * content * wanted * half))
        return u, film - wanted.sum(axis=0), passed

    def row(self, state: State) -> Array:
        """Everything a state says, in one array of shape (k, n); the end of a step is the start of the next."""
        if self.last is None or self.last[0] is not state:
            self.last = state, self._read(state)
        return self.last[1]

    def _read(self, state: State) -> Array:
        system, u = self.system, state.u
        held = np.einsum("kmn,mn->kn", self.places, u)
        if system.bound.any():
            bound = system.bound / (system.half_activity + np.maximum(u, 0.0)) * u
            held[1] += (bound * ~system.dermis).sum(axis=0)
            held[2] += (bound * system.dermis).sum(axis=0)
        film, applied = state.film, self.applied
        if self.endless:
            film, applied = np.zeros_like(film), applied - film
        rows = [np.stack([applied, film, self.removed]), held, state.passed]
        if self.profile:
            rings = self.ring_share.shape[0]
            rows.append(np.einsum("rn,zrn->zn", self.ring_share, u.reshape(-1, rings, u.shape[1])))
        return np.concatenate(rows)

    def permeation(self, at: Array, rows: list[Array]) -> Permeation:
        """All that was read, in words."""
        table = np.stack(rows, axis=-1)
        told, profile = table[: len(_ROWS)], table[len(_ROWS) :]
        return Permeation(
            seconds=at,
            **dict(zip(_ROWS, told, strict=True)),
            layer_edges_um=self.system.mesh.layer_edges_um.T,
            activity=np.moveaxis(profile, 0, -1),
        )


def _extrapolated(coarse: Permeation, fine: Permeation) -> Permeation:
    """Two meshes, one of half the cells each way, taken to where their second-order errors cancel."""
    values = {}
    for field in fields(Permeation):
        low, high = getattr(coarse, field.name), getattr(fine, field.name)
        if field.name == "activity" and high.shape[-1]:
            pairs = high.reshape(*high.shape[:2], -1, 2)
            widths = np.diff(fine.layer_edges_um, axis=1).reshape(high.shape[0], 1, -1, 2)
            high = (pairs * widths).sum(axis=-1) / widths.sum(axis=-1)
        values[field.name] = low if field.name in ("seconds", "layer_edges_um") else high + (high - low) / 3.0
    return Permeation(**values)
