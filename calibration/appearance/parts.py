"""Parts that the models of scars and of pigment share: priors, protocols, and how rows scatter around their mean."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist
from calibration.appearance.rows import Rows
from jax.scipy.linalg import solve_triangular

from calibration import priors
from puncta.evidence import parameter

Array = Any  # arrays of JAX, whose types say more than they hold
FOLDER = Path(__file__).parent
_MOST_SESSIONS = 14  # numerics: more than any course in the rows


def sampled(name: str) -> Array:
    """A value under its prior in priors.toml."""
    return numpyro.sample(name, prior(name))


def prior(name: str) -> Any:
    """The distribution written for a name in priors.toml."""
    given = priors.read(FOLDER, "priors")[name]
    if "beta" in given:
        return dist.Beta(*given["beta"])
    if "log_sd" in given:
        return dist.LogNormal(jnp.log(given["mean"]), given["log_sd"])
    if "half_sd" in given:
        return dist.HalfNormal(given["half_sd"])
    if "least" in given:
        return dist.TruncatedNormal(given["mean"], given["sd"], low=given["least"])
    return dist.Normal(given["mean"], given["sd"])


def ranged(key: str) -> Array:
    """A value that the evidence gives as a range, which the rows may narrow."""
    spread = parameter(key).spread
    return numpyro.sample(key.partition(".")[2], dist.Uniform(spread.a, spread.b))


@dataclass(frozen=True)
class Course:
    """What was done, as far as printed, and when it was read.

    ``counts`` and ``age_days`` have a column per session: how much of it was given by the end of the course, and how
    long before the reading. ``over_days`` runs from the last session planned, ``begun_days`` from the first.
    """

    counts: Array
    age_days: Array
    over_days: Array
    begun_days: Array


def _filled(printed: Any, key: str, name: str, rows: Rows) -> Array:
    """A printed field, or its own draw per study where nothing is printed."""
    known = parameter(key)
    score = numpyro.sample(name, dist.Normal(0.0, 1.0).expand([len(rows.study_names)]))
    free = jnp.maximum(known.value * jnp.exp(known.spread.a * score), known.spread.low)
    return jnp.where(jnp.isnan(printed), free[rows.study], printed)


def course(rows: Rows) -> Course:
    """Draw the fields that papers leave out: one draw per study, shared by its arms."""
    studies = [len(rows.study_names)]
    given = _filled(rows.sessions, "validation.sessions_unreported", "sessions_score", rows)
    within = numpyro.sample("sessions_within", dist.Uniform(0.0, 1.0).expand(studies))[rows.study]
    low = jnp.nan_to_num(rows.sessions_low)
    given = jnp.where(jnp.isnan(rows.sessions_low), given, low + (jnp.nan_to_num(rows.sessions_high) - low) * within)
    planned = jnp.where(jnp.isnan(rows.planned), given, jnp.nan_to_num(rows.planned))
    interval = _filled(rows.interval, "validation.interval_unreported_days", "interval_score", rows)
    after = _filled(rows.followup, "validation.followup_unreported_days", "followup_score", rows)
    number = jnp.arange(_MOST_SESSIONS)
    last = jnp.maximum(given - 1.0, 0.0) * interval
    # a paper that does not say from where its follow-up runs may mean anything from the first session to the last
    after = after - jnp.where(rows.unstated, within * last, 0.0)
    begun = last + after
    return Course(
        # of a number between whole ones the last session counts in part
        counts=jnp.clip(planned[:, None] - number, 0.0, 1.0),
        age_days=jnp.maximum(begun[:, None] - number * interval[:, None], 0.0),
        over_days=jnp.maximum(begun - (planned - 1.0) * interval, 0.0),
        begun_days=begun,
    )


def tissue_fold(rows: Rows, power: Array) -> Array:
    """Factor of each row's setting, held as in `puncta.appearance.tissue_fold`."""
    ends = [parameter(f"appearance.{name}").value for name in ("tissue_fold_least", "tissue_fold_most")]
    return jnp.clip(jnp.exp(power * rows.log_fold), *ends)


def class_values(mean: Array, between: Array, rows: Rows, name: str) -> Array:
    """Value of each row's class of add-on, 0 without one."""
    score = numpyro.sample(name, dist.Normal(0.0, 1.0).expand([len(rows.class_names)]))
    return jnp.where(rows.addon_class < 0, 0.0, (mean + between * score)[rows.addon_class])


def observe(rows: Rows, mean: Array, reach: Array, scale: Array, share: Array, scale_sd: Array, kept: Array) -> None:
    """Likelihood, study by study; a study that is not kept says nothing.

    Parameters
    ----------
    rows : Rows
        The rows.
    mean, reach : Array, shape (rows,)
        Mean of each row, and how much of what studies differ shows in it.
    scale, share, scale_sd : Array
        Spread between studies, the share of it that all arms of one have in common, spread between scales of an arm.
    kept : Array of bool, shape (studies,)
        Studies that count.
    """
    calm = numpyro.sample("calm", dist.Gamma(2.0, 2.0).expand([len(rows.study_names)]))  # with it, a t of 4
    score = numpyro.sample("baseline_score", dist.Normal(0.0, 1.0).expand([rows.baselines]))
    size = jnp.exp(rows.baseline_log_sd * score[rows.baseline])
    apart = size * reach * scale / jnp.sqrt(calm[rows.study])
    together = share + (1.0 - share) * rows.same_arm
    cov = apart[:, None] * apart[None, :] * together + scale_sd**2 * rows.same_scale + jnp.diag(rows.se**2)
    at = jnp.asarray(rows.by_study)
    there = (at >= 0) & kept[:, None]
    block = jnp.where(there[:, :, None] & there[:, None, :], cov[at[:, :, None], at[:, None, :]], jnp.eye(at.shape[1]))
    missed = jnp.where(there, (jnp.asarray(rows.y) - size * mean)[at], 0.0)
    root = jnp.linalg.cholesky(block)
    scores = solve_triangular(root, missed[:, :, None], lower=True)
    depth = jnp.log(jnp.diagonal(root, axis1=1, axis2=2))
    numpyro.factor("rows", -0.5 * jnp.sum(scores**2) - jnp.sum(depth))
