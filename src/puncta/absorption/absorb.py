"""Absorb: one application of a product on needled or whole skin, from the film to the amount in each layer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.column import Column
from puncta.absorption.compounds import Compound, compounds
from puncta.absorption.dose import Dose
from puncta.absorption.mouth import Channels
from puncta.absorption.parameters import AbsorptionParameters, PermeabilityParameters
from puncta.absorption.permeability import intact_permeability_cm_per_h, why_no_intact_permeability
from puncta.absorption.products import Product
from puncta.absorption.uptake import take_up
from puncta.evidence import draw, parameter_keys
from puncta.needling import Wound
from puncta.skin import SkinLayers
from puncta.units import convert

Array = NDArray[np.float64]

_UM_PER_MM, _UM_PER_CM = convert(1, "mm", "um"), convert(1, "cm", "um")
_S_PER_H, _UG_PER_G = convert(1, "h", "s"), convert(1, "g", "ug")
_PERCENT = 100.0

#: Hours at which a dose is told, where none are asked for.
# numerics: even in the logarithm, because most happens in the first minutes
DOSE_HOURS = (0.0, *np.geomspace(1.0 / 60.0, 24.0, 32).tolist())


def absorb(
    product: Product,
    layers: SkinLayers,
    wound: Wound | None,
    seed: int,
    *,
    hours: Array | None = None,
    open_share: Array | None = None,
    wiped_after_hours: float | None = None,
    parameters: AbsorptionParameters | None = None,
) -> tuple[Dose, ...]:
    """Follow the actives of one application into the skin.

    Parameters
    ----------
    product : Product
        What is put on.
    layers : SkinLayers
        Thickness of the skin's layers, n draws.
    wound : Wound or None
        Channels when the product is put on, n draws; None on whole skin.
    seed : int
        Seed of the run.
    hours : ndarray, shape (t,), optional
        Hours after application to report, ascending from 0 or later, up to a day; ``DOSE_HOURS`` where not given.
    open_share : ndarray, shape (n, t), optional
        Share of the opened area still open at those hours, 0 to 1; None keeps it open, the most that can pass.
    wiped_after_hours : float, optional
        When the product is taken off; None leaves it on.
    parameters : AbsorptionParameters, optional
        Draws, shape (n,); drawn with the seed where not given.

    Returns
    -------
    tuple of Dose
        One per active, in the order of the product; empty for a product without actives.

    Raises
    ------
    ValueError
        Where hours do not ascend or shares do not lie within 0 to 1.

    Notes
    -----
    Limits: ``limits.absorption``. Against this project's own resolved runs (source absorption_note) the share of a
    film that is past the epidermis is within 0.04 of the dose at the density of a roller, and up to 0.08 too high in
    the first quarter of an hour at the density of a pen, where channels lie closer than they are deep. An amount is
    never a benefit: ``supported_by`` names the studies of this use, or none.

    Examples
    --------
    >>> from puncta.absorption import product
    >>> from puncta.person import People, Person, Sex
    >>> from puncta.skin import skin_layers
    >>> people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 50, seed=0)
    >>> dose, = absorb(product("niacinamide_serum"), skin_layers("cheek_left", people, 0), None, seed=0)
    >>> bool((dose.delivered_fraction < 1 + 1e-6).all()), dose.supported_by
    (True, ())
    """
    n = layers.epidermis_mm.shape[0]
    p = draw(AbsorptionParameters, n, seed) if parameters is None else parameters
    at = np.array(DOSE_HOURS) if hours is None else np.asarray(hours, dtype=float)
    wiped_s = None if wiped_after_hours is None else wiped_after_hours * _S_PER_H
    doses = []
    for key in product.share_percent:
        compound = compounds()[key]
        refused = why_no_intact_permeability(compound)
        column = _column(compound, not refused, product.form, layers, wound, p, seed)
        up = take_up(column, at * _S_PER_H, open_share if wound is not None else None, wiped_after_s=wiped_s)
        figure = product.share_figure(key)
        share = product.record.draw(figure, n, seed) / _PERCENT
        # a product weighs about a gram per millilitre
        applied = p.film_um / _UM_PER_CM * share * _UG_PER_G
        keys = [*parameter_keys(AbsorptionParameters), *(() if refused else parameter_keys(PermeabilityParameters))]
        doses.append(
            Dose(
                product.key,
                key,
                at,
                applied,
                *(
                    applied[:, None] * part
                    for part in (
                        up.through_channels,
                        up.through_intact,
                        up.film,
                        up.corneum,
                        up.epidermis,
                        up.dermis,
                        up.carried_off,
                        up.wiped,
                    )
                ),
                intact_refused=refused,
                supported_by=product.studies_for(needled=wound is not None),
                rests_on=(*keys, *compound.evidence_keys, product.key_of(figure), *layers.rests_on),
            )
        )
    return tuple(doses)


def _column(
    compound: Compound,
    intact: bool,
    form: str,
    layers: SkinLayers,
    wound: Wound | None,
    p: AbsorptionParameters,
    seed: int,
) -> Column:
    n = layers.epidermis_mm.shape[0]
    weight = compound.record.draw("mw_g_per_mol", n, seed)
    # the tables give the epidermis whole; living is what lies under the stratum corneum, at least as thick again
    corneum = np.minimum(p.stratum_corneum_um, 0.5 * layers.epidermis_mm * _UM_PER_MM)
    free = 10**p.tissue_diffusion_log10 * weight**-p.tissue_exponent
    water = p.aqueous_diffusion_um2_per_s * (weight / p.aqueous_reference_g_per_mol) ** -p.aqueous_exponent
    film_partition, corneum_partition, corneum_diffusion = np.ones(n), np.ones(n), np.zeros(n)
    kow = None if compound.kow_log10 is None else compound.record.draw("kow_log10", n, seed)
    oil = {"cream": p.oil_cream_fraction, "serum": p.oil_serum_fraction}.get(form)
    if kow is not None and oil is not None:
        # what dissolves in the oil of an emulsion is not at hand for the fluid in a channel
        film_partition = 1.0 - oil + oil * 10**kow
    if kow is not None and intact:
        through = draw(PermeabilityParameters, n, seed)
        passes = intact_permeability_cm_per_h(weight, kow, through) * _UM_PER_CM / _S_PER_H
        corneum_partition = p.corneum_partition_floor + 10 ** (p.corneum_partition_exponent * kow)
        corneum_diffusion = passes * corneum / corneum_partition
    if wound is None:
        none = np.zeros(n)
        channels = Channels(none, none, none, water)
    else:
        channels = Channels(
            wound.surface_radius_mm * _UM_PER_MM,
            wound.opened_area_fraction * p.filled_fraction,
            wound.depth_mm * _UM_PER_MM,
            water,
        )
    return Column(
        film_um=p.film_um,
        film_partition=film_partition,
        corneum_um=corneum,
        epidermis_um=layers.epidermis_mm * _UM_PER_MM - corneum,
        dermis_um=layers.dermis_mm * _UM_PER_MM,
        corneum_partition=corneum_partition,
        corneum_um2_per_s=corneum_diffusion,
        tissue_partition=p.tissue_partition * p.binding_fold,
        epidermis_um2_per_s=free / p.binding_fold,
        dermis_um2_per_s=free / p.binding_fold,
        clearance_per_s=p.clearance_per_s / p.binding_fold,
        channels=channels,
    )
