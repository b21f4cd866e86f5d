"""Lanes: which parameters and injuries belong to which lane, and which lanes can be followed at all."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.healing.healing import Failure
from puncta.healing.injury import Injury
from puncta.healing.parameters import HealingParameters

Array = NDArray[np.float64]
Lanes = NDArray[np.int64]


def fields(parameters: HealingParameters) -> dict[str, Array]:
    """The parameters by name."""
    return {field.name: getattr(parameters, field.name) for field in dataclasses.fields(parameters)}


def personal(parameters: HealingParameters, person: Mapping[str, Array]) -> HealingParameters:
    """Put gain, age and turnover into the parameters.

    Parameters
    ----------
    parameters : HealingParameters
        Draws.
    person : mapping of str to ndarray
        ``age_years``, ``turnover_fold`` and ``shedding_fold``, each of shape (lanes,) or (1,).

    Returns
    -------
    HealingParameters
        With g1, g3 and gH of this person and the transit times of this site and age.
    """
    p = parameters
    gain = p.G * np.maximum(1.0 - p.kage * (person["age_years"] - p.age0), 0.0)
    return dataclasses.replace(
        p,
        g1=p.g1 * gain,
        g3=p.g3 * gain,
        gH=p.gH * gain,
        tv_e=p.tv_e * person["turnover_fold"],
        ts=p.ts * person["shedding_fold"],
    )


def parameters_of(parameters: HealingParameters, group: Lanes, lanes: int) -> HealingParameters:
    """The parameters of some lanes; fields that stand for all stay as they are."""
    return HealingParameters(**{k: x[group] if x.shape[0] == lanes else x for k, x in fields(parameters).items()})


def injury_of(injury: Injury, group: Lanes, lanes: int) -> Injury:
    """The injury of some lanes; one that stands for all stays as it is."""
    cut, hurt = injury.cut_fraction, injury.hurt_fraction
    return Injury(injury.grid, cut[:, group], hurt[:, group]) if cut.shape[1] == lanes else injury


def screen(parameters: HealingParameters, injuries: Sequence[Injury], lanes: int) -> tuple[Lanes, list[Failure]]:
    """Tell lanes that can be followed from those that hold something that is not a number.

    Returns
    -------
    ndarray, shape (sound lanes,)
        Numbers of the lanes to follow.
    list of Failure
        One for each of the others.
    """
    good = np.ones(lanes, dtype=bool)
    for values in fields(parameters).values():
        good &= np.isfinite(values)
    for injury in {id(injury): injury for injury in injuries}.values():
        good &= np.isfinite(injury.cut_fraction).all(axis=0) & np.isfinite(injury.hurt_fraction).all(axis=0)
    return np.flatnonzero(good), [Failure(int(lane), 0.0, "not_a_number") for lane in np.flatnonzero(~good)]
