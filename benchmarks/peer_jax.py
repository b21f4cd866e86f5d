"""A peer in JAX: the same order and the same elimination as the engine, as scans compiled by XLA, people by `vmap`.

What an expert would write there: rates and sparse elimination come as straight-line code from the same `react`, the
diffusing species are solved by blocks over depth, and every person has a step of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from tests.healing.engine import fixed

from puncta.healing.engine.trace import Elimination, Graph, Names, Value

jax.config.update("jax_enable_x64", True)

Array = NDArray[np.float64]
N = len(fixed.SPECIES)
MOVING = {fixed.SPECIES.index(name): D / fixed.THICKNESS**2 for name, D in fixed.spread(None).items()}
PLACES = list(MOVING)
_NEIGHBOURS = np.full(fixed.LAYERS, 2.0) - (np.arange(fixed.LAYERS) % (fixed.LAYERS - 1) == 0)
# numerics: the control of the engine
_FIRST, _GROW, _SHRINK, _CAUTION, _SMALL = 1e-4, 5.0, 0.2, 0.9, 0.01
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": jnp.add, "sub": jnp.subtract, "mul": jnp.multiply, "neg": jnp.negative, "reciprocal": jnp.reciprocal,
}  # fmt: skip


class Matrix:
    """c I - J of one layer with its local species eliminated, as straight-line code."""

    def __init__(self) -> None:
        self.graph = Graph()
        u, p = [self.graph.input("u", i) for i in range(N)], Names(self.graph, "p", "s")
        slopes = self.graph.derivatives([self.graph.value(x) for x in fixed.react(u, p)], u)
        self.names = p.names()
        c, rows = self.graph.input("c", 0), [{j: -x for j, x in row.items()} for row in slopes]
        for i, row in enumerate(rows):
            row[i] = row.get(i, self.graph.value(0)) + c
            if i in MOVING:
                row[i] = row[i] + self.graph.input("d", PLACES.index(i))
        self.form = Elimination(rows, [i for i in range(N) if i not in MOVING])
        zero = self.graph.value(0)
        self.schur = [self.form.schur[i].get(j, zero) for i in PLACES for j in PLACES]

    def at(self, u: Any, p: Any, c: Any, d: Any) -> dict[int, Any]:
        """Every value of the elimination, for all layers at once."""
        wanted = [*self.form.pivots.values(), *self.form.below.values(), *self.form.beside.values(), *self.schur]
        arrays, value = {"u": u, "p": p, "c": [c], "d": d}, {}
        for number in self.graph.order(wanted):
            kind, *rest = self.graph.nodes[number]
            if kind == "input":
                value[number] = arrays[rest[0]][rest[2]]
            else:
                value[number] = rest[0] if kind == "constant" else _OPERATIONS[kind](*(value[x] for x in rest))
        return value


MATRIX = Matrix()


def rates(u: Any, p: Any) -> Any:
    """The right-hand side, of shape (species, layers)."""
    out = jnp.stack(fixed.react(u, p))
    for j, rate in MOVING.items():
        step = rate * jnp.diff(u[j])
        out = out.at[j, :-1].add(step).at[j, 1:].add(-step)
    return out


def factored(u: Any, p: Any, c: Any) -> tuple[dict[int, Any], Any]:
    """Values of the elimination, and the inverses of the blocks over depth."""
    leaves = [jnp.asarray(rate * _NEIGHBOURS, u.dtype) for rate in MOVING.values()]
    value = MATRIX.at(u, [getattr(p, name) for name in MATRIX.names], c, leaves)
    blocks = jnp.stack([jnp.broadcast_to(_of(value, x), u.shape[1:]) for x in MATRIX.schur], axis=1)
    rate = jnp.asarray(list(MOVING.values()), u.dtype)
    size = len(PLACES)

    def down(above: Any, block: Any) -> tuple[Any, Any]:
        inverse = _inverse(block - rate[:, None] * above * rate[None, :])
        return inverse, inverse

    return value, jax.lax.scan(down, jnp.zeros((size, size), u.dtype), blocks.reshape(-1, size, size))[1]


def _inverse(a: Any) -> Any:
    """Gauss and Jordan without pivoting, as the engine does it."""
    size = range(a.shape[0])
    rows = [[a[i, j] for j in size] for i in size]
    for k in size:
        pivot = rows[k][k] = 1 / rows[k][k]
        rows[k] = [x if j == k else x * pivot for j, x in enumerate(rows[k])]
        for i in size:
            if i != k:
                share, rows[i][k] = rows[i][k], jnp.zeros_like(pivot)
                rows[i] = [x - share * y for x, y in zip(rows[i], rows[k], strict=True)]
    return jnp.stack([jnp.stack(row) for row in rows])


def _of(value: Mapping[int, Any], x: Value) -> Any:
    return value[x.number]


def solved(value: dict[int, Any], inverses: Any, b: Any) -> Any:
    """The solution for one right-hand side, of shape (species, layers)."""
    form, x = MATRIX.form, list(b)
    for k in form.order:
        for i in range(N):
            if (i, k) in form.below:
                x[i] = x[i] - _of(value, form.below[i, k]) * x[k]
    rate = jnp.asarray(list(MOVING.values()), b.dtype)

    def down(above: Any, row: Any) -> tuple[Any, Any]:
        right, inverse = row
        found = inverse @ (right + rate * above)
        return found, found

    def up(below: Any, row: Any) -> tuple[Any, Any]:
        found, inverse = row
        whole = found + inverse @ (rate * below)
        return whole, whole

    none, moving = jnp.zeros(len(PLACES), b.dtype), jnp.stack([x[i] for i in PLACES], axis=1)
    first = jax.lax.scan(down, none, (moving, inverses))[1]
    whole = jax.lax.scan(up, none, (first, inverses), reverse=True)[1]
    for at, i in enumerate(PLACES):
        x[i] = whole[:, at]
    for k in reversed(form.order):
        for j in range(N):
            if (k, j) in form.beside:
                x[k] = x[k] - _of(value, form.beside[k, j]) * x[j]
        x[k] = x[k] * _of(value, form.pivots[k])
    return jnp.stack(x)


def _step(u: Any, f: Any, h: Any, p: Any) -> tuple[Any, Any]:
    """One step of RODAS3 and its error."""
    value, inverses = factored(u, p, 2 / h)
    solve = partial(solved, value, inverses)
    k1 = solve(f)
    k2 = solve(f + 4 / h * k1)
    k3 = solve(rates(u + 2 * k1, p) + (k1 - k2) / h)
    near = u + 2 * k1 + k3
    k4 = solve(rates(near, p) + (k1 - k2 - 8 / 3 * k3) / h)
    return near + k4, k4


def _segment(u: Any, rows: Any, start: Any, end: Any, p: Any, rtol: Any) -> tuple[Any, Any]:
    """From one session to the next, a row a day between cubic curves."""
    days = jnp.arange(fixed.YEAR + 1, dtype=jnp.float64)
    dtype = u.dtype

    def going(state: Any) -> Any:
        return state[0] < end

    def once(state: Any) -> Any:
        t, h, u, f, rows = state
        left = end - t
        h = jnp.where(left <= h, left, jnp.where(left < 2 * h, left / 2, h))
        new, error = _step(u, f, h.astype(dtype), p)
        size = rtol * (_SMALL + jnp.maximum(jnp.abs(u), jnp.abs(new)))
        worst = jnp.sqrt(jnp.mean((error / size) ** 2)).astype(jnp.float64)
        sound = worst <= 1
        fold = jnp.clip(_CAUTION * jnp.maximum(worst, 1e-12) ** (-1 / 3), _SHRINK, _GROW)
        slope = rates(new, p)
        x = ((days - t) / h).astype(dtype)[:, None]
        g0, d0, g1, d1 = (y.mean(axis=1) for y in (u, f, new, slope))
        width = h.astype(dtype)
        met = (1 + 2 * x) * (1 - x) ** 2 * g0 + x * (1 - x) ** 2 * width * d0
        met = met + x * x * (3 - 2 * x) * g1 + x * x * (x - 1) * width * d1
        after = jnp.where(left == h, end, t + h)
        inside = (sound & (days > t) & (days <= after))[:, None]
        pick = partial(jnp.where, sound)
        return pick(after, t), h * fold, pick(new, u), pick(slope, f), jnp.where(inside, met, rows)

    state = start, jnp.asarray(_FIRST), u, rates(u, p), rows
    _, _, u, _, rows = jax.lax.while_loop(going, once, state)
    return u, rows


class _Given:
    """Parameters of a person, or places of an event, by name."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)


