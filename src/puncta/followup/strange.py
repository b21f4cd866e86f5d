"""Strange: readings that hardly anybody would give, and persons who are unlike everyone simulated."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from puncta.evidence import parameter, uniforms
from puncta.followup.answers import Answers, chance_below
from puncta.followup.posterior import Posterior
from puncta.followup.readings import Reading
from puncta.frozen import frozen

Array = NDArray[np.float64]
_BAND = (10.0, 50.0, 90.0)  # numerics: the band holds 80 of 100
_LEAST = 1e-9  # numerics: keeps a matrix of few readings regular


@frozen
class ReadAgain:
    """One reading beside what was expected of it.

    Parameters
    ----------
    reading : Reading
        As read.
    low, median, high : float
        What 80 of 100 people drawn alike would be read, error included, before anything was known of this person.
    inside : bool
        Whether the reading lies in that band.
    as_far_probability : float
        Chance of a reading as far out, all other readings known.
    outlier : bool
        Whether that chance is small.
    """

    reading: Reading
    low: float
    median: float
    high: float
    inside: bool
    as_far_probability: float
    outlier: bool


@frozen
class Unlike:
    """Whether a person is unlike everyone simulated.

    Parameters
    ----------
    as_far_probability : float
        Share of simulated people whose readings together lie as far from the middle.
    unlike : bool
        Whether that share is small.
    """

    as_far_probability: float
    unlike: bool


def replicated(answers: Answers, prior: Array, seed: int) -> Array:
    """Readings of people drawn alike, error and rounding included, shape (n, m).

    Parameters
    ----------
    answers : Answers
        Readings.
    prior : ndarray, shape (n, k)
        People.
    seed : int
        Seed.
    """
    middle, spread = answers.expected(prior)
    out = np.empty_like(middle)
    for index, one in enumerate(answers.readings):
        u = uniforms(seed, f"followup.error.{one.key}", prior.shape[0])
        if one.kind == "marks":
            out[:, index] = u < middle[:, index]
            continue
        width = spread[:, index] * np.sqrt((one.freedom - 2.0) / one.freedom)
        read = middle[:, index] + width * stdtrit(one.freedom, u)
        if one.half:
            read = 2.0 * one.half * np.round(read / (2.0 * one.half))
        out[:, index] = np.clip(read, -np.inf if one.low is None else one.low, np.inf if one.high is None else one.high)
    return out


def read_again(answers: Answers, found: Posterior, drawn: Array) -> tuple[ReadAgain, ...]:
    """Each reading beside what was expected of it.

    Parameters
    ----------
    answers : Answers
        Readings.
    found : Posterior
        People who answer as this one.
    drawn : ndarray, shape (n, m)
        From `replicated`.
    """
    few, out = parameter("followup.outlier_probability").value, []
    theta = _by_person(answers, found)
    for index, one in enumerate(answers.readings):
        low, middle, high = (float(x) for x in np.percentile(drawn[:, index], _BAND))
        below = float(found.without(index) @ chance_below(one, *(part[:, index] for part in theta)))
        far = 2.0 * min(below, 1.0 - below)
        out.append(ReadAgain(one, low, middle, high, low <= one.value <= high, far, far < few))
    return tuple(out)


def _by_person(answers: Answers, found: Posterior) -> tuple[Array, Array]:
    """Middle and scale of every weighted draw; draws come in whole rounds over the people."""
    parts = [answers.expected(part) for part in np.split(found.theta, found.theta.shape[0] // answers.world.n)]
    return tuple(np.concatenate(each) for each in zip(*parts, strict=True))  # type: ignore[return-value]


def unlike_everyone(readings: Sequence[Reading], drawn: Array) -> Unlike:
    """How many simulated people lie as far out in all their readings together.

    Parameters
    ----------
    readings : sequence of Reading
        As read.
    drawn : ndarray, shape (n, m)
        From `replicated`.

    Returns
    -------
    Unlike
        By the distance that counts how readings go together (Mahalanobis).

    Examples
    --------
    >>> one = Reading("pain.0.nose", "pain", 0, "nose", "", "", 9.0)
    >>> unlike_everyone([one], np.linspace(0.0, 5.0, 100)[:, None]).unlike
    True
    """
    if not readings:
        return Unlike(1.0, False)
    value = np.array([one.value for one in readings])
    middle = drawn.mean(axis=0)
    apart = drawn - middle
    inverse = np.linalg.pinv(apart.T @ apart / drawn.shape[0] + _LEAST * np.eye(value.shape[0]))
    theirs = np.einsum("ni,ij,nj->n", apart, inverse, apart)
    own = (value - middle) @ inverse @ (value - middle)
    # this person is one of them: a share of nought would claim more than so many people can tell
    share = float((np.sum(theirs >= own) + 1) / (drawn.shape[0] + 1))
    return Unlike(share, share < parameter("followup.unlike_probability").value)
