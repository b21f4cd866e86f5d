"""Needled: what the sessions of an arm do in a block of people: wound, collagen answer, healing of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters, Tissue
from puncta.evidence import draw, draw_one, persons_from
from puncta.frozen import frozen
from puncta.healing import HealingParameters, grid, heal, injury
from puncta.needling import Channels, Hand, Needled, NeedlingParameters, Wound, device, hand, needle, wound
from puncta.safety import (
    PainParameters,
    SafetyParameters,
    pain_score,
    seen_from_delta_a,
    visible_hours,
    visible_redness,
)
from puncta.safety.redness import SkinTone, skin_tone
from puncta.simulation import tissue_beside
from puncta.skin import SkinBefore, skin_before, zone
from puncta.trials.population import TrialPeople
from puncta.trials.rows import Index, chosen, rows
from puncta.trials.trial import Trial, TrialArm

Array = NDArray[np.float64]
_LANES = 8  # numerics: healing steps so many lanes together in single precision
_DAY_HOURS = 24.0
# numerics: hours and days at which redness after the first session is followed
_RED_DAYS = (
    *(h / _DAY_HOURS for h in (0, 1, 2, 4, 6, 9, 12, 18, 24, 30, 36, 48, 60, 72, 84)),  # numerics
    *(4.0, 5.0, 6.0, 7.0, 9.0, 11.0, 14.0, 17.5, 21.0, 24.5),  # numerics
)


@frozen
class BlockSkin:
    """Skin and laws of a whole block of people before any arm.

    Parameters
    ----------
    layers : SkinBefore
        Skin of each person's zone.
    by_zone : tuple of SkinBefore
        The same of every zone of the population, for needling.
    healing, needling : HealingParameters, NeedlingParameters
        Draws.
    safety, pain : SafetyParameters, PainParameters
        Draws.
    tone : SkinTone
        Colour.
    """

    layers: SkinBefore
    by_zone: tuple[SkinBefore, ...]
    healing: HealingParameters
    needling: NeedlingParameters
    safety: SafetyParameters
    pain: PainParameters
    tone: SkinTone


def block_skin(trial: Trial, people: TrialPeople) -> BlockSkin:
    """Draw skin and laws of a block; within `persons_from`."""
    n, seed = people.n, trial.seed
    by_zone = tuple(skin_before(name, people.body, seed) for name, _ in trial.population.zone)
    return BlockSkin(
        chosen(by_zone, people.zone),
        by_zone,
        draw(HealingParameters, n, seed),
        draw(NeedlingParameters, n, seed),
        draw(SafetyParameters, n, seed),
        draw(PainParameters, n, seed),
        skin_tone(None, people.body.phototype, seed),
    )


@frozen
class SessionDone:
    """One session of an arm in every person of a block.

    Parameters
    ----------
    wound : Wound
        What it leaves.
    minutes, pain_score : ndarray, shape (n,)
        Time of gliding, and pain.
    """

    wound: Wound
    minutes: Array
    pain_score: Array


def session_done(trial: Trial, arm: TrialArm, people: TrialPeople, skin: BlockSkin) -> SessionDone:
    """Needle every person of a block once as the arm says; within `persons_from`."""
    seed, n = trial.seed, people.n
    tool = device(arm.device)
    if arm.tolerance_mm is not None:
        tool = replace(tool, tolerance_mm=arm.tolerance_mm)
    manner = _hands(trial, arm, people)
    names = [name for name, _ in trial.population.zone]
    done: list[Needled] = []
    for name, own in zip(names, skin.by_zone, strict=True):
        area = zone(name).usual_area_cm2
        done.append(needle(tool, name, arm.dial_mm, arm.passes, area, manner, own.layers, seed))
    factor = chosen([draw_one(zone(name).key("pain_factor"), n, seed) for name in names], people.zone)
    left = draw_one(f"numbing.{arm.numbing}.residual_pain_fraction", n, seed) if arm.numbing else np.ones(n)
    made = chosen([one.wound for one in done], people.zone)
    return SessionDone(
        made,
        chosen([one.minutes for one in done], people.zone),
        pain_score(np.full(n, done[0].length_mm), done[0].at_once, factor, left, skin.pain),
    )


def _hands(trial: Trial, arm: TrialArm, people: TrialPeople) -> Hand:
    tool, count = device(arm.device), trial.conduct.operators_count
    if not count:
        return hand(tool, arm.speed_cm_per_s, arm.strokes_per_s, people.n, trial.seed)
    first = int(people.operator.min())
    with persons_from(first):  # operators are drawn like persons, each once
        drawn = hand(tool, arm.speed_cm_per_s, arm.strokes_per_s, int(people.operator.max()) - first + 1, trial.seed)
    own = people.operator - first
    return replace(drawn, speed_cm_per_s=drawn.speed_cm_per_s[own], strokes_per_s=drawn.strokes_per_s[own])


def even(who: Index) -> Index:
    """The same persons, the last one again until healing's groups are full: company must not depend on the chunk."""
    return np.concatenate([who, np.repeat(who[-1:], -who.shape[0] % _LANES)])


