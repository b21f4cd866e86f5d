"""Judge: a published reading beside its band, with the scores of the model and of both baselines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import Arm
from puncta.frozen import frozen
from puncta.validation.compare import HIGH_PERCENT, LOW_PERCENT, MIDDLE_PERCENT
from puncta.validation.outcomes.baselines import BASELINES, baselines
from puncta.validation.outcomes.headings import heading_of
from puncta.validation.outcomes.score import interval_score, ranked_score

Array = NDArray[np.float64]
_INNER, _OUTER = (25.0, 75.0), (2.5, 97.5)  # numerics: ends of the bands of 50 and 95 of 100
MODEL = "model"


@frozen
class OutcomeReading:
    """One reading of a study beside what was predicted for it, as shares of the baseline gone.

    Parameters
    ----------
    arm : Arm
        The reading.
    heading : str
        See `heading_of`.
    low, median, high : float
        Band of 80 of 100 and its middle.
    inside50, inside80, inside95 : bool
        Whether the figure lies in the band.
    interval_scores, ranked_scores : mapping of str to float
        By ``model`` and each of `BASELINES`; the smaller the better.
    """

    arm: Arm
    heading: str
    low: float
    median: float
    high: float
    inside50: bool
    inside80: bool
    inside95: bool
    interval_scores: Mapping[str, float]
    ranked_scores: Mapping[str, float]

    @property
    def figure(self) -> float:
        """What was read."""
        return self.arm.improvement_fraction or 0.0


def judge(arm: Arm, predicted: Array, others: Sequence[Arm], seed: int) -> OutcomeReading:
    """Set a reading beside its prediction and both baselines.

    Parameters
    ----------
    arm : Arm
        The reading.
    predicted : ndarray, shape (n,)
        From `predict`.
    others : sequence of Arm
        Scored readings of the studies that the prediction may know.
    seed : int
        Seed of the baselines.

    Examples
    --------
    >>> from puncta.evidence import arms
    >>> from puncta.validation.outcomes.headings import scored
    >>> found = judge(arms()["A07a"], np.linspace(0.2, 0.6, 100), scored(arms().values()), seed=0)
    >>> found.inside80, round(found.interval_scores["model"], 2)
    (False, 2.37)
    """
    figure, heading = arm.improvement_fraction or 0.0, heading_of(arm)
    known = [(heading_of(other), other) for other in others if other.study != arm.study]
    every = {MODEL: predicted, **baselines(known, heading, predicted.shape[0], seed)}
    bands = {name: np.percentile(draws, (LOW_PERCENT, HIGH_PERCENT)) for name, draws in every.items()}

    def inside(ends: tuple[float, float]) -> bool:
        low, high = np.percentile(predicted, ends)
        return bool(low <= figure <= high)

    low, high = (float(end) for end in bands[MODEL])
    return OutcomeReading(
        arm,
        heading,
        low,
        float(np.percentile(predicted, MIDDLE_PERCENT)),
        high,
        inside(_INNER),
        low <= figure <= high,
        inside(_OUTER),
        {name: interval_score(float(ends[0]), float(ends[1]), figure) for name, ends in bands.items()},
        {name: ranked_score(draws, figure) for name, draws in every.items()},
    )


@frozen
class HeadingTally:
    """How a heading did.

    Parameters
    ----------
    heading : str
        Key, or ``all``.
    readings_count, inside50_count, inside80_count : int
        Readings, and how many lay in the bands.
    width : float
        Mean width of the band of 80 of 100.
    interval_scores, ranked_scores : mapping of str to float
        Means by ``model`` and each of `BASELINES`.
    """

    heading: str
    readings_count: int
    inside50_count: int
    inside80_count: int
    width: float
    interval_scores: Mapping[str, float]
    ranked_scores: Mapping[str, float]

    @property
    def best(self) -> str:
        """Which of the model and the baselines scored best; the model where it is no worse."""
        return min((MODEL, *BASELINES), key=lambda name: (self.interval_scores[name], name != MODEL))


def tally(heading: str, readings: Iterable[OutcomeReading]) -> HeadingTally:
    """Count and average the readings of a heading."""
    found = list(readings)

    def means(scores: Sequence[Mapping[str, float]]) -> dict[str, float]:
        return {name: float(np.mean([entry[name] for entry in scores])) for name in (MODEL, *BASELINES)}

    return HeadingTally(
        heading,
        len(found),
        sum(entry.inside50 for entry in found),
        sum(entry.inside80 for entry in found),
        float(np.mean([entry.high - entry.low for entry in found])),
        means([entry.interval_scores for entry in found]),
        means([entry.ranked_scores for entry in found]),
    )
