"""Column: a film of product over stratum corneum, living epidermis and dermis, over time, with channels that close."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.mouth import Channels, Mouths, mouths

Array = NDArray[np.float64]

# numerics: layers of the column and their growth with depth, steps of time and the first of them
_CORNEUM, _EPIDERMIS, _DERMIS = 4, 4, 7
_GROWTH = 1.55
_STEPS = 60
_FIRST_S = 5.0

# numerics: an L-stable Runge-Kutta method of two equal implicit stages
_GAMMA = 1.0 - np.sqrt(0.5)


@dataclass(frozen=True)
class Column:
    """Layers of skin under a film, one entry per draw, shape (n,) each.

    Parameters
    ----------
    film_um : ndarray
        Thickness of the film.
    film_partition : ndarray
        Partition of the film against water; 1 for a watery film.
    corneum_um, epidermis_um, dermis_um : ndarray
        Thickness of stratum corneum, living epidermis and dermis.
    corneum_partition : ndarray
        Partition of the stratum corneum against water.
    corneum_um2_per_s : ndarray
        Diffusion in the stratum corneum; 0 where nothing passes it.
    tissue_partition : ndarray
        Partition of living skin against water; the fluid in channels is water.
    epidermis_um2_per_s, dermis_um2_per_s : ndarray
        Diffusion in living epidermis and dermis.
    clearance_per_s : ndarray
        Share of the dermis's content carried off by blood each second.
    channels : Channels
        Open channels at the start.
    """

    film_um: Array
    film_partition: Array
    corneum_um: Array
    epidermis_um: Array
    dermis_um: Array
    corneum_partition: Array
    corneum_um2_per_s: Array
    tissue_partition: Array
    epidermis_um2_per_s: Array
    dermis_um2_per_s: Array
    clearance_per_s: Array
    channels: Channels


@dataclass(frozen=True)
class Uptake:
    """Where a dose is, as shares of what was applied, shape (n, t) each; all places sum to 1.

    Parameters
    ----------
    film, corneum, epidermis, dermis, carried_off, wiped : ndarray
        In the film, in stratum corneum, in living epidermis, in dermis, carried off below, wiped off the skin.
    through_channels, through_intact : ndarray
        What has entered living skin by each way so far, net.
    """

    film: Array
    corneum: Array
    epidermis: Array
    dermis: Array
    carried_off: Array
    wiped: Array
    through_channels: Array
    through_intact: Array


def take_up(
    column: Column,
    seconds: Array,
    open_share: Array | None = None,
    *,
    wiped_after_s: float | None = None,
    drained_below: bool = False,
) -> Uptake:
    """Follow one dose through the skin.

    Parameters
    ----------
    column : Column
        Film, layers and channels, n draws.
    seconds : ndarray, shape (t,)
        Times to report, ascending, 0 or later.
    open_share : ndarray, shape (n, t), optional
        Share of the opened area still open at those times, 0 to 1; None keeps it open.
    wiped_after_s : float, optional
        When the film is taken off; None leaves it on.
    drained_below : bool
        True over a receptor that takes all away; False in a person.

    Returns
    -------
    Uptake
        Shares of the dose over time.

    Raises
    ------
    ValueError
        Where times are not ascending or shares not within 0 to 1.

    Notes
    -----
    Limits: ``limits.absorption``. Source: absorption_note.

    Examples
    --------
    >>> one = np.ones(1)
    >>> holes = Channels(30 * one, 0.01 * one, 500 * one, 400 * one)
    >>> skin = Column(50 * one, one, 15 * one, 85 * one, 1400 * one, 5 * one, 0.01 * one, one, 50 * one, 100 * one,
    ...               1e-4 * one, holes)
    >>> after = take_up(skin, np.array([3600.0]))
    >>> float(np.round(after.dermis + after.carried_off, 1)[0, 0])
    0.7
    """
    seconds = np.asarray(seconds, dtype=float)
    n = column.film_um.shape[0]
    share = np.ones((n, seconds.shape[0])) if open_share is None else np.asarray(open_share, dtype=float)
    if seconds.min() < 0 or np.any(np.diff(seconds) <= 0):
        raise ValueError("times must ascend from 0 or later")
    if share.shape != (n, seconds.shape[0]) or share.min() < 0 or share.max() > 1:
        raise ValueError("open shares must lie within 0 and 1, one for each draw and time")
    lattice = _Lattice.of(column, drained_below)
    marks = set(seconds.tolist()) | ({float(wiped_after_s)} if wiped_after_s is not None else set())
    stops = np.unique([0.0, *np.geomspace(min(_FIRST_S, seconds[-1] or 1.0), seconds[-1] or 1.0, _STEPS), *marks])
    stops = stops[stops <= seconds[-1]]
    state = lattice.start()
    told = []
    for index, now in enumerate(stops):
        if index:
            state = lattice.step(state, stops[index - 1], now, seconds, share)
        if wiped_after_s is not None and now == wiped_after_s:
            state, lattice = lattice.wipe(state), lattice.bared()
        if now in marks and now in seconds:
            told.append(lattice.tell(state))
    places = [np.stack(values, axis=1) for values in zip(*told, strict=True)]
    return Uptake(*places)


@dataclass(frozen=True)
class _State:
    """Activities, where 1 is the film at the start, of the film (n,) and the layers (m, n); amounts per area (n,)."""

    film: Array
    skin: Array
    carried_off: Array
    wiped: Array
    through_channels: Array
    through_intact: Array


@dataclass(frozen=True)
class _Lattice:
    """The column as layers with contents, links between neighbours, and links from the film."""

    film: Array
    contents: Array
    links: Array
    top: Array
    fins: Mouths
    loss: Array

    @classmethod
    def of(cls, column: Column, drained_below: bool) -> _Lattice:
        c = column
        closed = 1.0 - c.channels.opened_fraction
        growth = _GROWTH ** np.arange(_DERMIS)
        thick = np.concatenate(
            [
                np.outer(np.full(_CORNEUM, 1.0 / _CORNEUM), c.corneum_um),
                np.outer(np.full(_EPIDERMIS, 1.0 / _EPIDERMIS), c.epidermis_um),
                np.outer(growth / growth.sum(), c.dermis_um),
            ]
        )
        edges = np.concatenate([np.zeros((1, c.film_um.shape[0])), np.cumsum(thick, axis=0)])
        partition = np.concatenate(
            [np.tile(c.corneum_partition, (_CORNEUM, 1)), np.tile(c.tissue_partition, (_EPIDERMIS + _DERMIS, 1))]
        )
        passes = partition * np.concatenate(
            [
                np.tile(c.corneum_um2_per_s, (_CORNEUM, 1)),
                np.tile(c.epidermis_um2_per_s, (_EPIDERMIS, 1)),
                np.tile(c.dermis_um2_per_s, (_DERMIS, 1)),
            ]
        )
        half = 2.0 * passes / thick
        total = half[:-1] + half[1:]
        links = closed * half[:-1] * half[1:] / np.where(total > 0, total, 1.0)
        contents = closed * partition * thick
        loss = np.zeros_like(contents)
        loss[_CORNEUM + _EPIDERMIS :] = c.clearance_per_s * contents[_CORNEUM + _EPIDERMIS :]
        if drained_below:
            loss[-1] += closed * half[-1]
        fins = mouths(
            c.channels,
            edges,
            c.corneum_um,
            c.epidermis_um,
            c.tissue_partition * c.epidermis_um2_per_s,
            c.tissue_partition * c.dermis_um2_per_s,
        )
        return cls(c.film_um * c.film_partition, contents, links, closed * half[0], fins, loss)

    def start(self) -> _State:
        nothing = np.zeros_like(self.film)
        return _State(np.ones_like(self.film), np.zeros_like(self.contents), nothing, nothing, nothing, nothing)

    def wipe(self, state: _State) -> _State:
        return replace(state, film=np.zeros_like(state.film), wiped=state.wiped + self.film * state.film)

    def bared(self) -> _Lattice:
        """The column with nothing on it: what is inside stays inside."""
        fins = replace(self.fins, conductance_um_per_s=np.zeros_like(self.fins.conductance_um_per_s))
        return replace(self, top=np.zeros_like(self.top), fins=fins)

    def tell(self, state: _State) -> tuple[Array, ...]:
        inside = self.contents * state.skin
        return (
            state.film,
            inside[:_CORNEUM].sum(axis=0) / self.film,
            inside[_CORNEUM : _CORNEUM + _EPIDERMIS].sum(axis=0) / self.film,
            inside[_CORNEUM + _EPIDERMIS :].sum(axis=0) / self.film,
            state.carried_off / self.film,
            state.wiped / self.film,
            state.through_channels / self.film,
            state.through_intact / self.film,
        )

    def step(self, state: _State, before: float, now: float, times: Array, share: Array) -> _State:
        span = now - before
        early, late = (
            self.fins.conductance_um_per_s * self.fins.drawn(_at(times, share, moment))
            for moment in (before + _GAMMA * span, now)
        )
        film, skin = self._stage(state.film, state.skin, _GAMMA * span, early)
        first = self._flows(film, skin, early)
        begin_film = state.film + (1.0 - _GAMMA) * span * first.film / self.film
        begin_skin = state.skin + (1.0 - _GAMMA) * span * first.skin / self.contents
        film, skin = self._stage(begin_film, begin_skin, _GAMMA * span, late)
        second = self._flows(film, skin, late)

        def add(old: Array, in_first: Array, in_second: Array) -> Array:
            return old + span * ((1.0 - _GAMMA) * in_first + _GAMMA * in_second)

        return _State(
            film,
            skin,
            add(state.carried_off, first.carried_off, second.carried_off),
            state.wiped,
            add(state.through_channels, first.through_channels, second.through_channels),
            add(state.through_intact, first.through_intact, second.through_intact),
        )

    def _flows(self, film: Array, skin: Array, mouths_now: Array) -> _State:
        """Rates of change of what each place holds, and the flows that are counted."""
        down = self.links * (skin[:-1] - skin[1:])
        in_top = self.top * (film - skin[0])
        by_mouth = mouths_now * (film - skin)
        lost = self.loss * skin
        gain = by_mouth - lost
        gain[:-1] -= down
        gain[1:] += down
        gain[0] += in_top
        return _State(
            -in_top - by_mouth.sum(axis=0),
            gain,
            lost.sum(axis=0),
            np.zeros_like(film),
            by_mouth.sum(axis=0),
            down[_CORNEUM - 1],
        )

    def _stage(self, film: Array, skin: Array, span: float, mouths_now: Array) -> tuple[Array, Array]:
        """One implicit stage: a chain of layers, each also tied to the film, eliminated from the bottom up."""
        ties = -span * mouths_now
        ties[0] -= span * self.top
        chain = -span * self.links
        diagonal = self.contents + span * self.loss - ties
        diagonal[:-1] -= chain
        diagonal[1:] -= chain
        right = self.contents * skin
        film_diagonal = self.film - ties.sum(axis=0)
        film_right = self.film * film
        for layer in range(skin.shape[0] - 1, 0, -1):
            up = chain[layer - 1] / diagonal[layer]
            diagonal[layer - 1] -= chain[layer - 1] * up
            right[layer - 1] -= right[layer] * up
            side = ties[layer] / diagonal[layer]
            film_diagonal -= ties[layer] * side
            film_right -= right[layer] * side
            ties[layer - 1] -= ties[layer] * up
        side = ties[0] / diagonal[0]
        new_film = (film_right - right[0] * side) / (film_diagonal - ties[0] * side)
        new_skin = np.empty_like(skin)
        new_skin[0] = (right[0] - ties[0] * new_film) / diagonal[0]
        for layer in range(1, skin.shape[0]):
            above = chain[layer - 1] * new_skin[layer - 1]
            new_skin[layer] = (right[layer] - ties[layer] * new_film - above) / diagonal[layer]
        return new_film, new_skin


def _at(times: Array, share: Array, now: float) -> Array:
    """Open share at a moment, linear between the times given."""
    if times.shape[0] == 1:
        return share[:, 0]
    right = int(np.clip(np.searchsorted(times, now), 1, times.shape[0] - 1))
    weight = np.clip((now - times[right - 1]) / (times[right] - times[right - 1]), 0.0, 1.0)
    return (1.0 - weight) * share[:, right - 1] + weight * share[:, right]
