"""Layers: thickness of epidermis and dermis in a zone, by age and sex."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, draw_one, parameter_keys
from puncta.frozen import frozen
from puncta.person import People
from puncta.skin.zones import zone

Array = NDArray[np.float64]
_YEARS_PER_DECADE = 10.0


@frozen
class LayerParameters:
    """How thickness changes with age; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "skin"

    dermal_thinning_per_decade: Array
    thickness_reference_age_years: Array


@frozen
class SkinLayers:
    """Thickness of the layers of one zone in many persons.

    Parameters
    ----------
    epidermis_mm, dermis_mm : ndarray, shape (n,)
        Thickness of the epidermis (histology) and of the dermis (ultrasound).
    rests_on : tuple of str
        Evidence keys.
    """

    epidermis_mm: Array
    dermis_mm: Array
    rests_on: tuple[str, ...]

    @property
    def dermis_end_mm(self) -> Array:
        """Depth at which the dermis ends."""
        return self.epidermis_mm + self.dermis_mm


def skin_layers(zone_name: str, people: People, seed: int) -> SkinLayers:
    """Draw the layers of a zone for many persons.

    Parameters
    ----------
    zone_name : str
        Zone with side; both sides of a person share their skin.
    people : People
        n persons; each decade away from the tables' reference age takes the same share of the dermis.
    seed : int
        Seed of the run.

    Returns
    -------
    SkinLayers
        Arrays of shape (n,).

    Notes
    -----
    Limits: ``limits.skin``. Sources: ultrasound_2022, xu_2017, sandby_moller_2003, branchet_1990,
    body_thickness_defaults.

    Examples
    --------
    >>> from puncta.person import People, Person, Sex
    >>> people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 200, seed=0)
    >>> bool(0.5 < np.median(skin_layers("cheek_left", people, 0).dermis_mm) < 1.5)
    True
    """
    here = zone(zone_name)
    keys = (here.key("epidermis_mm"), here.key("dermis_mm.female"), here.key("dermis_mm.male"))
    epidermis, female, male = (draw_one(key, people.n, seed) for key in keys)
    law = draw(LayerParameters, people.n, seed)
    decades = (people.age_years - law.thickness_reference_age_years) / _YEARS_PER_DECADE
    ageing = (1.0 - law.dermal_thinning_per_decade) ** decades
    dermis = np.where(people.male, male, female) * ageing
    return SkinLayers(epidermis, dermis, (*keys, *parameter_keys(LayerParameters)))
