"""Leave each series of dark marks out, fit the others, and predict its count: the test that the fit itself is not.

Run: uv run --group calibration python -m calibration.safety.leave_one_out
Writes src/puncta/evidence/data/fitted/safety_unseen.toml.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from calibration.metropolis import sample
from calibration.safety.fit import fit
from calibration.safety.posterior import log_posterior, names, observe, rows, values
from numpy.typing import NDArray

from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically
from puncta.validation.safety_row import safety_rows

Array = NDArray[np.float64]
SEED, CHAINS, WARM, KEPT, THIN = 0, 48, 3000, 120, 25


def without(left_out: str, z: Array) -> Array:
    """Logarithm of the posterior of the other rows; what the one left out has of its own stays at its prior."""
    found = observe(values(z))[left_out]
    row = safety_rows()[left_out]
    marked, people = row.value or 0.0, row.n or 0.0
    return log_posterior(z) - marked * np.log(found) - (people - marked) * np.log1p(-found)


def predicted(row: str) -> tuple[float, float, float]:
    """Band of 80 of 100 of the count of a row, and its middle, from the other rows."""
    chance = np.random.default_rng(SEED)
    start = chance.standard_normal((CHAINS, len(names())))
    drawn = sample(partial(without, row), start, warm=WARM, kept=KEPT, thin=THIN, seed=SEED)
    found = observe(values(drawn.reshape(-1, drawn.shape[-1])))[row]
    counts = chance.binomial(int(safety_rows()[row].n or 0), found)
    low, middle, high = np.percentile(counts, (10.0, 50.0, 90.0), method="inverted_cdf")
    return float(low), float(middle), float(high)


def main() -> None:
    """Leave out, print and write."""
    lines = [
        "# Every series of dark marks left out of the fit to the others; written by",
        "# python -m calibration.safety.leave_one_out.",
        "format = 1",
        f"seed = {SEED}",
        "",
        "# what the rows read at the values themselves: a test compares, so that these figures never outlive the model",
        "[probes]",
        *(f"{name} = {value:.6g}" for name, value in fit().probes().items()),
    ]
    for row in rows():
        band = predicted(row)
        print(row, safety_rows()[row].value, band)
        lines += ["", "[[reading]]", f'row = "{row}"', f"band80_people = {list(band)}"]
    write_atomically(Path(str(FOLDER)) / "safety_unseen.toml", "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
