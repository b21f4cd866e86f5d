"""Dose: how much of an active is where, over time. An amount; a benefit needs a study."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]

#: Where a dose can be, in the order in which it gets there; all places together are what was put on.
DOSE_PLACES = (
    "in_film",
    "evaporated",
    "wiped",
    "in_corneum",
    "in_channels",
    "in_epidermis",
    "in_dermis",
    "carried_off",
)


@frozen
class Profile:
    """How much lies how deep, in draws.

    Parameters
    ----------
    depth_mm : ndarray, shape (k,)
        Depths from the surface of the skin.
    level_ug_per_ml : ndarray, shape (n, t, k)
        In living skin, beside and in the channels alike; 0 in the stratum corneum, which is not living.
    """

    depth_mm: Array
    level_ug_per_ml: Array


@frozen
class Dose:
    """One active of one application, in draws.

    Parameters
    ----------
    product, compound : str
        Keys of product and compound.
    hours : ndarray, shape (t,)
        Hours after application.
    applied_ug_per_cm2 : ndarray, shape (n,)
        Put on the skin.
    through_channels_ug_per_cm2, through_intact_ug_per_cm2 : ndarray, shape (n, t)
        Entered living skin by each way so far.
    in_film_ug_per_cm2, in_corneum_ug_per_cm2 : ndarray, shape (n, t)
        Still in the film, and in the stratum corneum.
    in_epidermis_ug_per_cm2, in_dermis_ug_per_cm2, in_channels_ug_per_cm2 : ndarray, shape (n, t)
        In living epidermis, in dermis, in the fluid of channels.
    carried_off_ug_per_cm2, evaporated_ug_per_cm2 : ndarray, shape (n, t)
        Carried off by blood, gone into the air.
    wiped_ug_per_cm2 : ndarray, shape (n, t)
        Wiped off the skin.
    intact_refused : str
        Why nothing is said about the way through intact skin, which then counts as closed; empty where it is.
    supported_by : tuple of str
        Study rows that speak for the product in this use; empty means that the amount carries no benefit here.
    rests_on : tuple of str
        Evidence keys.
    profile : Profile or None
        How much lies how deep, where it was asked for.
    limits : str
        Message key of the model's limits.
    """

    product: str
    compound: str
    hours: Array
    applied_ug_per_cm2: Array
    through_channels_ug_per_cm2: Array
    through_intact_ug_per_cm2: Array
    in_film_ug_per_cm2: Array
    in_corneum_ug_per_cm2: Array
    in_epidermis_ug_per_cm2: Array
    in_dermis_ug_per_cm2: Array
    in_channels_ug_per_cm2: Array
    carried_off_ug_per_cm2: Array
    evaporated_ug_per_cm2: Array
    wiped_ug_per_cm2: Array
    intact_refused: str
    supported_by: tuple[str, ...]
    rests_on: tuple[str, ...]
    profile: Profile | None = None
    limits: str = "limits.absorption"

    @property
    def delivered_ug_per_cm2(self) -> Array:
        """Entered living skin so far by both ways, shape (n, t)."""
        return self.through_channels_ug_per_cm2 + self.through_intact_ug_per_cm2

    @property
    def delivered_fraction(self) -> Array:
        """Share of the applied dose that has entered living skin so far, shape (n, t)."""
        return self.delivered_ug_per_cm2 / self.applied_ug_per_cm2[:, None]
