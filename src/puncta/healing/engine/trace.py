"""Trace: a plain function of numbers becomes a graph of operations, with its derivatives and eliminations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

#: A node: the name of an operation, then the numbers of its operands; or what a constant or an input is.
Node = tuple[Any, ...]
Rows = list[dict[int, "Value"]]
_ORDERLESS = frozenset(("add", "mul"))


class Value:
    """A traced number: arithmetic on it adds nodes to its graph."""

    __array_ufunc__ = None  # so that an array does not take a traced value apart
    __slots__ = ("graph", "number")

    def __init__(self, graph: Graph, number: int) -> None:
        self.graph, self.number = graph, number

    @property
    def node(self) -> Node:
        """What this value is."""
        return self.graph.nodes[self.number]

    def __add__(self, other: Any) -> Value:
        return self.graph.add(self, self.graph.value(other))

    def __sub__(self, other: Any) -> Value:
        return self.graph.sub(self, self.graph.value(other))

    def __rsub__(self, other: Any) -> Value:
        return self.graph.value(other) - self

    def __mul__(self, other: Any) -> Value:
        return self.graph.mul(self, self.graph.value(other))

    def __truediv__(self, other: Any) -> Value:
        return self.graph.div(self, self.graph.value(other))

    def __rtruediv__(self, other: Any) -> Value:
        return self.graph.value(other) / self

    def __neg__(self) -> Value:
        return self.graph.neg(self)

    __radd__, __rmul__ = __add__, __mul__

    def __bool__(self) -> bool:
        raise TypeError(
            "a traced state has no truth value: write a smooth switch such as x / (k + x), or above(x) for max(x, 0); "
            "a jump in time is an event"
        )


class Graph:
    """Operations, each stored once; what can be simplified is, while it is built."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[Node, int] = {}
        self._quotients: dict[int, tuple[int, int, int]] = {}

    def _make(self, *node: Any) -> Value:
        if node[0] in _ORDERLESS and node[1] > node[2]:
            node = (node[0], node[2], node[1])
        if node not in self._known:
            self._known[node] = len(self.nodes)
            self.nodes.append(node)
        return Value(self, self._known[node])

    def input(self, array: str, index: int, at: int | str = 0) -> Value:
        """A number of an array: of this layer (0), the one above (-1) or below (1), or of the whole lane ("s")."""
        return self._make("input", array, at, index)

    def value(self, x: Any) -> Value:
        """A constant, or the value as it is."""
        return x if isinstance(x, Value) else self._make("constant", float(x))

    def constant(self, x: Value) -> float | None:
        """The number a value is, where it is one."""
        return x.node[1] if x.node[0] == "constant" else None

    def _inside(self, x: Value) -> Value | None:
        """The value under a minus sign, where there is one."""
        return Value(self, x.node[1]) if x.node[0] == "neg" else None

    def add(self, a: Value, b: Value) -> Value:
        """a + b."""
        known = self.constant(a), self.constant(b)
        if known[0] is not None and known[1] is not None:
            return self.value(known[0] + known[1])
        if known[0] == 0:
            return b
        if known[1] == 0:
            return a
        if (minus := self._inside(b)) is not None:
            return self.sub(a, minus)
        if (minus := self._inside(a)) is not None:
            return self.sub(b, minus)
        return self._make("add", a.number, b.number)

    def sub(self, a: Value, b: Value) -> Value:
        """a - b."""
        known = self.constant(a), self.constant(b)
        if known[0] is not None and known[1] is not None:
            return self.value(known[0] - known[1])
        if a.number == b.number:
            return self.value(0)
        if known[1] == 0:
            return a
        if known[0] == 0:
            return self.neg(b)
        if (minus := self._inside(b)) is not None:
            return self.add(a, minus)
        if (minus := self._inside(a)) is not None:
            return self.neg(self.add(minus, b))
        return self._make("sub", a.number, b.number)

    def neg(self, a: Value) -> Value:
        """-a."""
        if (known := self.constant(a)) is not None:
            return self.value(-known)
        if (minus := self._inside(a)) is not None:
            return minus
        if a.node[0] == "sub":
            return self._make("sub", a.node[2], a.node[1])
        return self._make("neg", a.number)

    def mul(self, a: Value, b: Value) -> Value:
        """a b, with the sign outside."""
        known = self.constant(a), self.constant(b)
        if known[0] is not None and known[1] is not None:
            return self.value(known[0] * known[1])
        for number, other in ((known[0], b), (known[1], a)):
            if number in (0, 1, -1):
                return self.value(0) if number == 0 else other if number == 1 else self.neg(other)
        for one, other in ((a, b), (b, a)):
            if (minus := self._inside(one)) is not None:
                return self.neg(self.mul(minus, other))
        return self._make("mul", a.number, b.number)

    def div(self, a: Value, b: Value) -> Value:
        """a / b as a times the reciprocal of b, remembered for its derivative."""
        r = self.reciprocal(b)
        q = self.mul(a, r)
        if q.number != r.number:
            self._quotients.setdefault(q.number, (a.number, b.number, r.number))
        return q

    def reciprocal(self, a: Value) -> Value:
        """1 / a."""
        if (known := self.constant(a)) is not None:
            return self.value(1.0 / known)
        if (minus := self._inside(a)) is not None:
            return self.neg(self.reciprocal(minus))
        return self._make("reciprocal", a.number)

    def call(self, name: str, *operands: Value) -> Value:
        """An operation without simplification: above, step, abs, most, sqrt."""
        return self._make(name, *(operand.number for operand in operands))

    def derivatives(self, outputs: Iterable[Value], inputs: Iterable[Value]) -> list[dict[int, Value]]:
        """Non-zero derivatives of each output by the inputs, as {place of the input: value}."""
        memo = {x.number: {place: self.value(1)} for place, x in enumerate(inputs)}
        return [self._derivative(x, memo) for x in outputs]

    def _derivative(self, x: Value, memo: dict[int, dict[int, Value]]) -> dict[int, Value]:
        if x.number in memo:
            return memo[x.number]
        kind, *operands = x.node
        if kind in ("constant", "input", "step"):
            out: dict[int, Value] = {}
        elif x.number in self._quotients:
            a, b, r = (Value(self, number) for number in self._quotients[x.number])
            da, db = self._derivative(a, memo), self._derivative(b, memo)
            out = _sum(_times(da, r), _times(db, -x * r))
        else:
            a, *others = (Value(self, number) for number in operands)
            da = self._derivative(a, memo)
            if kind in ("add", "sub"):
                db = self._derivative(others[0], memo)
                out = _sum(da, db if kind == "add" else _times(db, self.value(-1)))
            elif kind == "mul":
                out = _sum(_times(da, others[0]), _times(self._derivative(others[0], memo), a))
            else:
                slope = {
                    "neg": lambda: self.value(-1),
                    "reciprocal": lambda: -x * x,
                    "above": lambda: self.call("step", a),
                    "sqrt": lambda: 1 / (x + x),
                }[kind]()
                out = _times(da, slope)
        memo[x.number] = out
        return out

    def order(self, outputs: Iterable[Value]) -> list[int]:
        """Numbers of all nodes that the outputs need, operands first."""
        needed, waiting = set(), [x.number for x in outputs]
        while waiting:
            number = waiting.pop()
            if number not in needed:
                needed.add(number)
                waiting += self.operands(number)
        return sorted(needed)  # a node is always younger than its operands

    def operands(self, number: int) -> list[int]:
        """Numbers of the nodes that a node is made of."""
        kind, *operands = self.nodes[number]
        return [] if kind in ("constant", "input") else operands


