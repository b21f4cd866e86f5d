"""Parameters of absorption: film, diffusion, layers, clearance; and of the permeability of intact skin."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]


@frozen
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
    clearance_needled_fold: Array
    tissue_ph: Array
    binding_least: Array
    binding_protein: Array
    binding_fat: Array
    drying_um_per_h: Array
    dry_solution_fraction: Array
    dry_gel_fraction: Array
    dry_serum_fraction: Array
    dry_cream_fraction: Array
    dry_plasma_fraction: Array
    gas_film_cm_per_h: Array
    gas_film_exponent: Array
    air_m_per_s: Array
    skin_kelvin: Array
    stratum_corneum_um: Array
    corneum_partition_floor: Array
    corneum_partition_exponent: Array

    def tissue_um2_per_s(self, mw_g_per_mol: float | Array) -> Array:
        """Free diffusion in living skin by molecular weight, before what binds; source surrey_dpk."""
        return 10**self.tissue_diffusion_log10 * mw_g_per_mol**-self.tissue_exponent

    def fluid_um2_per_s(self, mw_g_per_mol: float | Array) -> Array:
        """Diffusion in the fluid of a channel by molecular weight; source diffusion_texts."""
        return self.aqueous_diffusion_um2_per_s * (mw_g_per_mol / self.aqueous_reference_g_per_mol) ** (
            -self.aqueous_exponent
        )


@frozen
class PermeabilityParameters:
    """What sets how well intact skin lets a compound pass; one joint draw in each field.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> float(nominal(PermeabilityParameters).reference_g_per_mol[0])
    200.0
    """

    EVIDENCE: ClassVar[str] = "permeability"

    reference_g_per_mol: Array
    reference_celsius: Array
    fatty_log10: Array
    fatty_per_kow: Array
    fatty_per_g_per_mol: Array
    watery_log10: Array
    watery_power: Array
    series_log10: Array
    fatty_activation_kj_per_mol: Array
    watery_activation_kj_per_mol: Array
    compound_log10: Array
    repeat_sd_log10: Array
