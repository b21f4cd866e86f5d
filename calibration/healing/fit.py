"""Fit the healing core to the tissue rows and keep joint draws: a mode, then chains around it.

Run: uv run --group calibration python -m calibration.healing.fit
Writes src/puncta/evidence/data/fitted/healing.csv and healing.toml; prints what the data moved and what they did not.
"""

from __future__ import annotations

import numpy as np
from calibration.healing.observe import observe
from calibration.healing.posterior import (
    dimensions,
    log_posterior,
    names,
    parameters,
    residuals,
    targets,
    unprinted,
    unprinted_priors,
)
from calibration.healing.surrogate import Surrogate
from calibration.metropolis import diagnostics
from numpy.typing import NDArray

from calibration import joint_draws
from puncta.evidence import nominal
from puncta.healing import HealingParameters

Array = NDArray[np.float64]
SEED, CHAINS, BURN_IN, ROUNDS_KEPT, WALK, FIRST_WALK = 0, 96, 25, 260, 120, 150
#: Points per look of the stand-in, widths of the first ones, turns in which it learns; lengths of single steps.
SAMPLE, WIDTHS, TURNS, SHARES = 2400, (0.8, 1.0, 1.2), 4, (0.15, 0.3, 0.5)
#: Draws that are kept for use.
KEPT = 1600
STEP, ROUNDS = 0.15, 8


def mode() -> tuple[Array, Array]:
    """Mode of the posterior by damped Gauss-Newton, and the covariance of the normal that touches it there."""
    z = np.zeros(dimensions())
    best = residuals(z[None])[0]
    cost = float(best @ best + z @ z)
    damping = 1.0
    for round_ in range(ROUNDS):
        slope = _slope(z)
        hessian = slope.T @ slope + np.eye(z.size)
        gradient = slope.T @ best + z
        for _ in range(6):
            trial = z - np.linalg.solve(hessian + damping * np.diag(np.diag(hessian)), gradient)
            got = residuals(trial[None])[0]
            new = float(got @ got + trial @ trial)
            if np.isfinite(new) and new < cost:
                z, best, cost, damping = trial, got, new, damping / 3.0
                break
            damping *= 3.0
        print(f"round {round_ + 1}: cost {cost:.2f}")
    slope = _slope(z)
    covariance: Array = np.linalg.inv(slope.T @ slope + np.eye(z.size)).astype(np.float64)
    return z, covariance


def _slope(z: Array) -> Array:
    moved = z + STEP * np.eye(z.size)
    back = z - STEP * np.eye(z.size)
    both = residuals(np.concatenate([moved, back]))
    slope = ((both[: z.size] - both[z.size :]) / (2 * STEP)).T
    return np.nan_to_num(slope)


class _Looked:
    """All points at which the model was looked at."""

    def __init__(self, size: int) -> None:
        self.z, self.residuals = np.empty((0, size)), np.empty((0, 0))

    def look(self, z: Array) -> Array:
        """Logarithm of the posterior by the model itself, kept for the stand-in."""
        got = residuals(z)
        sound = np.isfinite(got).all(axis=1)
        self.z = np.concatenate([self.z, z[sound]])
        self.residuals = np.concatenate([self.residuals.reshape(-1, got.shape[1]), got[sound]])
        return log_posterior(z, got)


def sample(centre: Array, covariance: Array) -> Array:
    """Chains that walk by the stand-in and ask the model at the end of each walk, shape (chains, rounds, dimensions).

    A walk is a proposal that leaves the stand-in's posterior as it is; what the model says beyond the stand-in decides
    whether it is taken, so that the chains follow the model's posterior whatever the stand-in gets wrong.
    """
    chance = np.random.default_rng(SEED)
    root: Array = np.linalg.cholesky(covariance).astype(np.float64)
    looked = _Looked(centre.size)
    for width in WIDTHS:
        looked.look(centre + width * chance.standard_normal((SAMPLE, centre.size)) @ root.T)
    z = centre + chance.standard_normal((SAMPLE, centre.size)) @ root.T
    for turn in range(TURNS):
        law = Surrogate(looked.z, looked.residuals)
        z = _walk(z, law, centre, root, chance, FIRST_WALK)
        # the mode's own normal is too narrow where the posterior leans: what was walked over knows its true width
        centre, root = z.mean(axis=0), np.linalg.cholesky(np.cov(z.T)).astype(np.float64)
        off = looked.look(z) - law.log_posterior(z)
        print(f"stand-in {turn + 1}: off by {np.std(off[np.isfinite(off)]):.2f}", flush=True)
    law = Surrogate(looked.z, looked.residuals)
    z = z[:CHAINS]
    beyond = log_posterior(z, residuals(z)) - law.log_posterior(z)
    kept = []
    for turn in range(BURN_IN + ROUNDS_KEPT):
        trial = _walk(z, law, centre, root, chance, WALK)
        got = log_posterior(trial, residuals(trial)) - law.log_posterior(trial)
        accept = np.log(chance.random(CHAINS)) < got - beyond
        z, beyond = np.where(accept[:, None], trial, z), np.where(accept, got, beyond)
        if turn >= BURN_IN:
            kept.append(z)
        print(f"round {turn + 1}: accepted {accept.mean():.2f}", flush=True)
    return np.stack(kept, axis=1)


def _walk(z: Array, law: Surrogate, centre: Array, root: Array, chance: np.random.Generator, steps: int) -> Array:
    """Steps that leave the stand-in's posterior as it is; the normal at the mode is the reference of each."""
    unscale = np.linalg.inv(root).T

    def beyond(z: Array) -> Array:
        return law.log_posterior(z) + 0.5 * (((z - centre) @ unscale) ** 2).sum(axis=1)

    here = beyond(z)
    for _ in range(steps):
        share = chance.choice(SHARES, size=(z.shape[0], 1))
        trial = centre + np.sqrt(1.0 - share**2) * (z - centre) + share * chance.standard_normal(z.shape) @ root.T
        there = beyond(trial)
        accept = np.log(chance.random(z.shape[0])) < there - here
        z, here = np.where(accept[:, None], trial, z), np.where(accept, there, here)
    return z


def main() -> None:
    """Fit and write."""
    centre, covariance = mode()
    drawn = sample(centre, covariance)
    known = diagnostics(drawn, (*names(), *unprinted_priors()))
    flat = drawn.transpose(1, 0, 2).reshape(-1, drawn.shape[-1])
    values, beside = parameters(flat), unprinted(flat)
    worst, least = max(rhat for rhat, _, _ in known.values()), min(count for _, count, _ in known.values())
    print(f"R-hat up to {worst:.3f}, effective sample from {least:.0f}")
    for name, (rhat, _, gone) in known.items():
        drawn_values = beside[name] if name in beside else getattr(values, name)
        low, middle, high = np.percentile(drawn_values, (10, 50, 90))
        print(f"{name:6} {middle:.4g} ({low:.4g} to {high:.4g}), moved {gone:.2f}, R-hat {rhat:.3f}")
    kept = parameters(flat[:: flat.shape[0] // KEPT][:KEPT])
    rows = {row for target in targets() for row in target.rows}
    joint_draws.write("healing", {name: getattr(kept, name) for name in names()}, known, probes(), rows, SEED)


def probes() -> dict[str, float]:
    """First figure of every target at the values themselves."""
    middle = {name: np.array([value]) for name, (value, _) in unprinted_priors().items()}
    seen = observe(nominal(HealingParameters), middle)
    return {target.read: float(seen[target.read][0, 0]) for target in targets()}


if __name__ == "__main__":
    main()
