"""Convert: from what a paper prints to the share of the baseline gone, with its standard error."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import normal_chance, parameter

Array = NDArray[np.float64]

# numerics: grid on which the spread of persons and their mean are laid out
_MEANS, _SPREADS = np.linspace(0.0, 1.0, 401), np.linspace(-2.0, 2.0, 9)
_HALF_95 = 1.96  # numerics: half of an interval of 95 of 100, in standard errors


def _least(se: float) -> float:
    return max(se, parameter("validation.least_error_fraction").value)


def person_error(people: float, person_sd: float | None = None) -> float:
    """Standard error of a mean over people, from the usual spread between persons where none is printed.

    Examples
    --------
    >>> round(person_error(30), 4)
    0.0383
    """
    spread = parameter("appearance.person_sd").value if person_sd is None else person_sd
    return _least(spread / float(np.sqrt(people)))


def from_means(
    baseline: float, end: float, people: float, baseline_sd: float | None = None, end_sd: float | None = None
) -> tuple[float, float]:
    """From means before and after.

    Parameters
    ----------
    baseline, end : float
        Means on the study's scale, the baseline above 0.
    people : float
        People measured.
    baseline_sd, end_sd : float or None
        Standard deviations over people; without either the usual spread between persons is taken.

    Returns
    -------
    tuple of float
        Share of the baseline gone, and its standard error.

    Notes
    -----
    Both readings of a person are taken to go together by an assumed correlation, since papers do not print it.

    Examples
    --------
    >>> tuple(round(x, 3) for x in from_means(11.73, 6.5, 30, 3.12, 2.65))
    (0.446, 0.036)
    """
    ratio = end / baseline
    if baseline_sd is None or end_sd is None:
        return 1.0 - ratio, person_error(people)
    together = parameter("validation.before_after_correlation").value * baseline_sd * end_sd
    variance = end_sd**2 - 2.0 * ratio * together + (ratio * baseline_sd) ** 2
    return 1.0 - ratio, _least(float(np.sqrt(variance / people)) / baseline)


def from_change(change: float, baseline: float, low95: float, high95: float) -> tuple[float, float]:
    """From a mean fall with its printed interval of 95 of 100.

    Examples
    --------
    >>> tuple(round(x, 3) for x in from_change(2.4, 16.39, 0.01, 4.8))
    (0.146, 0.075)
    """
    return change / baseline, _least((high95 - low95) / (2.0 * _HALF_95) / baseline)


def from_classes(limits: Sequence[float], counts: Sequence[float]) -> tuple[float, float]:
    """From counts of people in classes of improvement.

    Parameters
    ----------
    limits : sequence of float
        Limits between the classes as shares of the baseline gone, ascending; one fewer than the counts.
    counts : sequence of float
        People in each class, from the least improved.

    Returns
    -------
    tuple of float
        Mean share gone, and its standard error.

    Notes
    -----
    Persons are taken as normal around the mean with the usual spread, itself uncertain. The mean is not taken below
    no change: where everybody falls into the lowest class, nothing else would hold it.

    Examples
    --------
    >>> mean, se = from_classes((0.25, 0.5, 0.75), (5, 10, 10, 5))
    >>> round(mean, 2), 0.03 < se < 0.06
    (0.5, True)
    """
    known = parameter("appearance.person_sd").value
    spreads = known * np.exp(parameter("validation.person_spread_log_sd").value * _SPREADS)
    weights = np.exp(-0.5 * _SPREADS**2)
    ends = np.array([-np.inf, *limits, np.inf])
    below = normal_chance((ends[None, None, :] - _MEANS[:, None, None]) / spreads[None, :, None])
    share = np.clip(np.diff(below, axis=2), 1e-12, 1.0)  # numerics: no class is quite impossible
    likelihood = np.tensordot(np.log(share), np.asarray(counts, dtype=float), axes=1)
    likelihood = np.exp(likelihood - likelihood.max())
    over_means = likelihood @ weights
    over_means /= over_means.sum()
    mean = float(over_means @ _MEANS)
    return mean, _least(float(np.sqrt(over_means @ (_MEANS - mean) ** 2)))