def _times(slopes: Mapping[int, Value], factor: Value) -> dict[int, Value]:
    return {place: slope * factor for place, slope in slopes.items()}


def _sum(one: Mapping[int, Value], other: Mapping[int, Value]) -> dict[int, Value]:
    total = dict(one)
    for place, slope in other.items():
        total[place] = total[place] + slope if place in total else slope
    return {place: slope for place, slope in total.items() if slope.graph.constant(slope) != 0}


def above(x: Any) -> Any:
    """The larger of a number and zero, for floats, arrays and traced values; its slope at zero counts as zero.

    Examples
    --------
    >>> float(above(-2.0)), float(above(3.0))
    (0.0, 3.0)
    """
    return x.graph.call("above", x) if isinstance(x, Value) else np.maximum(x, 0)


def root(x: Any) -> Any:
    """The square root of a float, an array or a traced value.

    Examples
    --------
    >>> float(root(4.0))
    2.0
    """
    return x.graph.call("sqrt", x) if isinstance(x, Value) else np.sqrt(x)


class Names:
    """Numbers by name: each is an input of an array, numbered as it is first asked for."""

    def __init__(self, graph: Graph, array: str, at: int | str) -> None:
        self._graph, self._array, self._at = graph, array, at
        self._order: dict[str, int] = {}

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._graph.input(self._array, self._order.setdefault(name, len(self._order)), self._at)

    def names(self) -> tuple[str, ...]:
        """The names in the order of their numbers."""
        return tuple(self._order)


