"""Tracing: derivatives are right, operations are counted, and a solve over depth is the solve of the whole matrix."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from tests.healing.engine import fixed, follows

from puncta.healing.engine import plain
from puncta.healing.engine.model import Model
from puncta.healing.engine.plan import plan
from puncta.healing.engine.run import Course, prepared
from puncta.healing.engine.trace import Graph, Names, Value


def _evaluate(graph: Graph, values: list[Value], inputs: dict[tuple[str, int], Any]) -> list[Any]:
    found: dict[int, Any] = {}
    for number in graph.order(values):
        kind, *rest = graph.nodes[number]
        a = [found[operand] for operand in graph.operands(number)]
        if kind == "constant":
            found[number] = rest[0]
        elif kind == "input":
            found[number] = inputs[rest[0], rest[2]]
        elif kind == "above":
            found[number] = a[0] if a[0].real > 0 else 0
        elif kind == "step":
            found[number] = float(a[0].real > 0)
        elif kind == "sqrt":
            found[number] = a[0] ** 0.5
        elif kind == "neg":
            found[number] = -a[0]
        elif kind == "reciprocal":
            found[number] = 1 / a[0]
        else:
            found[number] = {"add": a[0] + a[1], "sub": a[0] - a[1], "mul": a[0] * a[1]}[kind]
    return [found[value.number] for value in values]


@pytest.mark.parametrize(("module", "entries"), [(fixed, 47), (follows, 7)], ids=["fixed", "follows"])
def test_the_jacobian_is_that_of_a_complex_step(module: Any, entries: int) -> None:
    graph = Graph()
    u, p = [graph.input("u", i) for i in range(len(module.SPECIES))], Names(graph, "p", "s")
    rates = [graph.value(x) for x in module.react(u, p)]
    jacobian = graph.derivatives(rates, u)
    assert sum(len(row) for row in jacobian) == entries
    rng = np.random.default_rng(1)
    inputs: dict = {("p", i): 0.5 + rng.random() for i in range(len(p.names()))}
    inputs |= {("u", i): 0.2 + rng.random() for i in range(len(u))}
    names = {name: inputs["p", i] for i, name in enumerate(p.names())}
    plainly = module.react([inputs["u", i] for i in range(len(u))], SimpleNamespace(**names))
    assert _evaluate(graph, rates, inputs) == pytest.approx([float(x) for x in plainly], rel=1e-13)
    for i in range(len(u)):
        stepped = _evaluate(graph, rates, {**inputs, ("u", i): inputs["u", i] + 1e-30j})
        columns = [row.get(i, graph.value(0)) for row in jacobian]
        assert _evaluate(graph, columns, inputs) == pytest.approx([x.imag / 1e-30 for x in stepped], rel=1e-12)


def test_the_fixed_problem_takes_the_operations_it_should() -> None:
    made = plan(fixed.MODEL)
    assert made.layout.work["E"] == (16 + 41, 0)
    counted = {name: (block.count(), block.count("reciprocal")) for name, block in made.blocks.items()}
    step = [name for name in counted if name.startswith(("down", "up")) or name == "rates"]
    assert sum(counted[name][0] for name in step) == 1667
    assert counted["rates"] == (144, 11)
    assert counted["down1"] == (445, 23)


def test_a_state_cannot_be_branched_on() -> None:
    def branching(u: Any, p: Any) -> tuple:
        return (1.0 if u[0] > 0 else 0.0,)  # pragma: no cover

    def truth(u: Any, p: Any) -> tuple:
        return (1.0 if u[0] else 0.0,)

    with pytest.raises(TypeError):
        plan(Model("branching", ("A",), branching))
    with pytest.raises(TypeError, match="smooth switch"):
        plan(Model("truth", ("A",), truth))


def _groups(model: Model, course: Course) -> plain.Groups:
    groups = plain.Groups(model, prepared(model, course, tolerance=1e-3))
    groups.call("prepare", "spread")
    return groups


def test_a_solve_over_depth_is_the_solve_of_the_whole_matrix() -> None:
    """M = 2/h - J of all layers and the surface by central differences, solved densely."""
    groups, h = _groups(follows.MODEL, follows.course(1)), 0.7
    layers = groups.arrays["y"][0][1:-1]
    layers += np.random.default_rng(2).random(layers.shape)
    places = [layers[i, j] for i in range(layers.shape[0]) for j in range(layers.shape[1])]
    places += list(groups.arrays["y"][1])

    def rates() -> np.ndarray:
        groups.call("rates", "rates_s")
        inner, top = groups.arrays["F"]
        return np.append(inner[1:-1].reshape(-1, inner.shape[-1]), top, axis=0)[:, 0]

    matrix = 2 / h * np.eye(len(places))
    for column, place in enumerate(places):
        kept, step = place.copy(), 1e-6
        place += step
        up = rates()
        place -= 2 * step
        matrix[:, column] -= (up - rates()) / (2 * step)
        place[...] = kept
    f = rates()
    groups.call("down1", "down1_s", "up1", "up1_s", span=np.array([h]))
    inner, top = groups.arrays["k1"]
    solved = np.append(inner[1:-1].reshape(-1, inner.shape[-1]), top, axis=0)[:, 0]
    assert solved == pytest.approx(np.linalg.solve(matrix, f), rel=1e-7, abs=1e-9)


def _brusselator(u: Any, p: Any) -> tuple:
    a, b = u
    return 1 + a * a * b - 4 * a, 3 * a - a * a * b


def _stiff(u: Any, p: Any) -> tuple:
    a, b = u
    return b, 50 * ((1 - a * a) * b - a)


@pytest.mark.parametrize(
    ("react", "start", "end"), [(_brusselator, (1.5, 3.0), 3.0), (_stiff, (2.0, -0.6), 0.5)], ids=["soft", "stiff"]
)
def test_order_three_and_an_error_of_order_two(react: Any, start: tuple[float, ...], end: float) -> None:
    model = Model("order", ("A", "B"), react)
    course = Course({"k": np.ones(1)}, np.array(start)[:, None, None], np.zeros((2, 1)), {}, (), (), end, np.array([]))

    def ends(steps: int) -> np.ndarray:
        groups = _groups(model, course)
        groups.call("rates", "rates_s")
        for _ in range(steps):
            groups.call(*plain.control.STAGES, span=np.array([end / steps]))
            groups.arrays["y"][0][...] = groups.arrays["Z"][0]
            groups.call("rates", "rates_s")
        return groups.arrays["y"][0][1, :, 0].copy()

    exact = ends(5120)
    errors = [np.abs(ends(steps) - exact).max() for steps in (160, 320, 640)]
    orders = np.log2(np.divide(errors[:-1], errors[1:]))
    assert np.all((orders > 2.8) & (orders < 3.1))


def test_names_of_inputs_are_kept_in_order() -> None:
    layout = plan(follows.MODEL).layout
    assert layout.parameters == ("D", "k", "loss")
    assert (layout.struck, layout.surface_struck, layout.weights) == (("hit", "loss"), ("scraped",), ("all", "top"))
    assert layout.rows == 5
