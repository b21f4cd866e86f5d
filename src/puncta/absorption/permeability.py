"""Permeability: how well intact skin lets a compound pass, and where nothing can be said about it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.compounds import Compound
from puncta.absorption.parameters import PermeabilityParameters
from puncta.evidence import parameter
from puncta.messages import text

Array = NDArray[np.float64]

# numerics: zero of the Celsius scale and the molar gas constant in kJ, both exact by definition
_KELVIN_OF_ZERO, _GAS_KJ = 273.15, 8.31446261815324e-3


def membrane_permeability_log10_cm_per_h(
    mw_g_per_mol: float | Array,
    kow_log10: float | Array,
    parameters: PermeabilityParameters,
    *,
    unionised_fraction: float | Array = 1.0,
    celsius: float | Array | None = None,
) -> Array:
    """Permeability of an epidermal membrane by the law alone, as a logarithm.

    Parameters
    ----------
    mw_g_per_mol : float or ndarray, shape (n,)
        Molecular weight, 18 to 505.
    kow_log10 : float or ndarray, shape (n,)
        Octanol-water partition of the form without charge, -4.7 to 5.3.
    parameters : PermeabilityParameters
        Draws, shape (n,).
    unionised_fraction : float or ndarray, shape (n,)
        Share without charge, 0 to 1; what carries a charge takes the watery path only.
    celsius : float or ndarray, shape (n,), optional
        Temperature, 22 to 39; that of skin where not given.

    Returns
    -------
    ndarray, shape (n,)
        Logarithm of the permeability in cm/h, without what a compound has of its own.

    Notes
    -----
    A fatty and a watery path lie side by side, and something in series with both, which carries what dissolves in fat
    so well that the horny layer no longer holds it back. Source: cheruvu_2022. The records do not say at which acidity
    they were taken, so the share without charge is physics and not fitted.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> law = nominal(PermeabilityParameters)
    >>> watery, fatty = (membrane_permeability_log10_cm_per_h(200.0, kow, law)[0] for kow in (-3.0, 3.0))
    >>> bool(fatty - watery > 2.0)
    True
    """
    p = parameters
    more = np.asarray(mw_g_per_mol) / p.reference_g_per_mol
    beyond = np.asarray(mw_g_per_mol) - p.reference_g_per_mol
    at = p.reference_celsius if celsius is None else np.asarray(celsius)
    colder = 1.0 / (_KELVIN_OF_ZERO + p.reference_celsius) - 1.0 / (_KELVIN_OF_ZERO + at)
    warmth = colder / (_GAS_KJ * np.log(10.0))
    with np.errstate(divide="ignore"):
        without_charge = np.log10(unionised_fraction)
    fatty = p.fatty_log10 + p.fatty_per_kow * kow_log10 - p.fatty_per_g_per_mol * beyond + without_charge
    water = p.watery_activation_kj_per_mol * warmth
    watery = p.watery_log10 - p.watery_power * np.log10(more) + water
    series = p.series_log10 - 0.5 * np.log10(more) + water
    side_by_side = 10 ** (fatty + p.fatty_activation_kj_per_mol * warmth) + 10**watery
    return -np.log10(1.0 / side_by_side + 10**-series)


def intact_permeability_cm_per_h(
    mw_g_per_mol: float | Array,
    kow_log10: float | Array,
    parameters: PermeabilityParameters,
    *,
    unionised_fraction: float | Array = 1.0,
) -> Array:
    """Permeability of a person's intact skin from a watery product.

    Parameters
    ----------
    mw_g_per_mol, kow_log10, parameters, unionised_fraction
        As in `membrane_permeability_log10_cm_per_h`.

    Returns
    -------
    ndarray, shape (n,)
        Permeability in cm/h; how a compound may differ from the law is in the draws, how laboratories differ is not.

    Notes
    -----
    Limits: ``limits.absorption``. The whole of it is laid into the horny layer: what lies in series is ten times what
    living epidermis would offer by diffusion, so that counting that layer again changes little. Source: cheruvu_2022.

    Examples
    --------
    >>> from puncta.evidence import draw
    >>> passes = intact_permeability_cm_per_h(194.2, -0.63, draw(PermeabilityParameters, 500, seed=0))
    >>> bool(1e-5 < np.median(passes) < 1e-3)
    True
    """
    law = membrane_permeability_log10_cm_per_h(
        mw_g_per_mol, kow_log10, parameters, unionised_fraction=unionised_fraction
    )
    return 10 ** (law + parameters.compound_log10)


def published_permeability_log10_cm_per_h(mw_g_per_mol: float | Array, kow_log10: float | Array) -> Array:
    """Permeability by the published rule of one path, told beside the law; source potts_guy_1992.

    Examples
    --------
    >>> float(published_permeability_log10_cm_per_h(504.4, -4.3).round(1))
    -8.9
    """
    names = ("published_log10", "published_per_kow", "published_per_g_per_mol")
    at_zero, per_kow, per_weight = (parameter(f"permeability.{name}").value for name in names)
    return np.asarray(at_zero + per_kow * np.asarray(kow_log10) - per_weight * np.asarray(mw_g_per_mol))[()]


def why_no_intact_permeability(compound: Compound) -> str:
    """Say why the law for intact skin cannot be used for a compound; empty where it can.

    Nothing is carried beyond the records: a compound outside them is refused, not extrapolated.

    Examples
    --------
    >>> from puncta.absorption.compounds import compounds
    >>> why_no_intact_permeability(compounds()["niacinamide"])
    ''
    """
    low, high = (parameter(f"permeability.{name}").value for name in ("range_low_g_per_mol", "range_high_g_per_mol"))
    if compound.kow_log10 is None:
        return text("products.absorption.macromolecule", name=compound.name)
    if not low <= compound.mw_g_per_mol <= high:
        values = {"name": compound.name, "given": compound.mw_g_per_mol, "low": low, "high": high}
        return text("products.absorption.weight_outside", **values)
    low, high = (parameter(f"permeability.{name}").value for name in ("range_low_kow_log10", "range_high_kow_log10"))
    if not low <= compound.kow_log10 <= high:
        values = {"name": compound.name, "given": compound.kow_log10, "low": low, "high": high}
        return text("products.absorption.partition_outside", **values)
    return ""
