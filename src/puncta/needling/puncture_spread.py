"""Spread of punctures: how many fall, what they open, how much of it twice, and how evenly they lie."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.needling.dispersion import dispersion_fold
from puncta.needling.one_pass import OnePass

Array = NDArray[np.float64]
_MM2_PER_CM2 = 100.0


@frozen(eq=False)
class PunctureSpread:
    """Where the punctures of a session fall, one entry per draw.

    Parameters
    ----------
    density_per_cm2 : ndarray, shape (n,)
        Punctures per cm2 over all passes.
    opened_area_fraction : ndarray, shape (n,)
        Share of the surface opened, overlaps counted once.
    overlap_fraction : ndarray, shape (n,)
        Share of the area of all mouths that falls where another already is.
    gap_mm : ndarray, shape (n,)
        Way between two punctures of one needle or row in one pass; for a stamp between neighbours.
    dispersion_fold : ndarray, shape (n,)
        Variance of counts per mm2 over that of punctures that fall at random.
    """

    density_per_cm2: Array
    opened_area_fraction: Array
    overlap_fraction: Array
    gap_mm: Array
    dispersion_fold: Array

    @property
    def count_variation_fold(self) -> Array:
        """Evenness: standard deviation over mean of the punctures in a mm2, infinite where there are none."""
        with np.errstate(divide="ignore"):
            return np.sqrt(self.dispersion_fold / (self.density_per_cm2 / _MM2_PER_CM2))


def spread_of_punctures(one: OnePass, passes: Array, surface_radius_mm: Array) -> PunctureSpread:
    """Sum up where the punctures of a session fall.

    Parameters
    ----------
    one : OnePass
        The pattern of one pass, n draws.
    passes : ndarray, shape (n,)
        Passes, 0 or more, each in a new direction and from a new edge.
    surface_radius_mm : ndarray, shape (n,)
        Radius of a channel's mouth.

    Returns
    -------
    PunctureSpread
        Figures per draw.

    Notes
    -----
    Opened skin and overlap take punctures as fallen at random, as the wound does: 1 - exp(-n a). That is right for
    many passes in new directions, and for the share of skin that channels take: within one pass they lie apart, so it
    opens a little more than that. It is wrong where strokes lie closer than a mouth is wide (``gap_mm`` below twice
    the radius: slow hand, fast pen), which opens less; and for counts within a few passes of a pen, whose strokes lie
    0.25 mm apart along a line at 120 per s and 3 cm/s, so that a mm2 holds lines of punctures or none:
    ``dispersion_fold`` says by how much. Limits: ``limits.needling``.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.needling import PatternParameters, device, one_pass
    >>> pen = one_pass(device("exceed"), *(np.array([x]) for x in (3.0, 120.0, 0.5)), nominal(PatternParameters))
    >>> done = spread_of_punctures(pen, np.array([4.0]), np.array([0.054]))
    >>> done.density_per_cm2, done.count_variation_fold.round(2)
    (array([1920.]), array([0.28]))
    """
    density = one.density_per_cm2 * passes
    mouths = density / _MM2_PER_CM2 * np.pi * surface_radius_mm**2
    opened = -np.expm1(-mouths)
    # numerics: mouths of next to no area do not overlap, and their quotient has no digits
    few = 1e-12
    overlap = np.where(mouths > few, 1.0 - opened / np.maximum(mouths, few), 0.0)
    gap = one.unit_mm if one.scattered else one.along_mm
    return PunctureSpread(density, opened, overlap, gap, dispersion_fold(one))
