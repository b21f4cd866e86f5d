"""The real model: 500 draws, six zones, six sessions, a year; against SciPy, and over the number of layers.

OMP_NUM_THREADS=1 python -m benchmarks.real
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp
from scipy.sparse import kron, lil_matrix
from tests.healing.protocols import PROTOCOLS, channels_of

from benchmarks.timing import conditions, least
from puncta.evidence import draw
from puncta.healing import STATES, Grid, Healing, HealingParameters, Injury, grid, heal, injury, react, rest
from puncta.healing.grid import PRODUCTION_LAYERS

DRAWS, ZONES = 500, len(PROTOCOLS)
DAYS = (0.0, 28.0, 56.0, 84.0, 112.0, 140.0)
OUTPUTS = np.array([0, 0.5, 1, 2, 3, 5, 7, 14, 28, 56, 84, 112, 140, 168, 200, 230, 260, 300, 330, 365.0])


def lanes(draws: int) -> tuple[HealingParameters, np.ndarray]:
    """Draws for every zone, zone by zone, and the depth, density and radius of each lane."""
    drawn = draw(HealingParameters, draws, seed=1)
    fields = {f.name: getattr(drawn, f.name) for f in dataclasses.fields(drawn)}
    tiled = {name: np.tile(x, ZONES) if x.shape[0] > 1 else x for name, x in fields.items()}
    return HealingParameters(**tiled), np.repeat(np.array(list(PROTOCOLS.values())), draws, axis=0).T


def wound(place: Grid, parameters: HealingParameters, rows: np.ndarray) -> Injury:
    """The injury of one session."""
    return injury(place, channels_of(*rows), parameters)


def follow(parameters: HealingParameters, rows: np.ndarray, layers: int = PRODUCTION_LAYERS, **options: Any) -> Healing:
    """All lanes through the course, injury included."""
    hurt = [wound(grid(layers), parameters, rows) for _ in DAYS]
    given: dict[str, Any] = {"age_years": 30.0, "horizon_days": 365.0, "output_days": OUTPUTS, "layers": layers}
    return heal(hurt, DAYS, parameters, **given, **options)


def scipy_lane(parameters: HealingParameters, rows: np.ndarray, lane: int, rtol: float) -> Callable[[], None]:
    """One lane, without the surface and the readings, by SciPy's BDF with the pattern of its Jacobian."""
    place = grid()
    own = {f.name: getattr(parameters, f.name) for f in dataclasses.fields(parameters)}
    one = HealingParameters(**{name: x[lane : lane + 1] if x.shape[0] > 1 else x for name, x in own.items()})
    p, hurt = (
        SimpleNamespace(**{f.name: float(getattr(one, f.name)[0]) for f in dataclasses.fields(one)}),
        wound(place, one, rows[:, lane : lane + 1]),
    )
    n, T = place.layers, STATES.index("T")
    above, below = place.exchange()
    flow = p.dT * p.LT**2
    pattern = lil_matrix(kron(np.ones((len(STATES), len(STATES))), np.eye(n)))
    block = slice(T * n, (T + 1) * n)
    pattern[block, block] = np.eye(n) + np.eye(n, k=1) + np.eye(n, k=-1)

    def rate(_: float, u: np.ndarray) -> np.ndarray:
        layers = u.reshape(len(STATES), n)
        out = np.stack(react(layers, p))
        step = np.diff(layers[T])
        out[T, :-1] += flow * below[:-1] * step
        out[T, 1:] -= flow * above[1:] * step
        return out.ravel()

    def run() -> None:
        u = np.repeat(rest(one), n, axis=1)
        for start, stop in zip(DAYS, (*DAYS[1:], 365.0), strict=True):
            u[0] += p.kD * hurt.hurt_fraction[:, 0]
            u[7:] *= 1 - p.lam * hurt.cut_fraction[:, 0]
            at_once = -np.expm1(-p.q0 * hurt.hurt_fraction[:, 0])
            u[5] += at_once * (1 - u[5])
            done = solve_ivp(
                rate,
                (start, stop),
                u.ravel(),
                "BDF",
                rtol=rtol,
                atol=rtol * 1e-2,
                jac_sparsity=pattern,
                first_step=1e-4,
            )
            u = done.y[:, -1].reshape(len(STATES), n)

    return run


def layers_needed() -> None:
    """errC of coarser grids against 160 equal layers: worst error of collagen over its largest change in the lane."""
    parameters, rows = lanes(16)
    close = follow(parameters, rows, 160, tolerance=1e-5)
    for layers in (PRODUCTION_LAYERS, 20, 40, 80):
        found = follow(parameters, rows, layers)
        errors = []
        for region in ("papillary", "dermis"):
            a, b = getattr(found, region).collagen_fold, getattr(close, region).collagen_fold
            errors.append(np.abs(a - b).max(axis=1) / np.abs(b - b[:, :1]).max(axis=1))
        text = ", ".join(f"{q} % {np.percentile(np.maximum(*errors), q):.1e}" for q in (50, 95, 100))
        print(f"{layers:4} layers{' (graded)' if layers == PRODUCTION_LAYERS else '':10} errC against 160: {text}")


def main() -> None:
    """Measure and print."""
    parameters, rows = lanes(DRAWS)
    count = rows.shape[1]
    tasks: dict[str, tuple[int, Callable[[], object]]] = {
        "SciPy BDF, rtol 1e-3": (1, scipy_lane(parameters, rows, 7, 1e-3)),
        "heal, double": (count, partial(follow, parameters, rows, map=map)),
        "heal, single": (count, partial(follow, parameters, rows, map=map, precision="single")),
    }
    times = least({name: task for name, (_, task) in tasks.items()}, rounds=4)
    print(conditions("scipy"))
    slow = times["SciPy BDF, rtol 1e-3"]
    for name, (size, _) in tasks.items():
        each = times[name] / size
        print(f"{name:24}{1e3 * each:9.3f} ms a lane-year, {slow / each:6.0f} times SciPy, {times[name]:.2f} s in all")
    for precision in ("double", "single"):
        wall = []
        for _ in range(4):
            start = time.perf_counter()
            follow(parameters, rows, precision=precision)
            wall.append(time.perf_counter() - start)
        print(f"{count} lanes on all processors, {precision}: {min(wall):.2f} s of wall time, the least of four")
    layers_needed()


if __name__ == "__main__":
    main()
