"""Posterior: which simulated people answer as this person did; Gauss-Newton in each, then importance draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from puncta.evidence import uniforms
from puncta.followup.answers import Answers, gaussian_parts
from puncta.frozen import frozen

Array = NDArray[np.float64]
Index = NDArray[np.intp]

# numerics: of Gauss-Newton, of the tails of the proposal, and when importance is made adaptive
_STEP, _LONGEST, _CLOSE, _MOST_STEPS, _HALVINGS, _STIFF = 1e-3, 1.0, 0.03, 8, 12, 1e-9
_FREEDOM, _FEWEST_EFFECTIVE, _ROUNDS, _AT_ONCE, _WIDER, _KEPT = 6.0, 100.0, 3, 4, 1.2, 400.0


@frozen(eq=False)
class Posterior:
    """Weighted draws of a person.

    Parameters
    ----------
    theta : ndarray, shape (d, k)
        Normal scores, one column for each name.
    people : ndarray of int, shape (d,)
        For which draw of the world each row holds.
    log_weight : ndarray, shape (d,)
        Logarithm of the weight, highest 0.
    log_chance : ndarray, shape (d, m)
        Logarithm of the chance of each reading.
    effective_sample : float
        (sum of weights)^2 / sum of their squares, over the draws of the world.
    method : str
        ``prior``, ``gauss_newton`` or ``adaptive``.
    names : tuple of str
        Columns of ``theta``.
    pull : ndarray, shape (m, k)
        How far each reading pulls each score from 0, at the mode, mean over people; pulls add to the mode.
    """

    theta: Array
    people: Index
    log_weight: Array
    log_chance: Array
    effective_sample: float
    method: str
    names: tuple[str, ...]
    pull: Array

    @property
    def weight(self) -> Array:
        """Weights that add to 1."""
        raw = np.exp(self.log_weight)
        return raw / raw.sum()

    def without(self, reading: int) -> Array:
        """Weights had one reading not been made, none more than a few times the mean so that no draw carries all."""
        raw = np.exp(self.log_weight - self.log_chance[:, reading] + self.log_chance[:, reading].max())
        most = raw.mean() * np.sqrt(raw.shape[0])
        held = np.minimum(raw, most)
        return held / held.sum()

    def picked(self, n: int, seed: int) -> Index:
        """Rows that stand for the posterior with equal weight, mixed so that any first part stands for it too."""
        u = uniforms(seed, "followup.picked", n + 1)
        places = (np.arange(n) + u[n]) / n
        rows = np.searchsorted(np.cumsum(self.weight), places * (1.0 - np.finfo(float).eps))
        return np.minimum(rows, self.people.shape[0] - 1)[np.argsort(u[:n])]


def prior_scores(answers: Answers, luck: dict[str, Array], n: int, seed: int) -> Array:
    """Scores of people as the forecast draws them, so that without readings nothing moves.

    Parameters
    ----------
    answers : Answers
        Names the columns.
    luck : mapping of str to ndarray
        Scores that the forecast has drawn already, by column.
    n, seed : int
        Draws and seed.
    """
    columns = [luck[name] if name in luck else ndtri(uniforms(seed, f"followup.{name}", n)) for name in answers.names]
    return np.stack(columns, axis=1) if columns else np.zeros((n, 0))


def posterior(answers: Answers, prior: Array, seed: int) -> Posterior:
    """Find the people who answer as this person did.

    Parameters
    ----------
    answers : Answers
        Readings and people.
    prior : ndarray, shape (n, k)
        From `prior_scores`; taken as they are where nothing was read.
    seed : int
        Seed.

    Returns
    -------
    Posterior
        For each draw of the world the mode of this person is found by Gauss-Newton with the tails of the readings as
        weights; draws about it from a t with 6 degrees of freedom are weighed by how much too often they are proposed.
        Where the effective sample stays below 100, three rounds of adaptive importance follow, tempered at first.

    Notes
    -----
    Limits: ``limits.followup``.
    """
    n, k = prior.shape
    if not answers.readings or not k:
        zero = np.zeros(n)
        return Posterior(
            prior, np.arange(n), zero, np.zeros((n, 0)), float(n), "prior", answers.names, np.zeros((0, k))
        )
    modes = _modes(answers, n, k)
    shift, scale = np.zeros(k), np.eye(k)
    found = _weighed(answers, modes, shift, scale, seed, 0)
    if found.effective_sample >= _FEWEST_EFFECTIVE:
        return found
    best = found
    for turn in range(1, _ROUNDS + 1):
        white = np.linalg.solve(modes.root[found.people], (found.theta - modes.mode[found.people])[:, :, None])[:, :, 0]
        weight = _tempered(found.log_weight)
        shift = weight @ white
        apart = white - shift
        spread = _WIDER * (apart * weight[:, None]).T @ apart + _STIFF * np.eye(k)
        scale = np.linalg.cholesky(spread).astype(np.float64)
        found = _weighed(answers, modes, shift, scale, seed, turn)
        best = max(best, found, key=lambda one: one.effective_sample)
        if found.effective_sample >= _FEWEST_EFFECTIVE:
            break
    return replace(best, method="adaptive")


@frozen(eq=False)
class _Modes:
    """Mode in each draw of the world, the root of its covariance, the logarithm of its determinant, and the pulls."""

    mode: Array
    root: Array
    log_det: Array
    pull: Array


def _modes(answers: Answers, n: int, k: int) -> _Modes:
    theta: Array = np.zeros((n, k))
    freedom = np.array([one.freedom for one in answers.readings])
    normal = np.array([one.kind == "marks" for one in answers.readings])
    precision, pull = np.tile(np.eye(k), (n, 1, 1)), np.zeros((n, len(answers.readings), k))
    for _ in range(_MOST_STEPS):
        base, apart, narrow = gaussian_parts(answers, theta)
        slope = np.empty((n, len(answers.readings), k))
        for j in range(k):
            moved = theta.copy()
            moved[:, j] += _STEP
            slope[:, :, j] = (answers.expected(moved)[0] - base) / _STEP
        tails = np.where(normal, 1.0, (freedom + 1.0) / (freedom + (apart * narrow) ** 2))
        heavy = narrow**2 * tails
        precision = np.einsum("nmj,nm,nml->njl", slope, heavy, slope) + np.eye(k)
        pull = slope * (heavy * apart)[:, :, None]
        right = pull.sum(axis=1) - theta
        step = np.clip(np.linalg.solve(precision, right[:, :, None])[:, :, 0], -_LONGEST, _LONGEST)
        theta = theta + step
        if np.median(np.abs(step).max(axis=1)) < _CLOSE:
            break
    lower = np.linalg.cholesky(precision)
    root: Array = np.swapaxes(np.linalg.inv(lower), 1, 2).astype(np.float64)
    return _Modes(theta.astype(np.float64), root, -np.log(np.diagonal(lower, axis1=1, axis2=2)).sum(axis=1), pull)


def _weighed(answers: Answers, modes: _Modes, shift: Array, scale: Array, seed: int, turn: int) -> Posterior:
    n, k = modes.mode.shape
    wide = np.log(np.diagonal(scale)).sum()
    parts = []
    for time in range(_AT_ONCE):
        drawn = np.stack(
            [stdtrit(_FREEDOM, uniforms(seed, f"followup.drawn.{turn}.{time}.{j}", n)) for j in range(k)], axis=1
        )
        white = shift + drawn @ scale.T
        theta = modes.mode + np.einsum("nij,nj->ni", modes.root, white)
        chance = answers.log_chance(theta)
        proposed = -0.5 * (_FREEDOM + 1.0) * np.log1p(drawn**2 / _FREEDOM).sum(axis=1) - modes.log_det - wide
        parts.append((theta, chance, chance.sum(axis=1) - 0.5 * (theta**2).sum(axis=1) - proposed))
    theta, chance, log_weight = (np.concatenate(each) for each in zip(*parts, strict=True))
    log_weight = log_weight - log_weight.max()
    people = np.tile(np.arange(n), _AT_ONCE)
    by_person = np.bincount(people, np.exp(log_weight), n)
    effective = float(by_person.sum() ** 2 / (by_person**2).sum())
    pull = np.asarray(np.tensordot(by_person / by_person.sum(), modes.pull, axes=1), float)
    return Posterior(theta, people, log_weight, chance, effective, "gauss_newton", answers.names, pull)


def _tempered(log_weight: Array) -> Array:
    """Weights to the power, at most 1, that leaves a few hundred draws in play; found by halving."""
    low, high = 0.0, 1.0
    wanted = min(_KEPT, 0.5 * log_weight.shape[0])
    for _ in range(_HALVINGS):
        power = 0.5 * (low + high)
        raw = np.exp(power * log_weight)
        low, high = (power, high) if raw.sum() ** 2 / (raw**2).sum() > wanted else (low, power)
    raw = np.exp(high * log_weight)
    return raw / raw.sum()
