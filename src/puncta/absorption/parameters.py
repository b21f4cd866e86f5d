"""Parameters of absorption: film, diffusion, layers, clearance, intact barrier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class AbsorptionParameters:
    """What sets how much passes into skin; one draw per person in each field.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> float(nominal(AbsorptionParameters).film_um[0])
    35.0
    """

    EVIDENCE: ClassVar[str] = "absorption"

    film_um: Array
    oil_cream_fraction: Array
    oil_serum_fraction: Array
    filled_fraction: Array
    aqueous_diffusion_um2_per_s: Array
    aqueous_reference_g_per_mol: Array
    aqueous_exponent: Array
    tissue_diffusion_log10: Array
    tissue_exponent: Array
    tissue_partition: Array
    binding_fold: Array
    clearance_per_s: Array
    stratum_corneum_um: Array
    corneum_partition_floor: Array
    corneum_partition_exponent: Array
    intact_intercept_log10: Array
    intact_per_kow: Array
    intact_per_g_per_mol: Array
    intact_offset_log10: Array
    polar_intercept_log10: Array
    polar_exponent: Array
    intact_error_log10: Array
