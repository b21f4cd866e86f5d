"""Fit the healing core to the tissue rows and keep joint draws: a mode, then populations from there to the posterior.

Run: uv run --group calibration python -m calibration.healing.fit
Writes src/puncta/evidence/data/fitted/healing.csv and healing.toml; prints what the data moved and what they did not.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import numpy as np
from calibration.healing.observe import observe
from calibration.healing.posterior import log_posterior, names, parameters, residuals, targets
from numpy.typing import NDArray

from puncta.evidence import nominal
from puncta.evidence.fitted import FOLDER, fingerprint
from puncta.files import write_atomically
from puncta.healing import HealingParameters

Array = NDArray[np.float64]
SEED, POPULATIONS, MEMBERS, MOVES, LAST_MOVES = 0, 8, 160, 3, 12
#: Lengths of steps; how much wider than at the mode the first normal is; members that must count at each step.
SHARES, WIDER, HALF = (0.15, 0.3, 0.5, 0.7), 1.2, 0.5
_LEAST = -1e6
STEP, ROUNDS = 0.15, 8


def mode() -> tuple[Array, Array]:
    """Mode of the posterior by damped Gauss-Newton, and the covariance of the normal that touches it there."""
    z = np.zeros(len(names()))
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


def populations(centre: Array, covariance: Array) -> Array:
    """Several populations, carried step by step from a normal around the mode to the posterior.

    Between two steps each population is thinned to those that fit better, then every member moves by itself. All
    populations start apart and never meet, so that their agreement tells whether they have arrived.
    """
    chance = np.random.default_rng(SEED)
    wide = WIDER * covariance
    root, inverse = np.linalg.cholesky(wide), np.linalg.inv(wide).astype(np.float64)
    z = centre + chance.standard_normal((POPULATIONS * MEMBERS, centre.size)) @ root.T
    beyond = _beyond(z, centre, inverse)
    heat = 0.0
    while heat < 1.0:
        grown = _next_heat(beyond, heat)
        weight = (grown - heat) * beyond.reshape(POPULATIONS, MEMBERS)
        share = np.exp(weight - weight.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        # one draw for all places, so that the thinning itself adds little scatter
        at = (np.arange(MEMBERS) + chance.random((POPULATIONS, 1))) / MEMBERS
        chosen = np.stack(
            [np.searchsorted(np.cumsum(s), a).clip(max=MEMBERS - 1) for s, a in zip(share, at, strict=True)]
        )
        chosen = (chosen + MEMBERS * np.arange(POPULATIONS)[:, None]).ravel()
        z, beyond, heat = z[chosen], beyond[chosen], grown
        for _ in range(MOVES if heat < 1.0 else LAST_MOVES):
            share_of = chance.choice(SHARES, size=(z.shape[0], 1))
            move = chance.standard_normal(z.shape) @ root.T
            trial = centre + np.sqrt(1.0 - share_of**2) * (z - centre) + share_of * move
            got = _beyond(trial, centre, inverse)
            # the proposal leaves the normal as it is, so only what the posterior has beyond it decides
            accept = np.log(chance.random(z.shape[0])) < heat * (got - beyond)
            z, beyond = np.where(accept[:, None], trial, z), np.where(accept, got, beyond)
            print(f"heat {heat:.3f}: accepted {accept.mean():.2f}", flush=True)
    return z.reshape(POPULATIONS, MEMBERS, -1)


def _beyond(z: Array, centre: Array, inverse: Array) -> Array:
    """Logarithm of the posterior over the normal, up to a constant."""
    off = z - centre
    return np.maximum(log_posterior(z, residuals(z)), _LEAST) + 0.5 * np.einsum("ki,ij,kj->k", off, inverse, off)


def _next_heat(beyond: Array, heat: float) -> float:
    """The furthest step at which half of the members still count."""

    def counting(grown: float) -> float:
        weight = np.exp((grown - heat) * (beyond - beyond.max()))
        return float(weight.sum() ** 2 / (weight**2).sum() / weight.size)

    if counting(1.0) >= HALF:
        return 1.0
    low, high = heat, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if counting(middle) >= HALF else (low, middle)
    return low


def settled(drawn: Array) -> tuple[Array, Array]:
    """R-hat and effective sample of every column, by a library that only this script needs."""
    stats = import_module("arviz_stats.base").array_stats
    rhat, ess = (np.asarray(of(drawn, chain_axis=0, draw_axis=1)) for of in (stats.rhat, stats.ess))
    return rhat, ess


def main() -> None:
    """Fit and write."""
    centre, covariance = mode()
    drawn = populations(centre, covariance)
    rhat, ess = settled(drawn)
    flat = drawn.reshape(-1, drawn.shape[-1])
    values = parameters(flat)
    print(f"R-hat up to {rhat.max():.3f}, effective sample from {ess.min():.0f}")
    columns = []
    for index, name in enumerate(names()):
        contraction = 1.0 - float(flat[:, index].var())
        columns.append((name, float(rhat[index]), float(ess[index]), contraction))
        low, middle, high = np.percentile(getattr(values, name), (10, 50, 90))
        print(f"{name:6} {middle:.4g} ({low:.4g} to {high:.4g}), moved {contraction:.2f}, R-hat {rhat[index]:.3f}")
    write(values, columns)


def probes() -> dict[str, float]:
    """First figure of every target at the values themselves."""
    seen = observe(nominal(HealingParameters))
    return {target.read: float(seen[target.read][0, 0]) for target in targets()}


def write(values: object, columns: list[tuple[str, float, float, float]]) -> None:
    """Write draws and what is known of them."""
    table = np.stack([getattr(values, name) for name, *_ in columns], axis=1)
    lines = [",".join(name for name, *_ in columns), *(",".join(f"{x:.6g}" for x in row) for row in table)]
    rows = sorted({row for target in targets() for row in target.rows})
    head = [
        "# Joint draws of the healing core; written by python -m calibration.healing.fit.",
        "format = 1",
        f"rows_count = {table.shape[0]}",
        f"seed = {SEED}",
        f"populations_count = {POPULATIONS}",
        f"fitted_to = {json.dumps(rows)}",
        f'evidence_hash = "{fingerprint("healing")}"',
        "",
        "# what the model gives at its own values: a test compares, so that draws never outlive the model",
        "[probes]",
        *(f"{name} = {value:.6g}" for name, value in probes().items()),
        "",
        "# r_hat and effective sample of each column; contraction: share of the prior's variance that the data removed",
        "[columns]",
        *(
            f"{name} = {{ r_hat = {r:.3f}, effective_count = {e:.0f}, contraction = {c:.3f} }}"
            for name, r, e, c in columns
        ),
    ]
    folder = Path(str(FOLDER))
    folder.mkdir(exist_ok=True)
    write_atomically(folder / "healing.csv", "\n".join(lines) + "\n")
    write_atomically(folder / "healing.toml", "\n".join(head) + "\n")


if __name__ == "__main__":
    main()
