"""Predictive checks: do studies drawn from the priors, and from the fit, look like the studies there are?

Run: uv run --group calibration python -m calibration.appearance.predictive_checks
Writes src/puncta/evidence/data/fitted/appearance_checks.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from calibration.appearance.posterior import families, filled, prior_draws
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters
from puncta.evidence import Arm, arms, draw
from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically
from puncta.validation.outcomes import RaterParameters, heading_of, predict, probe_hash, scored, study_of

Array = NDArray[np.float64]
SEED, DRAWS = 0, 4000

#: What is asked of the readings of all calibration studies of a group together, axis 0 the readings.
STATISTICS: Mapping[str, Callable[[Array], Array]] = {
    "mean": lambda figures: figures.mean(axis=0),
    "spread": lambda figures: figures.std(axis=0, ddof=1),
    "least": lambda figures: figures.min(axis=0),
    "greatest": lambda figures: figures.max(axis=0),
}


def replicated(found: list[Arm], law: AppearanceParameters, raters: RaterParameters) -> Array:
    """Readings of simulated studies, shape (readings, draws)."""
    return np.stack([predict(arm, study_of(arm), law, raters, SEED) for arm in found])


def lines_of(name: str, found: list[Arm], drawn: Array) -> list[str]:
    """How many readings lie inside, and where each statistic lies among the simulated ones."""
    figures = np.array([arm.improvement_fraction or 0.0 for arm in found])
    low, high = np.percentile(drawn, (10.0, 90.0), axis=1)
    out = [
        "",
        f"[{name}]",
        f"readings = {len(found)}",
        f"inside80 = {int(np.sum((low <= figures) & (figures <= high)))}",
    ]
    out.append(f"width80 = {float(np.mean(high - low)):.3f}")
    for statistic, of in STATISTICS.items():
        seen, known = of(drawn), float(of(figures[:, None])[0])
        ends = np.percentile(seen, (2.5, 50.0, 97.5))
        share = float(np.mean(seen <= known))
        band = ", ".join(f"{end:.3f}" for end in ends)
        out.append(f"{statistic} = {{ reported = {known:.3f}, band95 = [{band}], share_below = {share:.3f} }}")
    return out


def main() -> None:
    """Check and write."""
    before: dict[str, Array] = {}
    for family in families():
        before |= prior_draws(family, DRAWS)
    prior = filled(AppearanceParameters, before), filled(RaterParameters, before)
    fit = draw(AppearanceParameters, DRAWS, SEED), draw(RaterParameters, DRAWS, SEED)
    lines = [
        "# Studies drawn from the priors and from the fit beside the calibration studies; written by",
        "# python -m calibration.appearance.predictive_checks.",
        "format = 1",
        f'probe_hash = "{probe_hash()}"',
    ]
    every = [arm for arm in scored(arms().values()) if arm.role != "validation"]
    for group in ("acne_alone", "melasma_product", "all"):
        found = [arm for arm in every if group in ("all", heading_of(arm))]
        for name, (law, raters) in (("prior", prior), ("fit", fit)):
            lines += lines_of(f"{name}.{group}", found, replicated(found, law, raters))
    write_atomically(Path(str(FOLDER)) / "appearance_checks.toml", "\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
