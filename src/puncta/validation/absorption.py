"""Absorption beside what was published: single results of permeation, intact skin, and numbing cream."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.absorption import AbsorptionParameters, PermeabilityParameters
from puncta.absorption.cell import QUICK, Film, UnitCell, permeate
from puncta.absorption.compounds import compounds
from puncta.absorption.permeability import membrane_permeability_log10_cm_per_h
from puncta.absorption.skin_cell import film, skin_cell
from puncta.evidence import draw, uniforms
from puncta.frozen import frozen
from puncta.skin import SkinLayers
from puncta.units import convert
from puncta.validation.body_level import NumbingReading, numbing_readings
from puncta.validation.compare import HIGH_PERCENT, LOW_PERCENT, MIDDLE_PERCENT
from puncta.validation.numbing_row import NumbingRow, numbing_rows
from puncta.validation.parameters import PermeationParameters
from puncta.validation.permeation_row import PermeationRow, permeation_rows

Array = NDArray[np.float64]

_S_PER_H, _PERCENT, _UM_PER_MM = convert(1, "h", "s"), 100.0, convert(1, "mm", "um")
_UM2_PER_CM2 = convert(1, "cm", "um") ** 2


@frozen
class PermeationReading:
    """A published reading beside the model's band.

    Parameters
    ----------
    row : PermeationRow
        The row.
    low, median, high : float
        Predicted band of 80 of 100 and its middle, in the row's unit.
    inside : bool
        Whether the figure, or the middle of a printed range, lies in the band.
    """

    row: PermeationRow
    low: float
    median: float
    high: float
    inside: bool


@frozen
class IntactClass:
    """Compounds of one class in whole skin.

    Parameters
    ----------
    name : str
        ``all``, or a range of octanol-water partition.
    compounds_count, records_count : int
        How many.
    rmse_log10, published_rmse_log10 : float
        Error of the law for compounds that were left out of its fit, and of the published rule.
    """

    name: str
    compounds_count: int
    records_count: int
    rmse_log10: float
    published_rmse_log10: float


@frozen
class AbsorptionValidation:
    """All rows of permeation and numbing cream, compared or left out, and whole skin by class.

    Parameters
    ----------
    permeation : tuple of PermeationReading
        Single results.
    numbing : tuple of NumbingReading
        Numbing creams.
    intact : tuple of IntactClass
        Whole skin.
    intact_inside_count, intact_records_count : int
        Records of whole skin inside the band of the fit, which has seen them.
    held_compounds_fraction : float
        Share of left-out compounds inside their band.
    unusable : tuple of PermeationRow or NumbingRow
        Rows left out, each with its reason.
    draws, seed : int
        Draws behind each band, and seed.
    """

    permeation: tuple[PermeationReading, ...]
    numbing: tuple[NumbingReading, ...]
    intact: tuple[IntactClass, ...]
    intact_inside_count: int
    intact_records_count: int
    held_compounds_fraction: float
    unusable: tuple[PermeationRow | NumbingRow, ...]
    draws: int
    seed: int

    @property
    def readings(self) -> tuple[PermeationReading | NumbingReading, ...]:
        """Single results and numbing creams."""
        return (*self.permeation, *self.numbing)


def validate_absorption(
    draws: int = 400,  # numerics: enough for bands, few enough to wait for
    seed: int = 0,
    progress: Callable[[float], None] | None = None,
) -> AbsorptionValidation:
    """Set every usable row of permeation beside the model, as it stands: nothing of it was fitted to them.

    Parameters
    ----------
    draws : int
        Draws behind each band, 20 or more.
    seed : int
        Seed; equal seeds give equal results.
    progress : callable or None
        Called with the share done, 0 to 1.

    Returns
    -------
    AbsorptionValidation
        Each row inside or outside its band, and the rows left out with their reasons.

    Notes
    -----
    Fields that a source does not print are drawn, wide. Limits: ``limits.absorption``, ``limits.body_level``,
    ``limits.numbness``.

    Examples
    --------
    >>> found = validate_absorption(draws=40)
    >>> len(found.permeation), found.intact_records_count
    (28, 324)
    """
    usable = [row for row in permeation_rows().values() if row.is_usable]
    readings = []
    for done, row in enumerate(usable):
        values = _OBSERVED[row.quantity](row, draws, seed)
        low, median, high = (float(x) for x in np.percentile(values, [LOW_PERCENT, MIDDLE_PERCENT, HIGH_PERCENT]))
        readings.append(PermeationReading(row, low, median, high, low <= row.reported <= high))
        if progress is not None:
            progress((done + 1) / (len(usable) + 1))
    inside, records = _intact(draws, seed)
    unseen = _unseen()
    left = [row for row in permeation_rows().values() if not row.is_usable]
    left_numbing = [row for row in numbing_rows().values() if not row.is_usable]
    # a row that stands with the numbing creams is told there
    told = {row.key for row in left_numbing}
    found = AbsorptionValidation(
        permeation=tuple(readings),
        numbing=numbing_readings(draws, seed),
        intact=tuple(
            IntactClass(name, int(c["compounds"]), int(c["records"]), c["rmse_log10"], c["published_rmse_log10"])
            for name, c in unseen["class"].items()
        ),
        intact_inside_count=inside,
        intact_records_count=records,
        held_compounds_fraction=float(unseen["held"]["compounds"]),
        unusable=(*(row for row in left if row.key not in told), *left_numbing),
        draws=draws,
        seed=seed,
    )
    if progress is not None:
        progress(1.0)
    return found


def _channels(row: PermeationRow, n: int, seed: int) -> Array:
    """Share of a donor over needled skin of a rat that has come through to the receptor, in per cent."""
    p, own = draw(AbsorptionParameters, n, seed), draw(PermeationParameters, n, seed)
    weight, hours, length = row.mw_g_per_mol or 0.0, row.hours or 0.0, row.needle_um or 0.0
    free = p.tissue_um2_per_s(weight)
    living = p.tissue_partition * p.binding_fold
    cell = UnitCell(
        radius_um=own.radius_um,
        pitch_um=np.sqrt(_UM2_PER_CM2 / (np.pi * own.density_per_cm2)),
        depth_um=own.reached_fraction * length,
        corneum_um=own.corneum_um,
        epidermis_um=own.epidermis_um,
        dermis_um=own.dermis_um,
        # what carries a charge or is a peptide takes no way but the channels
        corneum_um2_per_s=0.0,
        epidermis_partition=living,
        dermis_partition=living,
        epidermis_um2_per_s=free / p.binding_fold,
        dermis_um2_per_s=free / p.binding_fold,
        channel_um2_per_s=p.fluid_um2_per_s(weight),
        clearance_per_s=0.0,
    )
    found = permeate(
        cell, Film(thickness_um=own.donor_um), np.array([hours * _S_PER_H]), receptor=True, resolution=QUICK
    )
    return _PERCENT * found.receptor[:, 0] / found.applied[:, 0]


def _tissue_diffusion(row: PermeationRow, n: int, seed: int) -> Array:
    """Free diffusion in tissue over the printed weights."""
    p = draw(AbsorptionParameters, n, seed)
    # numerics: the row prints 70 to 2,000 kDa
    low, high = np.log(7e4), np.log(2e6)
    weight = np.exp(low + (high - low) * uniforms(seed, f"validation.{row.key}", n))
    return p.tissue_um2_per_s(weight)


def _intact_film(row: PermeationRow, n: int, seed: int) -> Array:
    """Share of a sunscreen filter that has come through epidermis in a dish, in per cent."""
    p, own = draw(AbsorptionParameters, n, seed), draw(PermeationParameters, n, seed)
    filter_ = compounds()["oxybenzone"]
    layers = SkinLayers(
        epidermis_mm=2.0 * p.stratum_corneum_um / _UM_PER_MM + 0.05,  # numerics: a living epidermis of 50 µm and more
        dermis_mm=own.membrane_um / _UM_PER_MM,
        rests_on=(),
    )
    cell = skin_cell(filter_, layers, None, p, seed, intact=True, ph=None)
    laid = film(filter_, "cream", np.full(n, 0.05), p, seed, ph=None)  # numerics: a share of it falls out of a share
    found = permeate(cell, laid, np.array([(row.hours or 0.0) * _S_PER_H]), receptor=True, resolution=QUICK)
    return _PERCENT * found.receptor[:, 0] / found.applied[:, 0]


_OBSERVED: MappingProxyType[str, Callable[[PermeationRow, int, int], Array]] = MappingProxyType(
    {"channels": _channels, "tissue_diffusion": _tissue_diffusion, "intact_film": _intact_film}
)


def _intact(n: int, seed: int) -> tuple[int, int]:
    """Records of whole skin inside the band of the fit, compound and repeat included."""
    file = files("puncta.evidence").joinpath("data", "studies", "skin_permeability.csv")
    p, inside, count = draw(PermeabilityParameters, n, seed), 0, 0
    scatter = np.sqrt(2.0) * _normal(uniforms(seed, "validation.repeat", n))
    for row in csv.DictReader(file.read_text("utf-8").splitlines()):
        law = membrane_permeability_log10_cm_per_h(
            float(row["mw_g_per_mol"]), float(row["kow_log10"]), p, celsius=float(row["celsius"])
        )
        band = np.percentile(law + p.compound_log10 + scatter * p.repeat_sd_log10, [LOW_PERCENT, HIGH_PERCENT])
        inside += bool(band[0] <= float(row["permeability_log10_cm_per_h"]) <= band[1])
        count += 1
    return inside, count


def _normal(u: Array) -> Array:
    from scipy.special import erfinv

    return erfinv(2.0 * u - 1.0)


def _unseen() -> dict[str, Any]:
    file = files("puncta.evidence").joinpath("data", "fitted", "permeability_unseen.toml")
    return tomllib.loads(file.read_text("utf-8"))
