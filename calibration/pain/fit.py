"""Fit the law of pain to its rows and keep joint draws.

Run: uv run --group calibration python -m calibration.pain.fit
Writes src/puncta/evidence/data/fitted/pain.csv and pain.toml; prints what the data moved and what they did not.
"""

from __future__ import annotations

from calibration.pain.posterior import law_names, log_posterior, names, observe, read, values
from calibration.small_fit import SmallFit


def rows() -> list[str]:
    """Rows behind the fit."""
    told = read("targets")
    return [told["length"]["row"], told["number"]["row"], *(mean["row"] for mean in told["mean"])]


def fit() -> SmallFit:
    """What is fitted."""
    return SmallFit("pain", names(), law_names(), values, observe, log_posterior, rows(), warm=6000, thin=60)


def probes() -> dict[str, float]:
    """What the rows read at the values themselves."""
    return fit().probes()


if __name__ == "__main__":
    fit().write()
