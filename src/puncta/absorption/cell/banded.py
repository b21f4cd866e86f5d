"""Banded: symmetric matrices over the cells of a mesh, their products and their factors, one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.cell import lanes
from puncta.frozen import frozen

Array = NDArray[np.float64]
Solve = Callable[[Array], Array]

# numerics: up to so many cases LAPACK one by one is as fast as vectors of them
_FEW = 4


@frozen
class Banded:
    """A symmetric matrix in which a cell meets its neighbours only; cells count ring by ring, then layer by layer.

    Parameters
    ----------
    diagonal : ndarray, shape (m, n)
        Diagonal, n cases.
    near : ndarray, shape (m - 1, n)
        Beside the diagonal: the next ring, 0 where a layer ends.
    far : ndarray, shape (m - rings, n)
        A layer away from it.

    Examples
    --------
    >>> line = Banded(np.full((3, 1), 2.0), np.zeros((2, 1)), np.full((2, 1), -1.0))
    >>> line.times(np.ones((3, 1))).ravel()
    array([1., 0., 1.])
    """

    diagonal: Array
    near: Array
    far: Array

    @property
    def rings(self) -> int:
        """How many rings a layer has."""
        return self.diagonal.shape[0] - self.far.shape[0]

    def times(self, u: Array) -> Array:
        """Product with a column for each case, shape (m, n)."""
        rings, out = self.rings, self.diagonal * u
        if rings > 1:
            out[:-1] += self.near * u[1:]
            out[1:] += self.near * u[:-1]
        out[:-rings] += self.far * u[rings:]
        out[rings:] += self.far * u[:-rings]
        return out

    def factored(self, added: Array, scale: float) -> Solve:
        """Factor ``diag(added) + scale * self``, which must be positive definite.

        Parameters
        ----------
        added : ndarray, shape (m, n)
            What is added to the diagonal.
        scale : float
            What the matrix is taken times.

        Returns
        -------
        callable
            Solves for right-hand sides of shape (m, n).
        """
        diagonal, near, far = added + scale * self.diagonal, scale * self.near, scale * self.far
        rings, n = self.rings, diagonal.shape[1]
        if n > _FEW:
            return lanes.factored(diagonal, near, far)
        solves = [_one(diagonal[:, i], near[:, i], far[:, i], rings) for i in range(n)]
        if n == 1:
            return lambda right: solves[0](right[:, 0])[:, None]
        return lambda right: np.stack([solve(right[:, i]) for i, solve in enumerate(solves)], axis=1)


@cache
def _lapack() -> tuple[Callable[..., tuple[Array, int]], Callable[..., tuple[Array, int]]]:
    """Factor and solve, loaded when a few cases are first solved: many draws never need them."""
    from scipy.linalg import get_lapack_funcs

    factor, solve = get_lapack_funcs(("pbtrf", "pbtrs"), dtype=np.float64)
    return factor, solve


def _one(diagonal: Array, near: Array, far: Array, rings: int) -> Solve:
    size = diagonal.size
    lower = np.zeros((rings + 1, size), order="F")
    lower[0] = diagonal
    if rings > 1:
        lower[1, :-1] = near
    lower[rings, : far.size] = far
    factor, solve = _lapack()
    factors, failed = factor(lower, lower=1, overwrite_ab=1)
    if failed:
        raise np.linalg.LinAlgError("the flows of a cell are not positive definite")
    return lambda right: solve(factors, right, lower=1)[0]
