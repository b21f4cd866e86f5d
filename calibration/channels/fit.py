"""Fit the closing of channels to its rows and keep joint draws.

Run: uv run --group calibration python -m calibration.channels.fit
Writes src/puncta/evidence/data/fitted/channels.csv and channels.toml; prints what the data moved and what they did not.
"""

from __future__ import annotations

import numpy as np
from calibration.channels.posterior import law_names, log_posterior, names, observe, read, values
from calibration.metropolis import diagnostics, sample
from numpy.typing import NDArray

from calibration import joint_draws
from puncta.evidence import parameter

Array = NDArray[np.float64]
SEED, CHAINS, WARM, KEPT, THIN, WRITTEN = 0, 48, 8000, 400, 100, 1200


def start() -> Array:
    """Where the chains begin: drawn from the prior, as far as it is possible at all."""
    tried = np.random.default_rng(SEED).standard_normal((20000, len(names())))
    tried[:, names().index("ph_open")] = np.abs(tried[:, names().index("ph_open")]) + 2.0
    possible = tried[np.isfinite(log_posterior(tried))]
    return possible[:CHAINS]


def probes() -> dict[str, float]:
    """What the targets read at the values themselves, with a usual age and lightness and no difference of a study."""
    found = values(np.zeros((1, len(names()))))
    found |= {name: np.array([parameter(f"channels.{name}").value]) for name in law_names()}
    seen = observe(found)
    return {
        "lifetime_h": float(seen["lifetime_h"][0, 0]),
        "half_life_h": float(seen["half_life_h"][0]),
        "open_air_2_h": float(seen["open_air"][0]),
        "water_loss_48_h": float(seen["rise"][0]),
    }


def rows() -> list[str]:
    """Rows behind the fit."""
    told = read("targets")
    single = [told["open_air"]["row"], told["age"]["row"], *(group["row"] for group in told["group"])]
    return [*single, *told["cohort"]["rows"], *told["water_loss"]["rows"]]


def main() -> None:
    """Fit and write."""
    drawn = sample(log_posterior, start(), warm=WARM, kept=KEPT, thin=THIN, seed=SEED)
    flat = drawn.reshape(-1, drawn.shape[-1])
    found = values(flat)
    known = diagnostics(drawn, names())
    chance = np.random.default_rng(SEED)
    # a study yet to come differs as those of the fit do; its prior variance is that of the half-normal width
    found["study_fold"] = np.exp(found["study_log_sd"] * chance.standard_normal(flat.shape[0]))
    wide = float(read("priors")["unprinted"]["study_log_sd"])
    known["study_fold"] = (*known["study"][:2], 1.0 - float((found["study_log_sd"] ** 2).mean()) / wide**2)
    for name in found:
        low, middle, high = np.percentile(found[name], (10, 50, 90))
        print(f"{name:22} {middle:.4g} ({low:.4g} to {high:.4g}) {np.round(known.get(name, ()), 3)}")
    seen = observe(found)
    for name in seen:
        print(name, np.percentile(seen[name], (10, 50, 90), axis=-1).round(3).tolist())
    some = chance.permutation(flat.shape[0])[:WRITTEN]
    kept = (*law_names(), "study_fold")
    columns = {name: found[name][some] for name in kept}
    joint_draws.write("channels", columns, {n: known[n] for n in kept}, probes(), rows(), SEED)


if __name__ == "__main__":
    main()
