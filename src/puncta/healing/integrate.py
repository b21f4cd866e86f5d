"""The integrator: adaptive steps for a group of lanes, controlled by its worst lane, that survive a lane's failure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from puncta.healing.react import STATES
from puncta.healing.system import FAST, System
from puncta.healing.tableau import tableau

Array = NDArray[np.float64]

# numerics: relative error per step, chosen so that a tighter one changes collagen by less than 1e-4 of itself; many
# lanes may be stepped more loosely, because each takes the short steps that the worst of them needs
_USUAL, _USUAL_FEW, _FEW_LANES = 7e-4, 1e-4, 100
# numerics: size below which each state counts as small, in the order of STATES and of the surface
_SCALE = dict(zip(STATES, (0.1, 0.03, 0.03, 0.01, 0.2, 0.3, 1, 1, 1, 1, 1, 0.05, 1), strict=True))
# numerics: steps in days: after an event, the longest that explicit stability allows, the shortest before giving up
_FIRST_STEP, _LONGEST_STEP, _SHORTEST_STEP = 1e-3, 7.0, 1e-7
# numerics: step control, and tries allowed for a stretch of days before the worst lanes are given up
_GROW, _SHRINK, _CAUTION, _TRIES, _TRIES_PER_DAY, _MORE_TRIES = 5.0, 0.2, 0.9, 300, 10, 100
# numerics: a state this far below zero, or this large, is no answer
_LEAST, _MOST = -0.01, 1e6


def usual_tolerance(lanes: int) -> float:
    """Relative error allowed per step for a group of lanes."""
    return _USUAL if lanes >= _FEW_LANES else _USUAL_FEW


class Keeper(Protocol):
    """Where an integrator leaves states and failures."""

    def keep(self, index: int, u: Array) -> None:
        """Keep a state under the number of its day."""

    def fail(self, which: NDArray[np.int64], day: float, reason: str) -> None:
        """Note lanes that are given up, with the key of the reason."""


class Integrator:
    """Steps a group of lanes from event to event.

    Parameters
    ----------
    system : System
        The equations.
    tolerance : float
        Relative error allowed per step and state, of the worst lane.
    keeper : Keeper
        Where wanted states and failures go.
    """

    def __init__(self, system: System, tolerance: float, keeper: Keeper) -> None:
        self.system, self.keeper, self._tolerance = system, keeper, tolerance
        self._scheme = scheme = tableau()
        stages, rows, lanes = scheme.weights.shape[0], system.rows, system.lanes
        self._stack = np.empty((stages + 1, rows, lanes))  # the state, then the rate of each stage
        self._lost = np.empty((stages, FAST, system.grid.layers, lanes))
        self._next, self._rate, self._work = (np.empty((rows, lanes)) for _ in range(3))
        layered = np.repeat([_SCALE[name] for name in STATES], system.grid.layers)
        self._scale = np.append(layered, np.ones(rows - layered.shape[0]))[:, None] * np.ones(lanes)
        self.alive = np.ones(lanes, dtype=bool)
        self.steps = 0
        self._stack[0] = system.rest()

    @property
    def state(self) -> Array:
        """The present state, shape (rows, lanes); an event may change it in place."""
        return self._stack[0]

    def run(self, start: float, end: float, wanted: Sequence[tuple[int, float]]) -> None:
        """Step from one day to another, recording the wanted days strictly between.

        Parameters
        ----------
        start, end : float
            Days.
        wanted : sequence of (int, float)
            Numbers and days to record, ascending.
        """
        day, step = start, _FIRST_STEP
        finer = max(1.0, _USUAL / self._tolerance) ** (1.0 / self._scheme.order)
        tries = int(finer * (_TRIES + _TRIES_PER_DAY * (end - start)))
        waiting = list(wanted)[::-1]
        self.system.rates(self.state, self._stack[1])
        while day < end and self.alive.any():
            left = end - day
            span = left if step >= left else min(step, 0.5 * left, _LONGEST_STEP)
            span = min(span, _LONGEST_STEP)
            error = self._try(span)
            worst = float(error.max())
            if worst <= 1.0:
                until = end if span == left else day + span
                self.system.rates(self._next, self._rate)
                while waiting and waiting[-1][1] < until:
                    index, at = waiting.pop()
                    self.keeper.keep(index, self._between((at - day) / span, span))
                self._stack[0], self._stack[1] = self._next, self._rate
                day, self.steps = until, self.steps + 1
            tries -= 1
            if tries <= 0 or (worst > 1.0 and span <= _SHORTEST_STEP):
                self._give_up(error, day, "too_stiff" if np.isfinite(worst) else "not_finite")
                tries += _MORE_TRIES
            grow = _CAUTION * max(worst, np.finfo(float).tiny) ** (-1.0 / self._scheme.order)
            step = max(span * min(_GROW, max(_SHRINK, grow)), _SHORTEST_STEP)
        self._check_range(day)
        for index, _ in reversed(waiting):  # only where no lane is alive
            self.keeper.keep(index, self.state)

    def _try(self, span: float) -> Array:
        """Take a step of ``span`` days into ``_next``; return each lane's error in units of the tolerance."""
        system, scheme = self.system, self._scheme
        y, stages = self._next, scheme.weights.shape[0]
        fast = system.layered(y)[:FAST]
        work = self._work[: FAST * system.grid.layers].reshape(fast.shape)
        system.prepare(span * scheme.diagonal)
        system.losses(self.state, self._lost[0])
        for stage in range(1, stages):
            row = scheme.explicit[stage, :stage]
            mend = scheme.implicit[stage, :stage] - row
            np.einsum("s,srn->rn", np.append(1.0, span * row), self._stack[: stage + 1], out=y)
            np.einsum("s,sfln->fln", span * mend, self._lost[:stage], out=work)
            fast += work
            system.solve(y)
            if stage < stages - 1:
                system.losses(y, self._lost[stage])
            system.rates(y, self._stack[stage + 1])
        np.einsum("s,srn->rn", span * (scheme.weights - scheme.embedded), self._stack[1:], out=self._work)
        np.einsum("s,srn->rn", np.append(1.0, span * scheme.weights), self._stack, out=y)
        np.abs(self._work, out=self._work)
        np.abs(self.state, out=self._rate)
        self._rate += self._scale
        self._work /= self._rate
        error = self._work.max(axis=0) / self._tolerance
        error[~np.isfinite(error)] = np.inf
        error[~self.alive] = 0.0
        return error

    def _between(self, share: float, span: float) -> Array:
        """State at a share of the step just taken: the cubic through both ends and their rates."""
        rest = 1.0 - share
        weights = np.array(
            [
                (1.0 + 2.0 * share) * rest * rest,
                span * share * rest * rest,
                (3.0 - 2.0 * share) * share * share,
                -span * rest * share * share,
            ]
        )
        np.einsum("s,srn->rn", weights[:2], self._stack[:2], out=self._work)
        return self._work + weights[2] * self._next + weights[3] * self._rate

    def _give_up(self, error: Array, day: float, reason: str) -> None:
        """Name the lanes that hold the others back and leave them out of the control from here on."""
        bound = _SHRINK * min(float(error.max()), np.finfo(float).max)
        self._drop(np.flatnonzero(self.alive & (error >= bound)), day, reason)

    def _check_range(self, day: float) -> None:
        """Name the lanes whose states are no answer."""
        low, high = self.state.min(axis=0), self.state.max(axis=0)
        wrong = self.alive & ~((low >= _LEAST) & (high <= _MOST))
        self._drop(np.flatnonzero(wrong), day, "out_of_range")

    def _drop(self, lanes: NDArray[np.int64], day: float, reason: str) -> None:
        if lanes.size:
            self.alive[lanes] = False
            self.keeper.fail(lanes, day, reason)
