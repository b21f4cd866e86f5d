"""One channel in skin for a day: the resolved solver beside FiPy, SciPy's BDF and scikit-fem; and doses in bulk.

OMP_NUM_THREADS=1 python -m benchmarks.absorption
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import fipy as fipy_
import numpy as np
from scipy.integrate import solve_ivp
from scipy.sparse import bmat, csc_matrix, diags
from tests.absorption.cell import finite_elements

from benchmarks.timing import conditions, least
from puncta.absorption import Site, absorb, product
from puncta.absorption.cell import QUICK, RESOLVED, Counts, Film, Resolution, UnitCell, permeate
from puncta.absorption.cell.mesh import Mesh
from puncta.absorption.cell.system import System
from puncta.needling import device, hand, needle
from puncta.person import People, Person, Sex
from puncta.skin import skin_layers

# its annotations are not those of its arguments
fipy: Any = fipy_

DAY = 86400.0
AT = np.array([3600.0, 4 * 3600.0, 12 * 3600.0, DAY])
#: The feasibility study's own, um of donor concentration.
REFERENCE = np.array([129.624, 525.27, 1567.72, 3130.66])
#: Meshes on which stepping methods are about as accurate as the solver, and one like the solver's finer one.
FINE, LIKE = Counts(24, 56, (48, 72, 72, 48)), RESOLVED.counts.twice()
BULK_ZONES = ("cheek_left", "cheek_right", "forehead", "chin", "nose", "neck_front")


def worst(told: np.ndarray) -> float:
    """Largest error from the first hour on."""
    return float(np.abs(told / REFERENCE - 1.0).max())


def ours(resolution: Resolution = RESOLVED) -> np.ndarray:
    """The solver, from nothing."""
    return permeate(UnitCell(), Film(), AT, receptor=True, resolution=resolution).past_epidermis[0]


def ours_closing() -> np.ndarray:
    """The same while the channel closes, so that every step has a matrix of its own."""

    def share(seconds: float) -> np.ndarray:
        return np.array([np.exp(-seconds / 14400.0)])

    return permeate(UnitCell(), Film(), AT, receptor=True, open_share=share).past_epidermis[0]


def bdf(counts: Counts, rtol: float) -> np.ndarray:
    """SciPy's BDF on a mesh of the solver, with the sparse matrix as its Jacobian."""
    cell = UnitCell().drawn()
    system = System.of(cell, Mesh.of(cell, counts), receptor=True)
    flows = system.flows(1.0, covered=True)
    matrix, rings = flows.matrix, flows.matrix.rings
    near, far = diags(matrix.near[:, 0], 1), diags(matrix.far[:, 0], rings)
    held = (system.tissue + system.channel)[:, 0]
    jacobian = (diags(1.0 / held) @ -(diags(matrix.diagonal[:, 0]) + near + near.T + far + far.T)).tocsc()
    pushed = np.zeros_like(held)
    pushed[:rings] = flows.top[:, 0] / held[:rings]
    lost = system.loss[:, 0].copy()
    lost[-rings:] += flows.bottom[:, 0]
    # what is lost is followed as one more unknown
    size = held.size
    whole = bmat([[jacobian, None], [csc_matrix(lost), csc_matrix((1, 1))]]).tocsc()
    push = np.append(pushed, 0.0)
    found = solve_ivp(
        lambda _, u: whole @ u + push, (0.0, DAY), np.zeros(size + 1), "BDF", AT, jac=whole, rtol=rtol, atol=1e-8
    )
    dermis = (system.tissue * system.dermis)[:, 0]
    return dermis @ found.y[:size] + found.y[size]


