"""Run: many lanes through one schedule, in groups of fixed size, on as many threads as there are."""

from __future__ import annotations

import builtins
import contextlib
import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from puncta import compiler
from puncta.frozen import frozen
from puncta.healing.engine import native, plain
from puncta.healing.engine.model import Model
from puncta.healing.engine.plan import Layout
from puncta.messages import text

Array = NDArray[np.float64]
Precision = Literal["single", "double"]
Backend = Literal["native", "numpy"]
Map = Callable[[Callable[[NDArray[np.int64]], "Piece"], Iterable[NDArray[np.int64]]], Iterable["Piece"]]

#: Lanes that share a step, the same on every processor: who stands in a group with whom must not depend on it.
WIDTH: dict[str, int] = {"single": 8, "double": 4}  # numerics: one register of 256 bits
# numerics: groups that a thread takes at once; NumPy wants many lanes side by side
_GROUPS, _GROUPS_PLAIN = 16, 256
# numerics: tries allowed for a segment at a relative error of _RTOL: so many, and so many a day
_TRIES, _TRIES_PER_DAY, _RTOL = 500, 20, 1e-3


@frozen(eq=False)
class Course:
    """What the lanes go through; an array ends in the lanes, or in one that stands for all.

    Parameters
    ----------
    parameters : mapping of str to ndarray, shape (lanes,)
        Parameters by name; those that the model does not use are left alone.
    start : ndarray, shape (species, layers, lanes)
        States at the beginning.
    exchange : ndarray, shape (2, layers)
        Exchange with the layer above and below per unit of diffusion, 1/mm2; 0 at both ends.
    weights : mapping of str to ndarray, shape (layers, lanes)
        Weights of layers by name.
    sessions : sequence of float
        Days of the events, ascending from 0.
    strikes : sequence of mapping of str to ndarray, shape (layers, lanes) or (lanes,)
        What each event brings by name, to layers and surface.
    end : float
        Last day.
    days : ndarray, shape (t,)
        Days to read, ascending from 0; on the day of an event after it.
    surface : ndarray, shape (surface states, lanes)
        States of the surface at the beginning.
    """

    parameters: Mapping[str, Array]
    start: Array
    exchange: Array
    weights: Mapping[str, Array]
    sessions: Sequence[float]
    strikes: Sequence[Mapping[str, Array]]
    end: float
    days: Array
    surface: Array | None = None

    @property
    def lanes(self) -> int:
        """Number of lanes."""
        arrays = [*self.parameters.values(), self.start, *self.weights.values()]
        arrays += [array for strike in self.strikes for array in strike.values()]
        return max(array.shape[-1] for array in arrays)


@frozen(eq=False)
class Piece:
    """What came of some lanes.

    Parameters
    ----------
    rows : ndarray, shape (rows, lanes, t)
        Readings, then the surface; figures of a lane that failed mean nothing.
    status, failed_day : ndarray, shape (lanes,)
        0 where there is an answer, or why there is none (see `control`), and how far the lane came.
    steps : ndarray, shape (groups,)
        Steps that each group took.
    states : ndarray, shape (t, layers, species, lanes), or None
        All states, where they were asked for.
    again : ndarray, shape (lanes,)
        Lanes that single precision could not follow and double precision was asked.
    """

    rows: NDArray[Any]
    status: NDArray[np.int64]
    failed_day: Array
    steps: NDArray[np.int64]
    states: NDArray[Any] | None
    again: NDArray[np.bool_]

    @classmethod
    def empty(cls, lanes: int) -> Piece:
        """Room for some lanes; for what is large it is made when the first of them come."""
        status, day, again = np.zeros(lanes, np.int64), np.zeros(lanes), np.zeros(lanes, bool)
        return cls(np.empty((0, lanes, 0)), status, day, np.zeros(0, np.int64), None, again)

    def filled(self, lanes: NDArray[np.int64], piece: Piece) -> Piece:
        """This with some lanes filled in; what is large is written in place."""
        at, count = slice(int(lanes[0]), int(lanes[-1]) + 1), self.status.shape[0]
        rows, states = self.rows, self.states
        if not rows.size:
            rows = np.empty((piece.rows.shape[0], count, piece.rows.shape[-1]), piece.rows.dtype)
            states = None if piece.states is None else np.empty((*piece.states.shape[:-1], count), piece.rows.dtype)
        rows[:, at] = piece.rows
        if states is not None:
            states[..., at] = piece.states
        self.status[at], self.failed_day[at], self.again[at] = piece.status, piece.failed_day, piece.again
        return Piece(rows, self.status, self.failed_day, np.append(self.steps, piece.steps), states, self.again)


@dataclass(eq=False)
class Batch:
    """Groups of lanes as a backend takes them: (groups, places, lanes of a group), each layered array with an empty
    layer at both ends."""

    layers: int
    lead: int
    days: Array
    times: Array
    tries: Array
    unit: float
    every: int
    given: dict[str, NDArray[Any]]
    start: NDArray[Any]
    rows: NDArray[Any]
    states: NDArray[Any] | None
    status: Array
    steps: NDArray[np.int64]


