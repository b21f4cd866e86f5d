"""Closed forms: the power of a test where a formula gives it, to set a rehearsal against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from puncta.evidence import normal_chance, normal_score


def power_two_sample_t(difference: float, sd: float, first_count: float, second_count: float, level: float) -> float:
    """Power of a two-sided t test between two groups of equal spread.

    Parameters
    ----------
    difference, sd : float
        True difference of the means, and the standard deviation within groups, above 0.
    first_count, second_count : float
        People, 2 or more each; a mean over trials need not be whole.
    level : float
        Level of the interval, such as 0.95.

    Returns
    -------
    float
        From the noncentral t distribution, both tails.

    Examples
    --------
    >>> round(power_two_sample_t(1.0, 1.0, 17, 17, 0.95), 3)
    0.807
    """
    size = difference / (sd * np.sqrt(1.0 / first_count + 1.0 / second_count))
    return _noncentral(float(size), first_count + second_count - 2, level)


def power_paired_t(difference: float, sd_of_difference: float, count: float, level: float) -> float:
    """Power of a two-sided paired t test.

    Parameters
    ----------
    difference, sd_of_difference : float
        Mean and standard deviation of the difference within persons.
    count : float
        People, 2 or more.
    level : float
        Level of the interval.

    Examples
    --------
    >>> round(power_paired_t(0.5, 1.0, 34, 0.95), 3)
    0.808
    """
    return _noncentral(float(difference / sd_of_difference * np.sqrt(count)), count - 1, level)


def _noncentral(size: float, freedom: float, level: float) -> float:
    from scipy.special import nctdtr, stdtrit

    limit = stdtrit(freedom, 0.5 + level / 2.0)
    return float(1.0 - nctdtr(freedom, size, limit) + nctdtr(freedom, size, -limit))


def power_proportional_odds(
    log_odds: float, shares: Sequence[float], count: float, ratio: float, level: float
) -> float:
    """Power of a two-sided test of ordinal grades under proportional odds (Whitehead 1993).

    Parameters
    ----------
    log_odds : float
        Logarithm of the ratio of odds between the arms.
    shares : sequence of float
        Share of each grade, mean over both arms; they add to 1.
    count : float
        People in both arms together.
    ratio : float
        People of the first arm for each of the second.
    level : float
        Level of the interval.

    Returns
    -------
    float
        Of the large-sample normal form, which holds for odds ratios that are not extreme; the example is Whitehead's.

    Examples
    --------
    >>> round(power_proportional_odds(0.887, (0.289, 0.486, 0.153, 0.072), 187, 1.0, 0.95), 2)
    0.9
    """
    told = np.asarray(shares, dtype=float)
    known = ratio * count / (3.0 * (ratio + 1.0) ** 2) * (1.0 - np.sum(told**3))
    limit = normal_score(np.array([0.5 + level / 2.0]))
    size = abs(log_odds) * np.sqrt(known)
    return float((normal_chance(size - limit) + normal_chance(-size - limit))[0])
