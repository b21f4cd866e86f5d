"""Native: compile a model once, keep the object on disk, and run groups of lanes with it."""

from __future__ import annotations

import ctypes
import dataclasses
import hashlib
import inspect
import json
import threading
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta import compiler, kept
from puncta.healing.engine import llvm
from puncta.healing.engine.model import Model
from puncta.healing.engine.plan import Layout, plan

_HERE = Path(__file__).parent
_LOCK = threading.Lock()
_COMPILED: dict[tuple[Model, int, str], Compiled] = {}
_ALIGN = 64  # numerics: bytes, a line of the cache and the widest vector


class Compiled:
    """A model as machine code for groups of one width and precision."""

    def __init__(self, layout: Layout, obj: bytes, width: int, precision: str) -> None:
        self.layout, self.width = layout, width
        self.dtype = np.dtype(np.float32 if precision == "single" else np.float64)
        self._linked = compiler.linked(obj, "puncta", "run")
        # numerics: as in run.ll
        arguments = [ctypes.c_int64] * 5 + [ctypes.c_double] * 2 + [ctypes.c_void_p] * 14
        self._run = ctypes.CFUNCTYPE(None, *arguments)(self._linked["run"])

    def run(self, batch: Any) -> None:
        """Take every group of a batch through its course; the interpreter is free meanwhile."""
        layers, width = batch.layers, self.width
        sizes = {name: (layers + 2) * per + once for name, (per, once) in self.layout.work.items()}
        work = aligned((sum(sizes.values()), width), self.dtype)
        given = (
            batch.start,
            *(batch.given[name] for name in ("p", "x", "w", "e")),
            batch.rows,
            batch.states,
            batch.status,
        )
        strides = np.array([0 if array is None else array.strides[0] for array in given])
        self._run(
            batch.start.shape[0], layers, batch.tries.shape[0], batch.lead, batch.days.shape[0], batch.unit,
            float(batch.every), batch.times.ctypes.data, batch.tries.ctypes.data, batch.days.ctypes.data,
            *(None if array is None else array.ctypes.data for array in given),
            strides.ctypes.data, work.ctypes.data, batch.steps.ctypes.data,
        )  # fmt: skip


def aligned(shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Zeros that begin at the start of a vector."""
    size = prod(shape) * dtype.itemsize
    raw = np.zeros(size + _ALIGN, np.uint8)
    first = -raw.ctypes.data % _ALIGN
    return raw[first : first + size].view(dtype).reshape(shape)


def compiled(model: Model, width: int, precision: str) -> Compiled:
    """The machine code of a model, from this process, from disk, or made now."""
    at = model, width, precision
    with _LOCK:
        if at not in _COMPILED:
            key = _key(model, width, precision)
            found = _read(key)
            if found is None:
                found = _build(model, width, precision)
                _write(key, *found)
            _COMPILED[at] = Compiled(*found, width, precision)
        return _COMPILED[at]


def _build(model: Model, width: int, precision: str) -> tuple[Layout, bytes]:
    made = plan(model)
    # the blocks are straight-line code in vectors already: passes over the text cost more time than they save
    return made.layout, compiler.emitted(llvm.module(made, width, precision))


def _key(model: Model, width: int, precision: str) -> str | None:
    """What the object depends on, as one number: text of model and engine, compiler, processor, kind of vector."""
    digest = hashlib.sha256()
    digest.update(Path(compiler.__file__).read_bytes())
    folders = {_HERE}
    for function in model.functions:
        if function.__closure__ or function.__defaults__ or function.__kwdefaults__:
            raise ValueError(f"{function.__qualname__}: a model's functions stand at module level, without defaults")
        file = inspect.getsourcefile(function)
        if file is None or not Path(file).is_file():
            return None  # typed in by hand: nothing to tell an older text by
        folders.add(Path(file).parent)
        digest.update(f"{function.__module__}.{function.__qualname__}\n".encode())
    for file in sorted(file for folder in folders for file in folder.iterdir() if file.suffix in (".py", ".ll")):
        digest.update(file.read_bytes())
    own = (model.name, model.species, model.surface, sorted(model.scale.items()), width, precision)
    digest.update(repr((own, compiler.made_by())).encode())
    return digest.hexdigest()


def _read(key: str | None) -> tuple[Layout, bytes] | None:
    """A kept object that belongs to its key."""
    found = kept.read(f"{key}.o") if key else None
    if found is None:
        return None
    head, _, obj = found.partition(b"\n")
    try:
        about = json.loads(head)
        return (Layout.restored(about["layout"]), obj) if about["key"] == key else None
    except (ValueError, KeyError, TypeError):
        return None  # kept by another hand: made anew, and written over


def _write(key: str | None, layout: Layout, obj: bytes) -> None:
    """Keep an object."""
    if key:
        kept.write(f"{key}.o", json.dumps({"key": key, "layout": dataclasses.asdict(layout)}).encode() + b"\n" + obj)
