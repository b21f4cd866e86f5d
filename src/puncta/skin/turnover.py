"""Turnover: how long a cell takes through the viable epidermis and the horny layer, by zone, age and person."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, draw_one, parameter_keys
from puncta.frozen import frozen
from puncta.skin.zones import zone

Array = NDArray[np.float64]
_FIGURE = "horny_transit_days"
#: Site of the pigment readings that the transit through the viable epidermis belongs to.
_REFERENCE = "forearm_left"


@frozen
class TurnoverParameters:
    """How transit changes with age, site and person; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "skin"

    horny_transit_per_year: Array
    transit_slows_from_years: Array
    transit_person_fold: Array
    viable_transit_days: Array
    viable_site_power: Array


@frozen
class Turnover:
    """Transit through the two layers of the epidermis of one zone in many persons.

    Parameters
    ----------
    viable_days, horny_days : ndarray, shape (n,)
        Days from the birth of a cell to the horny layer, and from there to the surface.
    horny_rests_on, viable_rests_on : tuple of str
        Evidence keys of either.
    """

    viable_days: Array
    horny_days: Array
    horny_rests_on: tuple[str, ...]
    viable_rests_on: tuple[str, ...]


def turnover(zone_name: str, age_years: Array, seed: int, *, person_power: Array | float = 1.0) -> Turnover:
    """Draw the transit times of a zone for many persons.

    Parameters
    ----------
    zone_name : str
        Zone with side; both sides of a person share their skin.
    age_years : ndarray, shape (n,)
        Ages, 0 to 120.
    seed : int
        Seed of the run.
    person_power : float or ndarray, shape (n,)
        1 for persons; less for means over people, in which less of a person's own factor is left; 0 leaves none.

    Returns
    -------
    Turnover
        Arrays of shape (n,).

    Notes
    -----
    Limits: ``limits.skin``. Sources: dansyl_1981, fluorescent_dye_1967, maeda_2017, felix_garza_2017.

    Examples
    --------
    >>> young, old = (turnover("forearm_left", np.full(200, age), 0).horny_days for age in (35.0, 70.0))
    >>> bool(np.all(old >= young) and 18 < np.median(young) < 22)
    True
    """
    n = age_years.shape[0]
    law = draw(TurnoverParameters, n, seed)
    key, reference_key = zone(zone_name).key(_FIGURE), zone(_REFERENCE).key(_FIGURE)
    here, reference = draw_one(key, n, seed), draw_one(reference_key, n, seed)
    slower = 1.0 + law.horny_transit_per_year * np.maximum(age_years - law.transit_slows_from_years, 0.0)
    factor = slower * law.transit_person_fold**person_power
    viable = law.viable_transit_days * (here / reference) ** law.viable_site_power
    keys = parameter_keys(TurnoverParameters)
    return Turnover(
        viable_days=viable * factor,
        horny_days=here * factor,
        horny_rests_on=(key, *keys[:3]),
        viable_rests_on=tuple(dict.fromkeys((key, reference_key, *keys))),
    )
