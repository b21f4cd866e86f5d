"""Parameters of needling: penetration, scatter, channel shape, bleeding."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
class NeedlingParameters:
    """How deep needles go, how wide channels are and how often they bleed; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "needling"

    ratio_pen: Array
    roller_half_length_mm: Array
    roller_steepness: Array
    ratio_stamp: Array
    deflection_mm: Array
    give_speed_power: Array
    scale_error: Array
    depth_scatter_fraction: Array
    taper: Array
    radius_limit_mm: Array
    radius_half_mm: Array
    passes_unreported_pen: Array
    passes_unreported_roller: Array
    vessel_density_per_mm: Array
    plexus_below_epidermis_mm: Array


@frozen
class PatternParameters:
    """How needles stand in a cartridge and meet the skin, where no record says; one draw per person."""

    EVIDENCE: ClassVar[str] = "pattern"

    ring_of_swath_fraction: Array
    roller_sunk_mm: Array
