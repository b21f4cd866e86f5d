"""Rows: the usable readings of one family of outcome studies as columns; what a paper leaves out is marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import Arm

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Index = NDArray[np.int64]


class Rows(NamedTuple):
    """Columns, one entry per row, and which rows belong together.

    ``sessions``, ``planned``, ``interval`` and ``followup`` are nan where nothing is printed; ``sessions_low`` and
    ``sessions_high`` where only a range is. ``unstated``: follow-ups that may run from the first session or the last.
    ``by_study`` holds the rows of each study, filled up with -1.
    """

    keys: tuple[str, ...]
    study_names: tuple[str, ...]
    class_names: tuple[str, ...]
    baselines: int
    y: Array
    se: Array
    study: Index
    heading: tuple[str, ...]
    kind: tuple[str, ...]
    design: tuple[str, ...]
    addon: tuple[str, ...]
    graded: Mask
    addon_class: Index
    baseline: Index
    baseline_log_sd: Array
    sessions: Array
    planned: Array
    sessions_low: Array
    sessions_high: Array
    interval: Array
    followup: Array
    unstated: Mask
    log_fold: Array
    same_arm: Array
    same_scale: Array
    by_study: Index

    def is_kind(self, *names: str) -> Mask:
        """Which rows are of a kind of arm."""
        return np.isin(self.kind, names)

    def is_design(self, *names: str) -> Mask:
        """Which rows were judged in a way."""
        return np.isin(self.design, names)


def _or_nan(values: Sequence[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _numbered(names: Sequence[object]) -> tuple[tuple[str, ...], Index]:
    known = sorted({str(name) for name in names})
    return tuple(known), np.array([known.index(str(name)) for name in names])


def usable(found: Sequence[Arm]) -> list[Arm]:
    """The arms that may enter a fit: read on the common axis, and not a bound."""
    roles = ("calibration", "reproduction", "validation")
    return [arm for arm in found if arm.role in roles and arm.trust != "bound"]


def columns(found: Sequence[Arm], classes: Sequence[str], log_folds: Sequence[float]) -> Rows:
    """Turn arms into columns.

    Parameters
    ----------
    found : sequence of Arm
        Usable arms of one family.
    classes : sequence of str
        Classes of add-on that share one spread; others count as without.
    log_folds : sequence of float
        Logarithm of each arm's tissue signal against that of the usual course.
    """
    studies, study = _numbered([arm.study for arm in found])
    baselines, baseline = _numbered([(arm.study, arm.scale) for arm in found])
    arm_of = [(arm.study, arm.kind, arm.addon) for arm in found]
    scale_of = [(*name, arm.scale) for name, arm in zip(arm_of, found, strict=True)]
    groups = [np.flatnonzero(study == index) for index in range(len(studies))]
    by_study = np.full((len(groups), max(len(group) for group in groups)), -1)
    for index, group in enumerate(groups):
        by_study[index, : len(group)] = group
    return Rows(
        keys=tuple(arm.key for arm in found),
        study_names=studies,
        class_names=tuple(classes),
        baselines=len(baselines),
        y=_or_nan([arm.improvement_fraction for arm in found]),
        se=_or_nan([arm.improvement_se_fraction for arm in found]),
        study=study,
        heading=tuple(arm.heading for arm in found),
        kind=tuple(arm.kind for arm in found),
        design=tuple(arm.design for arm in found),
        addon=tuple(arm.addon for arm in found),
        graded=np.array([arm.scale_family == "grade" for arm in found]),
        addon_class=np.array([classes.index(arm.addon) if arm.addon in classes else -1 for arm in found]),
        baseline=baseline,
        baseline_log_sd=np.nan_to_num(_or_nan([arm.baseline_unknown_log_sd for arm in found])),
        sessions=_or_nan([arm.sessions for arm in found]),
        planned=_or_nan([arm.sessions_planned for arm in found]),
        sessions_low=_or_nan([arm.sessions_low for arm in found]),
        sessions_high=_or_nan([arm.sessions_high for arm in found]),
        interval=_or_nan([arm.interval_days for arm in found]),
        followup=_or_nan([arm.followup_days for arm in found]),
        unstated=np.array([arm.is_followup_from_unstated for arm in found]),
        log_fold=np.array(log_folds),
        same_arm=np.array([[a == b for b in arm_of] for a in arm_of], dtype=float),
        same_scale=np.array([[a == b for b in scale_of] for a in scale_of], dtype=float),
        by_study=by_study,
    )
