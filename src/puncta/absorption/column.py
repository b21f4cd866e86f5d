"""Column: a film of product over stratum corneum, living epidermis and dermis, with channels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.mouth import Channels

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Column:
    """Layers of skin under a film, one entry per draw, shape (n,) each.

    Parameters
    ----------
    film_um : ndarray
        Thickness of the film.
    film_partition : ndarray
        Partition of the film against water; 1 for a watery film.
    corneum_um, epidermis_um, dermis_um : ndarray
        Thickness of stratum corneum, living epidermis and dermis.
    corneum_partition : ndarray
        Partition of the stratum corneum against water.
    corneum_um2_per_s : ndarray
        Diffusion in the stratum corneum; 0 where nothing passes it.
    tissue_partition : ndarray
        Partition of living skin against water; the fluid in channels is water.
    epidermis_um2_per_s, dermis_um2_per_s : ndarray
        Diffusion in living epidermis and dermis.
    clearance_per_s : ndarray
        Share of the dermis's content carried off by blood each second.
    channels : Channels
        Open channels at the start.
    """

    film_um: Array
    film_partition: Array
    corneum_um: Array
    epidermis_um: Array
    dermis_um: Array
    corneum_partition: Array
    corneum_um2_per_s: Array
    tissue_partition: Array
    epidermis_um2_per_s: Array
    dermis_um2_per_s: Array
    clearance_per_s: Array
    channels: Channels
