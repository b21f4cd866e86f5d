"""Protocol: a published row as draws of what was done to whom; what is not printed is integrated, never filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, draw_one, uniforms
from puncta.evidence.mechanism import MechanismRow
from puncta.frozen import frozen
from puncta.needling import (
    Device,
    NeedlingParameters,
    PatternParameters,
    Wound,
    density_per_pass_per_cm2,
    devices,
    hand,
    needles_at_once,
    reached_depth_mm,
    wound,
)
from puncta.person import PHOTOTYPES
from puncta.skin import zones
from puncta.validation.parameters import ValidationParameters
from puncta.validation.published import integrated, published_intervals_days, published_lengths_mm

Array = NDArray[np.float64]
_NECK = "neck_front"
_KINDS = ("pen", "roller", "stamp")


@frozen
class Protocol:
    """What a row's study did, one entry per draw.

    Parameters
    ----------
    row : MechanismRow
        The row.
    seed : int
        Seed of the run.
    unprinted : ValidationParameters
        Draws of what no study prints.
    age_years, phototype : ndarray, shape (n,)
        The persons.
    sites : tuple of str
        Zones that the row's site stands for.
    site : ndarray of int, shape (n,)
        Which of them.
    length_mm, density_per_cm2 : ndarray, shape (n,)
        Needle length, and punctures over all passes; nan where a stamp's density is not printed.
    at_once : ndarray, shape (n,)
        Needles in the skin at one time; nan where a stamp's are not printed.
    epidermis_mm : ndarray, shape (n,)
        Thickness of the epidermis there.
    sessions, interval_days : ndarray, shape (n,)
        Sessions before the reading, and days between them.
    wound : Wound
        What one session leaves.
    """

    row: MechanismRow
    seed: int
    unprinted: ValidationParameters
    age_years: Array
    phototype: NDArray[np.int64]
    sites: tuple[str, ...]
    site: NDArray[np.int64]
    length_mm: Array
    density_per_cm2: Array
    at_once: Array
    epidermis_mm: Array
    sessions: NDArray[np.int64]
    interval_days: Array
    wound: Wound

    @property
    def n(self) -> int:
        """Number of draws."""
        return self.age_years.shape[0]

    def by_site(self, figure: str) -> Array:
        """Draw a figure of the zones, each draw from its own zone."""
        return _drawn(self.row, figure, self.n, self.seed)

    def with_length(self, length_mm: float) -> Protocol:
        """The same draws with another needle length."""
        return protocol(replace(self.row, length_mm=(length_mm, length_mm)), self.n, self.seed)


def sites_of(row: MechanismRow) -> tuple[str, ...]:
    """Zones that a row's site stands for: those named, all of the face, or all that may be needled.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> sites_of(mechanism_row("T018"))
    ('upper_arm_left',)
    """
    one_side = [zone for zone in zones().values() if zone.side in ("", "left")]
    if row.site and row.site != ("face",):
        return tuple(zone.name for zone in one_side if zone.base in row.site)
    may = [zone for zone in one_side if not zone.never]
    if row.site:
        may = [zone for zone in may if zone.region == "face" and zone.base != _NECK]
    return tuple(zone.name for zone in may)


def at_site(row: MechanismRow, n: int, seed: int, read: Callable[[str], Array]) -> Array:
    """Read a figure of the skin where the row was read, each draw in its own zone.

    Parameters
    ----------
    row : MechanismRow
        Any usable row; one that names several zones, or none, is spread over all it may stand for.
    n, seed : int
        Number of draws and seed.
    read : callable
        Gives the figure of a zone, shape (n,), from its name.

    Returns
    -------
    ndarray, shape (n,)
        The figure.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> at_site(mechanism_row("T164"), 2, 0, lambda name: np.full(2, len(name)))
    array([12., 12.])
    """
    sites, out = sites_of(row), np.empty(n)
    site = _site(row, n, seed)
    for index, name in enumerate(sites):
        here = site == index
        if np.any(here):
            out[here] = read(name)[here]
    return out


def _site(row: MechanismRow, n: int, seed: int) -> NDArray[np.int64]:
    return _which(f"validation.{row.study}.site", len(sites_of(row)), n, seed)


def _drawn(row: MechanismRow, figure: str, n: int, seed: int) -> Array:
    return at_site(row, n, seed, lambda name: draw_one(zones()[name].key(figure), n, seed))


def _devices(row: MechanismRow) -> tuple[Device, ...]:
    """The device named, or all of its kind; none for a stamp, of which no built-in one is known."""
    if row.device in devices():
        return (devices()[row.device],)
    return tuple(device for device in devices().values() if device.kind == row.device)


def kind_of(row: MechanismRow) -> str:
    """``pen``, ``roller`` or ``stamp``.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> kind_of(mechanism_row("H13a"))
    'pen'
    """
    return row.device if row.device in _KINDS else devices()[row.device].kind


def protocol(row: MechanismRow, n: int, seed: int) -> Protocol:
    """Draw what a row's study did.

    Parameters
    ----------
    row : MechanismRow
        A usable row with a pen, roller or stamp.
    n, seed : int
        Number of draws and seed; rows of one study share their draws.

    Returns
    -------
    Protocol
        Printed fields as printed, all others integrated over what studies print.

    Notes
    -----
    Unprinted lengths and intervals come from other rows, passes from `NeedlingParameters`, the device from the
    built-in ones of its kind, the site from the zones it may be. Limits: ``limits.needling``.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> drawn = protocol(mechanism_row("H03b"), 50, seed=0)
    >>> float(np.ptp(drawn.length_mm)), bool(np.ptp(drawn.density_per_cm2) > 0)
    (0.0, True)
    """
    stream = f"validation.{row.study}"
    kind, sites = kind_of(row), sites_of(row)
    unprinted = draw(ValidationParameters, n, seed)
    law = draw(NeedlingParameters, n, seed)
    length = integrated(row.length_mm, lambda: published_lengths_mm(kind), f"{stream}.length", n, seed)
    tolerance, per_pass, at_once = _device_figures(row, stream, length, n, seed)
    if row.needles is not None:
        at_once = np.full(n, row.needles)
    printed = np.full(n, row.passes) if row.passes is not None else None
    unreported = law.passes_unreported_pen if kind == "pen" else law.passes_unreported_roller
    density = per_pass * (unreported if printed is None else printed)
    if row.density_per_cm2 is not None:
        density = np.full(n, row.density_per_cm2)
    deflection = _drawn(row, "deflection_factor", n, seed)
    # the set depth is the length with the device's own error already in it
    depth = reached_depth_mm(kind, length + tolerance * law.scale_error, 0.0, deflection, law)
    epidermis = _drawn(row, "epidermis_mm", n, seed)
    sessions = integrated(row.sessions or (1, 1), tuple, f"{stream}.sessions", n, seed)
    if row.sessions is not None:
        low, high = row.sessions
        sessions = low + np.floor((high - low + 1) * uniforms(seed, f"{stream}.sessions", n))
    interval = None if row.interval_days is None else (row.interval_days, row.interval_days)
    if row.sessions is None:  # nothing lies between the sessions of a single one
        interval = (0.0, 0.0)
    made = wound(depth, np.where(np.isnan(density), 0.0, density), epidermis, law)
    return Protocol(
        row=row,
        seed=seed,
        unprinted=unprinted,
        age_years=ages(row, n, seed),
        phototype=_phototypes(row, stream, n, seed),
        sites=sites,
        site=_site(row, n, seed),
        length_mm=length,
        density_per_cm2=density,
        at_once=at_once,
        epidermis_mm=epidermis,
        sessions=sessions.astype(np.int64),
        interval_days=integrated(interval, lambda: published_intervals_days(kind), f"{stream}.interval", n, seed),
        wound=made,
    )


def ages(row: MechanismRow, n: int, seed: int) -> Array:
    """Ages of the persons: evenly within what is printed, else those of series that print none.

    Examples
    --------
    >>> from puncta.evidence.mechanism import mechanism_row
    >>> ages(mechanism_row("T164"), 2, seed=0)
    array([35., 35.])
    """
    if row.age_years is None:
        return draw(ValidationParameters, n, seed).age_unreported_years
    return integrated(row.age_years, tuple, f"validation.{row.study}.age", n, seed)


def _which(stream: str, options: int, n: int, seed: int) -> NDArray[np.int64]:
    return np.floor(uniforms(seed, stream, n) * options).astype(np.int64)


def _device_figures(row: MechanismRow, stream: str, length: Array, n: int, seed: int) -> tuple[Array, Array, Array]:
    """Tolerance of the length in mm, punctures per cm2 and pass, and needles in the skin at one time."""
    known = _devices(row)
    tolerance, per_pass, at_once = np.zeros(n), np.full(n, np.nan), np.full(n, np.nan)
    sunk = draw(PatternParameters, n, seed).roller_sunk_mm
    which = _which(f"{stream}.device", len(known), n, seed)
    for index, device in enumerate(known):
        here = which == index
        manner = hand(device, None, None, n, seed)
        swath = device.draw("swath_cm", n, seed)
        tolerance[here] = device.tolerance_mm
        per_pass[here] = density_per_pass_per_cm2(device, manner.speed_cm_per_s, manner.strokes_per_s, swath)[here]
        at_once[here] = needles_at_once(device, length, sunk)[here]
    return tolerance, per_pass, at_once


def _phototypes(row: MechanismRow, stream: str, n: int, seed: int) -> NDArray[np.int64]:
    low, high = row.phototypes or (1, len(PHOTOTYPES))
    return int(low) + _which(f"{stream}.phototype", int(high - low) + 1, n, seed)
