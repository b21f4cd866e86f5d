"""Numbness: level of a numbing cream's actives by depth and time in whole skin, and how deep that is numb."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.body_level import SITES, BodyLevelParameters
from puncta.absorption.cell import Counts, Film, Pace, Resolution, UnitCell, permeate
from puncta.absorption.compounds import compound
from puncta.absorption.creams import Cream, cream
from puncta.absorption.parameters import AbsorptionParameters
from puncta.absorption.skin_cell import skin_cell
from puncta.errors import InputError, Problem
from puncta.evidence import draw, parameter_keys
from puncta.frozen import frozen
from puncta.messages import text
from puncta.skin import SkinLayers
from puncta.units import convert

Array = NDArray[np.float64]

_UM_PER_MM, _UM_PER_CM, _S_PER_H = convert(1, "mm", "um"), convert(1, "cm", "um"), convert(1, "h", "s")
_UG_PER_G = convert(1, "g", "ug")
_S_PER_MINUTE = convert(1, "min", "s")
_PERCENT = 100.0
_CELL_FIELDS = tuple(field.name for field in fields(UnitCell))
_SKIN = (
    "tissue_diffusion_log10",
    "tissue_exponent",
    "tissue_partition",
    "tissue_ph",
    "binding_least",
    "binding_protein",
    "binding_fat",
    "clearance_per_s",
    "stratum_corneum_um",
    "corneum_partition_floor",
    "corneum_partition_exponent",
)
# numerics: skin is carried on so deep that nothing arrives within the hours told; layers fine where levels fall
_DEPTH_MM, _CUT = 8.0, Resolution(Counts(1, 1, (4, 4, 16, 12)), Pace(15.0, 3))
#: Minutes after putting on at which numbness is told, where none are asked for.
NUMB_MINUTES = tuple(np.arange(0.0, 301.0, 5.0).tolist())  # numerics: as a clock is read


@frozen
class NumbnessParameters:
    """What sets how deep skin is numb; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "numbness"

    threshold_ug_per_g: Array
    tetracaine_potency_fold: Array
    epidermis_um: Array
    corneum_held_fraction: Array


@frozen
class Numbness:
    """Level of a cream's actives in skin, n draws, and what of it is numb.

    Parameters
    ----------
    cream : str
        Key of the cream.
    off_minutes : float
        When it is wiped off, in minutes after it was put on.
    minutes : ndarray, shape (t,)
        Minutes after it was put on.
    depth_mm : ndarray, shape (n, z)
        Middle of each layer of living skin, from the surface of the skin.
    level_ug_per_g : ndarray, shape (n, t, z)
        All actives, each counted as so much lidocaine.
    threshold_ug_per_g : ndarray, shape (n,)
        Level from which skin is numb.
    rests_on : tuple of str
        Evidence keys.
    limits : str
        Message key of the model's limits.
    """

    cream: str
    off_minutes: float
    minutes: Array
    depth_mm: Array
    level_ug_per_g: Array
    threshold_ug_per_g: Array
    rests_on: tuple[str, ...]
    limits: str = "limits.numbness"

    @property
    def numb_mm(self) -> Array:
        """How deep skin is numb, shape (n, t); 0 where it is not."""
        level, threshold = np.maximum(self.level_ug_per_g, np.finfo(float).tiny), self.threshold_ug_per_g[:, None]
        above = level >= threshold[..., None]
        last = above.shape[-1] - 1 - np.argmax(above[..., ::-1], axis=-1)
        below = np.minimum(last + 1, above.shape[-1] - 1)

        def at(values: Array, index: NDArray[np.int64]) -> Array:
            return np.take_along_axis(values, index[..., None], axis=-1)[..., 0]

        depth = np.broadcast_to(self.depth_mm[:, None], level.shape)
        upper, lower = at(depth, last), at(depth, below)
        # levels fall about evenly in the logarithm
        drop = np.log(at(level, last)) - np.log(at(level, below))
        share = (np.log(at(level, last)) - np.log(threshold)) / np.where(drop > 0.0, drop, 1.0)
        return np.where(above.any(axis=-1), upper + np.clip(share, 0.0, 1.0) * (lower - upper), 0.0)

    def onset_minutes(self, needle_mm: float | Array) -> Array:
        """Minutes from putting on until a depth is numb, shape (n,); infinite where it never is."""
        numb = self.numb_mm >= np.reshape(needle_mm, (-1, 1))
        return np.where(numb.any(axis=1), self.minutes[np.argmax(numb, axis=1)], np.inf)

    def lasts_minutes(self, needle_mm: float | Array) -> Array:
        """Minutes from wiping off until a depth is no longer numb, shape (n,); the end of what is told at most."""
        numb = self.numb_mm >= np.reshape(needle_mm, (-1, 1))
        last = self.minutes[numb.shape[1] - 1 - np.argmax(numb[:, ::-1], axis=1)]
        return np.where(numb.any(axis=1), np.maximum(last - self.off_minutes, 0.0), 0.0)


