"""Change: the share of severity that goes in each person of an arm, by the sessions that the person came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.absorption import product
from puncta.appearance import AppearanceParameters, Tissue
from puncta.appearance.chance import Chance
from puncta.appearance.concerns import manner
from puncta.appearance.forecast import improvement
from puncta.evidence import normal_score, persons_from, uniforms
from puncta.trials.population import TrialPeople, kept_sessions
from puncta.trials.rows import Index, rows
from puncta.trials.trial import Trial, TrialArm
from puncta.trials.worlds import Worlds

Array = NDArray[np.float64]
#: Uniform numbers of some persons, by what they are for.
Uniforms = Callable[[str], Array]


def person_uniforms(trial: Trial, first: int, n: int) -> Uniforms:
    """Uniform numbers of persons from ``first`` on, by name."""

    def named(name: str) -> Array:
        with persons_from(first):
            return uniforms(trial.seed, f"trials.{name}", n)

    return named


def gone_fraction(
    trial: Trial, arm: TrialArm, people: TrialPeople, tissue: Tissue | None, worlds: Worlds, u: Uniforms
) -> Array:
    """Share of severity gone at each visit, before any rater.

    Parameters
    ----------
    trial, arm : Trial, TrialArm
        The trial and one of its arms.
    people : TrialPeople
        n persons.
    tissue : Tissue or None
        What one session does in each of them; None where nothing is needled.
    worlds : Worlds
        The worlds of these persons, one entry for each person.
    u : callable
        Uniform numbers of these persons.

    Returns
    -------
    ndarray, shape (n, visits)
        At most 1; below 0 is worse.

    Notes
    -----
    Limits: ``limits.outcome``, ``limits.pigment``, ``limits.depth_response``, ``limits.trials``. What persons differ by
    is that of a forecast less the raters' part, and goes together between the sides of a person.
    """
    law, n = _own_law(trial, arm, people, worlds), people.n
    together = worlds.own.side_correlation_fraction if trial.split else np.ones(n)
    own = np.zeros(n) if not trial.split else normal_score(u(f"person.luck.{arm.name}"))
    luck = Chance(
        study=worlds.study,
        person=np.sqrt(together) * normal_score(u("person.luck")) + np.sqrt(1.0 - together) * own,
        relapse=u("person.relapse"),
    )
    done = Tissue.untouched(n) if tissue is None else tissue
    laid = product(arm.product).addon if arm.product else ""
    home = tuple(product(key).addon for key in arm.home_products)
    days, visits = arm.session_days, np.array(trial.visit_days, dtype=float)
    out = np.empty((n, visits.shape[0]))
    for pattern, who in _patterns(kept_sessions(trial, people, days)):
        came = tuple(day for day, kept in zip(days, pattern, strict=True) if kept)
        out[who] = improvement(
            trial.concern, "", came, visits, rows(done, who), laid, home, rows(luck, who), rows(law, who)
        )
    return out


def _own_law(trial: Trial, arm: TrialArm, people: TrialPeople, worlds: Worlds) -> AppearanceParameters:
    """The law with each person's type of scar, adherence and part of the spread put in."""
    law, how = worlds.law, manner(trial.concern)
    changed = {"person_sd": law.person_sd * np.sqrt(worlds.own.person_own_variance_fraction)}
    if how.gain:
        folds = [how.varieties.get(name, "") for name, _ in trial.population.scar_type]
        each = np.stack([getattr(law, name) if name else np.ones(people.n) for name in folds])
        changed[how.gain] = getattr(law, how.gain) * each[people.scar, np.arange(people.n)]
    if arm.home_products:
        changed["pigment_hydroquinone"] = law.pigment_hydroquinone * people.home_fraction
    exposed = np.where(people.protected, 1.0, law.unprotected_relapse_fold)
    changed["relapse_probability"] = np.minimum(law.relapse_probability * exposed, 1.0)
    return replace(law, **changed)


def _patterns(kept: NDArray[np.bool_]) -> list[tuple[tuple[bool, ...], Index]]:
    if kept.shape[1] == 0:
        return [((), np.arange(kept.shape[0]))]
    code = kept @ (1 << np.arange(kept.shape[1]))
    found = []
    for value in np.unique(code):
        who = np.flatnonzero(code == value)
        found.append((tuple(bool(x) for x in kept[who[0]]), who))
    return found
