"""Mouth: what a channel draws from the film above it, and at which depth it gives it to the tissue.

A passive channel behaves like a cooling fin: what enters at its mouth leaks through its wall into the tissue on the
way down, within a length of about two radii. So radius, density and diffusion set the uptake, and depth hardly does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# numerics: beyond this many fin lengths a hyperbolic sine is pure growth, and larger ones would overflow
_FAR = 300.0


@dataclass(frozen=True)
class Channels:
    """Open channels of one kind over an area, one entry per draw.

    Parameters
    ----------
    radius_um : ndarray, shape (n,)
        Radius of a mouth, 0 where there is no channel.
    opened_fraction : ndarray, shape (n,)
        Share of the surface that mouths take up, overlaps counted once; 0 to below 1.
    depth_um : ndarray, shape (n,)
        Depth of a channel.
    diffusion_um2_per_s : ndarray, shape (n,)
        Diffusion in the fluid of the channel.
    """

    radius_um: Array
    opened_fraction: Array
    depth_um: Array
    diffusion_um2_per_s: Array


@dataclass(frozen=True)
class Mouths:
    """What channels draw from a film, one entry per draw.

    Parameters
    ----------
    conductance_um_per_s : ndarray, shape (m, n)
        Flux per area of skin into each layer of a column, for a film of activity 1 over empty tissue.
    neck_fraction : ndarray, shape (n,)
        Share of the resistance that lies in the neck of a channel, inside the stratum corneum.
    """

    conductance_um_per_s: Array
    neck_fraction: Array

    def drawn(self, open_share: Array) -> Array:
        """How much channels draw with a share of their area open, against all of it, shape (n,).

        The neck passes in proportion to its area; what the fin below draws grows with the square root of it.
        """
        some = np.where(open_share > 0, open_share, 1.0)
        drawn = some / (self.neck_fraction + (1.0 - self.neck_fraction) * np.sqrt(some))
        return np.where(open_share > 0, drawn, 0.0)


def fin_length_um(channels: Channels, tissue_um2_per_s: Array) -> Array:
    """Length over which a channel loses what it carries.

    Parameters
    ----------
    channels : Channels
        Channels, n draws.
    tissue_um2_per_s : ndarray, shape (n,)
        Diffusion times partition of the tissue around.

    Returns
    -------
    ndarray, shape (n,)
        Length in µm.

    Notes
    -----
    Radial diffusion in the unit cell around a channel, in quasi-steady state, averaged over channel and tissue.
    Limits: ``limits.absorption``. Source: absorption_note.

    Examples
    --------
    >>> one = np.ones(1)
    >>> fin_length_um(Channels(30 * one, 0.01 * one, 500 * one, 400 * one), 100 * one).round(1)
    array([54.6])
    """
    s = channels.opened_fraction
    rest = 1.0 - s
    # mean activity of the tissue ring against its inner edge, per unit of flux: ln(b/a) and its finite-ring terms
    ring = -0.5 * np.log(s) / rest**2 - (3.0 - s) / (4.0 * rest)
    d = channels.diffusion_um2_per_s
    return channels.radius_um * np.sqrt(0.5 * d * (ring / tissue_um2_per_s + 0.25 / d))  # numerics: parabolic mean


def mouths(
    channels: Channels,
    edges_um: Array,
    corneum_um: Array,
    epidermis_um: Array,
    epidermis_um2_per_s: Array,
    dermis_um2_per_s: Array,
) -> Mouths:
    """Work out what channels draw from a film and in which layer of the tissue they give it up.

    Parameters
    ----------
    channels : Channels
        Channels, n draws.
    edges_um : ndarray, shape (m + 1, n)
        Depths between which the m layers of the column lie, from 0 down.
    corneum_um, epidermis_um : ndarray, shape (n,)
        Thickness of stratum corneum, into which channels do not leak, and of the living epidermis.
    epidermis_um2_per_s, dermis_um2_per_s : ndarray, shape (n,)
        Diffusion times partition in living epidermis and dermis.

    Returns
    -------
    Mouths
        Conductance by layer, 0 without channels; share of the neck.

    Notes
    -----
    Limits: ``limits.absorption``. Source: absorption_note.

    Examples
    --------
    >>> one = np.ones(1)
    >>> deep = Channels(30 * one, 0.01 * one, 500 * one, 400 * one)
    >>> edges = np.array([[0.0], [15.0], [100.0], [1500.0]])
    >>> mouths(deep, edges, 15 * one, 85 * one, 50 * one, 100 * one).conductance_um_per_s.round(4)[:, 0]
    array([0.    , 0.0281, 0.017 ])
    """
    usable = (channels.radius_um > 0) & (channels.opened_fraction > 0) & (channels.depth_um > corneum_um)
    # any harmless channel where there is none; its conductance is set to nothing at the end
    ch = Channels(
        np.where(usable, channels.radius_um, 1.0),
        np.where(usable, channels.opened_fraction, 0.5),
        np.where(usable, channels.depth_um, 2.0 * corneum_um),
        channels.diffusion_um2_per_s,
    )
    upper = np.minimum(ch.depth_um - corneum_um, epidermis_um)
    lower = np.maximum(ch.depth_um - corneum_um - epidermis_um, 0.0)
    per_area = ch.opened_fraction * ch.diffusion_um2_per_s
    fin_e, fin_d = fin_length_um(ch, epidermis_um2_per_s), fin_length_um(ch, dermis_um2_per_s)
    there = np.where(lower > 0, dermis_um2_per_s, epidermis_um2_per_s)
    # a disc of the mouth's radius, 4 D a each, is the tip
    tip = ch.opened_fraction * 4.0 * there / (np.pi * ch.radius_um)
    into_lower = _enters(per_area / fin_d, tip, lower / fin_d)
    into_upper = _enters(per_area / fin_e, into_lower, upper / fin_e)
    whole = 1.0 / (corneum_um / per_area + 1.0 / into_upper)
    activity_top = whole / into_upper
    activity_mid = activity_top * _falls(per_area / fin_e, into_lower, upper / fin_e, upper / fin_e)
    below = edges_um - corneum_um
    flow_upper = activity_top * _flows(per_area / fin_e, into_lower, upper / fin_e, np.maximum(below, 0.0) / fin_e)
    in_lower = np.maximum(below - upper, 0.0)
    flow_lower = activity_mid * _flows(per_area / fin_d, tip, lower / fin_d, in_lower / fin_d)
    flow = np.where(below <= upper, flow_upper, np.where(below < upper + lower, flow_lower, 0.0))
    # all of it leaves above the tip or through it; a tip that lies on an edge belongs to the layer above
    flow = np.where(edges_um >= ch.depth_um, 0.0, flow)
    return Mouths(np.where(usable, flow[:-1] - flow[1:], 0.0), np.where(usable, whole * corneum_um / per_area, 0.0))


def _enters(own: Array, end: Array, length: Array) -> Array:
    """Conductance at the top of a fin of a length (in fin lengths) that ends in a conductance."""
    slope = np.tanh(length)
    return own * (end + own * slope) / (own + end * slope)


def _falls(own: Array, end: Array, length: Array, at: Array) -> Array:
    """Activity at a place in a fin with activity 1 at its top; length and place in fin lengths."""
    whole, left = np.minimum(length, _FAR), np.clip(length - at, 0.0, _FAR)
    return (own * np.cosh(left) + end * np.sinh(left)) / (own * np.cosh(whole) + end * np.sinh(whole))


def _flows(own: Array, end: Array, length: Array, at: Array) -> Array:
    """Flow down a fin at a place, with activity 1 at its top; length and place in fin lengths."""
    whole, left = np.minimum(length, _FAR), np.clip(length - at, 0.0, _FAR)
    return own * (own * np.sinh(left) + end * np.cosh(left)) / (own * np.cosh(whole) + end * np.sinh(whole))