def numbness(
    cream_key: str,
    off_minutes: float,
    n: int,
    seed: int,
    *,
    minutes: Array | None = None,
    site: str = "face",
) -> Numbness:
    """Follow a numbing cream's actives into whole skin and say how deep it is numb.

    Parameters
    ----------
    cream_key : str
        Key in the numbing library.
    off_minutes : float
        Time on the skin, above 0.
    n, seed : int
        Number of draws and seed; equal seeds give equal persons, also in `body_level`.
    minutes : ndarray, shape (t,), optional
        Minutes after putting on to tell, ascending from 0 or later; ``NUMB_MINUTES`` where not given.
    site : str
        ``face``, or ``body`` for trunk and limbs.

    Returns
    -------
    Numbness
        Levels by depth and time.

    Raises
    ------
    InputError
        Where there is no such cream or site, or the time is not above 0.

    Notes
    -----
    The cream holds far more than dissolves in it, so its water is saturated with the form without charge for as long
    as it lies there. The horny layer passes what trials of this cream measured; what it holds comes from the partition
    of the compound. In living skin both forms spread, held back by binding, and blood carries them off. Limits:
    ``limits.numbness``. Sources: block_level_2011, cdc_finite_dose, surrey_dpk, and those of the cream.

    Examples
    --------
    >>> hour = numbness("lidocaine_prilocaine", 60, 100, seed=0, minutes=np.array([30.0, 60.0]))
    >>> early, late = np.median(hour.numb_mm, axis=0)
    >>> bool(0 < early < late < 3)
    True
    """
    used = cream(cream_key)
    if not off_minutes > 0.0 or site not in SITES:
        given, allowed = (f"{off_minutes:g}", text("numbing.level.above_nothing"))
        problem = Problem("minutes", given, allowed, "", text("numbing.level.do_number"))
        if site not in SITES:
            problem = Problem("site", site, ", ".join(SITES), text("numbing.level.site"), text("numbing.level.do_name"))
        raise InputError("numbing", [problem])
    at = np.array(NUMB_MINUTES) if minutes is None else np.asarray(minutes, dtype=float)
    law, skin = draw(NumbnessParameters, n, seed), draw(AbsorptionParameters, n, seed)
    uptake_fold = draw(BodyLevelParameters, n, seed).body_uptake_fold if site == "body" else np.ones(n)
    into = [_into_skin(used, active, uptake_fold, n, seed, law, skin) for active in used.actives]
    stacked = {name: np.concatenate([getattr(cell, name) for cell, _ in into]) for name in _CELL_FIELDS}
    found = permeate(
        UnitCell(**stacked),
        Film(wiped_s=off_minutes * _S_PER_MINUTE),
        at * _S_PER_MINUTE,
        resolution=_CUT,
        profile=True,
    )
    activity = found.activity.reshape(len(into), n, at.size, -1)
    weighed = [ug_per_g[:, None, None] * part for (_, ug_per_g), part in zip(into, activity, strict=True)]
    edges = found.layer_edges_um[:n]
    middle = 0.5 * (edges[:, 1:] + edges[:, :-1])
    horny = _CUT.counts.layers[0]
    keys = [*parameter_keys(NumbnessParameters), *(f"{AbsorptionParameters.EVIDENCE}.{name}" for name in _SKIN)]
    compounds_keys = [key for active in used.actives for key in compound(active).evidence_keys]
    return Numbness(
        cream=cream_key,
        off_minutes=off_minutes,
        minutes=at,
        depth_mm=middle[:, horny:] / _UM_PER_MM,
        level_ug_per_g=np.sum(weighed, axis=0)[..., horny:],
        threshold_ug_per_g=law.threshold_ug_per_g,
        rests_on=(*keys, *used.evidence_keys, *compounds_keys),
    )


def _into_skin(
    used: Cream, active: str, fold: Array, n: int, seed: int, law: NumbnessParameters, skin: AbsorptionParameters
) -> tuple[UnitCell, Array]:
    """Skin as an active meets it, the saturated cream as activity 1, and the level in living skin at that, in µg/g."""
    known = compound(active)
    layers = SkinLayers((law.epidermis_um + skin.stratum_corneum_um) / _UM_PER_MM, np.full(n, _DEPTH_MM), ())
    cell = skin_cell(known, layers, None, skin, seed, intact=False, ph=None)
    saturated = known.record.draw("solubility_percent", n, seed) / _PERCENT * _UG_PER_G
    # activity is of the form without charge, while living skin holds both
    holds = np.asarray(cell.dermis_partition) / known.fraction_unionised(skin.tissue_ph)
    # what trials found taken up in their time is what passed and what the horny layer held when the cream came off
    hours = used.figure("absorbed_minutes").value * _S_PER_MINUTE / _S_PER_H
    taken = used.draw_passes_ug_per_cm2_per_h(active, n, seed) * fold * hours
    whole = skin.stratum_corneum_um / _UM_PER_CM * saturated
    kow = 10 ** known.record.draw("kow_log10", n, seed)
    partition = skin.corneum_partition_floor + kow**skin.corneum_partition_exponent
    # a layer that fills while it passes on takes a third of what saturation would put into it beyond what passes
    partition = np.minimum(partition, 3.0 * law.corneum_held_fraction * taken / whole)
    passes_um_per_s = (taken - whole * partition / 3.0) / hours / saturated * _UM_PER_CM / _S_PER_H
    cell = replace(
        cell,
        epidermis_partition=holds,
        dermis_partition=holds,
        corneum_partition=partition,
        corneum_um2_per_s=passes_um_per_s * skin.stratum_corneum_um / partition,
    ).drawn()
    potency = law.tetracaine_potency_fold if active == "tetracaine" else np.ones(n)
    return cell, potency * holds * saturated