class Elimination:
    """A matrix of known pattern, with some of its unknowns eliminated.

    Parameters
    ----------
    rows : list of dict
        {column: value} of each row.
    local : collection of int
        Unknowns to eliminate, in the order of the least fill-in (Markowitz); the rest is left as Schur rows.
    """

    def __init__(self, rows: Rows, local: Sequence[int]) -> None:
        rows, left = [dict(row) for row in rows], set(range(len(rows)))
        self.order: list[int] = []
        self.pivots: dict[int, Value] = {}
        self.below: dict[tuple[int, int], Value] = {}
        self.beside: dict[tuple[int, int], Value] = {}
        waiting = set(local)
        while waiting:
            k = min(waiting, key=lambda k: (_markowitz(rows, left, k), k))
            waiting.remove(k)
            left.remove(k)
            self.order.append(k)
            pivot = self.pivots[k] = 1 / rows[k][k]
            across = {j: rows[k][j] for j in sorted(left) if j in rows[k]}
            self.beside |= {(k, j): value for j, value in across.items()}
            for i in sorted(left):
                if k in rows[i]:
                    share = self.below[i, k] = rows[i].pop(k) * pivot
                    for j, value in across.items():
                        rows[i][j] = rows[i].get(j, value.graph.value(0)) - share * value
        self.schur = rows

    def held(self, hold: Callable[[Value], Value]) -> Elimination:
        """The same with each value replaced by where it is stored."""
        out = object.__new__(Elimination)
        out.order, out.schur = self.order, self.schur
        out.pivots = {at: hold(value) for at, value in self.pivots.items()}
        out.below = {at: hold(value) for at, value in self.below.items()}
        out.beside = {at: hold(value) for at, value in self.beside.items()}
        return out

    def forward(self, b: Sequence[Value]) -> list[Value]:
        """Take the eliminated unknowns out of a right-hand side."""
        b = list(b)
        for k in self.order:
            for i in range(len(b)):
                if (i, k) in self.below:
                    b[i] = b[i] - self.below[i, k] * b[k]
        return b

    def backward(self, b: Sequence[Value]) -> list[Value]:
        """Put the eliminated unknowns in, where the others are solved."""
        b = list(b)
        for k in reversed(self.order):
            for j in range(len(b)):
                if (k, j) in self.beside:
                    b[k] = b[k] - self.beside[k, j] * b[j]
            b[k] = b[k] * self.pivots[k]
        return b


def _markowitz(rows: Rows, left: set[int], k: int) -> int:
    return sum(k in rows[i] for i in left - {k}) * sum(j in rows[k] for j in left - {k})


def inverse(a: list[list[Value]]) -> list[list[Value]]:
    """The inverse of a small dense matrix, by Gauss and Jordan without pivoting."""
    a = [list(row) for row in a]
    size = range(len(a))
    for k in size:
        pivot = a[k][k] = 1 / a[k][k]
        for j in size:
            if j != k:
                a[k][j] = a[k][j] * pivot
        for i in size:
            if i != k:
                share, a[i][k] = a[i][k], a[i][k].graph.value(0)
                for j in size:
                    a[i][j] = a[i][j] - share * a[k][j]
    return a


def total(terms: Sequence[Value]) -> Value:
    """The sum of some values, from the first on."""
    out = terms[0]
    for term in terms[1:]:
        out = out + term
    return out
