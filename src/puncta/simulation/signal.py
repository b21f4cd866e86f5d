"""The collagen signal of a single session: what ties depth, density and passes to visible change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.appearance import AppearanceParameters, Tissue
from puncta.evidence import draw, parameter
from puncta.healing import HealingParameters, Map, grid, heal, injury
from puncta.needling import Channels, NeedlingParameters, Wound, wound
from puncta.person import People
from puncta.simulation.biology import HEALING_KEYS, lane_parameters

Array = NDArray[np.float64]

SIGNAL_KEYS = (*HEALING_KEYS, "planning.signal_day")


def session_tissue(
    wounds: Sequence[Wound],
    people: People,
    seed: int,
    map: Map | None = None,  # noqa: A002
) -> list[Tissue]:
    """What one session of each wound does in the tissue, against one at the setting of the published courses.

    Parameters
    ----------
    wounds : sequence of Wound
        Wounds of n draws each.
    people : People
        n persons.
    seed : int
        Seed of the run.
    map : callable or None
        Runs pieces of the healing: any ``map`` of threads, processes or a cluster; None takes threads.

    Returns
    -------
    list of Tissue
        One per wound. The signal is the mean excess of collagen over rest in papillary dermis and dermis, read at a
        fixed day; a draw without an answer counts as without a signal.

    Notes
    -----
    Limits: ``limits.healing``, ``limits.depth_response``. A single session stands for the course: sessions add with at
    most a few per cent of interaction, and their number is counted by the outcome law already.

    Examples
    --------
    >>> from puncta.evidence import draw
    >>> from puncta.person import Person, Sex
    >>> people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 3, seed=0)
    >>> law, ones = draw(NeedlingParameters, 3, 0), np.ones(3)
    >>> none, = session_tissue([wound(0 * ones, 1500 * ones, 0 * ones, law)], people, seed=0)
    >>> float(none.signal.max().round(6)), float(none.injury_fold.max())
    (0.0, 0.0)
    """
    law = draw(HealingParameters, people.n, seed)
    looks = draw(AppearanceParameters, people.n, seed)
    needles = draw(NeedlingParameters, people.n, seed)
    # the epidermis decides on bleeding alone, which the signal does not read
    reference = wound(looks.reference_depth_mm, looks.reference_density_per_cm2, np.zeros(people.n), needles)
    return tissue_beside(wounds, reference, people.age_years, law, map)


def tissue_beside(
    wounds: Sequence[Wound],
    reference: Wound,
    age_years: Array,
    law: HealingParameters,
    map: Map | None = None,  # noqa: A002
) -> list[Tissue]:
    """What one session of each wound does in the tissue of n persons, against one of another wound.

    Parameters
    ----------
    wounds : sequence of Wound
        Wounds of n draws each.
    reference : Wound
        What they are set against, n draws.
    age_years : ndarray, shape (n,)
        Ages.
    law : HealingParameters
        Draws, shape (n,).
    map : callable or None
        Runs pieces of the healing: any ``map`` of threads, processes or a cluster; None takes threads.

    Returns
    -------
    list of Tissue
        One per wound; see `session_tissue`.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> needles, one = nominal(NeedlingParameters), np.ones(1)
    >>> usual = wound(0.95 * one, 700 * one, 0 * one, needles)
    >>> same, = tissue_beside([usual], usual, 30 * one, nominal(HealingParameters))
    >>> bool(same.signal == same.reference), float(same.injury_fold[0])
    (True, 1.0)
    """
    n, every = age_years.shape[0], [*wounds, reference]
    lanes = lane_parameters(law, len(every))
    day = parameter("planning.signal_day").value
    healing = heal(
        injury(grid(), Channels.side_by_side([made.channels for made in every]), lanes),
        (0,),
        lanes,
        age_years=np.tile(age_years, len(every)),
        horizon_days=day,
        output_days=(day,),
        precision="single",
        map=map,
    )
    excess = (healing.papillary.collagen_fold[:, 0] + healing.dermis.collagen_fold[:, 0]) / 2.0 - 1.0
    split = np.maximum(np.nan_to_num(excess), 0.0).reshape(len(every), n)
    usual = reference.injury_mm3_per_cm2
    return [
        Tissue(split[i], split[-1], made.injury_mm3_per_cm2 / usual, made.depth_mm) for i, made in enumerate(wounds)
    ]
