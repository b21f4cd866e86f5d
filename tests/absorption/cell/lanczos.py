"""A second way through time: the cells of a mesh by shift-inverted Lanczos vectors, exact at every moment.

It takes contents and flows from the package and shares nothing of how the package steps.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import diags
from scipy.sparse.linalg import splu

from puncta.absorption.cell import Counts, UnitCell
from puncta.absorption.cell.mesh import Mesh
from puncta.absorption.cell.system import System

Array = NDArray[np.float64]


def past_epidermis_um(cell: UnitCell, counts: Counts, seconds: Array, *, shift_s: float, vectors: int) -> Array:
    """In dermis, carried off or in the receptor under an endless film of activity 1, shape (t,)."""
    drawn = cell.drawn()
    system = System.of(drawn, Mesh.of(drawn, counts), receptor=True)
    flows = system.flows(1.0, covered=True)
    matrix, rings = flows.matrix, flows.matrix.rings
    near, far = diags(matrix.near[:, 0], 1), diags(matrix.far[:, 0], rings)
    a = diags(matrix.diagonal[:, 0]) + near + near.T + far + far.T
    contents = (system.tissue + system.channel)[:, 0]
    scale = np.sqrt(contents)
    b = np.zeros_like(contents)
    b[:rings] = flows.top[:, 0]
    lu = splu((a + diags(contents / shift_s)).tocsc())

    def inverted(v: Array) -> Array:
        return scale * lu.solve(scale * v)

    basis = np.zeros((contents.size, vectors))
    start = scale * lu.solve(b)
    v = start
    for k in range(vectors):
        for _ in range(2):
            v = v - basis[:, :k] @ (basis[:, :k].T @ v)
        basis[:, k] = v / np.linalg.norm(v)
        v = inverted(basis[:, k])
    small = basis.T @ np.stack([inverted(column) for column in basis.T], axis=1)
    found, modes = np.linalg.eigh(0.5 * (small + small.T))
    rates = 1.0 / found - 1.0 / shift_s
    modes = basis @ modes
    driven = modes.T @ start / found
    lost = system.loss[:, 0].copy()
    lost[-rings:] += flows.bottom[:, 0]
    dermis = (system.tissue * system.dermis)[:, 0]
    out = []
    for t in seconds:
        grown = -np.expm1(-rates * t)
        now = modes @ (driven * grown / rates) / scale
        summed = modes @ (driven * (t - grown / rates) / rates) / scale
        out.append(dermis @ now + lost @ summed)
    return np.array(out)