def arm_tissue(
    done: SessionDone, people: TrialPeople, skin: BlockSkin, law: AppearanceParameters, who: Index
) -> Tissue:
    """What one session does in some persons, against one of the usual published courses.

    Parameters
    ----------
    done : SessionDone
        The session in every person of the block.
    people, skin : TrialPeople, BlockSkin
        The block.
    law : AppearanceParameters
        One entry for each person of the block.
    who : ndarray of int
        Persons of the arm.
    """
    here = even(who)
    needles, looks = rows(skin.needling, here), rows(law, here)
    usual = wound(looks.reference_depth_mm, looks.reference_density_per_cm2, np.zeros(here.shape[0]), needles)
    (found,) = tissue_beside(
        [rows(done.wound, here)], usual, people.body.age_years[here], rows(skin.healing, here), map
    )
    return rows(found, np.arange(who.shape[0]))


def healed_figures(
    trial: Trial, arm: TrialArm, done: SessionDone, came: NDArray[np.bool_], people: TrialPeople, skin: BlockSkin,
    who: Index,
) -> tuple[Mapping[str, Array], Mapping[str, Array]]:  # fmt: skip
    """Healing of some persons over the whole course.

    Parameters
    ----------
    trial, arm, done, people, skin, who
        As above.
    came : ndarray of bool, shape (n, sessions)
        Who came to which session.

    Returns
    -------
    mapping of str to ndarray, shape (persons,)
        Hours of redness and of inflammation after the first session.
    mapping of str to ndarray, shape (persons, visits)
        Collagen, elastin, epidermis and redness at the visits.
    """
    here, count = even(who), who.shape[0]
    own, made = rows(skin.layers, here), rows(done.wound.channels, here)
    law = replace(rows(skin.healing, here), he=own.epidermis_mm)
    sessions = [injury(grid(), _where(made, came[here, index]), law) for index in range(came.shape[1])]
    visits = np.array(trial.visit_days, dtype=float)
    # on the day of a session a visit comes first
    read = np.where(np.isin(visits, arm.session_days) & (visits > 0), np.nextafter(visits, 0.0), visits)
    until = arm.session_days[1] if len(arm.session_days) > 1 else visits[-1]
    red = np.array([day for day in _RED_DAYS if day < min(until, visits[-1])])
    days = np.unique(np.concatenate([read, red]))
    healing = heal(
        sessions,
        arm.session_days,
        law,
        age_years=people.body.age_years[here],
        horizon_days=float(visits[-1]),
        output_days=days,
        turnover_fold=own.viable_transit_days / law.tv_e,
        shedding_fold=own.horny_transit_days / law.ts,
        precision="single",
        map=map,
    )
    tone, types, safety = rows(skin.tone, here), people.body.phototype[here], rows(skin.safety, here)
    latent, visit_at, red_at = healing.redness_delta_a, np.searchsorted(days, read), np.searchsorted(days, red)
    wanted = np.union1d(visit_at, red_at)
    seen = np.full(latent.shape, np.nan)
    seen[:, wanted] = visible_redness(latent[:, wanted], tone)
    hours, upper = red * _DAY_HOURS, healing.papillary
    light = np.ones(here.shape[0], dtype=np.int64)
    single = {
        "redness_visible_hours": visible_hours(hours, seen[:, red_at], seen_from_delta_a(types, safety)),
        "inflammation_hours": visible_hours(hours, latent[:, red_at], seen_from_delta_a(light, safety)),
    }
    mature = upper.mature_collagen_fraction
    over_time = {
        "collagen_fold": upper.collagen_fold,
        "collagen_mature_fold": mature / mature[:, :1],
        "elastin_new_fraction": upper.new_elastin_fraction,
        "elastin_total_fold": upper.total_elastin_fold(own.elastotic_fraction),
        "epidermis_fold": healing.thickness_fold,
        "redness_visible_delta_a": seen,
    }
    return (
        {name: values[:count] for name, values in single.items()},
        {name: values[:count, visit_at] for name, values in over_time.items()},
    )


def _where(made: Channels, came: NDArray[np.bool_]) -> Channels:
    if came.all():
        return made
    zero = {name: np.where(came, getattr(made, name), 0.0) for name in ("depth_mm", "density_per_cm2")}
    return replace(made, **zero, surface_radius_mm=np.where(came, made.surface_radius_mm, 0.0))
