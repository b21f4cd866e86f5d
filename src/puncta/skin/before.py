"""The skin before: everything that is known of a zone before a needle touches it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, parameter_keys
from puncta.frozen import frozen
from puncta.person import People
from puncta.skin.layers import SkinLayers, skin_layers
from puncta.skin.matrix import MatrixParameters, collagen_of_young_fraction, elastin_intact_fraction
from puncta.skin.stiffness import stiffness
from puncta.skin.sun import elastotic_fraction, sun_keys
from puncta.skin.turnover import turnover
from puncta.skin.vessels import PLEXUS_KEY, plexus_mm

Array = NDArray[np.float64]


@frozen
class SkinBefore:
    """One zone in many persons before treatment.

    Parameters
    ----------
    layers : SkinLayers
        Thickness of epidermis and dermis.
    plexus_mm : ndarray, shape (n,)
        Depth of the superficial plexus.
    horny_transit_days, viable_transit_days : ndarray, shape (n,)
        Days of a cell in the horny layer and in the viable epidermis.
    collagen_of_young_fraction : ndarray, shape (n,)
        Collagen against that of the same person as a young adult.
    elastin_intact_fraction : ndarray, shape (n,)
        Elastin that age and sun have left, against the same.
    elastotic_fraction : ndarray, shape (n,)
        Share of the elastin of today that sun has spoilt.
    horny_modulus_mpa, dermis_modulus_mpa : ndarray, shape (n,)
        Stiffness of the horny layer and the dermis.
    rests_on : mapping of str to tuple of str
        Evidence keys of each figure.
    """

    layers: SkinLayers
    plexus_mm: Array
    horny_transit_days: Array
    viable_transit_days: Array
    collagen_of_young_fraction: Array
    elastin_intact_fraction: Array
    elastotic_fraction: Array
    horny_modulus_mpa: Array
    dermis_modulus_mpa: Array
    rests_on: Mapping[str, tuple[str, ...]]

    @property
    def epidermis_mm(self) -> Array:
        """Thickness of the epidermis."""
        return self.layers.epidermis_mm

    @property
    def dermis_mm(self) -> Array:
        """Thickness of the dermis."""
        return self.layers.dermis_mm

    def figures(self) -> Mapping[str, Array]:
        """All figures by name."""
        return MappingProxyType({name: getattr(self, name) for name in self.rests_on})


def skin_before(zone_name: str, people: People, seed: int) -> SkinBefore:
    """Draw the skin of a zone for many persons, by age, sex and sun.

    Parameters
    ----------
    zone_name : str
        Zone with side; both sides of a person share their skin.
    people : People
        n persons.
    seed : int
        Seed of the run.

    Returns
    -------
    SkinBefore
        Arrays of shape (n,).

    Notes
    -----
    Sex changes the thickness of the dermis alone. Limits: ``limits.skin``. Sources: those of `skin_layers`, `turnover`,
    `stiffness`, `elastotic_fraction`, `plexus_mm` and `collagen_of_young_fraction`.

    Examples
    --------
    >>> from puncta.person import People, Person, Sex
    >>> people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 200, seed=0)
    >>> hand, face = (skin_before(name, people, 0) for name in ("dorsal_hand_left", "forehead"))
    >>> bool(np.median(hand.horny_transit_days) > 2 * np.median(face.horny_transit_days))
    True
    """
    age = people.age_years
    layers, matrix = skin_layers(zone_name, people, seed), draw(MatrixParameters, people.n, seed)
    pace, firm = turnover(zone_name, age, seed), stiffness(zone_name, age, seed)
    spoilt = elastotic_fraction(zone_name, age, seed)
    epidermis, *dermis = layers.rests_on
    falls, loss, half_life = parameter_keys(MatrixParameters)
    return SkinBefore(
        layers=layers,
        plexus_mm=plexus_mm(layers, seed),
        horny_transit_days=pace.horny_days,
        viable_transit_days=pace.viable_days,
        collagen_of_young_fraction=collagen_of_young_fraction(age, matrix),
        elastin_intact_fraction=elastin_intact_fraction(age, spoilt, matrix),
        elastotic_fraction=spoilt,
        horny_modulus_mpa=firm.horny_mpa,
        dermis_modulus_mpa=firm.dermis_mpa,
        rests_on=MappingProxyType(
            {
                "epidermis_mm": (epidermis,),
                "dermis_mm": tuple(dermis),
                "plexus_mm": (*layers.rests_on, PLEXUS_KEY),
                "horny_transit_days": pace.horny_rests_on,
                "viable_transit_days": pace.viable_rests_on,
                "collagen_of_young_fraction": (falls, loss),
                "elastotic_fraction": sun_keys(zone_name),
                "elastin_intact_fraction": (falls, half_life, *sun_keys(zone_name)),
                "horny_modulus_mpa": firm.horny_rests_on,
                "dermis_modulus_mpa": firm.dermis_rests_on,
            }
        ),
    )
