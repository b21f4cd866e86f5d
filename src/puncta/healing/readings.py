"""Readings: what is kept of the states, as means over depth."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from puncta.healing.react import STATES, activation
from puncta.healing.system import System

Array = NDArray[np.float64]

_N, _M1, _T, _W, _V, _F = (STATES.index(name) for name in ("N", "M1", "T", "W", "V", "F"))


@dataclass(frozen=True, eq=False)
class DepthMeans:
    """Means over a depth of the dermis, each of shape (lanes, days).

    Parameters
    ----------
    fibroblasts_fold : ndarray
        Fibroblasts, 1 at rest.
    collagen_iii_fraction, young_collagen_fraction, mature_collagen_fraction : ndarray
        Collagen III, and collagen I before and after cross-linking, as shares of the healthy total.
    new_elastin_fraction, old_elastin_fraction : ndarray
        Elastin made since, as share of the healthy; and elastin from before, 1 at rest.
    signal : ndarray
        Signal to fibroblasts, 1 = half activation.
    activation_fraction : ndarray
        Activation of fibroblasts, 0 at rest.
    inflammation : ndarray
        Neutrophils and early macrophages, in the model's unit, 0 at rest.
    """

    fibroblasts_fold: Array
    collagen_iii_fraction: Array
    young_collagen_fraction: Array
    mature_collagen_fraction: Array
    new_elastin_fraction: Array
    old_elastin_fraction: Array
    signal: Array
    activation_fraction: Array
    inflammation: Array

    @property
    def collagen_fold(self) -> Array:
        """All collagen, 1 at rest."""
        return self.collagen_iii_fraction + self.young_collagen_fraction + self.mature_collagen_fraction

    @property
    def iii_per_i_fold(self) -> Array:
        """Collagen III over collagen I, as a plain ratio."""
        return self.collagen_iii_fraction / (self.young_collagen_fraction + self.mature_collagen_fraction)

    @property
    def mature_share_fraction(self) -> Array:
        """Share of the collagen present that is mature; it carries elasticity."""
        return self.mature_collagen_fraction / self.collagen_fold

    def total_elastin_fold(self, elastotic_fraction: float | Array) -> Array:
        """All elastin, 1 at rest.

        Parameters
        ----------
        elastotic_fraction : float or ndarray, shape (lanes,)
            Elastotic share of the elastin of the site, 0 to 1; see `puncta.skin.elastotic_fraction`.

        Returns
        -------
        ndarray, shape (lanes, days)
            1 - share (1 - old) + new.
        """
        share = np.atleast_1d(np.asarray(elastotic_fraction, dtype=float))[:, None]
        return 1.0 - share * (1.0 - self.old_elastin_fraction) + self.new_elastin_fraction


#: Number of rows that `Reader.read` gives for one depth, in the order of `DepthMeans`.
PER_DEPTH = len(fields(DepthMeans))


class Reader:
    """Reads the means of a group of lanes.

    Parameters
    ----------
    system : System
        The lanes.
    """

    #: Two depths, then redness and the three states of the surface.
    ROWS = 2 * PER_DEPTH + 4

    def __init__(self, system: System) -> None:
        self._system, p = system, system.parameters
        shape = (system.grid.layers, system.lanes)
        self._depths = [
            (np.broadcast_to(matrix, shape), np.broadcast_to(plain, shape))
            for matrix, plain in (
                (system.papillary_dermal, system.papillary),
                (system.dermis_dermal, system.dermis),
            )
        ]
        he, zr = np.broadcast_arrays(p.he, p.zr)
        self._fading = np.broadcast_to(system.grid.fading_weights(he, zr), shape)

    def read(self, u: Array) -> Array:
        """Read a state.

        Parameters
        ----------
        u : ndarray, shape (rows, lanes)
            A state.

        Returns
        -------
        ndarray, shape (ROWS, lanes)
            Papillary means, dermal means, redness, viable epidermis, horny layer, melanin.
        """
        system = self._system
        p, layers = system.parameters, system.layered(u)
        signals = np.stack((layers[_T], activation(layers[_T]), layers[_N] + layers[_M1]))
        out = np.empty((self.ROWS, system.lanes))
        for index, (matrix, plain) in enumerate(self._depths):
            rows = out[index * PER_DEPTH : (index + 1) * PER_DEPTH]
            np.einsum("ln,sln->sn", matrix, layers[_F:], out=rows[: len(STATES) - _F])
            np.einsum("ln,sln->sn", plain, signals, out=rows[len(STATES) - _F :])
        dilation = np.einsum("ln,ln->n", self._fading, layers[_W])
        density = np.einsum("ln,ln->n", self._fading, layers[_V] - 1.0)
        out[-4] = p.aW * dilation + p.aV * density
        out[-3:] = u[-3:]
        return out