def run(
    model: Model,
    course: Course,
    *,
    tolerance: float,
    precision: Precision = "double",
    backend: Backend | None = None,
    states: bool = False,
    map: Map | None = None,  # noqa: A002
    progress: Callable[[float], None] | None = None,
) -> Piece:
    """Follow lanes through a course.

    Parameters
    ----------
    model : Model
        The equations.
    course : Course
        What the lanes go through.
    tolerance : float
        Relative error allowed per step, root mean square over the states of the worst lane of a group.
    precision : str
        ``double``, or ``single`` for many lanes.
    backend : str or None
        ``native``, ``numpy``, or None for the first that is there.
    states : bool
        Keep every state of the days read.
    map : callable or None
        Runs a function over pieces of work: any ``map`` of threads, processes or a cluster; None takes threads, and
        Python's own ``map`` takes all in one piece.
    progress : callable or None
        Called with the share done, 0 to 1.

    Returns
    -------
    Piece
        Of all lanes.

    Notes
    -----
    Lanes are grouped in input order, eight in single precision and four in double on every processor, and the last
    group is filled up with its own last lane. A group's step follows its worst lane, so a lane's figures depend on its
    group within the tolerance; nothing else counts: not the number of threads, the pieces, the width of the
    processor's registers, nor, in double precision, the backend. A lane that single precision cannot follow is followed
    alone in double.

    Examples
    --------
    >>> def decay(u, p):
    ...     return (-p.k * u[0],)
    >>> model = Model("decay", ("A",), decay, read=lambda u, p: [("mean", u[0])])
    >>> course = Course({"k": np.array([1.0, 2.0])}, np.ones((1, 3, 1)), np.zeros((2, 3)),
    ...                 {"mean": np.full((3, 1), 1 / 3)}, (), (), 1.0, np.array([1.0]))
    >>> run(model, course, tolerance=1e-4).rows.round(3).tolist()
    [[[0.368], [0.135]]]
    """
    backend = backend or ("native" if compiler.available() else "numpy")
    if backend == "numpy":
        warnings.warn(text("healing.slow_engine"), SlowEngineWarning, stacklevel=2)
    lanes, width = course.lanes, WIDTH[precision]
    groups = -(-lanes // width)
    # one after the other, small pieces would gain nothing; a call takes as many groups as there are
    size = max(groups, 1) if map is builtins.map else _GROUPS_PLAIN if backend == "numpy" else _GROUPS
    pieces = [np.arange(first, min(first + size * width, lanes)) for first in range(0, groups * width, size * width)]
    job = partial(_piece, model, course, tolerance, precision, backend, states)
    if backend == "native":
        native.compiled(model, _width(lanes, precision), precision)  # once, not in every thread
    whole = Piece.empty(lanes)
    with ThreadPoolExecutor(_processors()) as pool:
        spread: Map = map or (pool.map if len(pieces) > 1 else _one_by_one)
        for at, piece in zip(pieces, spread(job, pieces), strict=True):
            whole = whole.filled(at, piece)
            if progress is not None:
                progress((int(at[-1]) + 1) / lanes)
    return whole


def ready(model: Model, precision: Precision) -> None:
    """Load or make the machine code of a model ahead of its first run; a failure is left for the run to tell.

    Examples
    --------
    >>> ready(Model("none", ("A",), lambda u, p: (0.0,), read=lambda u, p: [("mean", u[0])]), "double")
    """
    with contextlib.suppress(Exception):
        native.compiled(model, WIDTH[precision], precision)


class SlowEngineWarning(UserWarning):
    """The NumPy backend is used."""


def _one_by_one(job: Callable[[Any], Piece], pieces: Iterable[Any]) -> Iterable[Piece]:
    return (job(piece) for piece in pieces)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _width(lanes: int, precision: Precision) -> int:
    """Lanes in a register; one lane alone needs no copies beside it, and comes out the same."""
    return 1 if lanes == 1 else WIDTH[precision]


def _piece(
    model: Model, course: Course, tolerance: float, precision: Precision, backend: Backend, states: bool,
    lanes: NDArray[np.int64],
) -> Piece:  # fmt: skip
    """Follow some lanes."""
    width = _width(course.lanes, precision)
    padded = np.append(lanes, np.repeat(lanes[-1:], -lanes.shape[0] % width))
    found = _follow(model, course, tolerance, precision, backend, states, padded, width)
    rows, kept, status, steps = found.rows, found.states, found.status, found.steps
    again = np.zeros(padded.shape, bool)
    if precision == "single":
        again = status.swapaxes(0, 1)[0].ravel() != 0
        alone = WIDTH["double"]
        for lane in np.flatnonzero(again[: lanes.shape[0]]):
            same = np.repeat(padded[lane : lane + 1], alone)
            one = _follow(model, course, tolerance, "double", backend, states, same, alone)
            at = np.divmod(lane, width)
            rows[at[0], ..., at[1]], status[at[0], :, at[1]] = one.rows[0, ..., 0], one.status[0, :, 0]
            if kept is not None and one.states is not None:
                kept[at[0], ..., at[1]] = one.states[0, ..., 0]
    count = lanes.shape[0]
    if kept is not None:
        layers = course.exchange.shape[1]
        n = len(model.species)
        kept = _lanes_last(kept)[:, : (layers + 2) * n, :count].reshape(-1, layers + 2, n, count)[:, 1:-1]
    code, day = _lanes_last(status)[:, :count]
    readings = np.ascontiguousarray(np.moveaxis(_lanes_last(rows)[..., :count], 0, -1))
    return Piece(readings, code.astype(int), day, steps, kept, again[:count])


def _lanes_last(groups: NDArray[Any]) -> NDArray[Any]:
    """From (groups, ..., width) to (..., lanes)."""
    moved = np.moveaxis(groups, 0, -2)
    return moved.reshape(*moved.shape[:-2], -1)


def _follow(
    model: Model, course: Course, tolerance: float, precision: Precision, backend: Backend, states: bool,
    lanes: NDArray[np.int64], width: int,
) -> Batch:  # fmt: skip
    """Lay some lanes out and run them."""
    machine = native.compiled(model, width, precision) if backend == "native" else None
    layout = machine.layout if machine is not None else plain.planned(model)[0].layout
    dtype = np.dtype(np.float32 if precision == "single" else np.float64)
    batch = _batch(layout, course, tolerance, dtype, states, lanes, width)
    if machine is not None:
        machine.run(batch)
    else:
        plain.run(model, batch)
    return batch


def prepared(model: Model, course: Course, tolerance: float) -> Batch:
    """All lanes of a course laid out in double precision, for the NumPy backend."""
    lanes, width = np.arange(course.lanes), _width(course.lanes, "double")
    padded = np.append(lanes, np.repeat(lanes[-1:], -lanes.shape[0] % width))
    return _batch(plain.planned(model)[0].layout, course, tolerance, np.dtype(float), False, padded, width)


def _batch(
    layout: Layout, course: Course, tolerance: float, dtype: np.dtype[Any], states: bool, lanes: NDArray[np.int64],
    width: int,
) -> Batch:  # fmt: skip
    """Lay lanes out in groups."""
    layers, groups, shapes = course.exchange.shape[1], lanes.shape[0] // width, layout.shapes
    days = np.ascontiguousarray(course.days, dtype=float)
    lay = partial(_laid_out, lanes=lanes, width=width, layers=layers, dtype=dtype)
    times = np.array([*sorted({0.0, *(float(day) for day in course.sessions)}), course.end])
    finer = max(1.0, _RTOL / tolerance) ** (1 / 3)
    surface = [] if course.surface is None else list(course.surface)
    struck = [
        lay(shapes["e"], [strike[name] for name in layout.struck], [strike[name] for name in layout.surface_struck])
        for strike in course.strikes
    ]
    every = layers * len(layout.species) + len(layout.surface)
    places = (layers + 2) * len(layout.species) + len(layout.surface)
    return Batch(
        layers=layers,
        lead=times.shape[0] - 1 - len(course.sessions),
        days=days,
        times=times,
        tries=finer * (_TRIES + _TRIES_PER_DAY * np.diff(times)),
        unit=1.0 / (tolerance * tolerance * every),
        every=every,
        given={
            "p": lay(shapes["p"], [], [course.parameters[name] for name in layout.parameters]),
            "x": lay(shapes["x"], [side[:, None] for side in course.exchange], []),
            "w": lay(shapes["w"], [course.weights[name] for name in layout.weights], []),
            "e": _in_turn(struck, (groups, width), dtype),
        },
        start=lay(layout.work["y"], list(course.start), surface),
        rows=native.aligned((groups, days.shape[0], layout.rows, width), dtype),
        states=native.aligned((groups, days.shape[0], places, width), dtype) if states else None,
        status=np.zeros((groups, 2, width)),
        steps=np.zeros(groups, np.int64),
    )


def _laid_out(
    shape: tuple[int, int], layered: Sequence[Array], once: Sequence[Array], *, lanes: NDArray[np.int64], width: int,
    layers: int, dtype: np.dtype[Any],
) -> NDArray[Any]:  # fmt: skip
    """Arrays of all lanes as places of groups: (groups, places, width)."""
    per, single = shape
    groups, depth = lanes.shape[0] // width, (layers + 2) * per
    out = native.aligned((groups, depth + single, width), dtype)
    inner = out[:, :depth].reshape(groups, layers + 2, per, width)[:, 1:-1]
    for place, array in enumerate(layered):  # one lane may stand for all
        whole = array[:, lanes].reshape(layers, groups, width).swapaxes(0, 1) if array.shape[-1] > 1 else array
        inner[:, :, place] = whole
    with np.errstate(over="ignore"):  # beyond single precision, a lane is followed in double
        for place, array in enumerate(once):
            out[:, depth + place] = array[lanes].reshape(groups, width) if array.shape[-1] > 1 else array
    return out


def _in_turn(struck: Sequence[NDArray[Any]], size: tuple[int, int], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Events one after the other within each group."""
    out = native.aligned((size[0], len(struck), struck[0].shape[1] if struck else 0, size[1]), dtype)
    for event, each in enumerate(struck):
        out[:, event] = each
    return out
