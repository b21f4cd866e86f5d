"""A small sampler: many chains of random steps, their size learned while warming up, all chains apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_USUAL = 2.38  # the step that mixes best in many dimensions, over the root of their number


def sample(
    log_posterior: Callable[[Array], Array], start: Array, *, warm: int, kept: int, thin: int, seed: int
) -> Array:
    """Draw from a posterior.

    Parameters
    ----------
    log_posterior : callable
        Logarithm of the posterior of points of shape (chains, dimensions), shape (chains,).
    start : ndarray, shape (chains, dimensions)
        Where the chains begin; each must be possible.
    warm, kept, thin : int
        Steps before anything is kept, draws kept of each chain, and steps between two of them.
    seed : int
        Seed.

    Returns
    -------
    ndarray, shape (chains, kept, dimensions)
        Draws.
    """
    chance = np.random.default_rng(seed)
    z, size = start.copy(), _USUAL / np.sqrt(start.shape[1])
    known = log_posterior(z)
    if not np.all(np.isfinite(known)):
        raise ValueError("a chain begins where nothing is possible")
    root, seen, out = np.eye(start.shape[1]), [], []
    for step in range(warm + kept * thin):
        # now and then a short step, so that no chain stays behind in a corner
        length = size * (0.2 if chance.random() < 0.2 else 1.0)
        trial = z + length * chance.standard_normal(z.shape) @ root.T
        got = log_posterior(trial)
        accept = np.log(chance.random(z.shape[0])) < got - known
        z, known = np.where(accept[:, None], trial, z), np.where(accept, got, known)
        if step < warm:
            seen.append(z)
            if len(seen) == warm // 8:
                root = np.linalg.cholesky(np.cov(np.concatenate(seen).T) + 1e-6 * np.eye(z.shape[1]))
                seen = []
        elif (step - warm + 1) % thin == 0:
            out.append(z)
    return np.stack(out, axis=1)


def diagnostics(drawn: Array, names: Sequence[str]) -> dict[str, tuple[float, float, float]]:
    """R-hat, effective sample and contraction of every score, by name.

    Parameters
    ----------
    drawn : ndarray, shape (chains, kept, dimensions)
        Draws of scores that are standard normal under the prior.
    names : sequence of str, shape (dimensions,)
        What they are.

    Returns
    -------
    dict of str to tuple of float
        Contraction is the share of the prior's variance that is gone. The first two come from a library that only
        these scripts need.
    """
    stats = import_module("arviz_stats.base").array_stats
    rhat, ess = (np.asarray(of(drawn, chain_axis=0, draw_axis=1)) for of in (stats.rhat, stats.ess))
    gone = 1.0 - drawn.reshape(-1, drawn.shape[-1]).var(axis=0)
    return {name: (float(r), float(e), float(g)) for name, r, e, g in zip(names, rhat, ess, gone, strict=True)}
