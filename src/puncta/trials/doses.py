"""Doses: a surface through a thousand exactly followed people of an arm, read for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from puncta.absorption import AbsorptionParameters, Product, Site, absorb, product
from puncta.absorption.permeability import why_no_intact_permeability
from puncta.absorption.skin_cell import film, skin_cell
from puncta.evidence import draw, persons_from
from puncta.frozen import frozen
from puncta.healing import Map
from puncta.simulation import closing_of
from puncta.trials.needled import BlockSkin, SessionDone, block_skin, session_done
from puncta.trials.population import TrialPeople, trial_people
from puncta.trials.trial import Trial

Array = NDArray[np.float64]
_PERCENT = 100.0
#: Hours at which a dose is told.
_DOSE_HOURS = np.array([0.0, 1.0, 4.0, 24.0])
# numerics: hours at which the share of open channels goes into the surface
_OPEN_HOURS = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 24.0])
_POOL, _FITTED = 1024, 768  # numerics: people followed exactly, and those of them that a trial fit sees
_RIDGE = 0.1  # numerics: keeps what hardly varies from mattering
_MOST_ERROR = 0.05  # numerics: beyond it nineteen of twenty unseen people are not close enough, and all are followed
_NEARLY_ALL = 95.0
_LOCK = Lock()


@frozen(eq=False)
class DoseSurface:
    """Logarithm of a dose as a surface of second order over the logarithms of what it follows from.

    Parameters
    ----------
    names : tuple of str
        What varies between people.
    logs : ndarray of bool, shape (k,)
        Which of it is taken as a logarithm.
    middle, spread, low, high : ndarray, shape (k,)
        Standardisation, and the range that was seen; beyond it the edge counts.
    weights : ndarray
        Weights of one, each, and each times each.
    error_fraction : float
        What 95 of 100 people that the trial fit had not seen lay within.
    """

    names: tuple[str, ...]
    logs: NDArray[np.bool_]
    middle: Array
    spread: Array
    low: Array
    high: Array
    weights: Array
    error_fraction: float

    def at(self, given: Mapping[str, Array]) -> Array:
        """The dose of some people."""
        # sums by hand: products of matrices round differently with the number of threads
        return np.exp(np.einsum("ij,j->i", _terms(self._standard(given)), self.weights))

    def _standard(self, given: Mapping[str, Array]) -> Array:
        raw = _columns(given, self.names, self.logs)
        return (np.clip(raw, self.low, self.high) - self.middle) / self.spread


def dose_ug_per_cm2(trial: Trial, arm_name: str, done: SessionDone, people: TrialPeople, skin: BlockSkin) -> Array:
    """Amount of all actives of an arm's product past the barrier within a day of one session.

    Parameters
    ----------
    trial : Trial
        The trial.
    arm_name : str
        The arm.
    done, people, skin : SessionDone, TrialPeople, BlockSkin
        Of a block; within `persons_from`.

    Returns
    -------
    ndarray, shape (n,)
        Read off the arm's surface where that is close; else everybody is followed by the quick solver of absorption. An
        amount is not a benefit.

    Notes
    -----
    Limits: ``limits.absorption``.
    """
    laid = product(trial.arm(arm_name).product)
    if not laid.share_percent:
        return np.zeros(people.n)
    with _LOCK:  # a second thread waits for the surface, and does not make it again
        surfaces = _surfaces(trial, arm_name)
    if any(one is None for one in surfaces.values()):
        return sum(_followed(trial, laid, done, people, skin, map).values(), np.zeros(people.n))
    given = _given(trial, laid, done, people, skin)
    return sum((one.at(given[key]) for key, one in surfaces.items() if one is not None), np.zeros(people.n))


def dose_surfaces(trial: Trial, arm_name: str) -> Mapping[str, DoseSurface | None]:
    """The surface of each active of an arm's product; None where none is close enough.

    Parameters
    ----------
    trial : Trial
        The trial.
    arm_name : str
        A needled arm with a product.
    """
    with _LOCK:
        return _surfaces(trial, arm_name)


@lru_cache(maxsize=16)  # numerics: arms of the trials at hand
def _surfaces(trial: Trial, arm_name: str) -> Mapping[str, DoseSurface | None]:
    arm = trial.arm(arm_name)
    laid = product(arm.product)
    people = trial_people(trial, 0, _POOL)
    with persons_from(0):
        skin = block_skin(trial, people)
        done = session_done(trial, arm, people, skin)
        exact = _followed(trial, laid, done, people, skin, None)
        given = _given(trial, laid, done, people, skin)
    return {key: _fit(given[key], exact[key]) for key in exact}


def _followed(
    trial: Trial, laid: Product, done: SessionDone, people: TrialPeople, skin: BlockSkin, map_: Map | None
) -> dict[str, Array]:
    closes = closing_of(people.body, skin.tone, trial.seed)
    share = closes.open_share(_DOSE_HOURS, np.ones(people.n), done.wound.surface_radius_mm)
    site = Site(skin.layers.layers, done.wound, share)
    (doses,) = absorb(laid, [site], trial.seed, hours=_DOSE_HOURS, map=map_)
    return {dose.compound: np.maximum(dose.delivered_ug_per_cm2[:, -1], 0.0) for dose in doses}


def _given(
    trial: Trial, laid: Product, done: SessionDone, people: TrialPeople, skin: BlockSkin
) -> dict[str, dict[str, Array]]:
    """What the dose of each active follows from, person by person."""
    n, seed = people.n, trial.seed
    p = draw(AbsorptionParameters, n, seed)
    closes = closing_of(people.body, skin.tone, seed)
    still_open = closes.open_share(_OPEN_HOURS, np.ones(n), done.wound.surface_radius_mm)
    out = {}
    for key in laid.share_percent:
        compound = laid.compounds[key]
        share = laid.record.draw(laid.share_figure(key), n, seed) / _PERCENT
        intact = not why_no_intact_permeability(compound)
        cell = skin_cell(compound, skin.layers.layers, done.wound, p, seed, intact=intact, ph=laid.ph)
        laid_film = film(compound, laid.form, share, p, seed, ph=laid.ph)
        told = {"share": share}
        for record in (cell, laid_film):
            for field in fields(record):
                value = getattr(record, field.name)
                if value is not None:
                    told[field.name] = np.broadcast_to(np.asarray(value, dtype=float), (n,))
        out[key] = told | {f"open_{hour:g}": still_open[:, at] for at, hour in enumerate(_OPEN_HOURS)}
    return out


def _columns(given: Mapping[str, Array], names: tuple[str, ...], logs: NDArray[np.bool_]) -> Array:
    least = np.finfo(float).tiny
    pairs = zip(names, logs, strict=True)
    return np.stack([np.log(np.maximum(given[name], least)) if log else given[name] for name, log in pairs], axis=1)


def _terms(z: Array) -> Array:
    row, column = np.triu_indices(z.shape[1])
    return np.concatenate([np.ones((z.shape[0], 1)), z, z[:, row] * z[:, column]], axis=1)


def _fit(given: Mapping[str, Array], dose: Array) -> DoseSurface | None:
    """The surface through all of the pool, where one through three quarters of it is close to the rest."""
    names = tuple(name for name, values in given.items() if np.isfinite(values).all() and np.ptp(values) > 0.0)
    if not names or dose.min() <= 0.0:
        return None
    logs = np.array([given[name].min() > 0.0 for name in names])
    raw, wanted = _columns(given, names, logs), np.log(dose)
    names = tuple(np.array(names)[np.ptp(raw, axis=0) > 0.0])
    logs, raw = logs[np.ptp(raw, axis=0) > 0.0], raw[:, np.ptp(raw, axis=0) > 0.0]
    middle, spread = raw.mean(axis=0), raw.std(axis=0)
    terms = _terms((raw - middle) / spread)
    with ThreadPoolExecutor(2) as threads:  # numerics: everybody waits for both
        tried, weights = threads.map(lambda count: _weights(terms[:count], wanted[:count]), (_FITTED, terms.shape[0]))
    told = np.einsum("ij,j->i", terms[_FITTED:], tried)
    error = float(np.expm1(np.percentile(np.abs(told - wanted[_FITTED:]), _NEARLY_ALL)))
    if error > _MOST_ERROR:
        return None
    return DoseSurface(names, logs, middle, spread, raw.min(axis=0), raw.max(axis=0), weights, error)


def _weights(terms: Array, wanted: Array) -> Array:
    """Ridge regression by elimination without a library, whose last digits would hang on its number of threads."""
    known = np.einsum("ij,ik->jk", terms, terms) + _RIDGE * np.eye(terms.shape[1])
    side = np.einsum("ij,i->j", terms, wanted)
    size = side.shape[0]
    for step in range(size - 1):
        factor = known[step + 1 :, step] / known[step, step]
        known[step + 1 :, step:] -= factor[:, None] * known[step, step:]
        side[step + 1 :] -= factor * side[step]
    out = np.zeros(size)
    for step in range(size - 1, -1, -1):
        out[step] = (side[step] - (known[step, step + 1 :] * out[step + 1 :]).sum()) / known[step, step]
    return out
