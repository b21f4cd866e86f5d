"""Checks: what published courses say of time and of sessions, and two trials in which needling did almost nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters
from puncta.evidence import arms, draw, heavy_score, uniforms
from puncta.frozen import frozen
from puncta.validation.compare import HIGH_PERCENT, LOW_PERCENT, MIDDLE_PERCENT
from puncta.validation.outcomes.parameters import RaterParameters
from puncta.validation.outcomes.predict import predict, truth
from puncta.validation.outcomes.validate import study_of

Array = NDArray[np.float64]
# numerics: what was set before the fit for the share of the gain of day 60, around the printed figures
_AT_THE_LAST, _AFTER_A_MONTH = (0.55, 0.80), (0.80, 0.95)  # numerics
_ALMOST_ALL = (2.5, 97.5)  # numerics: ends of a band of 95 of 100


@frozen
class Check:
    """One published statement beside the law.

    Parameters
    ----------
    name : str
        Key of its words.
    reported : tuple of float
        Lowest and highest that is asked for, or one figure twice.
    low, median, high : float
        What the law gives, in the same unit: a band of 80 of 100, or of 95 where the name says so.
    met : bool
        Whether they agree.
    """

    name: str
    reported: tuple[float, float]
    low: float
    median: float
    high: float
    met: bool


def checks(
    draws: int = 20000,  # numerics: enough for the ends of a band of 95 of 100
    seed: int = 0,
) -> tuple[Check, ...]:
    """Set every such statement beside the law.

    Parameters
    ----------
    draws, seed : int
        Simulated studies and seed.

    Returns
    -------
    tuple of Check
        A ratio within its range by its middle; a figure within the band.

    Notes
    -----
    A04, A01, M09 and M10 calibrate: agreement with them is reproduction. A07a and A35a were known when the heavy tails
    and the sign of the raters' contrast were chosen: a check of consistency, not a test.

    Examples
    --------
    >>> [check.name for check in checks(50)][:2]
    ['share_last', 'share_day_30']
    """
    law, raters = draw(AppearanceParameters, draws, seed), draw(RaterParameters, draws, seed)

    def true(key: str) -> Array:
        study = heavy_score(uniforms(seed, f"outcomes.{arms()[key].study}.study", draws))
        return truth(arms()[key], study_of(arms()[key]), law, study, seed)

    def seen(key: str) -> Array:
        return predict(arms()[key], study_of(arms()[key]), law, raters, seed)

    return (
        _ratio("share_last", _AT_THE_LAST, true("A04d") / true("A04f")),
        _ratio("share_day_30", _AFTER_A_MONTH, true("A04e") / true("A04f")),
        *(_figure(f"points_{key}", key, seen) for key in ("A01a", "A01b")),
        *(_figure(f"almost_none_{key}", key, seen, _ALMOST_ALL) for key in ("A07a", "A35a")),
        *(_factor(key, seen) for key in ("M09a", "M09b", "M10a", "M10b")),
    )


def _ratio(name: str, asked: tuple[float, float], found: Array) -> Check:
    low, median, high = (float(x) for x in np.percentile(found, (LOW_PERCENT, MIDDLE_PERCENT, HIGH_PERCENT)))
    return Check(name, asked, low, median, high, asked[0] <= median <= asked[1])


def _figure(
    name: str, key: str, seen: Callable[[str], Array], ends: tuple[float, float] = (LOW_PERCENT, HIGH_PERCENT)
) -> Check:
    figure = arms()[key].improvement_fraction or 0.0
    low, median, high = (float(x) for x in np.percentile(seen(key), (ends[0], MIDDLE_PERCENT, ends[1])))
    return Check(name, (figure, figure), low, median, high, low <= figure <= high)


def _factor(key: str, seen: Callable[[str], Array]) -> Check:
    """What remains of the contrast after each session, the error of sampling included."""
    arm = arms()[key]
    sessions = arm.sessions or 1.0
    left = np.maximum(1.0 - seen(key), 0.0) ** (1.0 / sessions)
    figure = (1.0 - (arm.improvement_fraction or 0.0)) ** (1.0 / sessions)
    low, median, high = (float(x) for x in np.percentile(left, (LOW_PERCENT, MIDDLE_PERCENT, HIGH_PERCENT)))
    return Check(f"factor_{key}", (figure, figure), low, median, high, low <= figure <= high)
