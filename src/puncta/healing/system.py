"""The system: all layers and the surface of a group of lanes as one set of equations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.healing.grid import Grid
from puncta.healing.injury import Injury
from puncta.healing.parameters import HealingParameters
from puncta.healing.react import STATES, activation, react
from puncta.healing.rest import rest
from puncta.healing.surface import SURFACE, surface_react

Array = NDArray[np.float64]

_N, _M1, _T, _W, _F = (STATES.index(name) for name in ("N", "M1", "T", "W", "F"))
#: States whose own linear loss is taken implicitly, D to V; T with its spread over depth.
FAST = STATES.index("V") + 1


class System:
    """Rates, losses and events of a group of lanes; a state is one array of rows by lanes.

    Rows are the thirteen states, each over all layers from the top, then the three states of the surface.

    Parameters
    ----------
    grid : Grid
        The layers.
    parameters : HealingParameters
        Fields of shape (lanes,) or (1,), the person's gain and age already in.
    lanes : int
        Number of lanes.
    """

    def __init__(self, grid: Grid, parameters: HealingParameters, lanes: int) -> None:
        p = self.parameters = parameters
        self.grid, self.lanes = grid, lanes
        self.rows = len(STATES) * grid.layers + len(SURFACE)
        top, bottom = float(p.zp_top[0]), float(p.zp_bottom[0])
        dermal = grid.dermal_share(p.he)
        self.papillary = _shares(grid.overlap_mm(top, bottom)[:, None])
        self.papillary_dermal = _shares(grid.overlap_mm(top, bottom)[:, None] * dermal)
        self.dermis = _shares(grid.overlap_mm(top, np.inf)[:, None])
        self.dermis_dermal = _shares(grid.overlap_mm(top, np.inf)[:, None] * dermal)
        self.epidermis = _shares(grid.thickness_mm[:, None] * (1.0 - dermal))
        used = np.flatnonzero(self.papillary[:, 0])
        self._near = slice(int(used[0]), int(used[-1]) + 1)
        above, below = grid.exchange()
        diffusion = p.dT * p.LT * p.LT
        self._above, self._below = above[:, None] * diffusion, below[:, None] * diffusion
        mupt = p.snr * p.knpt / (p.munr * p.loop)
        loss = (mupt, p.mun, p.mum + p.ksw, p.mum2, p.dT, 1.0 / p.tw, 1.0 / p.tv)
        self._loss = np.stack(np.broadcast_arrays(*loss))[:, None, :]
        self._step = np.empty((grid.layers - 1, lanes))
        self._move = np.empty((grid.layers - 1, lanes))

    def layered(self, u: Array) -> Array:
        """The layers of a state as a view, shape (13, layers, lanes)."""
        return u[: -len(SURFACE)].reshape(len(STATES), self.grid.layers, self.lanes)

    def rest(self) -> Array:
        """The rest state, shape (rows, lanes)."""
        u = np.ones((self.rows, self.lanes))
        self.layered(u)[...] = rest(self.parameters)[:, None, :]
        return u

    def rates(self, u: Array, out: Array) -> None:
        """Write the rate of change of every row."""
        layers, rates = self.layered(u), self.layered(out)
        for target, rate in zip(rates, react(layers, self.parameters), strict=True):
            target[...] = rate
        self._spread(layers[_T], rates[_T])
        near = layers[:, self._near]
        c = (self.papillary_dermal[self._near] * (near[_F + 1] + near[_F + 2] + near[_F + 3])).sum(axis=0)
        a = (self.papillary[self._near] * activation(near[_T])).sum(axis=0)
        x = (self.papillary[self._near] * (near[_N] + near[_M1])).sum(axis=0)
        out[-len(SURFACE) :] = surface_react(
            u[-len(SURFACE) :], np.maximum(c - 1.0, 0.0), np.maximum(1.0 - c, 0.0), a, x, self.parameters
        )

    def losses(self, u: Array, out: Array) -> None:
        """Write the linear part that is taken implicitly, shape (fast states, layers, lanes): losses and spread."""
        layers = self.layered(u)
        np.multiply(layers[:FAST], self._loss, out=out)
        np.negative(out, out=out)
        self._spread(layers[_T], out[_T])

    def _spread(self, signal: Array, out: Array) -> None:
        """Add the spread of the signal between neighbouring layers."""
        np.subtract(signal[1:], signal[:-1], out=self._step)
        np.multiply(self._step, self._below[:-1], out=self._move)
        out[:-1] += self._move
        np.multiply(self._step, self._above[1:], out=self._move)
        out[1:] -= self._move

    def prepare(self, span: float) -> None:
        """Factor the implicit part for ``solve``: (1 + span loss) u = known, tridiagonal over depth for T."""
        self._shrink = 1.0 / (1.0 + span * self._loss)
        diagonal = 1.0 + span * (self._loss[_T] + self._above + self._below)
        above, below = span * self._above, span * self._below
        self._up, self._pivot, self._down = [above[0]], [1.0 / diagonal[0]], [below[0] / diagonal[0]]
        for layer in range(1, self.grid.layers):
            pivot = 1.0 / (diagonal[layer] - above[layer] * self._down[-1])
            self._up.append(above[layer])
            self._pivot.append(pivot)
            self._down.append(below[layer] * pivot)

    def solve(self, u: Array) -> None:
        """Solve the prepared implicit part in place."""
        fast = self.layered(u)[:FAST]
        signal, move = fast[_T], self._move[0]
        held = signal.copy()
        fast *= self._shrink
        signal[...] = held
        signal[0] *= self._pivot[0]
        for layer in range(1, self.grid.layers):
            np.multiply(self._up[layer], signal[layer - 1], out=move)
            signal[layer] += move
            signal[layer] *= self._pivot[layer]
        for layer in range(self.grid.layers - 2, -1, -1):
            np.multiply(self._down[layer], signal[layer + 1], out=move)
            signal[layer] += move

    def strike(self, u: Array, injury: Injury) -> None:
        """Apply a session in place: debris, lost tissue, dilation at once, melanin that leaves with the cut."""
        p, layers = self.parameters, self.layered(u)
        cut, hurt = injury.cut_fraction, injury.hurt_fraction
        layers[0] += p.kD * hurt
        layers[_F:] *= 1.0 - p.lam * cut
        at_once = -np.expm1(-p.q0 * hurt)
        layers[_W] += at_once * (1.0 - layers[_W])
        u[-1] *= 1.0 - (self.epidermis * cut).sum(axis=0)


def _shares(weights: Array) -> Array:
    """Weights over layers that sum to 1 in every lane."""
    return weights / weights.sum(axis=0)
