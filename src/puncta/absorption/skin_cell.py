"""Skin cell: the unit cell and the film that a product, a compound, skin and a wound amount to, in draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.cell import Film, UnitCell
from puncta.absorption.compounds import Compound
from puncta.absorption.parameters import AbsorptionParameters, PermeabilityParameters
from puncta.absorption.permeability import intact_permeability_cm_per_h
from puncta.evidence import draw
from puncta.needling import Wound
from puncta.skin import SkinLayers
from puncta.units import convert

Array = NDArray[np.float64]

_UM_PER_MM, _UM_PER_CM = convert(1, "mm", "um"), convert(1, "cm", "um")
_S_PER_H = convert(1, "h", "s")
_PERCENT = 100.0
# numerics: molar gas constant, exact by definition, and grams in a cubic metre of water, by which a share is a density
_GAS_J, _G_PER_M3 = 8.31446261815324, 1e6


def skin_cell(
    compound: Compound,
    layers: SkinLayers,
    wound: Wound | None,
    p: AbsorptionParameters,
    seed: int,
    *,
    intact: bool,
    ph: float | None,
) -> UnitCell:
    """Lay a compound into skin.

    Parameters
    ----------
    compound : Compound
        What is followed.
    layers : SkinLayers
        Thickness of the layers, n draws.
    wound : Wound or None
        Channels when the product is put on; None on whole skin.
    p : AbsorptionParameters
        Draws, shape (n,).
    seed : int
        Seed of the run.
    intact : bool
        Whether the law of intact skin may be used for it; else the stratum corneum counts as closed.
    ph : float or None
        Acidity of the product; None where it does not matter, as nothing ionises.

    Returns
    -------
    UnitCell
        Of n draws.

    Notes
    -----
    What carries a charge takes the watery path of the stratum corneum only; in the fluid of channels and tissue, which
    hang together, a charge holds nothing back. Limits: ``limits.absorption``. Sources: cdc_finite_dose, surrey_dpk.

    Examples
    --------
    >>> from puncta.absorption.compounds import compounds
    >>> from puncta.person import People, Person, Sex
    >>> from puncta.skin import skin_layers
    >>> layers = skin_layers("cheek_left", People.like(Person("P", 34, Sex.FEMALE, 62, 4), 9, seed=0), 0)
    >>> p = draw(AbsorptionParameters, 9, 0)
    >>> whole = skin_cell(compounds()["niacinamide"], layers, None, p, 0, intact=True, ph=None)
    >>> float(whole.opened_fraction.max())
    0.0
    """
    n = layers.epidermis_mm.shape[0]
    weight = compound.record.draw("mw_g_per_mol", n, seed)
    kow = None if compound.kow_log10 is None else compound.record.draw("kow_log10", n, seed)
    # the tables give the epidermis whole; living is what lies under the stratum corneum, at least as thick again
    corneum = np.minimum(p.stratum_corneum_um, 0.5 * layers.epidermis_mm * _UM_PER_MM)
    holds, passes = np.ones(n), np.zeros(n)
    if kow is not None and intact:
        through = intact_permeability_cm_per_h(
            weight,
            kow,
            draw(PermeabilityParameters, n, seed),
            unionised_fraction=1.0 if ph is None else compound.fraction_unionised(ph),
        )
        holds = p.corneum_partition_floor + 10 ** (p.corneum_partition_exponent * kow)
        passes = through * _UM_PER_CM / _S_PER_H * corneum / holds
    binding = _binding(compound, kow, p, n, seed)
    free = p.tissue_um2_per_s(weight)
    radius, fraction, depth = np.zeros(n), np.zeros(n), np.zeros(n)
    if wound is not None:
        radius, depth = wound.surface_radius_mm * _UM_PER_MM, wound.depth_mm * _UM_PER_MM
        fraction = wound.opened_area_fraction * p.filled_fraction
    there = (fraction > 0) & (radius > 0)
    living = p.tissue_partition * binding
    return UnitCell(
        radius_um=np.where(there, radius, 0.0),
        # without a channel the width of a cell is of no account
        pitch_um=np.where(there, radius, _UM_PER_MM) / np.sqrt(np.where(there, fraction, 1.0)),
        depth_um=depth,
        corneum_um=corneum,
        epidermis_um=layers.epidermis_mm * _UM_PER_MM - corneum,
        dermis_um=layers.dermis_mm * _UM_PER_MM,
        corneum_partition=holds,
        epidermis_partition=living,
        dermis_partition=living,
        corneum_um2_per_s=passes,
        epidermis_um2_per_s=free / binding,
        dermis_um2_per_s=free / binding,
        channel_um2_per_s=p.fluid_um2_per_s(weight),
        clearance_per_s=p.clearance_per_s / binding,
        clearance_fold=1.0 if wound is None else p.clearance_needled_fold,
    )


def film(compound: Compound, form: str, share: Array, p: AbsorptionParameters, seed: int, *, ph: float | None) -> Film:
    """Lay a film of a product on the skin.

    Parameters
    ----------
    compound : Compound
        What is followed.
    form : str
        Form of the product, one of ``FORMS``.
    share : ndarray, shape (n,)
        Share of the compound by weight, 0 to 1.
    p : AbsorptionParameters
        Draws, shape (n,).
    seed : int
        Seed of the run.
    ph : float or None
        Acidity of the product; None where it does not matter.

    Returns
    -------
    Film
        With its activity at the start as 1, were all dissolved: what does not dissolve waits, and what dries
        concentrates until it is saturated. Left on until it is told otherwise.

    Examples
    --------
    >>> from puncta.absorption.compounds import compounds
    >>> p = draw(AbsorptionParameters, 9, 0)
    >>> bool((film(compounds()["niacinamide"], "serum", np.full(9, 0.04), p, 0, ph=None).thickness_um > 0).all())
    True
    """
    n = share.shape[0]
    partition, dissolves = np.ones(n), np.full(n, np.inf)
    oil = {"cream": p.oil_cream_fraction, "serum": p.oil_serum_fraction}.get(form)
    if compound.kow_log10 is not None and oil is not None:
        # what dissolves in the oil of an emulsion is not at hand for the fluid in a channel
        partition = 1.0 - oil + oil * 10 ** compound.record.draw("kow_log10", n, seed)
    charged = 1.0 if ph is None else compound.fraction_unionised(ph)
    water = np.ones(n)
    if compound.solubility_percent is not None:
        water = np.minimum(compound.record.draw("solubility_percent", n, seed) / _PERCENT / charged, 1.0)
        dissolves = water * partition / share
    dry = {
        "cream": p.dry_cream_fraction,
        "serum": p.dry_serum_fraction,
        "gel": p.dry_gel_fraction,
        "plasma": p.dry_plasma_fraction,
    }.get(form, p.dry_solution_fraction)
    return Film(
        thickness_um=p.film_um,
        partition=partition,
        solubility_activity=dissolves,
        evaporation_um_per_s=_leaves(compound, water, p, seed),
        drying_per_s=p.drying_um_per_h / _S_PER_H / (p.film_um * (1.0 - dry)),
        dry_fraction=dry,
    )


def _binding(compound: Compound, kow: Array | None, p: AbsorptionParameters, n: int, seed: int) -> Array:
    """How many times more tissue holds than its water does."""
    if compound.unbound_fraction is None or kow is None:
        return p.binding_fold
    unbound = compound.record.draw("unbound_fraction", n, seed)
    without_charge = compound.fraction_unionised(p.tissue_ph)
    return p.binding_least + p.binding_protein / unbound + p.binding_fat * without_charge * 10**kow


def _leaves(compound: Compound, water: Array, p: AbsorptionParameters, seed: int) -> Array:
    """Speed at which the compound itself leaves a watery film for the air."""
    if compound.vapour_pressure_log10 is None:
        return np.zeros_like(water)
    n = water.shape[0]
    weight = compound.record.draw("mw_g_per_mol", n, seed)
    pressure = 10 ** compound.record.draw("vapour_pressure_log10", n, seed)
    through_air = p.gas_film_cm_per_h * p.air_m_per_s**p.gas_film_exponent * weight ** (-1.0 / 3.0)
    saturated = pressure * weight / (_GAS_J * p.skin_kelvin)
    return through_air * _UM_PER_CM / _S_PER_H * saturated / (water * _G_PER_M3)