def by_fipy(counts: Counts, levels: int, each: int) -> np.ndarray:
    """FiPy, backward Euler in steps that double, its solver told not to stop early."""
    cell = UnitCell().drawn()
    mesh = Mesh.of(cell, counts)
    r, z = mesh.ring_edges_um[:, 0], mesh.layer_edges_um[:, 0]
    grid = fipy.CylindricalGrid2D(dr=np.diff(r), dz=np.diff(z))
    x, y = grid.cellCenters.value
    channel = (x < 30.0) & (y < 500.0)
    corneum, dermis = ~channel & (y < 15.0), ~channel & (y > 100.0)
    partition = np.where(corneum, 5.0, 1.0)
    passes = partition * np.where(channel, 400.0, np.where(corneum, 0.01, np.where(dermis, 100.0, 50.0)))
    loss = np.where(dermis, 1e-4, 0.0)
    u = fipy.CellVariable(mesh=grid, value=0.0)
    u.constrain(1.0, grid.facesBottom)  # its bottom is depth nought, the surface of the skin
    u.constrain(0.0, grid.facesTop)
    coefficient = fipy.CellVariable(mesh=grid, value=passes).harmonicFaceValue
    held = fipy.CellVariable(mesh=grid, value=partition)
    taken = fipy.CellVariable(mesh=grid, value=loss * partition)
    equation = fipy.TransientTerm(held) == fipy.DiffusionTerm(coefficient) - fipy.ImplicitSourceTerm(taken)
    solver = fipy.LinearLUSolver(tolerance=1e-14)
    volume = np.asarray(grid.cellVolumes) / (0.5 * r[-1] ** 2)
    last = y > z[-2]
    bottom = np.diff(r**2) / r[-1] ** 2 * 100.0 / (0.5 * (z[-1] - z[-2]))
    first = AT[-1] / (each * (2.0**levels - 1.0))
    steps = [first * 2.0**level for level in range(levels) for _ in range(each)]
    out, now, passed, before = [], 0.0, 0.0, 0.0
    told = 0.0
    for dt in steps:
        equation.solve(var=u, dt=dt, solver=solver)
        value = np.asarray(u.value)
        passed += dt * (float((loss * volume * value).sum()) + float((bottom * value[last]).sum()))
        amount = float((dermis * volume * value).sum()) + passed
        while len(out) < AT.size and AT[len(out)] <= now + dt * (1.0 + 1e-9):
            out.append(told + (amount - told) * (AT[len(out)] - now) / dt)
        now, before, told = now + dt, now, amount
    assert before < now
    return np.array(out)


def bulk(draws: int) -> Callable[[], object]:
    """Doses of one active for draws in six zones, with channels."""
    people, pen = People.like(Person("P", 34, Sex.FEMALE, 62, 4), draws, 0), device("exceed")
    sites = []
    for zone in BULK_ZONES:
        layers = skin_layers(zone, people, 0)
        wound = needle(pen, zone, 1.0, 4, 42.0, hand(pen, None, None, draws, 0), layers, 0).wound
        sites.append(Site(layers, wound))
    return lambda: absorb(product("vitamin_c_serum"), sites, 0)


def main() -> None:
    """Print times, errors and ratios of one run."""
    print(conditions("scipy", "fipy", "scikit-fem"))
    answers: dict[str, Callable[[], np.ndarray]] = {
        "Puncta, default": ours,
        "Puncta, closing": ours_closing,
        "Puncta, quick": lambda: ours(QUICK),
        "scikit-fem Q2, four times": lambda: np.array([finite_elements.past_epidermis_um(t, 1) for t in AT]),
        "SciPy BDF 1e-4, like mesh": lambda: bdf(LIKE, 1e-4),
    }
    quick = least(answers)
    slow = {
        "SciPy BDF 1e-4, fine mesh": lambda: bdf(FINE, 1e-4),
        "FiPy, like mesh": lambda: by_fipy(LIKE, 14, 13),
        "FiPy, fine mesh": lambda: by_fipy(FINE, 14, 13),
    }
    base = quick["Puncta, default"]
    for name, run in {**answers, **slow}.items():
        if name in slow:
            start = time.process_time()
            told = run()
            seconds = time.process_time() - start
        else:
            told, seconds = run(), quick[name]
        # a channel that closes is another problem, without a reference
        error = "-" if run is ours_closing else f"{worst(told):.1e}"
        print(f"{name:28s} {seconds * 1e3:10.1f} ms  error {error:>8s}  {seconds / base:8.1f} x", flush=True)
    run = bulk(500)
    run()
    spans = []
    for _ in range(5):
        start = time.perf_counter()
        run()
        spans.append(time.perf_counter() - start)
    print(f"500 draws in six zones: {min(spans):.2f} s on the clock")


if __name__ == "__main__":
    main()
