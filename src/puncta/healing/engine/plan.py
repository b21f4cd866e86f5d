"""Plan: from a model to the straight-line blocks of one step, with every index and every sparse entry decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from puncta.frozen import frozen
from puncta.healing.engine.model import Model
from puncta.healing.engine.trace import Elimination, Graph, Names, Node, Value, inverse, total

At = int | str
Store = tuple[str, At, int, Value]


@frozen
class Layout:
    """Names and sizes of what goes in and out, all that is needed to use a compiled model.

    Parameters
    ----------
    species, surface, parameters, struck, surface_struck, weights : tuple of str
        Names, in the order of their places.
    rows : int
        Rows of a reading: those of ``read``, then the surface.
    work : dict
        Arrays of the work space: places in each layer, and places once.
    """

    species: tuple[str, ...]
    surface: tuple[str, ...]
    parameters: tuple[str, ...]
    struck: tuple[str, ...]
    surface_struck: tuple[str, ...]
    weights: tuple[str, ...]
    rows: int
    work: dict[str, tuple[int, int]]

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> Layout:
        """A layout from the plain values of one."""
        given = {name: tuple(x) if isinstance(x, list) else x for name, x in kept.items()}
        return cls(**{**given, "work": {name: (per, once) for name, (per, once) in kept["work"].items()}})

    @property
    def shapes(self) -> dict[str, tuple[int, int]]:
        """Arrays that are given, as in ``work``."""
        return {
            "p": (0, len(self.parameters)),
            "x": (2, 0),
            "w": (len(self.weights), 0),
            "e": (len(self.struck), len(self.surface_struck)),
        }


@frozen
class Block:
    """Straight-line code for one layer, run over layers from the top (1), from the bottom (-1), or once a lane (0).

    Parameters
    ----------
    name : str
        Its name.
    way : int
        Direction.
    nodes : tuple of (int, Node)
        Operations in order, operands first.
    stores, sums : tuple of (str, int or str, int, int)
        Array, place in depth, index and number of each result; sums run over layers.
    """

    name: str
    way: int
    nodes: tuple[tuple[int, Node], ...]
    stores: tuple[tuple[str, int | str, int, int], ...]
    sums: tuple[tuple[str, int | str, int, int], ...]

    @property
    def arrays(self) -> tuple[str, ...]:
        """Arrays and scalars that it touches, in order."""
        read = [node[1] for _, node in self.nodes if node[0] == "input"]
        return tuple(sorted({*read, *(store[0] for store in (*self.stores, *self.sums))}))

    def count(self, *kinds: str) -> int:
        """Number of operations a layer, of some kinds or of all."""
        found = [node[0] for _, node in self.nodes if node[0] not in ("constant", "input")]
        return sum(kind in kinds for kind in found) if kinds else len(found)


@frozen
class Plan:
    """A model in blocks.

    Parameters
    ----------
    layout : Layout
        Names and sizes.
    blocks : dict
        Blocks by name; one that has nothing to do is left out.
    """

    layout: Layout
    blocks: dict[str, Block]


def plan(model: Model) -> Plan:
    """Trace a model and write out one step of RODAS3 as blocks.

    The step solves M K = b four times, with M = 2/h - J: K1 from f(y), K2 from f(y) + 4/h K1, K3 from f(y + 2 K1) +
    (K1 - K2)/h, K4 from f(Y) + (K1 - K2 - 8/3 K3)/h with Y = y + 2 K1 + K3, and ends in Z = Y + K4 with K4 as error.
    Each solve goes down and up through the layers once, and all that can be done on the way is.
    """
    return _Planner(model).plan()


class _Planner:
    """Builds the blocks of a model; "y" holds the state, "F" its rates, "Y" a stage, "Z" the next state."""

    def __init__(self, model: Model) -> None:
        self.model, self.graph = model, Graph()
        self.p, self.w = Names(self.graph, "p", "s"), Names(self.graph, "w", 0)
        self.event, self.event_s = Names(self.graph, "e", 0), Names(self.graph, "e", "s")
        self.spread = {model.species.index(name): x for name, x in model.spread(self.p).items()}
        self.moving = sorted(self.spread)
        self.blocks: dict[str, tuple[int, list[Store], list[Store]]] = {}
        self.ih = self.graph.input("ih", 0, "scalar")
        surface = self.graph.order(self.surface_rates("y"))
        every = range(len(self.rows("y")))
        self.followed = [k for k in every if self.graph.input("g", k, "s").number in surface]
        self._factor()

    def state(self, array: str, at: At = 0) -> list[Value]:
        names = self.model.surface if at == "s" else self.model.species
        return [self.graph.input(array, i, at) for i in range(len(names))]

    def exchange(self, side: int, at: int = 0) -> dict[int, Value]:
        """Exchange of the species that move, with the layer above (0) or below (1)."""
        return {j: self.graph.input("X", 2 * k + side, at) for k, j in enumerate(self.moving)}

    def traced(self, function: Callable[..., Sequence[Any]], *arguments: Any) -> list[Value]:
        return [self.graph.value(x) for x in function(*arguments)]

    def rates(self, array: str) -> list[Value]:
        """Rates of a layer, with what comes from its neighbours."""
        u, above, below = self.state(array), self.state(array, -1), self.state(array, 1)
        up, down = self.exchange(0), self.exchange(1)
        f = self.traced(self.model.react, u, self.p)
        for j in self.moving:
            f[j] = f[j] + up[j] * (above[j] - u[j]) + down[j] * (below[j] - u[j])
        return f

    def rows(self, array: str) -> list[tuple[Value, Value]]:
        """Weight and quantity of each row of a reading."""
        pairs = self.model.read(self.state(array), self.p)
        return [(getattr(self.w, name), self.graph.value(x)) for name, x in pairs]

    def surface_rates(self, array: str) -> list[Value]:
        means = [self.graph.input("g", k, "s") for k in range(len(self.rows(array)))]
        return self.traced(self.model.surface_react, self.state(array, "s"), means, self.p)

    def means(self, array: str) -> list[Store]:
        """The rows that the surface follows, as sums over layers."""
        every = self.rows(array)
        return [("g", "s", k, every[k][0] * every[k][1]) for k in self.followed]

    def constant(self, x: Value) -> bool:
        """Whether a value stays the same through the whole course of a lane."""
        inputs = (self.graph.nodes[number] for number in self.graph.order([x]))
        return all(node[1] == "p" for node in inputs if node[0] == "input")

    def _factor(self) -> None:
        """Factor M of a layer and of the surface, and decide what of it is kept for the solves."""
        graph, moving = self.graph, self.moving
        m, up, down, before = len(moving), self.exchange(0), self.exchange(1), self.exchange(1, -1)
        self.kept: dict[tuple[int, At], int] = {}
        y, top = self.state("y"), self.state("y", "s")
        matrix = self._matrix(self.traced(self.model.react, y, self.p), y)
        for j in moving:
            matrix[j][j] = matrix[j][j] + (up[j] + down[j])
        self.fresh = Elimination(matrix, [i for i in range(len(y)) if i not in moving])
        zero = graph.value(0)
        schur = [
            [
                self.fresh.schur[i].get(j, zero) - up[i] * before[j] * graph.input("E", a * m + b, -1)
                for b, j in enumerate(moving)
            ]
            for a, i in enumerate(moving)
        ]
        self.fresh_block = inverse(schur)
        self.block_stores: list[Store] = [
            ("E", 0, a * m + b, x) for a, row in enumerate(self.fresh_block) for b, x in enumerate(row)
        ]
        self.sizes: dict[At, int] = {0: m * m, "s": 0}
        self.held = self.fresh.held(lambda x: self._hold(x, 0))
        self.held_block = [[graph.input("E", a * m + b) for b in range(m)] for a in range(m)]
        self.top = Elimination(self._matrix(self.surface_rates("y"), top), range(len(top)))
        self.top = self.top.held(lambda x: self._hold(x, "s"))
        rows, means = self.rows("y"), [graph.input("g", k, "s") for k in self.followed]
        slopes = graph.derivatives([rows[k][1] for k in self.followed], y)
        self.slopes = [{j: self._hold(x, 0) for j, x in row.items()} for row in slopes]
        links = graph.derivatives(self.surface_rates("y"), means)
        self.links = [{k: self._hold(x, "s") for k, x in row.items()} for row in links]

    def _matrix(self, rates: list[Value], states: list[Value]) -> list[dict[int, Value]]:
        """2/h minus the Jacobian."""
        rows = [{j: -x for j, x in row.items()} for row in self.graph.derivatives(rates, states)]
        for i, row in enumerate(rows):
            row[i] = 2 * self.ih + row.get(i, self.graph.value(0))
        return rows

    def _hold(self, x: Value, at: At) -> Value:
        """Keep a value of the factor for the solves, unless the whole course has it already."""
        if self.constant(x):
            return x
        if (x.number, at) not in self.kept:
            self.kept[x.number, at] = self.sizes[at]
            self.sizes[at] += 1
        return self.graph.input("E", self.kept[x.number, at], at)

    def plan(self) -> Plan:
        graph, model = self.graph, self.model
        for number in (1, 2, 3, 4):
            self._stage(number)
        rates, surface = self.rates("y"), self.surface_rates("y")
        self._add("rates", 1, _into("F", 0, rates), self.means("y"))
        self._add("rates_s", 0, _into("F", "s", surface))
        self._reading()
        self._add("strike", 1, _into("y", 0, self.traced(model.strike, self.state("y"), self.event, self.p)))
        struck = self.traced(model.surface_strike, self.state("y", "s"), self.event_s, self.p)
        self._add("strike_s", 0, _into("y", "s", struck))
        self._ranges()
        coefficients = [graph.value(self.spread[j]) for j in self.moving]
        geometry = [graph.input("x", side, 0) for side in (0, 1)]
        exchange = [D * side for D in coefficients for side in geometry]
        self._add("spread", 1, _into("X", 0, exchange))
        return self._settle()

    def _add(self, name: str, way: int, stores: list[Store], sums: Sequence[Store] = ()) -> None:
        if stores or sums:
            self.blocks[name] = way, stores, list(sums)

    def _stage(self, number: int) -> None:
        """One solve: down through the layers from the right-hand side, up again to K, then the surface."""
        k, m = f"k{number}", range(len(self.moving))
        layer, surface = (
            (self.state("F"), self.state("F", "s")) if number < 3 else (self.rates("Y"), self.surface_rates("Y"))
        )
        by, block = (self.fresh, self.fresh_block) if number == 1 else (self.held, self.held_block)
        up, down = self.exchange(0), self.exchange(1)
        b = by.forward(self._known(number, layer, 0))
        r = [b[i] + up[i] * self.graph.input(k, i, -1) for i in self.moving]
        for a, i in enumerate(self.moving):
            b[i] = total([block[a][c] * r[c] for c in m])
        stores = _into(k, 0, b)
        if number == 1:
            kept = [("E", at, i, Value(self.graph, x)) for (x, at), i in self.kept.items()]
            stores += self.block_stores + [store for store in kept if store[1] == 0]
            self._add("down1", 1, stores, self.means("y"))
            self._add("down1_s", 0, [store for store in kept if store[1] == "s"])
        else:
            self._add(f"down{number}", 1, stores, self.means("Y") if number > 2 else ())
        v = self.state(k)
        move = [down[i] * self.graph.input(k, i, 1) for i in self.moving]
        for a, i in enumerate(self.moving):
            v[i] = v[i] + total([self.held_block[a][c] * move[c] for c in m])
        x = self.held.backward(v)
        rows = self.rows("y")
        sums: list[Store] = [
            ("dg", "s", j, rows[j][0] * total([slope * x[i] for i, slope in row.items()]))
            for j, row in zip(self.followed, self.slopes, strict=True)
            if row
        ]
        more, error = self._after(number, x, 0)
        self._add(f"up{number}", -1, _into(k, 0, x) + more, sums + error)
        b = self._known(number, surface, "s")
        for i, links in enumerate(self.links):
            for c, link in links.items():
                b[i] = b[i] + link * self.graph.input("dg", self.followed[c], "s")
        x = self.top.backward(self.top.forward(b))
        more, error = self._after(number, x, "s")
        self._add(f"up{number}_s", 0, _into(k, "s", x) + more + error)

    def _known(self, number: int, f: list[Value], at: At) -> list[Value]:
        """Right-hand side of a stage."""
        ks = [self.state(f"k{before}", at) for before in range(1, number)]
        if number == 1:
            return f
        if number == 2:
            return [a + (4 * self.ih) * k1 for a, k1 in zip(f, *ks, strict=True)]
        if number == 3:
            return [a + self.ih * (k1 - k2) for a, k1, k2 in zip(f, *ks, strict=True)]
        third = 8 / 3  # numerics: of the method
        return [a + self.ih * (k1 - k2 - third * k3) for a, k1, k2, k3 in zip(f, *ks, strict=True)]

    def _after(self, number: int, x: list[Value], at: At) -> tuple[list[Store], list[Store]]:
        """What a solved stage gives at once: the next point of evaluation; at the end the step and its error."""
        y, Y = self.state("y", at), self.state("Y", at)
        if number == 1:
            return _into("Y", at, [a + 2 * k for a, k in zip(y, x, strict=True)]), []
        if number == 2:
            return [], []
        ends = [a + k for a, k in zip(Y, x, strict=True)]
        if number == 3 or not x:
            return _into("Y", at, ends), []
        names = self.model.surface if at == "s" else self.model.species
        call = self.graph.call
        sizes = [call("most", call("abs", a), call("abs", b)) for a, b in zip(y, ends, strict=True)]
        parts = [k / (self.model.scale.get(name, 1.0) + size) for name, k, size in zip(names, x, sizes, strict=True)]
        square = total([part * part for part in parts])
        if at == "s":
            square = self.graph.input("error", 0, "s") + square
        return _into("Z", at, ends), [("error", "s", 0, square)]

    def _reading(self) -> None:
        """Rows of a reading with their rates of change, for a cubic between two states."""
        rows, y, F = self.rows("y"), self.state("y"), self.state("F")
        slopes = self.graph.derivatives([x for _, x in rows], y)
        sums: list[Store] = [("G", "s", k, weight * x) for k, (weight, x) in enumerate(rows)]
        sums += [
            ("dG", "s", k, rows[k][0] * total([slope * F[j] for j, slope in row.items()]))
            for k, row in enumerate(slopes)
            if row
        ]
        self._add("read", 1, [], sums)
        after_rows: list[Store] = [
            (name, "s", len(rows) + i, x)
            for name, array in (("G", "y"), ("dG", "F"))
            for i, x in enumerate(self.state(array, "s"))
        ]
        self._add("read_s", 0, after_rows)

    def _ranges(self) -> None:
        """Count the states that lie within what can be an answer; one that is not a number does not."""
        low, high = (self.graph.input(name, 0, "scalar") for name in ("low", "high"))
        for at, name in ((0, "ranges"), ("s", "ranges_s")):
            inside = [self.graph.call("step", u - low) * self.graph.call("step", high - u) for u in self.state("y", at)]
            if not inside:
                continue
            store: Store = ("inside", "s", 0, total(inside))
            if at == "s":
                store = (*store[:3], self.graph.input("inside", 0, "s") + store[3])
            self._add(name, 1 if at == 0 else 0, [] if at == 0 else [store], [store] if at == 0 else [])

    def _settle(self) -> Plan:
        """Work out once a lane what depends on its parameters alone, and number all that is stored."""
        graph = self.graph
        fixed: dict[int, int] = {}
        blocks = {}
        lasting = [True] * len(graph.nodes)
        for number, node in enumerate(graph.nodes):
            if node[0] == "input":
                lasting[number] = node[1] == "p"
            elif node[0] != "constant":
                lasting[number] = all(lasting[operand] for operand in graph.operands(number))
        for name, (way, stores, sums) in self.blocks.items():
            nodes: dict[int, Node] = {}
            waiting = [x.number for *_, x in (*stores, *sums)]
            while waiting:
                number = waiting.pop()
                if number in nodes:
                    continue
                node = graph.nodes[number]
                if lasting[number] and node[0] != "constant":
                    node = ("input", "d", "s", fixed.setdefault(number, len(fixed)))
                else:
                    waiting += graph.operands(number)
                nodes[number] = node
            blocks[name] = _block(name, way, nodes, stores, sums)
        own: list[Store] = [("d", "s", slot, Value(graph, number)) for number, slot in fixed.items()]
        prepared = {number: graph.nodes[number] for number in graph.order(Value(graph, number) for number in fixed)}
        blocks = {"prepare": _block("prepare", 0, prepared, own, []), **blocks}
        n, s, rows = len(self.model.species), len(self.model.surface), len(self.rows("y"))
        read = rows + s
        work = dict.fromkeys(("y", "F", "Z", "N", "Y", "k1", "k2", "k3", "k4"), (n, s))
        work |= {"E": (self.sizes[0], self.sizes["s"]), "X": (2 * len(self.moving), 0), "d": (0, len(fixed))}
        work |= dict.fromkeys(("g", "dg", "G", "dG", "H", "dH"), (0, read)) | {"error": (0, 1), "inside": (0, 1)}
        layout = Layout(
            self.model.species, self.model.surface, self.p.names(), self.event.names(), self.event_s.names(),
            self.w.names(), read, work,
        )  # fmt: skip
        return Plan(layout, blocks)


def _into(array: str, at: At, values: Sequence[Value]) -> list[Store]:
    return [(array, at, i, x) for i, x in enumerate(values)]


def _block(name: str, way: int, nodes: Mapping[int, Node], stores: Sequence[Store], sums: Sequence[Store]) -> Block:
    numbered = [tuple((array, at, index, x.number) for array, at, index, x in each) for each in (stores, sums)]
    return Block(name, way, tuple(sorted(nodes.items())), numbered[0], numbered[1])
