"""Melasma: the law of `puncta.appearance.pigmentation`, written apart, around it what papers add."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpyro
from calibration.appearance.parts import Array, Course, class_values, course, observe, ranged, sampled, tissue_fold
from calibration.appearance.rows import Rows

from puncta.evidence import parameter

#: Classes of lightening products; nightly hydroquinone by itself has a value of its own.
CLASSES = ("TXA", "TXA_injected", "depigm", "plasma", "triple", "vitC")
NAMES = (
    "pigment_per_session",
    "pigment_session_power",
    "tissue_power_pigment",
    "pigment_addon_mean",
    "pigment_addon_between",
    "pigment_hydroquinone",
    "study_scale_pigment",
    "study_share_pigment",
    "scale_sd_pigment",
    "rater_hope_pigment",
)
RANGED = ("pigment_emergence_days", "pigment_home_days")


def _held(done: Course) -> Array:
    """Share of the lightening that is left when some people relapse, on average."""
    chance, share, days = (parameter(f"appearance.relapse_{name}").value for name in ("probability", "share", "days"))
    return 1.0 - chance * share * (1.0 - jnp.exp(-done.over_days / days))


def row_means(p: dict[str, Any], rows: Rows, done: Course, addon: Array) -> tuple[Array, Array]:
    """Mean of each row as raters would call it, and the share of its course that shows."""
    needled, home = rows.is_kind("needling", "needling+product"), jnp.array([name == "HQ" for name in rows.addon])
    planned = jnp.sum(done.counts, axis=1)
    emerged = 1.0 - jnp.exp(-done.age_days / p["pigment_emergence_days"])
    share = jnp.sum(done.counts * emerged, axis=1) / planned
    reference = parameter("appearance.pigment_reference_sessions").value
    per_course = p["pigment_per_session"] * reference * (planned / reference) ** p["pigment_session_power"]
    course_fall = jnp.where(needled, per_course * tissue_fold(rows, p["tissue_power_pigment"]), 0.0) + addon
    used = 1.0 - jnp.exp(-done.begun_days / p["pigment_home_days"])
    fall = jnp.where(home, p["pigment_hydroquinone"] * used, share * _held(done) * course_fall)
    bias = jnp.where(rows.is_design("instrument"), 0.0, p["rater_hope_pigment"])
    return 1.0 - jnp.exp(-fall) + bias, jnp.where(home, used, share)


def pigment(rows: Rows, kept: Array) -> None:
    """Sample everything and observe the rows of the studies that are kept."""
    p = {name: sampled(name) for name in NAMES} | {name: ranged(f"appearance.{name}") for name in RANGED}
    addon = class_values(p["pigment_addon_mean"], p["pigment_addon_between"], rows, "addon_score")
    mean, shows = row_means(p, rows, course(rows), addon)
    numpyro.deterministic("row_mean", mean)
    observe(rows, mean, shows, p["study_scale_pigment"], p["study_share_pigment"], p["scale_sd_pigment"], kept)
