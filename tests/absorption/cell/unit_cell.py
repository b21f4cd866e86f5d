"""A resolved channel in skin, written apart: the axisymmetric unit cell of the benchmark, exact in time.

It shares nothing with the package: finite volumes in radius and depth, one dense eigenproblem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh

Array = NDArray[np.float64]
Index = NDArray[np.int64]
CORNEUM_UM, EPIDERMIS_UM, DERMIS_UM = 15.0, 85.0, 1400.0
CORNEUM_D, CORNEUM_K, EPIDERMIS_D, DERMIS_D = 0.01, 5.0, 50.0, 100.0


@dataclass(frozen=True)
class Cell:
    """Benchmark case: lengths in um, diffusion in um2/s, clearance in 1/s."""

    radius: float = 30.0
    pitch: float = 300.0
    depth: float = 500.0
    diffusion: float = 400.0
    clearance: float = 1e-4


def _edges(*parts: tuple[float, int, float]) -> Array:
    out = [0.0]
    for end, count, ratio in parts:
        widths = ratio ** np.arange(count)
        out += list(out[-1] + np.cumsum(widths / widths.sum() * (end - out[-1])))
    return np.array(out)


def _system(cell: Cell) -> tuple[Array, Array, Array, Array, NDArray[np.bool_]]:
    """Links, contents, links to the film, losses, and which volumes are dermis."""
    living = CORNEUM_UM + EPIDERMIS_UM
    r = _edges((cell.radius, 5, 0.8), (cell.pitch, 10, 1.3))
    z = _edges((CORNEUM_UM, 6, 1.0), (living, 7, 1.15), (cell.depth, 7, 1.2), (living + DERMIS_UM, 8, 1.3))
    rc, zc = 0.5 * (r[1:] + r[:-1]), 0.5 * (z[1:] + z[:-1])
    channel = (rc[:, None] < cell.radius) & (zc[None, :] < cell.depth)
    corneum, dermis = ~channel & (zc < CORNEUM_UM), ~channel & (zc > living)
    d = np.where(
        channel, cell.diffusion, np.where(zc < CORNEUM_UM, CORNEUM_D, np.where(zc < living, EPIDERMIS_D, DERMIS_D))
    )
    k = np.where(corneum, CORNEUM_K, 1.0)
    ring, dz = np.pi * (r[1:] ** 2 - r[:-1] ** 2), np.diff(z)
    passes, contents = d * k, ring[:, None] * dz * k
    index = np.arange(channel.size).reshape(channel.shape)
    a = np.zeros((channel.size, channel.size))

    def link(first: Index, second: Index, g: Array) -> None:
        i, j, g = first.ravel(), second.ravel(), g.ravel()
        np.add.at(a, (i, i), g)
        np.add.at(a, (j, j), g)
        np.add.at(a, (i, j), -g)
        np.add.at(a, (j, i), -g)

    inner, outer = np.log(r[1:-1] / rc[:-1])[:, None], np.log(rc[1:] / r[1:-1])[:, None]
    link(index[:-1], index[1:], 2 * np.pi * dz / (inner / passes[:-1] + outer / passes[1:]))
    half = 0.5 * dz / passes
    link(index[:, :-1], index[:, 1:], ring[:, None] / (half[:, :-1] + half[:, 1:]))
    top, loss = np.zeros(channel.shape), np.where(dermis, cell.clearance, 0.0) * contents
    top[:, 0] = ring / half[:, 0]
    loss[:, -1] += ring / half[:, -1]
    return a + np.diag((top + loss).ravel()), contents.ravel(), top.ravel(), loss.ravel(), dermis.ravel()


def past_epidermis(cell: Cell, film_um: float | None, hours: Array) -> Array:
    """Amount in dermis or carried off: as a share of the film, or for an endless donor in um of its concentration."""
    a, contents, top, loss, dermis = _system(cell)
    area = np.pi * cell.pitch**2
    film = 1e9 if film_um is None else film_um
    whole = np.block([[a, -top[:, None]], [-top[None, :], np.array([[top.sum()]])]])
    scale = np.sqrt(np.append(contents, film * area))
    rates, modes = eigh(whole / scale[:, None] / scale[None, :])
    rates = np.maximum(rates, 1e-30)
    start = modes[-1] * scale[-1]
    out = []
    for t in np.asarray(hours) * 3600.0:
        u = modes @ (start * np.exp(-rates * t)) / scale
        summed = modes @ (start * -np.expm1(-rates * t) / rates) / scale
        out.append((loss @ summed[:-1] + (contents * u[:-1])[dermis].sum()) / area)
    return np.array(out) if film_um is None else np.array(out) / film_um