def _year(values: Mapping[str, Any], rtol: Any, dtype: Any) -> Any:
    """A person's year: 366 rows of 12 means."""
    p, course = _Given(values), fixed.course(fixed.nominal())
    names = tuple(course.strikes[0])
    struck = [jnp.asarray([strike[name][:, 0] for strike in course.strikes], dtype) for name in names]
    times = jnp.asarray(fixed.SESSIONS), jnp.asarray((*fixed.SESSIONS[1:], fixed.YEAR))

    def session(state: Any, given: Any) -> tuple[Any, None]:
        (u, rows), (start, end, *brought) = state, given
        u = jnp.stack(fixed.strike(u, _Given(dict(zip(names, brought, strict=True))), None))
        rows = jnp.where(start == 0, rows.at[0].set(u.mean(axis=1)), rows)
        return _segment(u, rows, start, end, p, rtol), None

    first = jnp.asarray(course.start[:, :, 0], dtype), jnp.zeros((fixed.YEAR + 1, N), dtype)
    return jax.lax.scan(session, first, (*times, *struck))[0][1]


@cache
def _compiled(precision: str) -> tuple[Any, Callable[..., Any]]:
    dtype = jnp.float32 if precision == "single" else jnp.float64
    return dtype, jax.jit(jax.vmap(partial(_year, dtype=dtype), in_axes=(0, None)))


class Jax:
    """Years of many people, each with steps of their own; compiled once for a number of people and a precision."""

    def __init__(self, rtol: float, precision: str = "double") -> None:
        self._rtol, (self._dtype, self._run) = rtol, _compiled(precision)

    def __call__(self, people: Mapping[str, Array]) -> Array:
        given = {name: jnp.asarray(x, self._dtype) for name, x in people.items()}
        return np.asarray(self._run(given, jnp.asarray(self._rtol, self._dtype)))
