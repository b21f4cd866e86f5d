"""March: one stretch of time between two events, by implicit steps that double in length."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.cell.film import Film
from puncta.absorption.cell.system import Flows, System
from puncta.frozen import frozen

Array = NDArray[np.float64]
OpenShare = Callable[[float], Array]

#: What is counted as it passes.
PASSED = ("cleared", "receptor", "evaporated", "through_channels", "through_intact")

# numerics: a trapezium to this share of a step and a backward difference to its end have one matrix in common
_FIRST = 2.0 - np.sqrt(2.0)
_LATER = 1.0 / (_FIRST * (2.0 - _FIRST))
_OLD = _LATER - 1.0
# numerics: rounds for what binds, and the change at which they end
_ROUNDS, _SETTLED = 40, 1e-13


@frozen
class State:
    """Where everything is at a moment.

    Parameters
    ----------
    u : ndarray, shape (m, n)
        Activity in each cell.
    film_activity, film : ndarray, shape (n,)
        Activity of the film, and what it holds; of an endless film what it has lost, taken with a minus.
    passed : ndarray, shape (5, n)
        What has passed so far, as `PASSED` says.
    """

    u: Array
    film_activity: Array
    film: Array
    passed: Array


@frozen
class Step:
    """One step: the states at its start, within it and at its end, from which any moment of it is read."""

    seconds: tuple[float, float, float]
    states: tuple[State, State, State]

    def weights(self, seconds: float) -> tuple[float, float, float]:
        """Weights of the states at a moment within the step; with one set for every part, sums are kept."""
        a, b, c = self.seconds
        t = seconds
        return (
            (t - b) * (t - c) / ((a - b) * (a - c)),
            (t - a) * (t - c) / ((b - a) * (b - c)),
            (t - a) * (t - b) / ((c - a) * (c - b)),
        )


@frozen
class Pace:
    """How steps of time grow.

    Parameters
    ----------
    first_s : float
        Longest a first step may be.
    steps_a_level : int
        Steps of one length before it doubles.
    """

    first_s: float
    steps_a_level: int

    def lengths(self, span: float) -> list[float]:
        """Lengths of the steps that fill a span of time."""
        levels = max(1, int(np.ceil(np.log2(1.0 + span / (self.steps_a_level * self.first_s)))))
        first = span / (self.steps_a_level * (2.0**levels - 1.0))
        return [first * 2.0**level for level in range(levels) for _ in range(self.steps_a_level)]


def march(
    system: System,
    state: State,
    film: Film | None,
    start_s: float,
    end_s: float,
    open_share: OpenShare | None,
    pace: Pace,
) -> Iterator[Step]:
    """Follow the cell from one event to the next; the last state of the last step stands at the end.

    Steps double in length every few steps, so that what happens at once is seen and few matrices are factored. With
    channels that close, the matrix of a step is that of its middle.
    """
    solver = _Solver(system, film, state.film.shape[0])
    lengths = pace.lengths(end_s - start_s)

    def flows(seconds: float) -> Flows:
        return system.flows(1.0 if open_share is None else open_share(seconds), film is not None)

    solver.use(flows(start_s + 0.5 * lengths[0]))
    now, before, rates = start_s, 0.0, solver.rates(state)
    for h in lengths:
        tau, middle, end = 0.5 * _FIRST * h, now + _FIRST * h, now + h
        if open_share is not None and before:
            solver.use(flows(now + 0.5 * h))
            rates = solver.rates(state)
        if open_share is not None or h != before:
            solver.take(tau)
        before = h
        held = solver.held(state.u)
        first, _ = solver.stage(
            held + tau * rates.cells, state.film + tau * rates.film, state.passed + tau * rates.passing, middle, state
        )
        second, rates = solver.stage(
            solver.held(first.u) * _LATER - held * _OLD,
            first.film * _LATER - state.film * _OLD,
            first.passed * _LATER - state.passed * _OLD,
            end,
            first,
        )
        yield Step((now, middle, end), (state, first, second))
        now, state = end, second


@frozen
class _Rates:
    """What flows into the cells and the film, and what passes, at a state."""

    cells: Array
    film: Array
    passing: Array


class _Solver:
    """One implicit stage: the cells, with the film as one more unknown tied to the uppermost layer."""

    def __init__(self, system: System, film: Film | None, n: int) -> None:
        self.system, self.film, self.n = system, film, n
        self.content = system.tissue + system.channel
        self.binds = bool(system.bound.any())
        self.endless = film is not None and film.is_endless
        none = np.zeros(n)
        self.limit = none if film is None else none + film.solubility_activity
        self.leaves = none if film is None else none + film.evaporation_um_per_s
        self.kept = none if film is None else np.minimum(none + film.concentration, self.limit)

    def use(self, flows: Flows) -> None:
        """Take these flows from now on."""
        self.flows, self.rings = flows, flows.top.shape[0]
        self.gates = np.stack([flows.gate * self.system.mouth, flows.gate * ~self.system.mouth])
        self.ties = flows.top.sum(axis=0) + self.leaves

    def take(self, tau: float) -> None:
        """Take steps of this length from now on."""
        self.tau = tau
        if not self.binds:
            self._factor(self.content)

    def _factor(self, slope: Array) -> None:
        self.solve = self.flows.matrix.factored(slope, self.tau)
        pull = np.zeros_like(slope)
        pull[: self.rings] = self.tau * self.flows.top
        self.pulled = self.solve(pull)

    def held(self, u: Array) -> Array:
        """What the cells hold."""
        return self.content * u + self._bound(u)[0] if self.binds else self.content * u

    def _bound(self, u: Array) -> tuple[Array, Array]:
        """What is bound, and its slope; below an activity of 0, where rounding may lead, it goes on straight."""
        half, there = self.system.half_activity, np.maximum(u, 0.0)
        share = self.system.bound / (half + there)
        return share * u, np.where(u > 0, share * half / (half + there), share)

    def rates(self, state: State) -> _Rates:
        """Rates at a state, from the flows."""
        u, w = state.u, state.film_activity
        cells = -self.flows.matrix.times(u)
        cells[: self.rings] += self.flows.top * w
        return _Rates(cells, self._film_gain(u, w), self._passing(u, w))

    def _film_gain(self, u: Array, w: Array) -> Array:
        return (self.flows.top * u[: self.rings]).sum(axis=0) - self.ties * w

    def _passing(self, u: Array, w: Array) -> Array:
        rings, below = self.rings, self.system.mesh.ends[0] * self.rings
        out = np.empty((len(PASSED), self.n))
        out[0] = np.einsum("mn,mn->n", self.system.loss, u)
        out[1] = np.einsum("rn,rn->n", self.flows.bottom, u[-rings:])
        out[2] = self.leaves * w
        out[3:] = np.einsum("krn,rn->kn", self.gates, u[below - rings : below] - u[below : below + rings])
        return out

    def stage(self, right: Array, film: Array, passed: Array, seconds: float, guess: State) -> tuple[State, _Rates]:
        """The state at the end of a stage and its rates, from what cells and film would hold without what flows now."""
        u, w, target = guess.u, guess.film_activity, right
        for _ in range(_ROUNDS):
            if self.binds:
                bound, slope = self._bound(u)
                self._factor(self.content + slope)
                target = right - bound + slope * u
            found = self.solve(target)
            w = self._film_activity(found, film, seconds)
            found = found + self.pulled * w
            done, u = not self.binds or bool(np.abs(found - u).max() < _SETTLED), found
            if done:
                break
        rates = _Rates((self.held(u) - right) / self.tau, self._film_gain(u, w), self._passing(u, w))
        return State(u, w, film + self.tau * rates.film, passed + self.tau * rates.passing), rates

    def _film_activity(self, found: Array, film: Array, seconds: float) -> Array:
        """Activity of the film at the end of a stage: what is left of it spread over it, or that of a saturated one."""
        if self.film is None or self.endless:
            return self.kept
        top = self.flows.top
        drawn_back = (top * found[: self.rings]).sum(axis=0)
        ties = self.ties - (top * self.pulled[: self.rings]).sum(axis=0)
        held = self.film.capacity_um(seconds, self.n)
        return np.minimum((film + self.tau * drawn_back) / (held + self.tau * ties), self.limit)
