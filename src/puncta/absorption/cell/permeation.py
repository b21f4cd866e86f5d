"""Permeation: where every part of a dose is, over time; all parts sum to what was applied."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]

PLACES = ("film", "corneum", "epidermis", "dermis", "channel", "cleared", "receptor", "evaporated", "removed")


@frozen
class Permeation:
    """A dose in skin, n draws; amounts per area of skin in um times the concentration of the first film.

    Parameters
    ----------
    seconds : ndarray, shape (t,)
        Times told.
    applied : ndarray, shape (n, t)
        Put on so far, by every film; of an endless film what the skin has drawn from it.
    film, corneum, epidermis, dermis, channel : ndarray, shape (n, t)
        In the film, in the layers beside the channel, in the channel.
    cleared, receptor, evaporated, removed : ndarray, shape (n, t)
        Carried off by blood, below a cut skin, in the air, wiped off.
    through_channels, through_intact : ndarray, shape (n, t)
        Passed the level of the bottom of the stratum corneum so far in the mouth and beside it, net; what filled a
        channel below that level from the start counts as passed.
    layer_edges_um : ndarray, shape (n, z + 1)
        Edges of the layers of the profile, from the surface down.
    activity : ndarray, shape (n, t, z)
        Mean activity of each layer, beside and in the channel; no layers where it was not asked for.

    Examples
    --------
    >>> import numpy as np
    >>> from puncta.absorption.cell import Film, UnitCell, permeate
    >>> hour = permeate(UnitCell(), Film(thickness_um=50.0), np.array([3600.0]))
    >>> bool(np.isclose(hour.told, hour.applied, rtol=1e-9).all())
    True
    """

    seconds: Array
    applied: Array
    film: Array
    corneum: Array
    epidermis: Array
    dermis: Array
    channel: Array
    cleared: Array
    receptor: Array
    evaporated: Array
    removed: Array
    through_channels: Array
    through_intact: Array
    layer_edges_um: Array
    activity: Array

    @property
    def told(self) -> Array:
        """Sum over all places, shape (n, t); what was applied, but for rounding."""
        return np.sum([getattr(self, place) for place in PLACES], axis=0)

    @property
    def past_epidermis(self) -> Array:
        """In the dermis, carried off or in the receptor, shape (n, t)."""
        return self.dermis + self.cleared + self.receptor

    @property
    def delivered(self) -> Array:
        """Past the stratum corneum so far by both ways, shape (n, t)."""
        return self.through_channels + self.through_intact
