"""The shape of channels: how they narrow and how much of a layer they take; wound, histogram and healing read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen

Array = NDArray[np.float64]
_MM2_PER_CM2 = 100.0

# numerics: a mean over normally scattered depths by 15 points, and the depth that stands for none
_SCORES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_NO_DEPTH_MM = 1e-9


@frozen
class Channels:
    """Shape and number of the channels of one session, one entry per draw.

    Parameters
    ----------
    depth_mm : ndarray, shape (n,)
        Mean depth reached, 0 or more.
    density_per_cm2 : ndarray, shape (n,)
        Punctures per cm2 over all passes, 0 or more.
    surface_radius_mm : ndarray, shape (n,)
        Radius of a channel's mouth; 0 where the needle does not enter.
    depth_scatter_fraction : ndarray, shape (n,)
        Standard deviation of single depths as a share of the mean.
    taper : ndarray, shape (n,)
        Power by which channels narrow with depth.
    """

    depth_mm: Array
    density_per_cm2: Array
    surface_radius_mm: Array
    depth_scatter_fraction: Array
    taper: Array

    def none(self) -> Channels:
        """The same number of draws with no channel at all."""
        zero = np.zeros_like(self.depth_mm)
        return replace(self, depth_mm=zero, density_per_cm2=zero, surface_radius_mm=zero)

    @classmethod
    def side_by_side(cls, several: Sequence[Channels]) -> Channels:
        """Several sets of channels as one, the draws of the first before those of the second."""
        names = [field.name for field in fields(cls)]
        return cls(**{name: np.concatenate([getattr(one, name) for one in several]) for name in names})


def narrowed(depth_fraction: Array, taper: Array) -> Array:
    """Cross-section of a channel against its mouth: (1 - z/depth)^(2 taper), 0 below its tip.

    Parameters
    ----------
    depth_fraction : ndarray
        z over the depth of the channel, 0 or more.
    taper : ndarray
        Power by which the radius narrows.

    Returns
    -------
    ndarray
        0 to 1, of the broadcast shape.

    Examples
    --------
    >>> narrowed(np.array([0.0, 0.5, 1.5]), np.array([0.5]))
    array([1. , 0.5, 0. ])
    """
    return np.maximum(1.0 - depth_fraction, 0.0) ** (2.0 * taper)


def channel_area(depths_mm: Array, channels: Channels) -> Array:
    """Area of channels per area of skin at given depths, overlaps counted twice: n pi E[r(z)^2].

    Parameters
    ----------
    depths_mm : ndarray, shape (d,)
        Depths below the surface, 0 or more.
    channels : Channels
        Channels, n draws; single depths scatter normally, the mouth is the same for all.

    Returns
    -------
    ndarray, shape (d, n)
        Never rising with depth. Where punctures fall at random, the share hit is 1 - exp of minus this.

    Notes
    -----
    Limits: ``limits.needling``. The mean over depths holds to 0.001 of the mouth, to 0.007 where channels scatter
    most and narrow least.

    Examples
    --------
    >>> shape = Channels(*(np.array([x]) for x in (1.5, 1000.0, 0.06, 0.2, 0.75)))
    >>> channel_area(np.array([0.0, 0.75, 3.0]), shape)[:, 0].round(4)
    array([0.1131, 0.0383, 0.    ])
    """
    share = _WEIGHTS / _WEIGHTS.sum()
    z = np.asarray(depths_mm, dtype=float)[:, None]
    mean_square = np.zeros(1)
    for score, weight in zip(_SCORES, share, strict=True):
        tip = np.maximum(channels.depth_mm * (1.0 + channels.depth_scatter_fraction * score), _NO_DEPTH_MM)
        mean_square = mean_square + weight * narrowed(z / tip, channels.taper)
    return channels.density_per_cm2 / _MM2_PER_CM2 * np.pi * channels.surface_radius_mm**2 * mean_square
