"""Posterior: the outcome model sampled on some studies, as columns that the law of `puncta.appearance` reads."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache, partial
from typing import Any, TypeVar

import jax
import numpy as np
from calibration.appearance import pigment, scars
from calibration.appearance.parts import prior
from calibration.appearance.rows import Rows, columns, usable
from numpy.typing import NDArray
from numpyro.diagnostics import effective_sample_size, split_gelman_rubin
from numpyro.infer import MCMC, NUTS

from puncta.appearance import AppearanceParameters
from puncta.evidence import Arm, arms, draw, nominal, parameter
from puncta.validation.outcomes.arm_course import completed
from puncta.validation.outcomes.arm_tissue import arm_tissue
from puncta.validation.outcomes.parameters import RaterParameters

jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]

Array = NDArray[np.float64]
P = TypeVar("P")
SEED, CHAINS, WARM, KEPT = 0, 2, 600, 1500
_ACCEPT = 0.9  # numerics: small enough steps for tails


@dataclasses.dataclass(frozen=True)
class Family:
    """One of the two models, with its rows.

    ``names`` are sampled as they are; each of ``spread_over`` is a new class of add-on, from the mean and the spread of
    the known ones.
    """

    rows: Rows
    model: Callable[..., None]
    names: tuple[str, ...]
    spread_over: Mapping[str, tuple[str, str]]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of what is kept, as the evidence calls them."""
        inner = {name for pair in self.spread_over.values() for name in pair}
        apart = {"study_share", "study_share_pigment"}  # which arms have in common: no forecast asks
        return (*(name for name in self.names if name not in inner | apart), *self.spread_over)


def log_fold(arm: Arm) -> float:
    """Logarithm of an arm's tissue signal against that of the usual published course."""
    tissue, floor = arm_tissue(arm), nominal(AppearanceParameters).signal_floor
    return float(np.log((tissue.signal + floor) / (tissue.reference + floor))[0])


def readings() -> list[Arm]:
    """All usable readings, completed by the other arms of their study."""
    found = usable(list(arms().values()))
    return [completed(arm, [other for other in found if other.study == arm.study]) for arm in found]


@cache
def families() -> tuple[Family, Family]:
    """Scars and pigment."""

    def rows(found: Sequence[Arm], classes: Sequence[str]) -> Rows:
        return columns(found, classes, [log_fold(arm) for arm in found])

    every = readings()
    return (
        Family(
            rows([arm for arm in every if arm.heading != "melasma"], scars.CLASSES),
            scars.scars,
            scars.NAMES,
            {"addon_product": ("addon_mean", "addon_between")},
        ),
        Family(
            rows([arm for arm in every if arm.heading == "melasma"], pigment.CLASSES),
            pigment.pigment,
            pigment.NAMES + pigment.RANGED,
            {"pigment_addon": ("pigment_addon_mean", "pigment_addon_between")},
        ),
    )


@cache
def _sampler(which: int, warm: int, kept: int) -> MCMC:
    family = families()[which]
    return MCMC(
        NUTS(partial(family.model, family.rows), target_accept_prob=_ACCEPT),
        num_warmup=warm,
        num_samples=kept,
        num_chains=CHAINS,
        chain_method="sequential",
        progress_bar=False,
        jit_model_args=True,
    )


def sample(which: int, studies: Collection[str], warm: int = WARM, kept: int = KEPT) -> dict[str, Array]:
    """Draw from the posterior of one family given some of its studies.

    Returns
    -------
    dict of str to ndarray, shape (chains, kept)
        Columns as `Family.columns` names them.
    """
    family, sampler = families()[which], _sampler(which, warm, kept)
    sampler.run(jax.random.PRNGKey(SEED), np.isin(family.rows.study_names, list(studies)))
    diverged = int(sampler.get_extra_fields()["diverging"].sum())
    if diverged:
        print(f"{diverged} divergent transitions")
    drawn = {name: np.asarray(value) for name, value in sampler.get_samples(group_by_chain=True).items()}
    return with_new_class(family, drawn)


def with_new_class(family: Family, drawn: Mapping[str, Any]) -> dict[str, Array]:
    """Columns of a family from its samples; a product's add-on is that of a class not seen before."""
    out = {name: drawn[name] for name in family.columns if name not in family.spread_over}
    generator = np.random.default_rng(SEED)
    for name, (mean, between) in family.spread_over.items():
        out[name] = drawn[mean] + drawn[between] * generator.standard_normal(drawn[mean].shape)
    return out


def prior_draws(family: Family, draws: int = 20000) -> dict[str, Array]:
    """Draws of each column before any study."""
    keys = jax.random.split(jax.random.PRNGKey(SEED), len(family.names))
    out = {}
    for name, key in zip(family.names, keys, strict=True):
        if name in pigment.RANGED:
            spread = parameter(f"appearance.{name}").spread
            out[name] = np.asarray(jax.random.uniform(key, (draws,), minval=spread.a, maxval=spread.b))
        else:
            out[name] = np.asarray(prior(name).sample(key, (draws,)))
    return with_new_class(family, out)


def diagnostics(family: Family, drawn: Mapping[str, Array]) -> dict[str, tuple[float, float, float]]:
    """R-hat, effective sample, and share of the prior's variance that the studies removed."""
    before = {name: float(np.var(column)) for name, column in prior_draws(family).items()}
    return {
        name: (
            float(split_gelman_rubin(column)),
            float(effective_sample_size(column)),
            float(np.clip(1.0 - column.var() / before[name], 0.0, 1.0)),
        )
        for name, column in drawn.items()
    }


def filled(cls: type[P], drawn: Mapping[str, Array]) -> P:
    """A law of n draws: fitted columns from the posterior, the others from the evidence."""
    flat = {name: column.reshape(-1) for name, column in drawn.items()}
    n = next(iter(flat.values())).shape[0]
    law = draw(cls, n, SEED)
    own = {field.name for field in dataclasses.fields(cls)}  # type: ignore[arg-type]
    return dataclasses.replace(law, **{name: column for name, column in flat.items() if name in own})  # type: ignore[type-var]


def laws(drawn: Mapping[str, Array]) -> tuple[AppearanceParameters, RaterParameters]:
    """What the skin does and how raters see it, row by row of the same posterior."""
    return filled(AppearanceParameters, drawn), filled(RaterParameters, drawn)
