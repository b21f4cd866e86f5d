"""System: what the cells of a mesh hold and what flows between them, per area of skin."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.cell.banded import Banded
from puncta.absorption.cell.cell import UnitCell
from puncta.absorption.cell.mesh import Mesh, has_channel
from puncta.frozen import frozen

Array = NDArray[np.float64]

# numerics: points across a layer for the mean cross-section of a channel that narrows
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)


@frozen
class Flows:
    """Conductances at one moment, in um/s.

    Parameters
    ----------
    matrix : Banded
        What leaves each cell, per unit of activity in it and its neighbours.
    top : ndarray, shape (r, n)
        From the film into each ring of the uppermost layer; 0 where no film lies.
    gate : ndarray, shape (r, n)
        Through the bottom of the stratum corneum, into living skin or the channel.
    bottom : ndarray, shape (r, n)
        From the lowest layer into a receptor; 0 without one.
    """

    matrix: Banded
    top: Array
    gate: Array
    bottom: Array


@frozen
class System:
    """A cell on its mesh: amounts per area of skin, in um times the concentration of the first film.

    Cells are counted ring by ring, then layer by layer from the surface down; m of them, n cases.

    Parameters
    ----------
    mesh : Mesh
        Where the cells lie.
    tissue, channel : ndarray, shape (m, n)
        What tissue and channel of each cell hold per unit of activity.
    corneum, dermis : ndarray of bool, shape (m, n)
        Which cells are stratum corneum, and which dermis; the rest is living epidermis.
    mouth : ndarray of bool, shape (r, n)
        Which rings of the uppermost layer are mouth.
    loss : ndarray, shape (m, n)
        What blood carries off per unit of activity and second.
    bound : ndarray, shape (m, n)
        What living tissue binds at most.
    half_activity : ndarray, shape (n,)
        Activity at which half of that is bound.
    channel_share : ndarray, shape (z, r, n)
        Share of each cell that is channel.
    tissue_passes, channel_passes : ndarray, shape (z, 1, n) and (n,)
        Diffusion times partition of the tissue of each layer, and of the channel.
    receptor : bool
        Whether a receptor below takes all away.
    """

    mesh: Mesh
    tissue: Array
    channel: Array
    corneum: NDArray[np.bool_]
    dermis: NDArray[np.bool_]
    mouth: NDArray[np.bool_]
    loss: Array
    bound: Array
    half_activity: Array
    channel_share: Array
    tissue_passes: Array
    channel_passes: Array
    receptor: bool

    @classmethod
    def of(cls, cell: UnitCell, mesh: Mesh, receptor: bool) -> System:
        """Put a cell whose fields have shape (n,) on its mesh."""
        r, z = mesh.ring_edges_um, mesh.layer_edges_um
        middle = 0.5 * (z[1:] + z[:-1])
        corneum = middle < cell.corneum_um
        dermis = middle > cell.corneum_um + cell.epidermis_um

        def by_layer(horny: Array, epidermis: Array, deep: Array) -> Array:
            return np.where(corneum, horny, np.where(dermis, deep, epidermis))

        partition = by_layer(
            np.asarray(cell.corneum_partition), np.asarray(cell.epidermis_partition), np.asarray(cell.dermis_partition)
        )
        diffusion = by_layer(
            np.asarray(cell.corneum_um2_per_s), np.asarray(cell.epidermis_um2_per_s), np.asarray(cell.dermis_um2_per_s)
        )
        rings, n = r.shape[0] - 1, r.shape[1]

        def flat(values: NDArray[Any]) -> NDArray[Any]:
            return np.broadcast_to(values, (middle.shape[0], rings, n)).reshape(-1, n)

        volume = np.diff(z, axis=0)[:, None] * (np.diff(r**2, axis=0) / cell.pitch_um**2)[None]
        share = _channel_share(cell, mesh)
        tissue = flat((1.0 - share) * volume)
        held = tissue * flat(partition[:, None])
        in_dermis = flat(dermis[:, None])
        return cls(
            mesh,
            held,
            flat(share * volume * cell.channel_partition),
            flat(corneum[:, None]),
            in_dermis,
            np.asarray(0.5 * (r[1:] + r[:-1]) < cell.radius_um) & has_channel(cell),
            np.where(in_dermis, cell.clearance_per_s * np.asarray(cell.clearance_fold) * held, 0.0),
            np.where(flat(corneum[:, None]), 0.0, tissue * cell.bound_capacity),
            np.asarray(cell.bound_half_activity),
            share,
            (partition * diffusion)[:, None],
            np.asarray(cell.channel_partition * cell.channel_um2_per_s),
            receptor,
        )

    def flows(self, open_share: Array | float, covered: bool) -> Flows:
        """Conductances while a share of the channel's section is open; what has closed conducts as the tissue does."""
        tissue = self.tissue_passes
        passes = tissue + self.channel_share * open_share * (self.channel_passes - tissue)
        passes = np.maximum(passes, 1e-30)  # numerics: nothing passes, and nothing is divided by zero
        r, dz = self.mesh.ring_edges_um, np.diff(self.mesh.layer_edges_um, axis=0)
        share = np.diff(r**2, axis=0) / r[-1] ** 2
        middle = 0.5 * (r[1:] + r[:-1])
        inner, outer = np.log(r[1:-1] / middle[:-1]), np.log(middle[1:] / r[1:-1])
        half = 0.5 * dz[:, None] / passes
        axial = share / (half[:-1] + half[1:])
        radial = np.zeros_like(passes)
        radial[:, :-1] = (2.0 * dz / r[-1] ** 2)[:, None] / (inner / passes[:, :-1] + outer / passes[:, 1:])
        top = share / half[0] if covered else np.zeros_like(half[0])
        bottom = share / half[-1] if self.receptor else np.zeros_like(half[-1])
        diagonal = radial.copy()
        diagonal[:, 1:] += radial[:, :-1]
        diagonal[:-1] += axial
        diagonal[1:] += axial
        diagonal[0] += top
        diagonal[-1] += bottom
        n = r.shape[1]
        matrix = Banded(diagonal.reshape(-1, n) + self.loss, -radial.reshape(-1, n)[:-1], -axial.reshape(-1, n))
        return Flows(matrix, top, axial[self.mesh.ends[0] - 1], bottom)


def _channel_share(cell: UnitCell, mesh: Mesh) -> Array:
    """Share of each cell that is channel, shape (z, r, n): rings across, the mean section over each layer down."""
    r, z = mesh.ring_edges_um, mesh.layer_edges_um
    depth = np.where(has_channel(cell), cell.depth_um, 1.0)
    share = np.zeros((z.shape[0] - 1, r.shape[0] - 1, r.shape[1]))
    if not np.any(has_channel(cell)):
        return share
    for node, weight in zip(_NODES, 0.5 * _WEIGHTS, strict=True):
        at = 0.5 * ((1.0 + node) * z[1:] + (1.0 - node) * z[:-1]) / depth
        wall = cell.radius_um * np.maximum(1.0 - at, 0.0) ** cell.taper * (at < 1.0)
        inside = (wall[:, None] ** 2 - r[None, :-1] ** 2) / np.diff(r**2, axis=0)
        share += weight * np.clip(inside, 0.0, 1.0)
    return np.where(has_channel(cell), share, 0.0)
