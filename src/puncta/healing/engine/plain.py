"""Plain: the same blocks and the same loop in NumPy, all groups side by side, each with its own step.

It is the oracle of the compiled engine, equal to the last bit in double precision, and stands in where llvmlite is
missing: right, and slow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.healing.engine import control
from puncta.healing.engine.model import Model
from puncta.healing.engine.plan import Block, Plan, plan

_PLANS: dict[Model, tuple[Plan, dict[str, Callable[..., None]]]] = {}
_OPERATIONS = {
    "add": "{} + {}", "sub": "{} - {}", "mul": "{} * {}", "neg": "-{}", "reciprocal": "1.0 / {}", "abs": "np.abs({})",
    "sqrt": "np.sqrt({})", "most": "np.where({0} > {1}, {0}, {1})", "above": "np.where({0} > 0.0, {0}, 0.0)",
    "step": "np.where({} > 0.0, 1.0, 0.0)",
}  # fmt: skip


def planned(model: Model) -> tuple[Plan, dict[str, Callable[..., None]]]:
    """The blocks of a model, and each as a function of arrays."""
    if model not in _PLANS:
        made = plan(model)
        space: dict[str, Any] = {"np": np}
        for block in made.blocks.values():
            exec("\n".join(_source(block)), space)
        _PLANS[model] = made, {name: space[name] for name in made.blocks}
    return _PLANS[model]


def _source(block: Block) -> Iterator[str]:
    """A block in Python."""
    yield f"def {block.name}(n, arrays, scalars):"
    for name in block.arrays:
        bound = f"{name} = scalars" if name in control.SCALARS else f"{name}_0, {name}_s = arrays"
        yield f"    {bound}[{name!r}]"
    yield from (f"    sum{k} = 0.0" for k, _ in enumerate(block.sums))
    indent = "    "
    if block.way:
        yield f"    for i in {'range(1, n + 1)' if block.way > 0 else 'range(n, 0, -1)'}:"
        indent += "    "
    value = {}
    for number, (kind, *rest) in block.nodes:
        value[number] = f"v{number}"
        if kind == "constant":
            value[number] = repr(rest[0])
        elif kind == "input":
            value[number] = _place(*rest)
        else:
            yield f"{indent}v{number} = " + _OPERATIONS[kind].format(*(value[operand] for operand in rest))
    yield from (f"{indent}sum{k} = sum{k} + {value[at[3]]}" for k, at in enumerate(block.sums))
    # whatever is read is read before anything is written
    yield from (f"{indent}w{k} = {value[at[3]]}" for k, at in enumerate(block.stores))
    yield from (f"{indent}{_place(*at[:3])} = w{k}" for k, at in enumerate(block.stores))
    yield from (f"    {_place(*at[:3])} = sum{k}" for k, at in enumerate(block.sums))
    yield "    return"


def _place(array: str, at: int | str, index: int) -> str:
    if at == "scalar":
        return array
    return f"{array}_s[{index}]" if at == "s" else f"{array}_0[i{f' + {at}' if at else ''}, {index}]"


class Groups:
    """All groups of a batch on their way."""

    def __init__(self, model: Model, batch: Any) -> None:
        self.plan, self.blocks = planned(model)
        self.batch, self.n = batch, batch.layers
        self.groups, _, self.width = batch.start.shape
        self.dtype = batch.start.dtype
        layout = self.plan.layout
        self.arrays = {
            name: self.split(np.zeros(((self.n + 2) * per + once, self.groups * self.width), self.dtype), per)
            for name, (per, once) in layout.work.items()
        }
        for name in ("p", "x", "w"):
            self.arrays[name] = self.split(self.side_by_side(batch.given[name]), layout.shapes[name][0])
        start = self.split(self.side_by_side(batch.start), layout.work["y"][0])
        for mine, given in zip(self.arrays["y"], start, strict=True):
            mine[...] = given
        self.cursor = np.zeros(self.groups, int)
        self.status = np.zeros((2, self.groups * self.width))

    def side_by_side(self, given: NDArray[Any]) -> NDArray[Any]:
        """From (groups, rows, width) to (rows, lanes)."""
        return np.ascontiguousarray(given.swapaxes(0, 1)).reshape(given.shape[1], self.groups * self.width)

    def split(self, rows: NDArray[Any], per: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """The layers of an array, and what it has once."""
        layered = (self.n + 2) * per
        return rows[:layered].reshape(self.n + 2, per, rows.shape[1]), rows[layered:]

    def lanes(self, groups: NDArray[Any]) -> NDArray[Any]:
        """What a group has, for each of its lanes."""
        return np.repeat(groups, self.width)

    def call(self, *names: str, span: Any = None, **bound: str) -> None:
        """Run some blocks, with arrays under other names where they are bound."""
        arrays = {**self.arrays, **{name: self.arrays[other] for name, other in bound.items()}}
        ih = None if span is None else self.lanes(1.0 / span).astype(self.dtype)
        for name in names:
            if name in self.blocks:
                self.blocks[name](self.n, arrays, {"ih": ih, "low": control.LOW, "high": control.HIGH})

    def run(self) -> None:
        """Through all segments."""
        batch, layout = self.batch, self.plan.layout
        self.call("prepare", "spread")
        for segment in range(batch.tries.shape[0]):
            if segment >= batch.lead:
                event = self.side_by_side(batch.given["e"][:, segment - batch.lead])
                self.arrays["e"] = self.split(event, layout.shapes["e"][0])
                self.call("strike", "strike_s")
            self.call("rates", "rates_s")
            self.show(batch.times[segment])
            self.segment(batch.times[segment], batch.times[segment + 1], float(batch.tries[segment]))
            self.call("ranges", "ranges_s")
            away = (self.status[0] == 0) & (self.arrays["inside"][1][0] != batch.every)
            self.fail(away, np.full(away.shape, control.OUT_OF_RANGE), np.full(away.shape, batch.times[segment + 1]))
        self.show(np.inf)
        batch.status[...] = self.status.reshape(2, self.groups, self.width).swapaxes(0, 1)

    def segment(self, start: float, stop: float, tries_allowed: float) -> None:
        """From one event to the next."""
        t, h = np.full(self.groups, start), np.full(self.groups, control.FIRST)
        tries = np.full(self.groups, tries_allowed)
        while True:
            alive = (self.status[0] == 0).reshape(self.groups, self.width)
            on = (t < stop) & alive.any(axis=1)
            if not on.any():
                return
            left = stop - t
            whole = h >= left
            span = np.where(whole, left, np.where(left * 0.5 < h, left * 0.5, h))
            span[~on] = 1.0  # of no consequence
            self.call(*control.STAGES, span=span)
            error = self.arrays["error"][1][0].astype(float) * self.batch.unit
            error = np.where(error < np.inf, error, np.inf).reshape(self.groups, self.width)
            error = np.where(alive, error, 0.0)
            worst = error.max(axis=1)
            accept = on & (worst <= 1.0)
            then = np.where(whole, stop, t + span)
            if accept.any():
                self.take(accept, t, then, span)
                t = np.where(accept, then, t)
                self.batch.steps[...] += accept
            tries -= 1.0
            over = on & ((tries <= 0.0) | (~accept & (span <= control.SHORTEST)))
            if over.any():
                bound = control.SHRINK * np.minimum(worst, np.finfo(float).max)
                given_up = (over[:, None] & alive & (error >= bound[:, None])).ravel()
                why = np.where(worst < np.inf, control.TOO_STIFF, control.NOT_FINITE)
                self.fail(given_up, self.lanes(why), self.lanes(t))
                tries[over] += control.MORE_TRIES
            h = np.where(on, control.next_step(span, worst), h)

    def take(self, accept: NDArray[Any], t: NDArray[Any], then: NDArray[Any], span: NDArray[Any]) -> None:
        """Accept the step of some groups, and read the days that lie in it."""
        self.call("rates", "rates_s", y="Z", F="N")
        days = self.batch.days
        due = [g for g in np.flatnonzero(accept) if self.cursor[g] < days.size and days[self.cursor[g]] < then[g]]
        if due:
            self.call("read", "read_s")
            self.call("read", "read_s", y="Z", F="N", G="H", dG="dH")
        for g in due:
            while self.cursor[g] < days.size and days[self.cursor[g]] < then[g]:
                share = (days[self.cursor[g]] - t[g]) / span[g]
                self.keep(g, float(share), float(span[g]), ("G", "dG", "H", "dH"), ("y", "F", "Z", "N"))
        taken = self.lanes(accept)
        for old, new in (("y", "Z"), ("F", "N")):
            for mine, next_ in zip(self.arrays[old], self.arrays[new], strict=True):
                np.copyto(mine, next_, where=taken)

    def show(self, until: float) -> None:
        """Read the present state for all days up to one that were not read yet."""
        days = self.batch.days
        due = [g for g in range(self.groups) if self.cursor[g] < days.size and days[self.cursor[g]] <= until]
        if due:
            self.call("read", "read_s")
        for g in due:
            while self.cursor[g] < days.size and days[self.cursor[g]] <= until:
                self.keep(g, 0.0, 0.0, ("G", "dG", "G", "dG"), ("y", "F", "y", "F"))

    def keep(self, g: Any, x: float, h: float, rows: tuple[str, ...], states: tuple[str, ...]) -> None:
        """A row of one group: the cubic through two states and their rates."""
        rest, twice = 1.0 - x, 2.0 * x
        old, new = rest * rest, x * x
        weights = (1.0 + twice) * old, (h * x) * old, (3.0 - twice) * new, -((h * rest) * new)
        wa, wb, wc, wd = (self.dtype.type(weight) for weight in weights)
        lanes = slice(g * self.width, (g + 1) * self.width)
        for out, names in ((self.batch.rows, rows), (self.batch.states, states)):
            if out is not None:
                a, da, b, db = (
                    np.concatenate([part.reshape(-1, part.shape[-1])[:, lanes] for part in self.arrays[name]])
                    for name in names
                )
                out[g, self.cursor[g]] = (wa * a + wb * da) + (wc * b + wd * db)
        self.cursor[g] += 1

    def fail(self, which: NDArray[Any], why: NDArray[Any], day: NDArray[Any]) -> None:
        """Note lanes that are given up."""
        self.status[0] = np.where(which, why, self.status[0])
        self.status[1] = np.where(which, day, self.status[1])


def run(model: Model, batch: Any) -> None:
    """Take every group of a batch through its course."""
    with np.errstate(all="ignore"):
        Groups(model, batch).run()
