"""Permeability: how well intact skin lets a compound pass, and where nothing can be said about it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.compounds import Compound
from puncta.absorption.parameters import AbsorptionParameters
from puncta.evidence import parameter
from puncta.messages import text

Array = NDArray[np.float64]


def intact_permeability_cm_per_h(
    mw_g_per_mol: float | Array, kow_log10: float | Array, parameters: AbsorptionParameters
) -> Array:
    """Permeability of the stratum corneum from a watery product: a fatty and a watery path side by side.

    Parameters
    ----------
    mw_g_per_mol : float or ndarray, shape (n,)
        Molecular weight, 18 to 505.
    kow_log10 : float or ndarray, shape (n,)
        Octanol-water partition, -4.7 to 5.
    parameters : AbsorptionParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Permeability in cm/h; the error of the rule is in the draws.

    Notes
    -----
    Limits: ``limits.absorption``. The fatty path is the rule of Potts and Guy; without a watery path it is off by
    a factor of ten and more for the actives of cosmetics. Sources: potts_guy_1992, cheruvu_2022.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> intact_permeability_cm_per_h(194.2, -0.63, nominal(AbsorptionParameters)).round(6)
    array([0.000174])
    """
    p = parameters
    fatty = p.intact_intercept_log10 + p.intact_offset_log10 + p.intact_per_kow * kow_log10
    watery = p.polar_intercept_log10 - p.polar_exponent * np.log10(mw_g_per_mol)
    both = 10 ** (fatty - p.intact_per_g_per_mol * mw_g_per_mol) + 10**watery
    return both * 10**p.intact_error_log10


def why_no_intact_permeability(compound: Compound) -> str:
    """Say why the rule for intact skin cannot be used for a compound; empty where it can.

    Examples
    --------
    >>> from puncta.absorption.compounds import compounds
    >>> why_no_intact_permeability(compounds()["niacinamide"])
    ''
    """
    low = parameter("absorption.intact_range_mw_low_g_per_mol").value
    high = parameter("absorption.intact_range_mw_high_g_per_mol").value
    if compound.kow_log10 is None:
        return text("products.absorption.macromolecule", name=compound.name)
    if not low <= compound.mw_g_per_mol <= high:
        values = {"name": compound.name, "given": compound.mw_g_per_mol, "low": low, "high": high}
        return text("products.absorption.weight_outside", **values)
    low = parameter("absorption.intact_range_kow_low_log10").value
    high = parameter("absorption.intact_range_kow_high_log10").value
    if not low <= compound.kow_log10 <= high:
        values = {"name": compound.name, "given": compound.kow_log10, "low": low, "high": high}
        return text("products.absorption.partition_outside", **values)
    return ""
