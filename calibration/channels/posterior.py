"""What is thought of the closing law before and after the data, on a scale where every prior is standard normal."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from calibration import priors
from puncta.evidence import nominal
from puncta.needling.channels import ChannelParameters, age_factor, open_area, tewl_fold, tone_factor

Array = NDArray[np.float64]
read = partial(priors.read, Path(__file__).parent)
law_names = partial(priors.law_names, Path(__file__).parent)
GROUPS = 6  # five groups of one study, one cohort of another
#: Times at which the law is looked at; between them it is taken as straight.
CLOCK_H = np.r_[np.arange(0.0, 3.0, 0.25), np.arange(3.0, 40.0, 1.0), np.arange(40.0, 241.0, 2.0)]


@cache
def names() -> tuple[str, ...]:
    """All scores: the law, the differences between studies, and what is not printed."""
    places = range(GROUPS)
    nuisance = ("radius", "age_groups", "age_cohort", *(f"lightness_{i}" for i in places))
    return (*law_names(), "study", *nuisance, *(f"off_{i}" for i in places))


def values(z: Array) -> dict[str, Array]:
    """Values of scores, shape (k, names), by name."""
    of = dict(zip(names(), z.T, strict=True))
    known = read("priors")
    out = {name: priors.at(given, of[name], name) for name, given in known["law"].items()}
    unprinted = known["unprinted"]
    out["study_log_sd"] = unprinted["study_log_sd"] * np.abs(of["study"])
    out["radius_mm"] = priors.at(unprinted["radius_mm"], of["radius"], "radius_mm")
    for name in ("age_groups", "age_cohort"):
        out[name] = priors.at(unprinted["age_years"], of[name], name)
    for place in range(GROUPS):
        out[f"lightness_{place}"] = priors.at(unprinted["lightness"], of[f"lightness_{place}"], "lightness")
        out[f"fold_{place}"] = np.exp(out["study_log_sd"] * of[f"off_{place}"])
    return out


def law_of(found: dict[str, Array]) -> ChannelParameters:
    """The law at some values; all else as it stands, the person that of the middle."""
    k = found["tSC"].shape[0]
    known = {
        f.name: np.full(k, float(getattr(nominal(ChannelParameters), f.name)[0])) for f in fields(ChannelParameters)
    }
    return ChannelParameters(**{name: found.get(name, value) for name, value in known.items()})


def _tile(law: ChannelParameters, count: int) -> ChannelParameters:
    return replace(law, **{f.name: np.tile(getattr(law, f.name), count) for f in fields(law)})


def hours_until(left: Array, share: Array) -> Array:
    """Hours until no more than a share is left, straight between the times of the clock, shape (k,)."""
    after = (left <= share[:, None]).argmax(axis=1)
    after = np.where(left[:, -1] > share, CLOCK_H.size - 1, np.maximum(after, 1))
    lanes = np.arange(left.shape[0])
    high, low = left[lanes, after - 1], left[lanes, after]
    part = np.clip((high - share) / np.maximum(high - low, 1e-12), 0.0, 1.0)
    return CLOCK_H[after - 1] + part * (CLOCK_H[after] - CLOCK_H[after - 1])


def observe(found: dict[str, Array]) -> dict[str, Array]:
    """Read everything that a target asks for; groups along the first axis."""
    law, k = law_of(found), found["tSC"].shape[0]
    age = [age_factor(found[name], law) for name in (*["age_groups"] * (GROUPS - 1), "age_cohort")]
    stretch = np.concatenate(
        [age[i] * tone_factor(found[f"lightness_{i}"], law) * found[f"fold_{i}"] for i in range(GROUPS)]
    )
    many, one = _tile(law, GROUPS), np.ones(GROUPS * k)
    left = open_area(CLOCK_H, one, np.tile(found["radius_mm"], GROUPS), many, occluded=True, age_factor=stretch)
    lifetime = hours_until(left, np.tile(found["closed_share_fraction"], GROUPS)).reshape(GROUPS, k)
    half = hours_until(left[-k:], np.full(k, 0.5))
    bound, water = read("targets")["open_air"], read("targets")["water_loss"]
    open_air = open_area(np.array([bound["within_h"]]), np.ones(k), found["radius_mm"], law)[:, 0]
    hour = np.array([water["hours"]])
    rise = [
        tewl_fold(open_area(hour, np.full(k, water[opened]), np.full(k, water[radius]), law), law)[:, 0] - 1.0
        for opened, radius in (("opened", "radius_mm"), ("opened_longer", "radius_longer_mm"))
    ]
    return {
        "lifetime_h": lifetime,
        "half_life_h": half,
        "open_air": open_air,
        "rise": rise[0],
        "more": rise[1] - rise[0],
    }


def log_posterior(z: Array) -> Array:
    """Logarithm of the posterior up to a constant, shape (k,)."""
    found, targets = values(z), read("targets")
    seen = observe(found)
    told = [(g["lifetime_h"], g["sd"] / np.sqrt(g["people"])) for g in targets["group"]]
    cohort = targets["cohort"]
    root = np.sqrt(cohort["people"])
    told.append((cohort["lifetime_h"], cohort["lifetime_sd"] / root))
    off = [(seen["lifetime_h"][i] - mean) / error for i, (mean, error) in enumerate(told)]
    off.append((seen["half_life_h"] - cohort["half_life_h"]) / (cohort["half_life_sd"] / root))
    total = -0.5 * (np.stack(off) ** 2).sum(axis=0) - 0.5 * (z**2).sum(axis=1)
    error = targets["water_loss"]["error"]
    total += log_ndtr(seen["rise"] / error) + log_ndtr(seen["more"] / error)
    return np.where(seen["open_air"] <= found["closed_share_fraction"], total, -np.inf)
