"""The fixed problem against its peers: time per person-year at errC and errT of at most a thousandth, as ratios.

    OMP_NUM_THREADS=1 python -m benchmarks.fixed

One thread each, the whole task (events, steps, 366 rows), each candidate at the loosest tolerance of its ladder that
keeps all reference people (SciPy: the first) within the bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from tests.healing.engine import fixed

from benchmarks.peer_jax import Jax
from benchmarks.peers import Equations, SciPy, Sundae
from benchmarks.timing import conditions, least
from puncta.healing.engine import run

Array = NDArray[np.float64]
C1, T = fixed.SPECIES.index("C1"), fixed.SPECIES.index("T")
BOUND = 1e-3
REFERENCE, COHORT = fixed.people(16, 1), fixed.people(128, 3)


def person(people: dict[str, Array], i: int) -> dict[str, float]:
    """One person of several."""
    return {name: float(values[i]) for name, values in people.items()}


def errors(rows: Sequence[Array], close: Array) -> tuple[float, float]:
    """Worst errC and errT of some people, rows of (366, 12) each, against (12, people, 366)."""
    collagen = [
        np.abs(r[:, C1] - close[C1, i]).max() / np.abs(close[C1, i] - close[C1, i, 0]).max() for i, r in enumerate(rows)
    ]
    signal = [np.abs(r[1:, T] - close[T, i, 1:]).max() / np.abs(close[T, i, 1:]).max() for i, r in enumerate(rows)]
    return max(collagen), max(signal)


def loosest(
    make: Callable[[float], Callable[[], Sequence[Array]]], ladder: Sequence[float], close: Array
) -> tuple[float, tuple[float, float]]:
    """The first tolerance of a ladder, and its errors, that keeps within the bound."""
    for tolerance in ladder:
        met = errors(make(tolerance)(), close)
        if max(met) <= BOUND:
            break
    return tolerance, met


def engine_rows(people: dict[str, Array], precision: str, tolerance: float) -> list[Array]:
    """Rows of the engine, person by person."""
    found = run(fixed.MODEL, fixed.course(people), tolerance=tolerance, precision=precision, map=map)  # type: ignore[arg-type]
    return list(found.rows.transpose(1, 2, 0))


def main() -> None:
    """Measure and print."""
    close = run(fixed.MODEL, fixed.course(REFERENCE), tolerance=1e-7).rows
    equations = Equations()
    sundae: Callable[[float], Sundae] = lambda rtol: Sundae(equations, rtol, 1e-6 if rtol > 1e-5 else 1e-7)  # noqa: E731
    every, first = range(16), range(1)
    fine = (4e-3, 2.8e-3, 2e-3, 1.4e-3, 1e-3, 7e-4, 5e-4)
    ladders: dict[str, tuple[Callable[[float], Callable[[], Sequence[Array]]], Sequence[float]]] = {
        "scikit-sundae, numba": (
            lambda rtol: partial(lambda s: [s(person(REFERENCE, i)) for i in every], sundae(rtol)),
            (1e-3, 7e-4, 5e-4, 3e-4, 1e-4, 1e-5),
        ),
        "SciPy BDF": (
            lambda rtol: partial(lambda s: [s(person(REFERENCE, i)) for i in first], SciPy(rtol, 1e-6)),
            (3e-3, 1e-3, 3e-4, 1e-4),
        ),
        "JAX, double": (lambda rtol: partial(lambda s: list(s(REFERENCE)), Jax(rtol)), fine),
        "JAX, single": (lambda rtol: partial(lambda s: list(s(REFERENCE)), Jax(rtol, "single")), fine),
        "engine, double": (lambda rtol: partial(engine_rows, REFERENCE, "double", rtol), fine),
        "engine, single": (lambda rtol: partial(engine_rows, REFERENCE, "single", rtol), fine),
    }
    chosen = {name: loosest(make, ladder, close) for name, (make, ladder) in ladders.items()}
    double, single = chosen["engine, double"][0], chosen["engine, single"][0]
    peer, slow = sundae(chosen["scikit-sundae, numba"][0]), SciPy(chosen["SciPy BDF"][0], 1e-6)
    double_jax, single_jax = Jax(chosen["JAX, double"][0]), Jax(chosen["JAX, single"][0], "single")
    first_person = {name: x[:1] for name, x in REFERENCE.items()}
    cohort, one = fixed.course(COHORT), fixed.course(first_person)
    size = COHORT["kP"].shape[0]
    tasks: dict[str, tuple[str, int, Callable[[], object]]] = {
        "scikit-sundae, numba": ("scikit-sundae, numba", 4, lambda: [peer(person(COHORT, i)) for i in range(4)]),
        "SciPy BDF": ("SciPy BDF", 1, lambda: slow(person(COHORT, 0))),
        "JAX, one person, double": ("JAX, double", 1, partial(double_jax, first_person)),
        "JAX, cohort, double": ("JAX, double", size, partial(double_jax, COHORT)),
        "JAX, cohort, single": ("JAX, single", size, partial(single_jax, COHORT)),
        "engine, one person, double": ("engine, double", 1, partial(run, fixed.MODEL, one, tolerance=double)),
        "engine, cohort, double": (
            "engine, double", size, partial(run, fixed.MODEL, cohort, tolerance=double, map=map)
        ),
        "engine, cohort, single": (
            "engine, single", size, partial(run, fixed.MODEL, cohort, tolerance=single, precision="single", map=map)
        ),
    }  # fmt: skip
    times = least({name: task for name, (_, _, task) in tasks.items()})
    per = {name: times[name] / tasks[name][1] for name in tasks}
    print(conditions("scikit-sundae", "numba", "scipy", "jax"))
    print(f"{'':28}{'ms/person-year':>16}{'ratio':>8}{'tolerance':>11}{'errC':>9}{'errT':>9}")
    for name, (ladder, _, _) in tasks.items():
        tolerance, (collagen, signal) = chosen[ladder]
        ratio = per["scikit-sundae, numba"] / per[name]
        print(f"{name:28}{1e3 * per[name]:16.2f}{ratio:8.2f}{tolerance:11.1e}{collagen:9.1e}{signal:9.1e}")


if __name__ == "__main__":
    main()
