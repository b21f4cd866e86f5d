"""Scars, lines and stretch marks: the law of `puncta.appearance.remodelling` written apart, with what papers add."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpyro
from calibration.appearance.parts import Array, Course, class_values, course, observe, sampled, tissue_fold
from calibration.appearance.rows import Rows

GAIN_OF = {
    "acne": "gain_acne_scars",
    "ageing": "gain_ageing",
    "striae": "gain_stretch_marks",
    "raised scar": "gain_raised_scars",
}
#: Classes of add-on beside needling that share one spread; platelet plasma has a value of its own.
CLASSES = ("growth", "insulin", "insulin_or_vitC", "peel", "silicone", "steroid", "subcision", "vitC")
NAMES = (
    *GAIN_OF.values(),
    "untreated_gain",
    "session_scale",
    "session_weight",
    "maturation_days",
    "tissue_power",
    "addon_mean",
    "addon_between",
    "addon_plasma",
    "study_scale",
    "study_share",
    "scale_sd",
    "rater_hope",
    "rater_contrast",
    "grade_offset",
)
_USUAL_SESSIONS = 4


def developed(p: dict[str, Any], done: Course) -> Array:
    """Share of the gain of four sessions at the reading, with what the number of sessions counts between courses."""
    worth = done.counts * jnp.exp(-jnp.arange(done.counts.shape[1]) / p["session_scale"])
    four = jnp.sum(jnp.exp(-jnp.arange(_USUAL_SESSIONS) / p["session_scale"]))
    total = jnp.sum(worth, axis=1) / four
    total = jnp.where(total > 0.0, total, 1.0)  # an untreated arm has none, and no use for it
    so_far = jnp.sum(worth * (1.0 - jnp.exp(-done.age_days / p["maturation_days"])), axis=1) / four
    return so_far * total ** (p["session_weight"] - 1.0)


def row_means(p: dict[str, Any], rows: Rows, done: Course, addon: Array) -> tuple[Array, Array]:
    """Mean of each row as raters would call it, and how much of what studies differ by shows."""
    needled = rows.is_kind("needling", "needling+product")
    so_far = developed(p, done)
    drift = 1.0 - jnp.exp(-done.begun_days / p["maturation_days"])
    gain = jnp.stack([p[GAIN_OF[heading]] for heading in rows.heading])
    addon = jnp.where(jnp.array([name == "plasma" for name in rows.addon]), p["addon_plasma"], addon)
    answer = jnp.where(needled, gain * tissue_fold(rows, p["tissue_power"]), 0.0) + addon
    true = p["untreated_gain"] * drift + jnp.where(needled, so_far, 1.0) * answer
    hoped = rows.is_design("open", "product_side") * p["rater_hope"]
    bias = hoped - rows.is_design("plain_side") * p["rater_contrast"]
    shows = jnp.where(rows.is_kind("untreated"), 0.0, jnp.where(needled, drift, 1.0))
    return true + bias + rows.graded * p["grade_offset"], shows


def scars(rows: Rows, kept: Array) -> None:
    """Sample everything and observe the rows of the studies that are kept."""
    p = {name: sampled(name) for name in NAMES}
    addon = class_values(p["addon_mean"], p["addon_between"], rows, "addon_score")
    mean, shows = row_means(p, rows, course(rows), addon)
    numpyro.deterministic("row_mean", mean)
    observe(rows, mean, shows, p["study_scale"], p["study_share"], p["scale_sd"], kept)
