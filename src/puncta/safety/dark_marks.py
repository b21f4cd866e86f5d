"""Dark marks after healing: a starting chance by skin type and injury, and the counted series beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.errors import EvidenceError
from puncta.evidence import sources
from puncta.evidence.library import read_data
from puncta.frozen import frozen
from puncta.safety.parameters import SafetyParameters

Array = NDArray[np.float64]


def pih_probability(
    phototype: NDArray[np.int64],
    injury_mm3_per_cm2: Array,
    sunscreen: bool,
    melasma: bool,
    history: bool,
    parameters: SafetyParameters,
) -> Array:
    """Chance of dark marks after healing over a whole course.

    Parameters
    ----------
    phototype : ndarray of int, shape (n,)
        Fitzpatrick types, 1 to 6.
    injury_mm3_per_cm2 : ndarray, shape (n,)
        Injured volume under a cm2, summed over the course, 0 or more; take the zone that has most.
    sunscreen : bool
        Daily sunscreen.
    melasma : bool
        Melasma, now or before.
    history : bool
        Earlier injuries left dark marks.
    parameters : SafetyParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Chance, 0 to 1; 0 where nothing is injured. A darker type never has the smaller chance in the same draw.

    Notes
    -----
    Limits: ``limits.pih``. Fitted to five small counts, which hardly move the steps between types.
    Sources: dogra_2014, al_qarqaz_2018, minh_2019, poostiyan_2023, puncta_judgement.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(SafetyParameters)
    >>> pih_probability(np.array([5]), np.array([2.4]), True, False, False, p).round(2)
    array([0.07])
    """
    p = parameters
    steps = (
        np.ones_like(p.pih_step_3_fold),
        p.pih_step_3_fold,
        p.pih_step_4_fold,
        p.pih_step_5_fold,
        p.pih_step_6_fold,
    )
    by_type = np.cumprod(np.stack(steps), axis=0)
    row = np.clip(phototype - 2, 0, len(steps) - 1)
    odds = p.pih_light_probability / (1.0 - p.pih_light_probability) * by_type[row, np.arange(row.shape[0])]
    injury = injury_mm3_per_cm2
    grown = (np.maximum(injury, np.finfo(float).tiny) / p.pih_reference_injury_mm3_per_cm2) ** p.pih_injury_power
    odds = odds * grown * injury / (injury + p.pih_injury_gate_mm3_per_cm2)
    if not sunscreen:
        odds = odds * p.pih_no_sunscreen_fold
    if melasma:
        odds = odds * p.pih_melasma_fold
    if history:
        odds = odds * p.pih_history_fold
    return odds / (1.0 + odds)


@frozen
class Counted:
    """Dark marks as counted in one series.

    Parameters
    ----------
    row : str
        Row of the study table.
    marked_count, people_count : int
        People with dark marks, of people seen at the end.
    enrolled_count : int or None
        People who began, where printed and different.
    phototypes : tuple of int
        Types, lowest and highest; empty where not printed.
    source : str
        Source key.
    """

    row: str
    marked_count: int
    people_count: int
    enrolled_count: int | None
    phototypes: tuple[int, ...]
    source: str


@cache
def counted_dark_marks() -> Mapping[str, Counted]:
    """Series that counted dark marks after needling, by row of the study table.

    Returns
    -------
    mapping of str to Counted
        The series, in the order of the data.

    Examples
    --------
    >>> counted_dark_marks()["A03"].marked_count, counted_dark_marks()["A03"].people_count
    (5, 30)
    """
    out = {}
    for row, entry in read_data("dark_marks.toml").items():
        if entry["source"] not in sources():
            raise EvidenceError(f"dark marks {row}: unknown source {entry['source']!r}")
        types = tuple(entry.get("phototypes", ()))
        out[row] = Counted(row, entry["marked"], entry["people"], entry.get("enrolled"), types, entry["source"])
    return out
