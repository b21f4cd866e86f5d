"""Compare: difference of two arms with its interval, in many repeats of a trial at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import normal_chance, normal_score
from puncta.frozen import frozen

Array = NDArray[np.float64]
_FEWEST = 2
_ROUNDS = 30  # numerics: more than any fit takes
_CLOSE = 1e-8  # numerics: a step that changes nothing that is printed
_LEAST_STEP = 1.0  # numerics: longest step of a fit in log odds
_A_HAIR = 1e-3  # numerics: people added to each cell, so that an empty grade has a chance


@frozen
class Compared:
    """One comparison in each repeat; above 0 favours the first arm, nan where too few people were left.

    Parameters
    ----------
    estimate, low, high, p_value : ndarray, shape (repeats,)
        Difference, its interval, and the two-sided p value.
    first_count, second_count : ndarray of int, shape (repeats,)
        People that counted.
    """

    estimate: Array
    low: Array
    high: Array
    p_value: Array
    first_count: NDArray[np.int64]
    second_count: NDArray[np.int64]

    def won(self, level: float) -> NDArray[np.bool_]:
        """Where the first arm is told to be better, shape (repeats,)."""
        return (self.p_value < 1.0 - level) & (self.estimate > 0.0)

    def lost(self, level: float) -> NDArray[np.bool_]:
        """Where the second arm is told to be better, shape (repeats,)."""
        return (self.p_value < 1.0 - level) & (self.estimate < 0.0)


def two_sample_t(first: Array, second: Array, level: float) -> Compared:
    """Student's t test between two groups, in each repeat.

    Parameters
    ----------
    first, second : ndarray, shape (repeats, people)
        Values; nan for who is missing or in the other arm.
    level : float
        Level of the interval.

    Examples
    --------
    >>> found = two_sample_t(np.array([[1.0, 2.0, 3.0]]), np.array([[0.0, 1.0, 2.0]]), 0.95)
    >>> found.estimate.round(2), found.low.round(2)
    (array([1.]), array([-1.27]))
    """
    (n1, mean1, square1), (n2, mean2, square2) = _moments(first), _moments(second)
    freedom = np.maximum(n1 + n2 - 2, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt((square1 + square2) / freedom * (1.0 / n1 + 1.0 / n2))
    return _student(mean1 - mean2, error, freedom, level, n1, n2)


def paired_t(first: Array, second: Array, level: float) -> Compared:
    """Paired t test of the two sides of each person, in each repeat.

    Parameters
    ----------
    first, second : ndarray, shape (repeats, people)
        Values of both sides of the same persons; who lacks one side counts for neither.
    level : float
        Level of the interval.

    Examples
    --------
    >>> found = paired_t(np.array([[1.0, 2.0, 4.0]]), np.array([[0.0, 1.0, 2.0]]), 0.95)
    >>> found.estimate.round(2), found.first_count
    (array([1.33]), array([3]))
    """
    count, mean, square = _moments(first - second)
    freedom = np.maximum(count - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(square / freedom / count)
    return _student(mean, error, freedom, level, count, count)


def proportional_odds(first: Array, second: Array, grades: int, level: float) -> Compared:
    """Log odds ratio of a better grade under proportional odds, in each repeat.

    Parameters
    ----------
    first, second : ndarray, shape (repeats, people)
        Grades as whole numbers from 0, higher is better; nan for who is missing or in the other arm.
    grades : int
        How many grades there are.
    level : float
        Level of the interval.

    Returns
    -------
    Compared
        By maximum likelihood, with Wald's interval and the p value of the score test at no difference.

    Examples
    --------
    >>> better, worse = np.tile([0.0, 1, 2, 3, 3], (1, 8)), np.tile([0.0, 0, 1, 2, 3], (1, 8))
    >>> bool(proportional_odds(better, worse, 4, 0.95).estimate[0] > 0)
    True
    """
    counts = np.stack([_counted(first, grades), _counted(second, grades)], axis=1)
    people = counts.sum(axis=2)
    held = counts + _A_HAIR
    cut, effect = _start(held), np.zeros(held.shape[0])
    score, known = _slopes(held, cut, effect)
    free = _free(known)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = score[:, -1] / np.sqrt(free)
    for _ in range(_ROUNDS):
        score, known = _slopes(held, cut, effect)
        step = np.clip(np.linalg.solve(known, score[..., None])[..., 0], -_LEAST_STEP, _LEAST_STEP)
        cut, effect = np.maximum.accumulate(cut + step[:, :-1], axis=1), effect + step[:, -1]
        if np.abs(step).max() < _CLOSE:
            break
    error = 1.0 / np.sqrt(_free(_slopes(held, cut, effect)[1]))
    reach = normal_score(np.array([0.5 + level / 2.0]))[0] * error
    counted = people.astype(np.int64)
    few = people.min(axis=1) < _FEWEST
    p = 2.0 * normal_chance(-np.abs(np.nan_to_num(z)))
    return _told(few, effect, reach, p, counted[:, 0], counted[:, 1])


def _counted(values: Array, grades: int) -> Array:
    return np.stack([(values == grade).sum(axis=1) for grade in range(grades)], axis=1).astype(float)


def _start(held: Array) -> Array:
    below = np.cumsum(held.sum(axis=1), axis=1)
    share = below[:, :-1] / below[:, -1:]
    return np.log(share / (1.0 - share))


def _slopes(held: Array, cut: Array, effect: Array) -> tuple[Array, Array]:
    """First derivative of the likelihood, and what is known, by cuts and effect."""
    repeats, grades = held.shape[0], held.shape[2]
    score, known = np.zeros((repeats, grades)), np.zeros((repeats, grades, grades))
    for arm, here in ((0, 1.0), (1, 0.0)):
        line = cut - here * effect[:, None]
        below = 1.0 / (1.0 + np.exp(-line))
        steep = below * (1.0 - below)
        edge, slope = _ended(below, 0.0, 1.0), _ended(steep, 0.0, 0.0)
        share = np.maximum(np.diff(edge, axis=1), np.finfo(float).tiny)
        # how the chance of each grade moves with each cut and with the effect
        moves = np.zeros((repeats, grades, grades))
        for grade in range(grades):
            if grade < grades - 1:
                moves[:, grade, grade] = slope[:, grade + 1]
            if grade > 0:
                moves[:, grade, grade - 1] = -slope[:, grade]
            moves[:, grade, -1] = -here * (slope[:, grade + 1] - slope[:, grade])
        score += np.einsum("rg,rgk->rk", held[:, arm] / share, moves)
        total = held[:, arm].sum(axis=1)
        known += total[:, None, None] * np.einsum("rgk,rgl->rkl", moves / share[..., None], moves)
    return score, known


def _ended(values: Array, low: float, high: float) -> Array:
    repeats = values.shape[0]
    return np.concatenate([np.full((repeats, 1), low), values, np.full((repeats, 1), high)], axis=1)


def _free(known: Array) -> Array:
    """What is known of the effect once the cuts are free."""
    return np.asarray(1.0 / np.linalg.inv(known)[:, -1, -1], dtype=np.float64)


def _moments(values: Array) -> tuple[NDArray[np.int64], Array, Array]:
    there = ~np.isnan(values)
    count = there.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(there, values, 0.0).sum(axis=1) / count
    apart = np.where(there, values - mean[:, None], 0.0)
    return count, mean, (apart**2).sum(axis=1)


def _student(
    estimate: Array, error: Array, freedom: Array | NDArray[np.int64], level: float, n1: NDArray[np.int64],
    n2: NDArray[np.int64],
) -> Compared:  # fmt: skip
    from scipy.special import stdtr, stdtrit

    few = np.minimum(n1, n2) < _FEWEST
    reach = stdtrit(freedom, 0.5 + level / 2.0) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2.0 * stdtr(freedom, -np.abs(estimate / error))
    p = np.where((error == 0.0) & (estimate == 0.0), 1.0, p)
    return _told(few, estimate, reach, p, n1, n2)


def _told(
    few: NDArray[np.bool_], estimate: Array, reach: Array, p: Array, n1: NDArray[np.int64], n2: NDArray[np.int64]
) -> Compared:
    """A comparison with nothing told where too few people were left."""
    estimate, reach, p = (np.where(few, np.nan, values) for values in (estimate, reach, p))
    return Compared(estimate, estimate - reach, estimate + reach, p, n1, n2)
