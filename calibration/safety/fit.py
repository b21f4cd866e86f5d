"""Fit the starting values of dark marks to counts and keep joint draws.

Run: uv run --group calibration python -m calibration.safety.fit
Writes src/puncta/evidence/data/fitted/safety.csv and safety.toml; prints what the data moved and what they did not.
"""

from __future__ import annotations

import numpy as np
from calibration.metropolis import diagnostics, sample
from calibration.safety.posterior import law_names, log_posterior, names, observe, rows, values
from numpy.typing import NDArray

from calibration import joint_draws
from puncta.evidence import parameter

Array = NDArray[np.float64]
SEED, CHAINS, WARM, KEPT, THIN, WRITTEN = 0, 48, 4000, 400, 25, 1200


def probes() -> dict[str, float]:
    """What the rows read at the values themselves."""
    found = values(np.zeros((1, len(names()))))
    found |= {name: np.array([parameter(f"safety.{name}").value]) for name in law_names()}
    return {row: float(seen[0]) for row, seen in observe(found).items()}


def main() -> None:
    """Fit and write."""
    start = np.random.default_rng(SEED).standard_normal((CHAINS, len(names())))
    drawn = sample(log_posterior, start, warm=WARM, kept=KEPT, thin=THIN, seed=SEED)
    flat = drawn.reshape(-1, drawn.shape[-1])
    found = values(flat)
    known = diagnostics(drawn, names())
    for title, columns in (("values", found), ("rows", observe(found))):
        print(title)
        for name, column in columns.items():
            low, middle, high = np.percentile(column, (10, 50, 90))
            print(f"{name:34} {middle:.4g} ({low:.4g} to {high:.4g}) {np.round(known.get(name, ()), 3)}")
    some = np.random.default_rng(SEED).permutation(flat.shape[0])[:WRITTEN]
    columns = {name: found[name][some] for name in law_names()}
    joint_draws.write("safety", columns, {n: known[n] for n in columns}, probes(), rows(), SEED)


if __name__ == "__main__":
    main()
