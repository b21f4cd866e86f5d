"""What is thought of the law of pain before and after the data, on a scale where every prior is standard normal."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration import priors
from puncta.evidence import nominal
from puncta.needling import device, needles_at_once
from puncta.safety.pain import PainParameters, pain_score

Array = NDArray[np.float64]
read = partial(priors.read, Path(__file__).parent)
law_names = partial(priors.law_names, Path(__file__).parent)
#: What each mean has of its own: its zone, and its study (two of them are of one).
ZONES, STUDIES = 4, 3
_STUDY_OF_MEAN = (0, 1, 2, 2)
#: Drum that an unnamed roller is taken for, within ``roller_fold``.
_ROLLER = "dermaroller_mf8"


@cache
def _single() -> tuple[str, ...]:
    return tuple(name for name in read("priors")["unprinted"] if name not in ("zone", "study"))


@cache
def names() -> tuple[str, ...]:
    """All scores: the law, and what is not printed."""
    many = (*(f"zone_{i}" for i in range(ZONES)), *(f"study_{i}" for i in range(STUDIES)))
    return (*law_names(), *_single(), *many)


def values(z: Array) -> dict[str, Array]:
    """Values of scores, shape (k, names), by name."""
    known = read("priors")
    given = {**known["law"], **known["unprinted"]}
    out = {}
    for name, column in zip(names(), z.T, strict=True):
        out[name] = priors.at(given[name if name in given else name.rpartition("_")[0]], column, name)
    return out


def observe(found: dict[str, Array]) -> dict[str, Array]:
    """Read everything that a target asks for, by row."""
    told, k = read("targets"), found["half_length_mm"].shape[0]
    known = nominal(PainParameters)
    law = PainParameters(
        **{name: found[name] for name in law_names()},
        reference_needles=np.full(k, known.reference_needles[0]),
        person_fold=np.ones(k),
    )

    def score(length_mm: float | Array, needles: float | Array, zone: Array, residual: Array | float = 1.0) -> Array:
        length, at_once = (np.broadcast_to(given, (k,)).astype(float) for given in (length_mm, needles))
        return pain_score(length, at_once, zone, residual, law)

    def at_once(mean: dict[str, Any]) -> Array:
        if mean["device"] == "pen":
            return found["pen_needles"]
        drum = needles_at_once(device(_ROLLER), mean["length_mm"], found["roller_sunk_mm"])
        return drum * found["roller_fold"]

    one = np.ones(k)
    length, number = told["length"], told["number"]
    short, long = (score(length[end], length["needles"], one) for end in ("low_mm", "high_mm"))
    few, many = (score(found["array_length_mm"], number[end], one) for end in ("few", "many"))
    out = {length["row"]: long / short, number["row"]: many / few}
    for index, mean in enumerate(told["mean"]):
        zone = mean["zone"] * found[f"zone_{index}"] * found[f"study_{_STUDY_OF_MEAN[index]}"]
        residual = found[mean["cream"]] if mean["cream"] else 1.0
        out[mean["row"]] = score(mean["length_mm"], at_once(mean), zone, residual)
    return out


def log_posterior(z: Array) -> Array:
    """Logarithm of the posterior up to a constant, shape (k,)."""
    seen, told = observe(values(z)), read("targets")
    off = [
        np.log(seen[told[part]["row"]] / told[part]["fold"]) / told[part]["log_error"] for part in ("length", "number")
    ]
    off += [(seen[mean["row"]] - mean["score"]) / mean["error"] for mean in told["mean"]]
    return -0.5 * (np.stack(off) ** 2).sum(axis=0) - 0.5 * (z**2).sum(axis=1)
