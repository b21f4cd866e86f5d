"""Lanes: many band matrices of one shape factored and solved side by side, in machine code where a compiler is here."""

from __future__ import annotations

import ctypes
import hashlib
import threading
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from puncta import compiler, kept

Array = NDArray[np.float64]
Solve = Callable[[Array], Array]

# numerics: cases in a vector, as in lanes.ll
_WIDTH = 8
_LOCK = threading.Lock()


def factored(diagonal: Array, near: Array, far: Array) -> Solve:
    """Factor symmetric positive definite band matrices over cells, as in `Banded`.

    Parameters
    ----------
    diagonal, near, far : ndarray, shape (m, n), (m - 1, n) and (m - rings, n)
        The matrices, n cases.

    Returns
    -------
    callable
        Solves for right-hand sides of shape (m, n). What a case gives does not depend on the cases beside it.

    Examples
    --------
    >>> solve = factored(np.full((3, 9), 2.0), np.zeros((2, 9)), np.full((2, 9), -1.0))
    >>> solve(np.ones((3, 9)))[:, 0].round(12)
    array([1.5, 2. , 1.5])
    """
    size, n = diagonal.shape
    rings = size - far.shape[0]
    groups = -(-n // _WIDTH)
    lower = np.zeros((groups, size + rings, rings + 1, _WIDTH))
    lower[:, :, 0] = 1.0  # numerics: cases that fill a vector up are of no account, and must not divide by zero

    def put(values: Array, band: int, added: bool) -> None:
        packed = np.zeros((values.shape[0], groups * _WIDTH))
        packed[:, :n] = values
        if band == 0:
            packed[:, n:] = 1.0
        rows = packed.reshape(-1, groups, _WIDTH).swapaxes(0, 1)
        place = lower[:, : values.shape[0], band]
        place[...] = place + rows if added else rows

    put(diagonal, 0, added=False)
    put(near, 1, added=False)
    # where there is one ring only, the next ring is the next layer
    put(far, rings, added=rings == 1)
    factor, solve = _machine_code() or (_factor, _solve)
    factor(lower)

    def solved(right: Array) -> Array:
        x = np.zeros((size + rings, groups * _WIDTH))
        x[:size, :n] = right
        solve(lower, x)
        return x[:size, :n]

    return solved


def _factor(lower: Array) -> None:
    """What ``factor`` in lanes.ll says."""
    rings = lower.shape[2] - 1
    for j in range(lower.shape[1] - rings):
        column = lower[:, j]
        column[:, 0] = 1.0 / column[:, 0]
        scaled = column[:, 1:] * column[:, :1]
        for k in range(1, rings + 1):
            lower[:, j + k, : rings + 1 - k] -= scaled[:, k - 1 : k] * column[:, k:]
        column[:, 1:] = scaled


def _solve(lower: Array, x: Array) -> None:
    """What ``solve`` in lanes.ll says."""
    rings = lower.shape[2] - 1
    size = lower.shape[1] - rings
    rows = x.reshape(x.shape[0], -1, _WIDTH)
    for j in range(size):
        for k in range(1, rings + 1):
            rows[j + k] -= lower[:, j, k] * rows[j]
    for j in range(size - 1, -1, -1):
        rows[j] *= lower[:, j, 0]
        for k in range(1, rings + 1):
            rows[j] -= lower[:, j, k] * rows[j + k]


def _machine_code() -> tuple[Callable[[Array], None], Callable[[Array, Array], None]] | None:
    """Both as machine code, or None without a compiler, where NumPy takes over."""
    if not compiler.available():
        return None
    with _LOCK:
        return _compiled()


def _object(text: str) -> bytes:
    """Machine code of a text, from disk or made now; what is kept belongs to text, compiler and processor."""
    belongs = (text, Path(compiler.__file__).read_text(encoding="utf-8"), compiler.made_by())
    name = f"{hashlib.sha256(repr(belongs).encode()).hexdigest()}.o"
    found = kept.read(name)
    if found is None:
        found = compiler.emitted(text)
        kept.write(name, found)
    return found


@cache
def _compiled() -> tuple[Callable[[Array], None], Callable[[Array, Array], None]]:
    text = files("puncta.absorption.cell").joinpath("lanes.ll").read_text(encoding="utf-8")
    linked = compiler.linked(_object(text), "lanes", "factor", "solve")
    whole, place = ctypes.c_int64, ctypes.c_void_p
    factor = ctypes.CFUNCTYPE(None, whole, whole, whole, place)(linked["factor"])
    solve = ctypes.CFUNCTYPE(None, whole, whole, whole, place, place)(linked["solve"])

    def shape(lower: Array) -> tuple[int, int, int]:
        rings = lower.shape[2] - 1
        return lower.shape[0], lower.shape[1] - rings, rings

    def run_factor(lower: Array, held: object = linked) -> None:
        factor(*shape(lower), lower.ctypes.data)

    def run_solve(lower: Array, x: Array, held: object = linked) -> None:
        solve(*shape(lower), lower.ctypes.data, x.ctypes.data)

    return run_factor, run_solve
