"""Fit the watery path and the shift of the fatty path of intact-skin permeability; prints what stands in the evidence.

Run: uv run python calibration/skin_permeability.py
"""

from __future__ import annotations

import csv
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from puncta.evidence import parameter
from puncta.units import convert

Array = NDArray[np.float64]
FOLDS, REPEATS, SEED = 5, 5, 0
EPIDERMIS_UM = 100.0


def value(name: str) -> float:
    """A figure of the absorption evidence."""
    return parameter(f"absorption.{name}").value


def records() -> tuple[Array, Array, Array, NDArray[np.str_]]:
    """Molecular weight, partition, measured permeability and compound, within the range of the rule."""
    file = files("puncta.evidence").joinpath("data", "studies", "skin_permeability.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    mw, kow, measured = (
        np.array([float(row[name]) for row in rows])
        for name in ("mw_g_per_mol", "kow_log10", "permeability_log10_cm_per_h")
    )
    inside = (mw <= value("intact_range_mw_high_g_per_mol")) & (kow <= value("intact_range_kow_high_log10"))
    names = np.array([row["compound"].lower() for row in rows])
    return mw[inside], kow[inside], measured[inside], names[inside]


def rule(x: Array, mw: Array, kow: Array) -> Array:
    """Permeability of stratum corneum and living epidermis in series, logarithm in cm/h."""
    offset, polar_intercept, polar_exponent = x
    fatty = value("intact_intercept_log10") + value("intact_per_kow") * kow - value("intact_per_g_per_mol") * mw
    corneum = 10 ** (fatty + offset) + 10 ** (polar_intercept - polar_exponent * np.log10(mw))
    free_um2_per_s = 10 ** value("tissue_diffusion_log10") * mw ** -value("tissue_exponent")
    tissue = value("tissue_partition") * free_um2_per_s / EPIDERMIS_UM * convert(1, "h", "s") / convert(1, "cm", "um")
    return np.log10(1 / (1 / corneum + 1 / tissue))


def fit(mw: Array, kow: Array, measured: Array, names: NDArray[np.str_]) -> Array:
    """Fit with equal weight for each compound and a loss that forgives outliers."""
    counts = dict(zip(*np.unique(names, return_counts=True), strict=True))
    weight = np.array([1 / np.sqrt(counts[name]) for name in names])
    return least_squares(lambda x: (rule(x, mw, kow) - measured) * weight, [0.0, -2.0, 1.0], loss="soft_l1").x


def error_by_compound(error: Array, names: NDArray[np.str_]) -> float:
    """Root mean square over compounds of their mean error."""
    return float(np.sqrt(np.mean([error[names == name].mean() ** 2 for name in np.unique(names)])))


def main() -> None:
    """Fit, cross-validate by compound, print."""
    mw, kow, measured, names = records()
    x = fit(mw, kow, measured, names)
    print(f"{measured.size} records of {np.unique(names).size} compounds")
    print(f"intact_offset_log10 {x[0]:.3f}, polar_intercept_log10 {x[1]:.3f}, polar_exponent {x[2]:.3f}")
    chance = np.random.default_rng(SEED)
    found = []
    for _ in range(REPEATS):
        error = np.empty_like(measured)
        for fold in np.array_split(chance.permutation(np.unique(names)), FOLDS):
            out = np.isin(names, fold)
            error[out] = rule(fit(mw[~out], kow[~out], measured[~out], names[~out]), mw[out], kow[out]) - measured[out]
        found.append(error_by_compound(error, names))
    print(f"intact_error_log10: cross-validated {np.mean(found):.2f}")


if __name__ == "__main__":
    main()
