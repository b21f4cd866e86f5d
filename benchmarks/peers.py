"""Peers: what an expert writes for the fixed problem with SUNDIALS, and what a scientist writes first with SciPy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp
from scipy.sparse import lil_matrix
from sksundae.cvode import CVODE
from tests.healing.engine import fixed

from puncta.healing.engine.trace import Graph, Names, Value

Array = NDArray[np.float64]
N = len(fixed.SPECIES)
SIZE = N * fixed.LAYERS
_OPERATIONS = {"add": "{} + {}", "sub": "{} - {}", "mul": "{} * {}", "neg": "-{}", "reciprocal": "1.0 / {}"}


class Equations:
    """Right-hand side and Jacobian of a person in numba, from the same `react`, straight-line in each layer."""

    def __init__(self) -> None:
        graph = Graph()
        u, p = [graph.input("u", i) for i in range(N)], Names(graph, "p", "s")
        rates = [graph.value(x) for x in fixed.react(u, p)]
        jacobian = graph.derivatives(rates, u)
        self.names = p.names()
        spread = {fixed.SPECIES.index(name): D / fixed.THICKNESS**2 for name, D in fixed.spread(None).items()}
        entries = [(i, j, x) for i, row in enumerate(jacobian) for j, x in row.items()]
        self.f = _compiled(_source(graph, rates, [f"out[o + {i}] = {{}}" for i in range(N)], _exchange(spread)))
        targets = [f"out[o + {i}, o + {j}] = {{}}" for i, j, _ in entries]
        self.jacobian = _compiled(_source(graph, [x for *_, x in entries], targets, _exchange_slopes(spread)))


def _source(graph: Graph, values: list[Value], targets: list[str], after: list[str]) -> str:
    lines = ["def made(u, p, out):", f"    for layer in range({fixed.LAYERS}):", f"        o = layer * {N}"]
    names: dict[int, str] = {}
    for number in graph.order(values):
        kind, *rest = graph.nodes[number]
        names[number] = f"v{number}"
        if kind == "constant":
            names[number] = repr(rest[0])
        elif kind == "input":
            lines.append(
                f"        v{number} = u[o + {rest[2]}]" if rest[0] == "u" else f"        v{number} = p[{rest[2]}]"
            )
        else:
            lines.append(f"        v{number} = " + _OPERATIONS[kind].format(*(names[x] for x in rest)))
    lines += ["        " + target.format(names[x.number]) for target, x in zip(targets, values, strict=True)]
    return "\n".join([*lines, *("        " + line for line in after)])


def _exchange(spread: dict[int, float]) -> list[str]:
    lines = []
    for j, rate in spread.items():
        lines += [f"if layer > 0: out[o + {j}] += {rate!r} * (u[o + {j - N}] - u[o + {j}])"]
        lines += [f"if layer < {fixed.LAYERS - 1}: out[o + {j}] += {rate!r} * (u[o + {j + N}] - u[o + {j}])"]
    return lines


def _exchange_slopes(spread: dict[int, float]) -> list[str]:
    lines = []
    for j, rate in spread.items():
        for test, other in (("layer > 0", j - N), (f"layer < {fixed.LAYERS - 1}", j + N)):
            lines += [f"if {test}:", f"    out[o + {j}, o + {j}] -= {rate!r}"]
            lines += [f"    out[o + {j}, o + {other}] = {rate!r}"]
    return lines


def _compiled(source: str) -> Callable[..., None]:
    space: dict[str, Any] = {}
    exec(source, space)
    return numba.njit(space["made"], error_model="numpy")


def segments() -> Iterator[tuple[Callable[[Array], None], Array]]:
    """Each session as a change of the state, and the days read up to the next."""
    course = fixed.course(fixed.nominal())
    for strike, start, end in zip(
        course.strikes, fixed.SESSIONS, (*fixed.SESSIONS[1:], float(fixed.YEAR)), strict=True
    ):
        w, gel = strike["w"][:, 0], strike["gel"][:, 0]

        def hit(u: Array, w: Array = w, gel: Array = gel) -> None:
            layers = u.reshape(fixed.LAYERS, N)
            layers[:] = np.stack(fixed.strike(layers.T, _Event(w, gel), None), axis=1)

        yield hit, np.arange(start, end + 1)


class _Event:
    def __init__(self, w: Array, gel: Array) -> None:
        self.w, self.gel = w, gel


def year(advance: Callable[[Array, Array], Array]) -> Array:
    """A person's year by a solver of one segment: rows of 366 days by 12 depth means."""
    u = np.tile(np.array(fixed.REST, dtype=float), fixed.LAYERS)
    rows = []
    for hit, days in segments():
        hit(u)
        states = advance(u, days)
        means = states.reshape(-1, fixed.LAYERS, N).mean(axis=1)
        rows.append(means if not rows else means[1:])
        u = states[-1].copy()
    return np.concatenate(rows)


class Sundae:
    """CVODE (BDF, band) through scikit-sundae, right-hand side and Jacobian by numba."""

    def __init__(self, equations: Equations, rtol: float, atol: float) -> None:
        self._p = np.zeros(len(equations.names))
        self._names, f, jacobian, p = equations.names, equations.f, equations.jacobian, self._p

        def rhs(t: float, y: Array, yp: Array) -> None:
            f(y, p, yp)

        def jac(t: float, y: Array, yp: Array, JJ: Array) -> None:
            jacobian(y, p, JJ)

        self._solver = CVODE(
            rhs, rtol=rtol, atol=atol, linsolver="band", lband=N, uband=N, jacfn=jac, max_num_steps=100_000
        )

    def __call__(self, person: dict[str, float]) -> Array:
        self._p[:] = [person[name] for name in self._names]
        return year(lambda u, days: self._solver.solve(days, u).y)


class SciPy:
    """SciPy's BDF with the pattern of the Jacobian, right-hand side in NumPy over all layers at once."""

    def __init__(self, rtol: float, atol: float) -> None:
        self._rtol, self._atol = rtol, atol
        pattern = lil_matrix((SIZE, SIZE))
        for layer in range(fixed.LAYERS):
            own = slice(layer * N, (layer + 1) * N)
            pattern[own, own] = 1
            for j in (fixed.SPECIES.index(name) for name in fixed.spread(None)):
                for other in (layer - 1, layer + 1):
                    if 0 <= other < fixed.LAYERS:
                        pattern[layer * N + j, other * N + j] = 1
        self._pattern = pattern.tocsc()
        self._moving = [(fixed.SPECIES.index(name), D / fixed.THICKNESS**2) for name, D in fixed.spread(None).items()]

    def __call__(self, person: dict[str, float]) -> Array:
        p = type("P", (), person)

        def rhs(t: float, y: Array) -> Array:
            layers = y.reshape(fixed.LAYERS, N)
            out = np.stack(fixed.react(layers.T, p), axis=1)
            for j, rate in self._moving:
                step = rate * np.diff(layers[:, j])
                out[:-1, j] += step
                out[1:, j] -= step
            return out.ravel()

        def advance(u: Array, days: Array) -> Array:
            span = (days[0], days[-1])
            done = solve_ivp(
                rhs, span, u, "BDF", days, rtol=self._rtol, atol=self._atol, jac_sparsity=self._pattern, first_step=1e-4
            )
            return done.y.T

        return year(advance)
