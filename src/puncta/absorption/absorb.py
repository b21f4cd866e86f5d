"""Absorb: one application of a product on needled or whole skin, from the film to the amount in each layer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from puncta.absorption.cell import QUICK, Film, Permeation, Resolution, UnitCell, permeate
from puncta.absorption.dose import Dose, Profile
from puncta.absorption.parameters import AbsorptionParameters, PermeabilityParameters
from puncta.absorption.permeability import why_no_intact_permeability
from puncta.absorption.products import Product
from puncta.absorption.skin_cell import film, skin_cell
from puncta.evidence import draw, parameter_keys
from puncta.frozen import frozen
from puncta.needling import Wound
from puncta.skin import SkinLayers
from puncta.units import convert

Array = NDArray[np.float64]
T = TypeVar("T", UnitCell, Film)
Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]

_UM_PER_MM, _UM_PER_CM, _S_PER_H, _UG_PER_G = (
    convert(1, "mm", "um"),
    convert(1, "cm", "um"),
    convert(1, "h", "s"),
    convert(1, "g", "ug"),
)
_PERCENT = 100.0
# numerics: most draws in a piece, so that a piece stays in the cache of a processor
_PIECE = 750

#: Hours at which a dose is told, where none are asked for.
# numerics: even in the logarithm, because most happens in the first minutes
DOSE_HOURS = (0.0, *np.geomspace(1.0 / 60.0, 24.0, 32).tolist())

#: Depths at which levels are told.
# numerics: even, as a picture wants them
PROFILE_DEPTHS_MM = np.linspace(0.0, 1.5, 76)


@frozen
class Site:
    """Where a product is put on, n draws.

    Parameters
    ----------
    layers : SkinLayers
        Thickness of the skin's layers.
    wound : Wound or None
        Channels when the product is put on; None on whole skin.
    open_share : ndarray, shape (n, t), or None
        Share of the opened area still open at the hours that are told, 0 to 1; None keeps it open, the most that can
        pass.
    """

    layers: SkinLayers
    wound: Wound | None = None
    open_share: Array | None = None


def absorb(
    product: Product,
    sites: Site | Sequence[Site],
    seed: int,
    *,
    hours: Array | None = None,
    wiped_after_hours: float | None = None,
    parameters: AbsorptionParameters | None = None,
    resolution: Resolution = QUICK,
    profile: bool = False,
    map: Map | None = None,  # noqa: A002
) -> tuple[tuple[Dose, ...], ...]:
    """Follow the actives of one application into the skin.

    Parameters
    ----------
    product : Product
        What is put on.
    sites : Site or sequence of Site
        Where, with equally many draws each; all are followed side by side.
    seed : int
        Seed of the run.
    hours : ndarray, shape (t,), optional
        Hours after application to report, ascending from 0 or later; ``DOSE_HOURS`` where not given.
    wiped_after_hours : float, optional
        When the product is taken off, above 0; None leaves it on.
    parameters : AbsorptionParameters, optional
        Draws, shape (n,); drawn with the seed where not given.
    resolution : Resolution
        How finely space and time are cut.
    profile : bool
        Whether it is told how much lies how deep, to the depth of ``PROFILE_DEPTHS_MM``.
    map : callable, optional
        Runs pieces; threads where not given.

    Returns
    -------
    tuple of tuple of Dose
        For each site one dose per active, in the order of the product; empty for a product without actives.

    Raises
    ------
    ValueError
        Where hours do not ascend or shares do not lie within 0 to 1.

    Notes
    -----
    Limits: ``limits.absorption``. With the usual resolution the share of a dose that is anywhere is within a fiftieth
    of the dose of the resolved answer, mostly within a two-hundredth. An amount is never a benefit: ``supported_by``
    names the studies of this use, or none. Source: absorption_note.

    Examples
    --------
    >>> from puncta.absorption import product
    >>> from puncta.person import People, Person, Sex
    >>> from puncta.skin import skin_layers
    >>> people = People.like(Person("P", 34, Sex.FEMALE, 62, 4), 50, seed=0)
    >>> (dose,), = absorb(product("niacinamide_serum"), Site(skin_layers("cheek_left", people, 0)), seed=0)
    >>> bool((dose.delivered_fraction < 1 + 1e-3).all()), dose.supported_by
    (True, ())
    """
    places = [sites] if isinstance(sites, Site) else list(sites)
    if not places:
        return ()
    at = np.array(DOSE_HOURS) if hours is None else np.asarray(hours, dtype=float)
    for place in places:
        _check(place, at)
    n = places[0].layers.epidermis_mm.shape[0]
    p = draw(AbsorptionParameters, n, seed) if parameters is None else parameters
    told = [
        _active(product, key, places, p, seed, at, wiped_after_hours, resolution, profile, map)
        for key in product.share_percent
    ]
    return tuple(tuple(doses[index] for doses in told) for index in range(len(places)))


def _check(place: Site, at: Array) -> None:
    share, n = place.open_share, place.layers.epidermis_mm.shape[0]
    # numerics: a share may stand above 1 by rounding
    if share is not None and (share.shape != (n, at.shape[0]) or share.min() < 0 or share.max() > 1 + 1e-9):
        raise ValueError("open shares must lie within 0 and 1, one for each draw and time")


def _active(
    product: Product,
    key: str,
    places: Sequence[Site],
    p: AbsorptionParameters,
    seed: int,
    at: Array,
    wiped_after_hours: float | None,
    resolution: Resolution,
    profile: bool,
    map_: Map | None,
) -> list[Dose]:
    """One active at every site."""
    compound = product.compounds[key]
    refused = why_no_intact_permeability(compound)
    n, figure = p.film_um.shape[0], product.share_figure(key)
    share = product.record.draw(figure, n, seed) / _PERCENT
    laid = film(compound, product.form, share, p, seed, ph=product.ph)
    if wiped_after_hours is not None:
        laid = replace(laid, wiped_s=wiped_after_hours * _S_PER_H)
    cells = [
        skin_cell(compound, place.layers, place.wound, p, seed, intact=not refused, ph=product.ph) for place in places
    ]
    shares = [_shares(place, n, at.shape[0]) for place in places]
    cell = _stacked(cells)
    found = _followed(
        cell, _repeated(laid, len(places), n), np.concatenate(shares), at, resolution, profile=profile, map_=map_
    )
    # a product weighs about a gram per millilitre
    applied = p.film_um / _UM_PER_CM * share * _UG_PER_G
    keys = [*parameter_keys(AbsorptionParameters), *(() if refused else parameter_keys(PermeabilityParameters))]
    per_um = np.tile(applied, len(places)) / found.applied[:, 0]
    doses = []
    for index, place in enumerate(places):
        rows = slice(index * n, (index + 1) * n)
        doses.append(
            Dose(
                product=product.key,
                compound=key,
                hours=at,
                applied_ug_per_cm2=applied,
                **{f"{place}_ug_per_cm2": getattr(found, part)[rows] * per_um[rows, None] for place, part in _PLACES},
                intact_refused=refused,
                supported_by=product.studies_for(needled=place.wound is not None),
                profile=_profile(found, cell, per_um, rows) if profile else None,
                rests_on=(*keys, *compound.evidence_keys, *product.keys_of(key), *place.layers.rests_on),
            )
        )
    return doses


_PLACES = (
    ("through_channels", "through_channels"),
    ("through_intact", "through_intact"),
    ("in_film", "film"),
    ("in_corneum", "corneum"),
    ("in_epidermis", "epidermis"),
    ("in_dermis", "dermis"),
    ("in_channels", "channel"),
    ("carried_off", "cleared"),
    ("evaporated", "evaporated"),
    ("wiped", "removed"),
)


def _shares(place: Site, n: int, times: int) -> Array:
    return np.ones((n, times)) if place.open_share is None or place.wound is None else place.open_share


def _stacked(cells: Sequence[UnitCell]) -> UnitCell:
    drawn = [cell.drawn() for cell in cells]
    return UnitCell(**{f.name: np.concatenate([getattr(cell, f.name) for cell in drawn]) for f in fields(UnitCell)})


def _repeated(one: Film, times: int, n: int) -> Film:
    values = {}
    for field in fields(Film):
        value = getattr(one, field.name)
        values[field.name] = (
            np.tile(np.broadcast_to(value, (n,)), times) if field.name not in ("start_s", "wiped_s") else value
        )
    return Film(**values)


def _followed(
    cell: UnitCell,
    laid: Film,
    share: Array,
    at: Array,
    resolution: Resolution,
    *,
    profile: bool,
    map_: Map | None,
) -> Permeation:
    """All draws, in pieces side by side."""
    seconds = at * _S_PER_H
    closes = bool((share < 1.0).any())

    def piece(rows: slice) -> Permeation:
        def open_share(now: float) -> Array:
            return _at(seconds, share[rows], now)

        return permeate(
            _rows(cell, rows),
            _rows(laid, rows),
            seconds,
            open_share=open_share if closes else None,
            resolution=resolution,
            profile=profile,
        )

    size = share.shape[0]
    # even ones, so that none keeps others waiting
    ends = np.linspace(0, size, max(-(-size // _PIECE), 1) + 1).astype(int).tolist()
    pieces = [slice(start, end) for start, end in pairwise(ends)]
    if map_ is None and len(pieces) > 1:
        with ThreadPoolExecutor(min(len(pieces), os.cpu_count() or 1)) as threads:
            found = list(threads.map(piece, pieces))
    else:
        found = list((map_ or map)(piece, pieces))
    values: dict[str, Array] = {"seconds": seconds}
    for field in fields(Permeation)[1:]:
        values[field.name] = np.concatenate([getattr(one, field.name) for one in found])
    return Permeation(**values)


def _profile(found: Permeation, cell: UnitCell, per_um: Array, rows: slice) -> Profile:
    """Levels in living skin of some draws, at the same depths for all."""
    edges, corneum = found.layer_edges_um[rows], np.asarray(cell.corneum_um)[rows]
    middle, wanted = 0.5 * (edges[:, 1:] + edges[:, :-1]), PROFILE_DEPTHS_MM * _UM_PER_MM
    holds = np.asarray(cell.dermis_partition)[rows] * per_um[rows] * _UM_PER_CM
    levels = np.zeros((middle.shape[0], found.seconds.shape[0], wanted.shape[0]))
    for one in range(middle.shape[0]):
        living = middle[one] > corneum[one]
        for when in range(found.seconds.shape[0]):
            levels[one, when] = np.interp(wanted, middle[one, living], found.activity[rows][one, when, living])
        levels[one, :, wanted < corneum[one]] = 0.0
    return Profile(PROFILE_DEPTHS_MM, levels * holds[:, None, None])


def _rows(one: T, rows: slice) -> T:
    """Some draws of a cell or a film."""
    values = ((f.name, getattr(one, f.name)) for f in fields(one))
    return replace(one, **{name: value[rows] for name, value in values if isinstance(value, np.ndarray)})


def _at(times: Array, share: Array, now: float) -> Array:
    """Open share at a moment, linear between the times given."""
    if times.shape[0] == 1:
        return share[:, 0]
    right = int(np.clip(np.searchsorted(times, now), 1, times.shape[0] - 1))
    weight = np.clip((now - times[right - 1]) / (times[right] - times[right - 1]), 0.0, 1.0)
    return (1.0 - weight) * share[:, right - 1] + weight * share[:, right]
