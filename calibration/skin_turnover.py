"""Fit the age law of the horny layer's transit; prints what stands in the evidence.

Four published means (rows T164 to T167: two sites, two ages) against three values (days at either site at the younger
age, and the share added per later year), weighted by the published standard errors. One degree of freedom is left, and
only two ages were measured: nothing here tests that the law is straight between them or flat before the younger one.
The dye renewals of forehead, back and hand (T169 to T171) print neither error nor age and are taken as they are.

Run: uv run python calibration/skin_turnover.py
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from puncta.evidence import parameter
from puncta.evidence.mechanism import MechanismRow, mechanism_row

Array = NDArray[np.float64]
SITES = ("forearm", "upper_arm")
ROWS = ("T164", "T165", "T166", "T167")


def law(x: Array, rows: list[MechanismRow]) -> Array:
    """Days of every row; x holds the days at each site, then the share per year."""
    start = parameter("skin.transit_slows_from_years").value
    ages = np.array([np.mean(row.age_years or ()) for row in rows])
    sites = np.array([x[SITES.index(row.site[0])] for row in rows])
    return sites * (1.0 + x[-1] * np.maximum(ages - start, 0.0))


def main() -> None:
    """Fit and print values with their standard errors."""
    rows = [mechanism_row(key) for key in ROWS]
    days, errors = np.array([row.value for row in rows]), np.array([row.se for row in rows])
    found = least_squares(lambda x: (law(x, rows) - days) / errors, [20.0, 18.0, 0.02], x_scale=[1.0, 1.0, 1e-3])
    spread = np.linalg.inv(found.jac.T @ found.jac)
    se = np.sqrt(np.diag(spread))
    for name, value, error in zip((*SITES, "per year"), found.x, se, strict=True):
        print(f"{name}: {value:.4g} ± {error:.2g}")
    mean, mean_se = found.x[:2].mean(), np.sqrt(spread[:2, :2].sum()) / 2.0
    print(f"mean of both sites: {mean:.4g} ± {mean_se:.2g}; chi² {2 * found.cost:.3f} on 1 degree of freedom")
    for row, predicted in zip(rows, law(found.x, rows), strict=True):
        print(f"{row.key}: {predicted:.1f} against {row.value} ± {row.se}")


if __name__ == "__main__":
    main()
