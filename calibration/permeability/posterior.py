"""What is thought of intact skin before and after the records, on a scale where every prior is standard normal."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln
from scipy.stats import chi2

from calibration import priors
from puncta.absorption import PermeabilityParameters
from puncta.absorption.permeability import membrane_permeability_log10_cm_per_h
from puncta.evidence import nominal

Array = NDArray[np.float64]
read = partial(priors.read, Path(__file__).parent)
law_names = partial(priors.law_names, Path(__file__).parent)


@dataclass(frozen=True, eq=False)
class Records:
    """Records, sorted by compound: molecular weight, partition, temperature, measured permeability, shape (r,)."""

    mw_g_per_mol: Array
    kow_log10: Array
    celsius: Array
    measured_log10: Array
    compound: NDArray[np.str_]

    def of(self, chosen: NDArray[np.bool_]) -> Records:
        """Some of them."""
        return Records(**{name: column[chosen] for name, column in vars(self).items()})

    @property
    def first(self) -> NDArray[np.int64]:
        """Where each compound begins."""
        return np.flatnonzero(np.r_[True, self.compound[1:] != self.compound[:-1]])


@cache
def records() -> Records:
    """All records of the evidence."""
    file = files("puncta.evidence").joinpath("data", "studies", "skin_permeability.csv")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    rows.sort(key=lambda row: row["compound"].lower())
    names = ("mw_g_per_mol", "kow_log10", "celsius", "permeability_log10_cm_per_h")
    mw, kow, celsius, measured = (np.array([float(row[name]) for row in rows]) for name in names)
    return Records(mw, kow, celsius, measured, np.array([row["compound"].lower() for row in rows]))


@cache
def names() -> tuple[str, ...]:
    """All scores: the law, the scatter, and what a compound that nobody has measured has of its own."""
    return (*law_names(), *read("priors")["scatter"], "compound", "off")


def values(z: Array) -> dict[str, Array]:
    """Values of scores, shape (k, names), by name; a new compound's own among them."""
    known = read("priors")
    given = {**known["law"], **known["scatter"]}
    out = {name: priors.at(given[name], z[:, names().index(name)], name) for name in given}
    degrees = known["degrees"]
    # Student's t as a normal whose spread differs between compounds; all records of a compound share it
    off = np.sqrt(degrees / chi2.ppf(priors.share(z[:, -1]), degrees))
    out["compound_log10"] = out["compound_sd_log10"] * off * z[:, -2]
    out["repeat_sd_log10"] = out["repeat_sd_log10"] * off
    return out


def predict(found: dict[str, Array], told: Records) -> Array:
    """The law alone for every record, shape (k, r)."""
    fields = {**vars(nominal(PermeabilityParameters)), **found}
    law = PermeabilityParameters(**{name: fields[name][:, None] for name in vars(nominal(PermeabilityParameters))})
    return membrane_permeability_log10_cm_per_h(told.mw_g_per_mol, told.kow_log10, law, celsius=told.celsius)


def log_posterior(z: Array, told: Records) -> Array:
    """Logarithm of the posterior up to a constant, shape (k,)."""
    known = read("priors")
    given = {**known["law"], **known["scatter"]}
    found = {name: priors.at(given[name], z[:, names().index(name)], name) for name in given}
    off = told.measured_log10 - predict(found, told)
    starts = told.first
    n = np.diff(np.r_[starts, told.compound.size])
    total = np.add.reduceat(off, starts, axis=1)
    squares = np.add.reduceat(off**2, starts, axis=1)
    within, between = (found[f"{name}_sd_log10"][:, None] ** 2 for name in ("repeat", "compound"))
    whole = within + n * between
    distance = (squares - between * total**2 / whole) / within
    volume = (n - 1) * np.log(within) + np.log(whole)
    degrees = known["degrees"]
    level = gammaln((degrees + n) / 2) - gammaln(degrees / 2) - n / 2 * np.log(degrees)
    t = level - volume / 2 - (degrees + n) / 2 * np.log1p(distance / degrees)
    return t.sum(axis=1) - 0.5 * (z**2).sum(axis=1)
