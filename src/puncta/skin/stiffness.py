"""Stiffness: modulus of the horny layer and of the dermis, by zone and age."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, draw_one, parameter_keys
from puncta.frozen import frozen
from puncta.skin.zones import zone

Array = NDArray[np.float64]
_FIGURE = "deflection_factor"
#: Site where moduli were measured.
_REFERENCE = "cheek_left"


@frozen
class StiffnessParameters:
    """Moduli of the cheek and their change with age; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "skin"

    horny_modulus_mpa: Array
    dermis_modulus_mpa: Array
    horny_modulus_per_year: Array
    modulus_reference_age_years: Array


@frozen
class Stiffness:
    """Moduli of one zone in many persons.

    Parameters
    ----------
    horny_mpa, dermis_mpa : ndarray, shape (n,)
        Moduli in MPa.
    horny_rests_on, dermis_rests_on : tuple of str
        Evidence keys of either.
    """

    horny_mpa: Array
    dermis_mpa: Array
    horny_rests_on: tuple[str, ...]
    dermis_rests_on: tuple[str, ...]


def stiffness(zone_name: str, age_years: Array, seed: int) -> Stiffness:
    """Draw the moduli of a zone for many persons.

    Parameters
    ----------
    zone_name : str
        Zone with side; both sides of a person share their skin.
    age_years : ndarray, shape (n,)
        Ages, 0 to 120.
    seed : int
        Seed of the run.

    Returns
    -------
    Stiffness
        Arrays of shape (n,).

    Notes
    -----
    Only the cheek was measured. A zone that gives way twice as far counts as half as stiff, which is assumed; how deep
    needles go follows that give and not these moduli. Dry and wet horny layer differ ten times, which is not counted.
    Limits: ``limits.skin``. Sources: hara_2013, geerligs_2011.

    Examples
    --------
    >>> forehead, cheek = (stiffness(name, np.full(200, 44.0), 0).dermis_mpa for name in ("forehead", "cheek_left"))
    >>> bool(np.median(forehead) > np.median(cheek))
    True
    """
    n = age_years.shape[0]
    law = draw(StiffnessParameters, n, seed)
    keys = tuple(dict.fromkeys(zone(name).key(_FIGURE) for name in (zone_name, _REFERENCE)))
    here, reference = (draw_one(zone(name).key(_FIGURE), n, seed) for name in (zone_name, _REFERENCE))
    firmer = reference / here
    older = np.exp(law.horny_modulus_per_year * (age_years - law.modulus_reference_age_years))
    horny, dermis, *with_age = parameter_keys(StiffnessParameters)
    return Stiffness(
        horny_mpa=law.horny_modulus_mpa * firmer * older,
        dermis_mpa=law.dermis_modulus_mpa * firmer,
        horny_rests_on=(*keys, horny, *with_age),
        dermis_rests_on=(*keys, dermis),
    )
