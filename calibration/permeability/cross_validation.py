"""How far the law is off for compounds that it was not fitted to: five-fold by compound, ten times over.

Run: uv run --group calibration python -m calibration.permeability.cross_validation
Writes src/puncta/evidence/data/fitted/permeability_unseen.toml. The form was chosen on other partitions of the records
(seeds from 100); see docs/decisions/014-permeability.md.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from calibration.metropolis import sample
from calibration.permeability.posterior import Records, log_posterior, names, predict, records, values
from numpy.typing import NDArray

from puncta.absorption.permeability import published_permeability_log10_cm_per_h
from puncta.evidence import parameter
from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically

Array = NDArray[np.float64]
FOLDS, REPEATS, CHAINS, WARM, KEPT, THIN = 5, 10, 16, 1600, 40, 20
_BAND = (10.0, 90.0)
_DIGITS = 3


def classes(told: Records) -> dict[str, NDArray[np.bool_]]:
    """Records by fat and by weight."""
    kow, mw = told.kow_log10, told.mw_g_per_mol
    middle = parameter("permeability.reference_g_per_mol").value
    return {
        "all": np.ones(kow.shape, dtype=bool),
        "kow_below_0": kow < 0,
        "kow_0_to_2": (kow >= 0) & (kow < 2),
        "kow_2_to_4": (kow >= 2) & (kow <= 4),
        "kow_above_4": kow > 4,
        "light": mw < middle,
        "heavy": mw >= middle,
    }


def probes() -> dict[str, float]:
    """The logarithm of the posterior at fixed scores: it moves with records, priors, law and likelihood."""
    z = 0.5 * np.random.default_rng(0).standard_normal((3, len(names())))
    return {f"score_{index}": float(at) for index, at in enumerate(log_posterior(z, records()))}


def unseen(seed: int) -> tuple[Array, dict[str, float]]:
    """Errors of all records when their compounds are left out, shape (r,), and what the bands hold."""
    told, chance = records(), np.random.default_rng(seed)
    off, held = np.empty(told.compound.shape), {"compounds": [], "compounds_without_repeats": [], "records": []}
    for fold in np.array_split(chance.permutation(np.unique(told.compound)), FOLDS):
        out = np.isin(told.compound, fold)
        start = 0.5 * chance.standard_normal((CHAINS, len(names())))
        posterior = partial(log_posterior, told=told.of(~out))
        drawn = sample(posterior, start, warm=WARM, kept=KEPT, thin=THIN, seed=seed)
        found = values(drawn.reshape(-1, drawn.shape[-1]))
        law = predict(found, told.of(out))
        measured = told.measured_log10[out]
        off[out] = law.mean(axis=0) - measured
        own, repeat = found["compound_log10"], found["repeat_sd_log10"]
        noise = chance.standard_normal(law.shape)
        held["records"] += list(_inside(law + own[:, None] + repeat[:, None] * noise, measured))
        for name in fold:
            its = told.compound[out] == name
            mean = law[:, its].mean(axis=1) + own
            blurred = mean + repeat * noise[:, its].mean(axis=1)
            for key, band in (("compounds", blurred), ("compounds_without_repeats", mean)):
                held[key] += list(_inside(band[:, None], measured[its].mean(keepdims=True)))
    return off, {key: float(np.mean(inside)) for key, inside in held.items()}


def _inside(drawn: Array, measured: Array) -> NDArray[np.bool_]:
    low, high = np.percentile(drawn, _BAND, axis=0)
    return (low <= measured) & (measured <= high)


def _error(off: Array) -> float:
    return float(np.sqrt(np.mean(off**2)))


def main() -> None:
    """Cross-validate and write."""
    told = records()
    off, held = zip(*(unseen(seed) for seed in range(REPEATS)), strict=True)
    rule = published_permeability_log10_cm_per_h(told.mw_g_per_mol, told.kow_log10) - told.measured_log10
    lines = [
        "# Errors for compounds left out; written by python -m calibration.permeability.cross_validation.",
        "format = 1",
        f"folds = {FOLDS}",
        f"repeats = {REPEATS}",
        f"records = {told.compound.size}",
        f"compounds = {told.first.size}",
        f"rmse_sd_log10 = {np.std([_error(one) for one in off]):.{_DIGITS}f} # between partitions",
        "",
        "# the posterior at fixed scores: a test compares, so that these figures never outlive records, priors or law",
        "[probes]",
        *(f"{name} = {value:.6f}" for name, value in probes().items()),
        "",
        "# share of compounds, and of records, inside their band of 80 of 100 draws",
        "[held]",
        *(f"{key} = {np.mean([one[key] for one in held]):.{_DIGITS}f}" for key in held[0]),
    ]
    for title, which in classes(told).items():
        errors = [_error(one[which]) for one in off]
        lines += [
            "",
            f"[class.{title}]",
            f"records = {which.sum()}",
            f"compounds = {np.unique(told.compound[which]).size}",
            f"rmse_log10 = {np.mean(errors):.{_DIGITS}f}",
            f"bias_log10 = {np.mean([one[which].mean() for one in off]):.{_DIGITS}f}",
            f"published_rmse_log10 = {_error(rule[which]):.{_DIGITS}f}",
            f"published_bias_log10 = {rule[which].mean():.{_DIGITS}f}",
        ]
    text = "\n".join(lines) + "\n"
    print(text)
    write_atomically(Path(str(FOLDER)) / "permeability_unseen.toml", text)


if __name__ == "__main__":
    main()
