"""What is thought of dark marks before and after the counts, on a scale where every prior is standard normal."""

from __future__ import annotations

from dataclasses import fields
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration import priors
from puncta.evidence import nominal
from puncta.person import PHOTOTYPES
from puncta.safety import SafetyParameters, pih_probability
from puncta.validation.protocol import protocol
from puncta.validation.safety_row import safety_rows

Array = NDArray[np.float64]
read = partial(priors.read, Path(__file__).parent)
law_names = partial(priors.law_names, Path(__file__).parent)
_DRAWS, _SEED = 2000, 0
_LEAST = 1e-9  # a course that injures nothing marks nobody; its logarithm is wanted all the same
#: What each study has of its own: how much it injured, who kept to sunscreen, and its raters.
OWN = ("injury", "unsheltered", "study")


@cache
def rows() -> tuple[str, ...]:
    """Rows behind the fit."""
    return tuple(read("targets")["rows"])


@cache
def names() -> tuple[str, ...]:
    """All scores: the law, and what each study has of its own."""
    return (*law_names(), *(f"{own}_{row}" for row in rows() for own in OWN))


@cache
def injuries(row: str) -> Array:
    """Injuries of a row's course in ascending order: what is not printed is integrated."""
    done = protocol(safety_rows()[row], _DRAWS, _SEED)
    return np.sort(done.wound.injury_mm3_per_cm2 * done.sessions)


def type_shares(row: str) -> Array:
    """Share of a row's people in each phototype, shape (6,)."""
    known = safety_rows()[row]
    low, high = (int(end) for end in known.phototypes or (1, len(PHOTOTYPES)))
    printed = {
        int(kind): count / (known.n or 1.0) for kind, count in read("targets")["rows"][row].get("of_types", {}).items()
    }
    left = [kind for kind in range(low, high + 1) if kind not in printed]
    shares = np.zeros(len(PHOTOTYPES))
    for kind in range(low, high + 1):
        shares[kind - 1] = printed.get(kind, (1.0 - sum(printed.values())) / len(left) if left else 0.0)
    return shares


def values(z: Array) -> dict[str, Array]:
    """Values of scores, shape (k, names), by name."""
    known = read("priors")
    out = {}
    for name, column in zip(names(), z.T, strict=True):
        own, _, row = name.rpartition("_")
        if name in known["law"]:
            out[name] = priors.at(known["law"][name], column, name)
        elif own == "injury":
            known_injuries = injuries(row)
            out[name] = np.interp(priors.share(column), np.linspace(0.0, 1.0, _DRAWS), known_injuries)
        else:
            out[name] = priors.at(known["unprinted"][own], column, name)
    return out


def observe(found: dict[str, Array]) -> dict[str, Array]:
    """Chance of dark marks of a row's people, by row, shape (k,)."""
    k = found["pih_light_probability"].shape[0]
    base = {one.name: np.full(k, getattr(nominal(SafetyParameters), one.name)[0]) for one in fields(SafetyParameters)}
    law = SafetyParameters(**{**base, **{name: found[name] for name in law_names()}})
    out = {}
    for row in rows():
        told: dict[str, Any] = read("targets")["rows"][row]
        chance = np.zeros(k)
        for kind, share in enumerate(type_shares(row), 1):
            if share:
                args = (np.full(k, kind), found[f"injury_{row}"])
                kept, without = (
                    pih_probability(*args, sun, told.get("melasma", False), False, law) for sun in (True, False)
                )
                chance += share * (kept + found[f"unsheltered_{row}"] * (without - kept))
        chance = np.maximum(chance, _LEAST)
        odds = chance / (1.0 - chance) * found[f"study_{row}"]
        out[row] = odds / (1.0 + odds)
    return out


def log_posterior(z: Array) -> Array:
    """Logarithm of the posterior up to a constant, shape (k,)."""
    out = -0.5 * (z**2).sum(axis=1)
    for row, chance in observe(values(z)).items():
        known = safety_rows()[row]
        marked, people = known.value or 0.0, known.n or 0.0
        out = out + marked * np.log(chance) + (people - marked) * np.log1p(-chance)
    return out
