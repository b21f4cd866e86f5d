"""Like: a published trial held again with virtual people, its own figures beside it as reproduction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters
from puncta.appearance.chance import Chance
from puncta.appearance.pigmentation import lightening
from puncta.appearance.remodelling import remodelling
from puncta.appearance.tissue import tissue_fold
from puncta.errors import InputError, Problem
from puncta.evidence import Arm, arms, draw, heavy_score, normal_score, uniforms
from puncta.frozen import frozen
from puncta.messages import text
from puncta.trials.compare import Compared, paired_t, two_sample_t
from puncta.trials.parameters import TrialParameters
from puncta.trials.rows import rows
from puncta.validation.outcomes import RaterParameters, study_of
from puncta.validation.outcomes.arm_course import ArmCourse, arm_courses, completed
from puncta.validation.outcomes.arm_tissue import arm_tissue
from puncta.validation.outcomes.predict import COURSES, GAIN_OF

Array = NDArray[np.float64]
_BAND = (10.0, 50.0, 90.0)  # numerics: the band that holds 80 of 100
_REPEATS = 1200  # numerics: 50 repeats for each of 24 courses that stand for what a paper leaves out
_LEVEL = 0.95  # numerics: the usual level
_SIDES = ("plain_side", "product_side", "instrument")


@frozen
class LikeReading:
    """One published reading beside the same reading of the trial held again.

    Parameters
    ----------
    arm : Arm
        As published.
    low, median, high : float
        Mean share of severity gone among the people of a trial: band of 80 of 100 repeats and its middle.
    baseline_score : float or None
        Mean severity before, on the study's scale: printed, or behind the printed change; None where neither is known.
    inside : bool
        Whether the published figure lies in the band.
    """

    arm: Arm
    low: float
    median: float
    high: float
    baseline_score: float | None
    inside: bool


@frozen
class LikeContrast:
    """The difference of two arms of one day and scale.

    Parameters
    ----------
    first, second : str
        Rows.
    reported, reported_error : float
        Difference of the published shares, and its standard error where the arms are taken as apart.
    low, median, high : float
        Band of 80 of 100 repeats and its middle.
    half_width : float
        Median half width of the interval of 95 of 100 that a repeat would have printed.
    won_fraction : float
        Share of repeats that tell the first arm better at 0.05, two-sided.
    inside : bool
        Whether the published difference lies in the band.
    """

    first: str
    second: str
    reported: float
    reported_error: float
    low: float
    median: float
    high: float
    half_width: float
    won_fraction: float
    inside: bool


@frozen
class LikeTrial:
    """A published trial held again.

    Parameters
    ----------
    study, source : str
        Key and source.
    seen_by_the_fit : bool
        Whether the law was fitted to it: then agreement is reproduction, and no test.
    split : bool
        Whether both arms lie on one person.
    repeats_count, seed : int
        Repeats and seed.
    readings, contrasts
        What was published, beside what virtual people give.
    """

    study: str
    source: str
    seen_by_the_fit: bool
    split: bool
    repeats_count: int
    seed: int
    readings: tuple[LikeReading, ...]
    contrasts: tuple[LikeContrast, ...]


def like_studies() -> tuple[str, ...]:
    """Studies that can be held again.

    Examples
    --------
    >>> "A01" in like_studies() and "M09" in like_studies()
    True
    """
    return tuple(sorted({arm.study for arm in arms().values() if _usable(arm)}))


def _usable(arm: Arm) -> bool:
    told = arm.improvement_fraction is not None and arm.people_count is not None
    return told and arm.role not in ("not usable", "pooled") and (arm.heading == "melasma" or arm.heading in GAIN_OF)


def trial_like(study: str, repeats: int = _REPEATS, seed: int = 0) -> LikeTrial:
    """Hold a published trial again with virtual people under its own protocol.

    Parameters
    ----------
    study : str
        Key of a study, such as ``A01``.
    repeats : int
        How often.
    seed : int
        Seed.

    Returns
    -------
    LikeTrial
        Hits and misses alike.

    Raises
    ------
    InputError
        Where there is no such study, or it does not print enough.

    Notes
    -----
    Each repeat has a truth of its own from the joint draws of the law, as many people as were published, and one course
    that the paper leaves possible. Persons differ by ``appearance.person_sd``, which holds raters' error; raters hope
    as the design lets them. Nothing is tuned to the study. Limits: ``limits.trials``, ``limits.outcome``.

    Examples
    --------
    >>> held = trial_like("A01", 120)
    >>> held.split, len(held.readings), len(held.contrasts)
    (True, 4, 2)
    """
    if study not in like_studies():
        said = {part: text(f"trials.like.{part}", study=study, known=", ".join(like_studies())) for part in _TOLD}
        raise InputError(study, [Problem("like", said["given"], said["allowed"], said["why"], said["do"])])
    every = [arm for arm in arms().values() if arm.study == study and _usable(arm)]
    split = any(arm.design in _SIDES or "half" in arm.device for arm in every)
    held = _Held(study, repeats, seed, split)
    people = {arm.key: held.people(arm) for arm in every}
    readings = tuple(held.reading(arm, people[arm.key]) for arm in every)
    return LikeTrial(
        study,
        every[0].source,
        any(arm.role != "validation" for arm in every),
        split,
        repeats,
        seed,
        readings,
        tuple(held.contrast(first, second, people) for first, second in _pairs(every)),
    )


_TOLD = ("given", "allowed", "why", "do")
_ORDER = {"needling+product": 0, "needling": 1, "product only": 2, "untreated": 3}


def _pairs(every: list[Arm]) -> Iterator[tuple[Arm, Arm]]:
    """Arms of the same visit and scale, the one with more done first."""
    for one, other in combinations(every, 2):
        days = (one.followup_days, one.sessions), (other.followup_days, other.sessions)
        same_day = days[0][0] == days[1][0] or None in (days[0][0], days[1][0])
        same_sessions = (
            days[0][1] == days[1][1] or one.sessions_planned is None or "untreated" in (one.kind, other.kind)
        )
        different = (one.kind, one.addon) != (other.kind, other.addon)
        if different and same_day and same_sessions and one.scale == other.scale:
            yield (one, other) if _ORDER[one.kind] <= _ORDER[other.kind] else (other, one)


class _Held:
    """Virtual people of all repeats of one study."""

    def __init__(self, study: str, repeats: int, seed: int, split: bool) -> None:
        self.study, self.repeats, self.seed, self.split = study, repeats, seed, split
        self.law = draw(AppearanceParameters, repeats, seed)
        self.raters = draw(RaterParameters, repeats, seed)
        self.own = draw(TrialParameters, repeats, seed)
        self.apart = heavy_score(uniforms(seed, f"outcomes.{study}.study", repeats))

    def _score(self, name: str, count: int) -> Array:
        return normal_score(uniforms(self.seed, f"trials.like.{self.study}.{name}", count))

    def people(self, arm: Arm) -> Array:
        """Share of the mean baseline that goes in each person, as raters see it, shape (repeats, people)."""
        count = arm.people_count or 1
        known = completed(arm, study_of(arm))
        arm_name = f"{arm.kind}.{arm.addon}"
        together = self.own.side_correlation_fraction[:, None] if self.split else 0.0
        shared, alone = (self._score(name, self.repeats * count) for name in ("person", f"person.{arm_name}"))
        person = np.sqrt(together) * shared.reshape(-1, count) + np.sqrt(1.0 - together) * alone.reshape(-1, count)
        relapse = uniforms(self.seed, f"trials.like.{self.study}.relapse", self.repeats * count).reshape(-1, count)
        gone = np.empty((self.repeats, count))
        courses = arm_courses(known, COURSES, self.seed)
        for index, done in enumerate(courses[: self.repeats]):
            here = np.arange(index, self.repeats, len(courses))
            law = rows(self.law, np.repeat(here, count))
            luck = Chance(np.repeat(self.apart[here], count), person[here].ravel(), relapse[here].ravel())
            gone[here] = _gone(known, done, luck, law).reshape(-1, count)
        gone = gone + self._bias(arm)[:, None]
        spread = self.own.baseline_spread_fraction[:, None]
        if arm.baseline_sd and arm.baseline_mean:
            spread = np.full_like(spread, arm.baseline_sd / arm.baseline_mean)
        severity = np.maximum(1.0 + spread * self._score("severity", self.repeats * count).reshape(-1, count), 0.0)
        # a paper that prints no baseline had its change divided by an assumed one
        size = np.exp((arm.baseline_unknown_log_sd or 0.0) * self._score(f"{arm.scale}.baseline", self.repeats))
        return size[:, None] * severity / severity.mean(axis=1, keepdims=True) * gone

    def _bias(self, arm: Arm) -> Array:
        raters, none = self.raters, np.zeros(self.repeats)
        pigment = arm.heading == "melasma"
        out = (raters.scale_sd_pigment if pigment else raters.scale_sd) * self._score(
            f"{arm.scale}.scale", self.repeats
        )
        if pigment:
            return out + (none if arm.design == "instrument" else raters.rater_hope_pigment)
        hoped = raters.rater_hope if arm.design in ("open", "product_side") else none
        contrast = raters.rater_contrast if arm.design == "plain_side" else none
        return out + hoped - contrast + (raters.grade_offset if arm.scale_family == "grade" else none)

    def reading(self, arm: Arm, people: Array) -> LikeReading:
        """One reading beside its published figure."""
        low, median, high = (float(x) for x in np.percentile(people.mean(axis=1), _BAND))
        told = arm.improvement_fraction or 0.0
        return LikeReading(arm, low, median, high, _baseline(arm), low <= told <= high)

    def contrast(self, first: Arm, second: Arm, people: dict[str, Array]) -> LikeContrast:
        """One difference beside the published one."""
        one, other = people[first.key], people[second.key]
        same = self.split and one.shape == other.shape
        found: Compared = (paired_t if same else two_sample_t)(one, other, _LEVEL)
        low, median, high = (float(x) for x in np.percentile(found.estimate, _BAND))
        told = (first.improvement_fraction or 0.0) - (second.improvement_fraction or 0.0)
        errors = [arm.improvement_se_fraction or 0.0 for arm in (first, second)]
        return LikeContrast(
            first.key,
            second.key,
            told,
            float(np.hypot(errors[0], errors[1])),
            low,
            median,
            high,
            float(np.median(found.high - found.low) / 2.0),
            float(found.won(_LEVEL).mean()),
            low <= told <= high,
        )


def _baseline(arm: Arm) -> float | None:
    if arm.baseline_mean is not None:
        return arm.baseline_mean
    if arm.scale.endswith("[change]") and arm.end_mean and arm.improvement_fraction:
        return abs(arm.end_mean / arm.improvement_fraction)
    return None


def _gone(arm: Arm, done: ArmCourse, luck: Chance, law: AppearanceParameters) -> Array:
    """Share gone in persons under one course, by the laws that predict published studies."""
    days, tissue, zero = np.array([done.read_day]), arm_tissue(arm), np.zeros_like(luck.study)
    if arm.heading == "melasma":
        at_home = arm.addon == "HQ"
        home = law.pigment_hydroquinone if at_home else zero
        addon = zero if at_home or arm.addon == "none" else law.pigment_addon
        needled = arm.kind != "product only"
        fold = tissue_fold(tissue, law.tissue_power_pigment, law) if needled else zero
        return lightening(() if at_home else done.session_days, days, addon, home, fold, luck, law)[:, 0]
    addon = {"none": zero, "plasma": law.addon_plasma}.get(arm.addon, law.addon_product)
    if arm.kind == "product only":
        return law.untreated_gain + addon + law.study_scale * luck.study + law.person_sd * luck.person
    fold = tissue_fold(tissue, law.tissue_power, law)
    return remodelling(done.session_days, days, getattr(law, GAIN_OF[arm.heading]), addon, fold, luck, law)[:, 0]
