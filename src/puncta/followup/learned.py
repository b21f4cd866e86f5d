"""Learned: what is known of a person before and after the readings, and the forecast before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.followup.posterior import Posterior
from puncta.frozen import frozen
from puncta.simulation import Band

Array = NDArray[np.float64]
_LEVELS = (10.0, 25.0, 50.0, 75.0, 90.0)  # numerics: percentiles that every band shows
_LEAST = 1e-9  # numerics: a spread of nothing
_LEAST_MOVED = 0.1  # numerics: shifts that as many draws can tell from chance


@frozen
class Moved:
    """How far one reading moved a figure.

    Parameters
    ----------
    key : str
        The reading.
    by_sd : float
        Its share of the shift, in standard deviations before anything was read; shares of all readings add to it.
    alone_sd : float
        Shift of the mean against leaving this reading out, all others kept.
    """

    key: str
    by_sd: float
    alone_sd: float


@frozen
class Learned:
    """One parameter of a person.

    Parameters
    ----------
    name : str
        ``gain``, ``maturation_days``, ``redness_hours``, ``pain_score``, ``pih_probability``.
    concern : str
        Of a gain; else empty.
    before_mean, before_sd, after_mean, after_sd : float
        In the parameter's unit; a gain is this person's change against that of the typical one.
    before, after : tuple of float
        Low end, middle and high end of the band of 80 %.
    learned : bool
        Whether readings may move it: gain from the first visit on, the others from the third.
    moved : tuple of Moved
        What moved it most, first.
    """

    name: str
    concern: str
    before_mean: float
    before_sd: float
    after_mean: float
    after_sd: float
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    learned: bool
    moved: tuple[Moved, ...]


@frozen(eq=False)
class OutcomeForecast:
    """One outcome over the days, before and after.

    Parameters
    ----------
    name : str
        ``improvement_fraction`` over days; ``redness_hours``, ``pain_score`` and ``pih_probability`` at one day.
    concern : str
        Of an improvement; else empty.
    days : ndarray, shape (t,)
        Days.
    promised : Band
        As it was forecast for the planned visits.
    delivered : Band
        The same people with the visits as they were.
    now : Band
        What is expected of this person, with the visits as they were and those still to come.
    untreated : ndarray, shape (t,)
        Median without any visit; empty where that means nothing.
    """

    name: str
    concern: str
    days: Array
    promised: Band
    delivered: Band
    now: Band
    untreated: Array


def band_of(values: Array) -> Band:
    """The band of draws, shape (n, t)."""
    return Band(*np.percentile(values, _LEVELS, axis=0))


def learned_of(
    name: str, concern: str, prior: Array, drawn: Array, found: Posterior, pulls: Mapping[str, float], learned: bool
) -> Learned:
    """What is known of one parameter before and after.

    Parameters
    ----------
    name, concern : str
        Which.
    prior : ndarray, shape (n,)
        Before.
    drawn : ndarray, shape (d,)
        The same of the weighted draws after.
    found : Posterior
        Gives weights.
    pulls : mapping of str to float
        How far each reading pulls it, in standard deviations, in the order of the readings.
    learned : bool
        Whether readings may move it.
    """
    mean, sd = float(prior.mean()), float(prior.std())
    before = tuple(float(x) for x in np.percentile(prior, (10.0, 50.0, 90.0)))  # numerics: 80 of 100
    if not learned:
        return Learned(name, concern, mean, sd, mean, sd, before, before, False, ())  # type: ignore[arg-type]
    weight = found.weight
    now = float(weight @ drawn)
    spread = float(np.sqrt(max(weight @ (drawn - now) ** 2, 0.0)))
    moved = [
        Moved(key, by, (now - float(found.without(index) @ drawn)) / max(sd, _LEAST))
        for index, (key, by) in enumerate(pulls.items())
        if abs(by) >= _LEAST_MOVED
    ]
    after = weighted_quantiles(drawn, weight, (0.1, 0.5, 0.9))  # numerics: 80 of 100
    ranked = tuple(sorted(moved, key=lambda one: (-abs(one.by_sd), one.key)))
    return Learned(name, concern, mean, sd, now, spread, before, after, True, ranked)  # type: ignore[arg-type]


def pulls_of(prior: Array, scores: Array, found: Posterior, keys: Sequence[str]) -> dict[str, float]:
    """How far each reading pulls a figure, in standard deviations before anything was read.

    Parameters
    ----------
    prior : ndarray, shape (n,)
        The figure before.
    scores : ndarray, shape (n, k)
        The scores before.
    found : Posterior
        Gives the pulls on the scores.
    keys : sequence of str
        The readings.
    """
    slope = (prior - prior.mean()) @ (scores - scores.mean(axis=0)) / prior.shape[0] / max(prior.std(), _LEAST)
    # what hardly goes with the figure goes with it by chance
    slope = np.where(np.abs(slope) >= 2.0 * _LEAST_MOVED, slope, 0.0)
    return dict(zip(keys, (float(x) for x in found.pull @ slope), strict=True)) if len(keys) else {}


def weighted_quantiles(values: Array, weight: Array, shares: Sequence[float]) -> tuple[float, ...]:
    """Quantiles of weighted draws, straight between the middles of their weights.

    Parameters
    ----------
    values, weight : ndarray, shape (d,)
        Draws and weights that add to 1.
    shares : sequence of float
        Shares below, 0 to 1.

    Examples
    --------
    >>> weighted_quantiles(np.array([1.0, 2.0, 3.0]), np.ones(3) / 3, (0.5,))
    (2.0,)
    """
    order = np.argsort(values)
    ends = np.cumsum(weight[order])
    return tuple(float(x) for x in np.interp(shares, ends - 0.5 * weight[order], values[order]))
