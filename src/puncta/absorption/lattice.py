"""Lattice: the column of skin cut into layers, and one step of time through it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.column import Column
from puncta.absorption.mouth import Mouths, mouths

Array = NDArray[np.float64]

# numerics: layers of the column and their growth with depth
_CORNEUM, _EPIDERMIS, _DERMIS = 4, 4, 7
_GROWTH = 1.55

# numerics: an L-stable Runge-Kutta method of two equal implicit stages
_GAMMA = 1.0 - np.sqrt(0.5)


@dataclass(frozen=True)
class State:
    """Activity of the film (n,) and the layers (m, n), 1 being the film at the start; amounts per area (n,)."""

    film: Array
    skin: Array
    carried_off: Array
    wiped: Array
    through_channels: Array
    through_intact: Array


@dataclass(frozen=True)
class Lattice:
    """The column as layers with contents, links between neighbours, and links from the film.

    Parameters
    ----------
    film : ndarray, shape (n,)
        Content of the film per unit of activity.
    contents, loss : ndarray, shape (m, n)
        Content and loss of each layer per unit of activity.
    links : ndarray, shape (m - 1, n)
        Conductance between neighbours.
    top : ndarray, shape (n,)
        Conductance from the film into the stratum corneum.
    fins : Mouths
        Conductance from the film through the channels.
    """

    film: Array
    contents: Array
    links: Array
    top: Array
    fins: Mouths
    loss: Array

    @classmethod
    def of(cls, column: Column, drained_below: bool) -> Lattice:
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

    def start(self) -> State:
        nothing = np.zeros_like(self.film)
        return State(np.ones_like(self.film), np.zeros_like(self.contents), nothing, nothing, nothing, nothing)

    def wipe(self, state: State) -> State:
        return replace(state, film=np.zeros_like(state.film), wiped=state.wiped + self.film * state.film)

    def bared(self) -> Lattice:
        """The column with nothing on it: what is inside stays inside."""
        fins = replace(self.fins, conductance_um_per_s=np.zeros_like(self.fins.conductance_um_per_s))
        return replace(self, top=np.zeros_like(self.top), fins=fins)

    def tell(self, state: State) -> tuple[Array, ...]:
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

    def step(self, state: State, before: float, now: float, times: Array, share: Array) -> State:
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

        return State(
            film,
            skin,
            add(state.carried_off, first.carried_off, second.carried_off),
            state.wiped,
            add(state.through_channels, first.through_channels, second.through_channels),
            add(state.through_intact, first.through_intact, second.through_intact),
        )

    def _flows(self, film: Array, skin: Array, mouths_now: Array) -> State:
        """Rates of change of what each place holds, and the flows that are counted."""
        down = self.links * (skin[:-1] - skin[1:])
        in_top = self.top * (film - skin[0])
        by_mouth = mouths_now * (film - skin)
        lost = self.loss * skin
        gain = by_mouth - lost
        gain[:-1] -= down
        gain[1:] += down
        gain[0] += in_top
        return State(
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
