"""Predict: what a published arm would have printed if the forecast were right, as draws of simulated studies."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters, Tissue
from puncta.appearance.chance import Chance
from puncta.appearance.pigmentation import lightening
from puncta.appearance.remodelling import remodelling
from puncta.appearance.tissue import tissue_fold
from puncta.evidence import Arm, heavy_score, normal_score, uniforms
from puncta.validation.outcomes.arm_course import ArmCourse, arm_courses, completed
from puncta.validation.outcomes.arm_tissue import arm_tissue
from puncta.validation.outcomes.parameters import RaterParameters

Array = NDArray[np.float64]
P = TypeVar("P")

GAIN_OF = MappingProxyType(
    {
        "acne": "gain_acne_scars",
        "ageing": "gain_ageing",
        "striae": "gain_stretch_marks",
        "raised scar": "gain_raised_scars",
    }
)
#: Courses that stand for what a paper leaves out.
COURSES = 24  # numerics: enough to spread over it


def predict(arm: Arm, beside: Sequence[Arm], law: AppearanceParameters, raters: RaterParameters, seed: int) -> Array:
    """What the reading of an arm might have been, as a share of its baseline.

    Parameters
    ----------
    arm : Arm
        The reading; its own figure is never looked at, only the standard error that its number of people gives.
    beside : sequence of Arm
        All readings of its study.
    law, raters : AppearanceParameters, RaterParameters
        Draws, shape (n,), row by row of one fit.
    seed : int
        Seed of what the study left out and of its own difference, which its arms share.

    Returns
    -------
    ndarray, shape (n,)
        One simulated study each: the mean of its people as its raters call it.

    Examples
    --------
    >>> from puncta.evidence import arms, draw
    >>> law, raters = draw(AppearanceParameters, 500, 0), draw(RaterParameters, 500, 0)
    >>> seen = predict(arms()["A03"], [arms()["A03"]], law, raters, seed=0)
    >>> bool(np.percentile(seen, 10) < arms()["A03"].improvement_fraction < np.percentile(seen, 90))
    True
    """
    n = law.person_sd.shape[0]
    study = heavy_score(uniforms(seed, f"outcomes.{arm.study}.study", n))
    seen = truth(arm, beside, law, study, seed) + _rater(arm, raters)
    seen += _scale(arm, raters) * _score(seed, f"{arm.study}.{arm.scale}.scale", n)
    # where a paper prints no baseline, its figure was divided by an assumed one
    size = np.exp((arm.baseline_unknown_log_sd or 0.0) * _score(seed, f"{arm.study}.{arm.scale}.baseline", n))
    sampling = (arm.improvement_se_fraction or 0.0) * _score(seed, f"{arm.key}.sampling", n)
    return size * seen + sampling


def truth(arm: Arm, beside: Sequence[Arm], law: AppearanceParameters, study: Array, seed: int) -> Array:
    """Mean share of severity gone among an arm's people, before any rater.

    Parameters
    ----------
    arm, beside, law, seed
        As in `predict`.
    study : ndarray, shape (n,)
        How far each simulated study lies from the mean of studies, as a standard score.

    Returns
    -------
    ndarray, shape (n,)
        One per simulated study.

    Examples
    --------
    >>> from puncta.evidence import arms, nominal
    >>> gone = truth(arms()["A03"], [arms()["A03"]], nominal(AppearanceParameters), np.zeros(1), seed=0)
    >>> bool(0.3 < gone[0] < 0.5)
    True
    """
    n = law.person_sd.shape[0]
    known, mean = completed(arm, beside), np.empty(n)
    tissue, read = arm_tissue(known), _pigment if arm.heading == "melasma" else _scars
    courses = arm_courses(known, COURSES, seed)
    for index, done in enumerate(courses[:n]):
        here = slice(index, n, len(courses))
        mean[here] = read(known, done, tissue, study[here], _some(law, here))
    return mean


def _score(seed: int, name: str, n: int) -> Array:
    return normal_score(uniforms(seed, f"outcomes.{name}", n))


def _some(law: P, here: slice) -> P:
    return dataclasses.replace(
        law,  # type: ignore[type-var]
        **{field.name: getattr(law, field.name)[here] for field in dataclasses.fields(law)},  # type: ignore[arg-type]
    )


def _scars(arm: Arm, done: ArmCourse, tissue: Tissue, study: Array, law: AppearanceParameters) -> Array:
    gain, zero = getattr(law, GAIN_OF[arm.heading]), np.zeros_like(study)
    addon = {"none": zero, "plasma": law.addon_plasma}.get(arm.addon, law.addon_product)
    if arm.kind == "product only":
        return law.untreated_gain + addon + law.study_scale * study
    luck, days = Chance(study, zero, zero), np.array([done.read_day])
    fold = tissue_fold(tissue, law.tissue_power, law)
    return remodelling(done.session_days, days, gain, addon, fold, luck, law)[:, 0]


def _pigment(arm: Arm, done: ArmCourse, tissue: Tissue, study: Array, law: AppearanceParameters) -> Array:
    zero, days = np.zeros_like(study), np.array([done.read_day])
    at_home = arm.addon == "HQ"
    home = law.pigment_hydroquinone if at_home else zero
    addon = zero if at_home or arm.addon == "none" else law.pigment_addon
    sessions = () if at_home else done.session_days
    fold = tissue_fold(tissue, law.tissue_power_pigment, law) if arm.kind != "product only" else zero

    def gone(relapse: float) -> Array:
        luck = Chance(study, zero, np.full_like(study, relapse))
        return lightening(sessions, days, addon, home, fold, luck, law)[:, 0]

    # a mean over people holds those who relapse and those who do not
    return law.relapse_probability * gone(0.0) + (1.0 - law.relapse_probability) * gone(1.0)


def _rater(arm: Arm, raters: RaterParameters) -> Array:
    none = np.zeros_like(raters.rater_hope)
    if arm.heading == "melasma":
        return none if arm.design == "instrument" else raters.rater_hope_pigment
    hoped = raters.rater_hope if arm.design in ("open", "product_side") else none
    contrast = raters.rater_contrast if arm.design == "plain_side" else none
    return hoped - contrast + (raters.grade_offset if arm.scale_family == "grade" else none)


def _scale(arm: Arm, raters: RaterParameters) -> Array:
    return raters.scale_sd_pigment if arm.heading == "melasma" else raters.scale_sd
