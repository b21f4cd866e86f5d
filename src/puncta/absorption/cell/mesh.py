"""Mesh: the cell cut into rings and layers, finer where the flow bends; twice as many cells cut each one in two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.cell.cell import UnitCell, Value
from puncta.frozen import frozen

Array = NDArray[np.float64]

# numerics: shares of the layers of cells, from the top: stratum corneum, upper, middle and lower block of living skin
_LAYERS = (6, 8, 8, 8)
# numerics: how much wider the far cells of a block are than the near ones, as the logarithm of the ratio
_HORNY, _WALL, _FAR_FIELD, _MOUTH, _TIP, _BELOW = 2.0, 2.5, 3.0, 2.5, 2.0, 2.5


@frozen
class Counts:
    """How many cells there are.

    Parameters
    ----------
    inner, outer : int
        Rings in the channel and around it.
    layers : tuple of int
        Layers in the stratum corneum and in three blocks of living skin.
    """

    inner: int
    outer: int
    layers: tuple[int, int, int, int]

    def twice(self) -> Counts:
        """Each cell cut in two both ways."""
        a, b, c, d = self.layers
        return Counts(2 * self.inner, 2 * self.outer, (2 * a, 2 * b, 2 * c, 2 * d))


@frozen
class Mesh:
    """Edges of rings and layers, one column per draw.

    Parameters
    ----------
    ring_edges_um : ndarray, shape (r + 1, n)
        From the axis to the edge of the cell.
    layer_edges_um : ndarray, shape (z + 1, n)
        From the surface down.
    ends : tuple of int
        Layers above the bottom of the stratum corneum and of each block below.
    """

    ring_edges_um: Array
    layer_edges_um: Array
    ends: tuple[int, ...]

    @classmethod
    def of(cls, cell: UnitCell, counts: Counts) -> Mesh:
        """Cut a cell whose fields have shape (n,)."""
        bottom = cell.corneum_um + cell.epidermis_um + cell.dermis_um
        living = cell.corneum_um + cell.epidermis_um
        there = has_channel(cell)
        # the tip may lie in the epidermis or below it; both levels are edges, never closer than a hundredth of a layer
        least = 0.01 * np.minimum(cell.epidermis_um, cell.dermis_um)  # numerics: thinnest block
        tip = np.where(there, np.minimum(cell.depth_um, bottom - least), living + 0.3 * cell.dermis_um)  # numerics
        tip = np.where(np.abs(tip - living) < least, living + least, np.maximum(tip, cell.corneum_um + least))
        first, second = np.minimum(tip, living), np.maximum(tip, living)
        radius = np.where(there, cell.radius_um, 0.1 * cell.pitch_um)  # numerics: any, there is no channel
        a, b, c, d = counts.layers
        if np.any(there):
            rings = _join(
                radius - _graded(np.zeros_like(radius), radius, counts.inner, _WALL)[::-1],
                _graded(radius, cell.pitch_um, counts.outer, _FAR_FIELD),
            )
        else:
            rings = np.stack([np.zeros_like(radius), cell.pitch_um])
        layers = _join(
            _graded(np.zeros_like(bottom), cell.corneum_um, a, _HORNY),
            _graded(cell.corneum_um, first, b, _MOUTH),
            _graded(first, second, c, _TIP),
            _graded(second, bottom, d, _BELOW),
        )
        return cls(rings, layers, (a, a + b, a + b + c, a + b + c + d))


def has_channel(cell: UnitCell) -> NDArray[np.bool_]:
    """Where a channel reaches living skin, shape (n,)."""
    return np.asarray((np.asarray(cell.radius_um) > 0) & (np.asarray(cell.depth_um) > cell.corneum_um))


def _graded(start: Value, end: Value, count: int, log_ratio: float) -> Array:
    """Edges from a start to an end, growing evenly in the logarithm, shape (count + 1, n)."""
    share = np.linspace(0.0, 1.0, count + 1)
    if log_ratio:
        share = np.expm1(log_ratio * share) / np.expm1(log_ratio)
    return np.asarray(start + share[:, None] * (np.asarray(end) - start))


def _join(*parts: Array) -> Array:
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
