"""Fit the starting values of dark marks to counts and keep joint draws.

Run: uv run --group calibration python -m calibration.safety.fit
Writes src/puncta/evidence/data/fitted/safety.csv and safety.toml; prints what the data moved and what they did not.
"""

from __future__ import annotations

from calibration.safety.posterior import law_names, log_posterior, names, observe, rows, values
from calibration.small_fit import SmallFit


def fit() -> SmallFit:
    """What is fitted."""
    return SmallFit("safety", names(), law_names(), values, observe, log_posterior, rows(), warm=4000, thin=25)


def probes() -> dict[str, float]:
    """What the rows read at the values themselves."""
    return fit().probes()


if __name__ == "__main__":
    fit().write()
