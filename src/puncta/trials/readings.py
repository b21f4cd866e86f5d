"""Readings: what raters write down of the truth, blinded or hoping, and who is not there to be read."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from puncta.appearance.concerns import Law, manner
from puncta.appearance.scales import Scale, scale
from puncta.evidence import normal_score
from puncta.frozen import frozen
from puncta.trials.change import Uniforms
from puncta.trials.population import TrialPeople
from puncta.trials.trial import Trial, TrialArm
from puncta.trials.worlds import Worlds, trial_scales

Array = NDArray[np.float64]


@frozen
class Reading:
    """One scale in one arm.

    Parameters
    ----------
    truth_score : ndarray, shape (n, visits)
        Severity as it is.
    read_score : ndarray, shape (n, visits)
        As raters write it down; nan where the person did not come.
    """

    truth_score: Array
    read_score: Array


def readings_of(
    trial: Trial, arm: TrialArm, people: TrialPeople, gone: Array, worlds: Worlds, u: Uniforms
) -> Mapping[str, Reading]:
    """What is read in an arm, by scale.

    Parameters
    ----------
    trial, arm : Trial, TrialArm
        The trial and one of its arms.
    people : TrialPeople
        n persons.
    gone : ndarray, shape (n, visits)
        From `gone_fraction`.
    worlds : Worlds
        One entry for each person.
    u : callable
        Uniform numbers of these persons.

    Returns
    -------
    mapping of str to Reading
        Raters' errors are those of each scale; one rater's own way of seeing a person stays where the same rater judges
        every visit and both sides. Open raters hope: see ``appearance.rater_hope``.

    Notes
    -----
    Limits: ``limits.trials``.
    """
    visits = np.array(trial.visit_days, dtype=float)
    changed = (visits > 0.0)[None, :]
    side = np.exp(worlds.own.side_severity_log_sd * normal_score(u(f"person.side.{arm.name}"))) if trial.split else 1.0
    lead = scale(trial.scale)
    severity = np.clip(people.severity_score * side, *_ends(lead))
    away = visits[None, :] > people.lost_day[:, None]
    every, out = trial_scales(trial), {}
    for key in arm.scales:
        used, column = scale(key), every.index(key)
        start = severity if key == lead.key else _mapped(severity, lead, used)
        low, high = _ends(used)
        bias = (_bias(trial, arm, key, worlds, column))[:, None] * changed
        error = _errors(trial, arm, key, people, worlds, column, u)
        judged = start[:, None] * (1.0 - np.minimum(gone + bias, 1.0)) + error
        step = used.step / trial.raters.readings_count
        read = np.clip(np.round(judged / step) * step, low, high)
        read[away] = np.nan
        out[key] = Reading(np.clip(start[:, None] * (1.0 - gone), low, high), read)
    return out


def _ends(used: Scale) -> tuple[float, float]:
    return used.low, np.inf if used.high is None else used.high


def _mapped(severity: Array, lead: Scale, used: Scale) -> Array:
    """Severity on a second scale at the same height; where a scale has no end, in steps that matter."""
    if lead.high is None or used.high is None:
        return used.low + (severity - lead.low) / lead.worthwhile_score * used.worthwhile_score
    return used.low + (severity - lead.low) / (lead.high - lead.low) * (used.high - used.low)


def _bias(trial: Trial, arm: TrialArm, key: str, worlds: Worlds, column: int) -> Array:
    """Share of severity by which raters see more gone than there is."""
    raters, pigment = worlds.raters, manner(trial.concern).law is Law.PIGMENT
    spread = raters.scale_sd_pigment if pigment else raters.scale_sd
    out = spread * worlds.scale_score[:, column]
    if key.endswith("_grade"):
        out = out + raters.grade_offset
    if trial.raters.blinded:
        return out
    if arm.does in ("needled", "sham", "home"):  # whoever knows that something was done hopes
        out = out + (raters.rater_hope_pigment if pigment else raters.rater_hope)
    beside = any(other.product for other in trial.arms if other.name != arm.name)
    if trial.split and arm.does == "needled" and not arm.product and beside and not pigment:
        out = out - raters.rater_contrast
    return out


def _errors(
    trial: Trial, arm: TrialArm, key: str, people: TrialPeople, worlds: Worlds, column: int, u: Uniforms
) -> Array:
    who, share = trial.raters, 1.0 / np.sqrt(trial.raters.readings_count)
    within, between = worlds.within_score[:, column] * share, worlds.between_score[:, column] * share
    out = np.empty((people.n, len(trial.visit_days)))
    steady = between * normal_score(u(f"rater.{key}")) if who.same_rater else np.zeros(people.n)
    for index, day in enumerate(trial.visit_days):
        out[:, index] = steady + within * normal_score(u(f"rating.{key}.{arm.name}.{day}"))
        if not who.same_rater:
            out[:, index] += between * normal_score(u(f"rater.{key}.{day}"))
    return out
