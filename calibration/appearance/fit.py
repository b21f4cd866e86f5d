"""Fit the outcome model to the calibration studies and keep joint draws.

Run: uv run --group calibration python -m calibration.appearance.fit
Writes src/puncta/evidence/data/fitted/appearance.csv and appearance.toml; prints what the studies moved.
"""

from __future__ import annotations

import numpy as np
from calibration.appearance.apart import row_means_apart
from calibration.appearance.posterior import SEED, diagnostics, families, readings, sample

from calibration import joint_draws
from puncta.evidence import arms
from puncta.validation.outcomes import probe, scored

WRITTEN = 2000
_ROLES = ("calibration", "reproduction")


def probes() -> dict[str, float]:
    """What the law gives for the scored readings, and what the program of the fit gives for those printed in full."""
    own = {arm.key: probe(arm) for arm in scored(arms().values())}
    return own | {f"{key}_apart": value for key, value in row_means_apart().items()}


def main() -> None:
    """Fit, print and write."""
    with joint_draws.set_aside("appearance"):
        _fit()


def _fit() -> None:
    roles = {arm.study: arm.role for arm in readings()}
    columns, known, fitted_to = {}, {}, []
    for which, family in enumerate(families()):
        studies = [name for name in family.rows.study_names if roles[name] in _ROLES]
        drawn = sample(which, studies)
        found = diagnostics(family, drawn)
        some = np.random.default_rng(SEED).permutation(drawn[family.columns[0]].size)[:WRITTEN]
        columns |= {name: column.reshape(-1)[some] for name, column in drawn.items()}
        known |= found
        fitted_to += [arm.key for arm in readings() if arm.key in family.rows.keys and arm.study in studies]
        for name, column in drawn.items():
            low, middle, high = np.percentile(column, (10, 50, 90))
            r_hat, effective, moved = found[name]
            print(f"{name:26} {middle:.3f} ({low:.3f} to {high:.3f}) R-hat {r_hat:.3f} {effective:.0f} {moved:.2f}")
    joint_draws.write("appearance", columns, known, probes(), fitted_to, SEED)


if __name__ == "__main__":
    main()
