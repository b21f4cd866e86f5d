"""A quadratic stand-in for the model near the posterior, so that long walks between two looks at it cost nothing."""

from __future__ import annotations

import numpy as np
from calibration.healing.posterior import coordinates
from numpy.typing import NDArray

Array = NDArray[np.float64]
# numerics: how much bends are held back against noise, and how fast points count less the worse they fit
_STIFF, _COOL = 3.0, 20.0


class Surrogate:
    """Second-order polynomial of every residual in coordinates that are scaled to the points themselves.

    Parameters
    ----------
    z : ndarray, shape (n, d)
        Scores at which the model was looked at.
    residuals : ndarray, shape (n, r)
        What it gave there.
    """

    def __init__(self, z: Array, residuals: Array) -> None:
        cost = (residuals**2).sum(axis=1) + (z**2).sum(axis=1)
        weight = np.exp(-0.5 * (cost - cost.min()) / _COOL)
        x = coordinates(z)
        self._centre = np.average(x, axis=0, weights=weight)
        self._unscale = np.linalg.inv(np.linalg.cholesky(np.cov(x.T, aweights=weight))).T.astype(np.float64)
        self._upper = np.triu_indices(z.shape[1])
        terms = self._terms(z)
        left = terms.T @ (weight[:, None] * terms)
        bends = np.arange(len(left)) > z.shape[1]
        left[np.diag_indices_from(left)] += weight.mean() * np.where(bends, _STIFF, 1e-3)
        self._law: Array = np.linalg.solve(left, terms.T @ (weight[:, None] * residuals)).astype(np.float64)

    def _terms(self, z: Array) -> Array:
        x = (coordinates(z) - self._centre) @ self._unscale
        pairs = x[:, self._upper[0]] * x[:, self._upper[1]]
        return np.concatenate([np.ones((z.shape[0], 1)), x, pairs], axis=1)

    def log_posterior(self, z: Array) -> Array:
        """Logarithm of the posterior as the stand-in sees it, up to a constant, shape (n,)."""
        return -0.5 * ((self._terms(z) @ self._law) ** 2).sum(axis=1) - 0.5 * (z**2).sum(axis=1)
