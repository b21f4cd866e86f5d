"""Fit the paths through intact skin to the records and keep joint draws.

Run: uv run --group calibration python -m calibration.permeability.fit
Writes src/puncta/evidence/data/fitted/permeability.csv and permeability.toml; prints what stands in the evidence.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from calibration.metropolis import diagnostics, sample
from calibration.permeability.posterior import law_names, log_posterior, names, records, values
from numpy.typing import NDArray

from calibration import joint_draws
from puncta.absorption import PermeabilityParameters
from puncta.absorption.permeability import membrane_permeability_log10_cm_per_h
from puncta.evidence import nominal

Array = NDArray[np.float64]
SEED, CHAINS, WARM, KEPT, THIN, WRITTEN = 0, 32, 4000, 200, 40, 1200
#: Weight, partition and temperature of the probes: sugar, caffeine, a fat, in the cold.
_PROBES = {"watery": (180.0, -3.0, 32.0), "middling": (194.0, -0.1, 32.0), "fatty": (300.0, 4.0, 25.0)}


def probes() -> dict[str, float]:
    """What the law gives at the values themselves."""
    law = nominal(PermeabilityParameters)
    return {
        name: float(membrane_permeability_log10_cm_per_h(mw, kow, law, celsius=celsius)[0])
        for name, (mw, kow, celsius) in _PROBES.items()
    }


def rows() -> list[str]:
    """Table behind the fit."""
    return ["skin_permeability"]


def main() -> None:
    """Fit and write."""
    start = 0.5 * np.random.default_rng(SEED).standard_normal((CHAINS, len(names())))
    posterior = partial(log_posterior, told=records())
    drawn = sample(posterior, start, warm=WARM, kept=KEPT, thin=THIN, seed=SEED)
    flat = drawn.reshape(-1, drawn.shape[-1])
    found, known = values(flat), diagnostics(drawn, names())
    known["compound_log10"] = known["compound"]
    for name, column in found.items():
        low, middle, high = np.percentile(column, (10, 50, 90))
        print(f"{name:28} {middle:.4g} ({low:.4g} to {high:.4g}) sd {column.std():.3g} {np.round(known[name], 3)}")
    print("correlation", np.corrcoef([found[name] for name in law_names()]).round(2).tolist())
    some = np.random.default_rng(SEED).permutation(flat.shape[0])[:WRITTEN]
    columns = {name: found[name][some] for name in (*law_names(), "compound_log10", "repeat_sd_log10")}
    joint_draws.write("permeability", columns, {n: known[n] for n in columns}, probes(), rows(), SEED)


if __name__ == "__main__":
    main()
