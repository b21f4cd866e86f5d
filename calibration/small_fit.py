"""Small fits: a law of few values drawn with what each study has of its own, printed, and its joint draws kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from calibration.metropolis import diagnostics, sample
from numpy.typing import NDArray

from calibration import joint_draws
from puncta.evidence import parameter

Array = NDArray[np.float64]
SEED, CHAINS, KEPT, WRITTEN = 0, 48, 400, 1200


@dataclass(frozen=True)
class SmallFit:
    """What a small fit is made of.

    Parameters
    ----------
    package : str
        Evidence package of the law, and the name of what is written.
    names, law_names : sequence of str
        All scores, and the values of the law among what they give.
    values, observe : callable
        Values from scores, and what the rows read at values.
    log_posterior : callable
        Logarithm of the posterior of scores, up to a constant.
    rows : sequence of str
        Rows behind the fit.
    warm, thin : int
        Moves before the first that is kept, and moves for each that is.
    """

    package: str
    names: Sequence[str]
    law_names: Sequence[str]
    values: Callable[[Array], dict[str, Array]]
    observe: Callable[[dict[str, Array]], dict[str, Array]]
    log_posterior: Callable[[Array], Array]
    rows: Sequence[str]
    warm: int
    thin: int

    def probes(self) -> dict[str, float]:
        """What the rows read at the values themselves."""
        found = self.values(np.zeros((1, len(self.names))))
        found |= {name: np.array([parameter(f"{self.package}.{name}").value]) for name in self.law_names}
        return {row: float(seen[0]) for row, seen in self.observe(found).items()}

    def write(self) -> None:
        """Fit, print what the data moved and what they did not, and write."""
        start = np.random.default_rng(SEED).standard_normal((CHAINS, len(self.names)))
        drawn = sample(self.log_posterior, start, warm=self.warm, kept=KEPT, thin=self.thin, seed=SEED)
        flat = drawn.reshape(-1, drawn.shape[-1])
        found, known = self.values(flat), diagnostics(drawn, self.names)
        for title, columns in (("values", found), ("rows", self.observe(found))):
            print(title)
            for name, column in columns.items():
                low, middle, high = np.percentile(column, (10, 50, 90))
                print(f"{name:34} {middle:.4g} ({low:.4g} to {high:.4g}) {np.round(known.get(name, ()), 3)}")
        print("correlation", np.corrcoef(np.log([found[name] for name in self.law_names])).round(2).tolist())
        some = np.random.default_rng(SEED).permutation(flat.shape[0])[:WRITTEN]
        columns = {name: found[name][some] for name in self.law_names}
        kept = {name: known[name] for name in columns}
        joint_draws.write(self.package, columns, kept, self.probes(), self.rows, SEED)
