"""The grid: layers over depth, with the shares and weights that means over depth need."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.frozen import frozen

Array = NDArray[np.float64]

# numerics: the reference grid, and the graded grid in eightieths of the depth, found by search for the least error
REFERENCE_LAYERS = 40
_GRADED = (2, 2, 2, 2, 2, 1, 2, 1, 2, 1, 2, 3, 2, 3, 4, 3, 6, 7, 8, 8, 8, 9)
#: Layers of the grid that every forecast uses.
PRODUCTION_LAYERS = len(_GRADED)


@frozen(eq=False)
class Grid:
    """Layers from the surface down; nothing passes its two ends.

    Parameters
    ----------
    edges_mm : ndarray, shape (layers + 1,)
        Depths of the edges, ascending from 0.
    """

    edges_mm: Array

    @property
    def layers(self) -> int:
        """Number of layers."""
        return self.edges_mm.shape[0] - 1

    @property
    def thickness_mm(self) -> Array:
        """Thickness of each layer, shape (layers,)."""
        return np.diff(self.edges_mm)

    @property
    def centres_mm(self) -> Array:
        """Depth of the middle of each layer, shape (layers,)."""
        return 0.5 * (self.edges_mm[1:] + self.edges_mm[:-1])

    def exchange(self) -> tuple[Array, Array]:
        """Exchange with the layer above and the layer below per unit of diffusion, 1/mm², each of shape (layers,)."""
        inner = 1.0 / np.diff(self.centres_mm)
        return np.append(0.0, inner) / self.thickness_mm, np.append(inner, 0.0) / self.thickness_mm

    def overlap_mm(self, top_mm: float, bottom_mm: float) -> Array:
        """How much of each layer lies between two depths, shape (layers,)."""
        lower, upper = self.edges_mm[1:], self.edges_mm[:-1]
        return np.clip(np.minimum(lower, bottom_mm) - np.maximum(upper, top_mm), 0.0, None)

    def dermal_share(self, epidermis_mm: Array) -> Array:
        """Share of each layer that is dermis, linear in the layer that the border cuts.

        Parameters
        ----------
        epidermis_mm : ndarray, shape (n,)
            Thickness of the epidermis.

        Returns
        -------
        ndarray, shape (layers, n)
            0 above the border, 1 below.
        """
        below = self.edges_mm[1:, None] - epidermis_mm[None, :]
        return np.clip(below / self.thickness_mm[:, None], 0.0, 1.0)

    def fading_weights(self, epidermis_mm: Array, length_mm: Array) -> Array:
        """Weights of a mean over the dermis that fades with depth.

        Parameters
        ----------
        epidermis_mm, length_mm : ndarray, shape (n,)
            Where the dermis begins, and over which depth the weight falls to 1/e.

        Returns
        -------
        ndarray, shape (layers, n)
            Weight of each layer, summed over slices as thin as the reference layers.
        """
        thinnest = self.edges_mm[-1] / REFERENCE_LAYERS
        parts = np.maximum(np.rint(self.thickness_mm / thinnest), 1.0).astype(int)
        slices = Grid(np.append(0.0, np.cumsum(np.repeat(self.thickness_mm / parts, parts))))
        fade = np.exp(-(slices.centres_mm[:, None] - epidermis_mm[None, :]) / length_mm[None, :])
        weights = slices.dermal_share(epidermis_mm) * fade * slices.thickness_mm[:, None] / length_mm[None, :]
        return np.add.reduceat(weights, np.cumsum(parts) - parts, axis=0)


@cache
def grid(layers: int = PRODUCTION_LAYERS) -> Grid:
    """Layers over the modelled depth.

    Parameters
    ----------
    layers : int
        22 gives the graded grid of production; any other count gives equal layers, and 40 the reference.

    Returns
    -------
    Grid
        From the surface to 2 mm.

    Notes
    -----
    Limits: ``limits.healing``; deeper than 2 mm is not modelled. Against 160 layers, over 660 lanes of 60 draws and
    needles of 0.3 to 2.5 mm, six sessions and a year, the graded grid errs in collagen (papillary and dermal) by 0.001
    of its largest change in the middle, 0.003 in 99 of 100 lanes and 0.0041 at worst; in redness by 0.03 Δa* at worst.

    Examples
    --------
    >>> grid().edges_mm[:12].round(3).tolist()
    [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.275, 0.325, 0.35, 0.4, 0.425, 0.475]
    """
    if layers < 3:
        raise ValueError(f"at least 3 layers are needed, not {layers}")
    parts = _GRADED if layers == PRODUCTION_LAYERS else (1,) * layers
    depth_mm = parameter("healing.zmax").value
    edges = depth_mm * np.append(0, np.cumsum(parts)) / sum(parts)
    edges.flags.writeable = False
    return Grid(edges)
