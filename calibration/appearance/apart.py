"""The program of the fit at fixed values: a second writing of the law, to be set beside `puncta.appearance`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import jax.numpy as jnp
import numpy as np
from calibration.appearance.posterior import Family, families
from numpyro import handlers

from puncta.appearance import AppearanceParameters
from puncta.evidence import nominal
from puncta.validation.outcomes import RaterParameters

_PROTOCOL = ("sessions", "interval", "followup")


def row_means_apart() -> dict[str, float]:
    """Mean of each row whose protocol is printed in full, raters left out, at the values of the evidence."""
    out = {}
    for family in families():
        rows, held = family.rows, _held(family)
        program = handlers.substitute(handlers.seed(family.model, 0), substitute_fn=partial(_fixed, held))
        trace = handlers.trace(program).get_trace(rows, np.ones(len(rows.study_names), dtype=bool))
        means = np.asarray(trace["row_mean"]["value"])
        full = np.all([np.isfinite(getattr(rows, name)) for name in _PROTOCOL], axis=0)
        out |= {key: float(mean) for key, mean, known in zip(rows.keys, means, full, strict=True) if known}
    return out


def _held(family: Family) -> dict[str, float]:
    laws = (nominal(AppearanceParameters), nominal(RaterParameters))
    held = {name: float(value[0]) for law in laws for name, value in vars(law).items()}
    # a product is a class that was not seen before: its mean, and no difference between classes
    for name, (mean, between) in family.spread_over.items():
        held |= {mean: held[name], between: 0.0}
    return held | {name: 0.0 for name in held if name.startswith(("rater_", "grade_"))}


def _fixed(held: Mapping[str, float], site: Mapping[str, Any]) -> Any:
    if site["type"] != "sample" or site["is_observed"]:
        return None
    if site["name"] in held:
        return jnp.asarray(held[site["name"]])
    # scores in the middle; shares and what calms a study only need to be possible
    middle = 0.0 if site["name"].endswith("_score") else 0.5
    return jnp.full(site["fn"].shape(), middle)
