"""The injury histogram counted on thrown punctures: an account of its own beside the closed form."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.needling.histogram import InjuryHistogram
from puncta.needling.shape import Channels

Array = NDArray[np.float64]
_MM2_PER_CM2 = 100.0


def counted_histogram(
    places_mm: Array,
    side_mm: float,
    channels: Channels,
    densities_per_cm2: Array,
    depths_mm: Array,
    *,
    probes: int,
    seed: int,
    window_mm2: float = 1.0,
    draw: int = 0,
) -> InjuryHistogram:
    """Count the injury histogram at random places of a square.

    Parameters
    ----------
    places_mm : ndarray, shape (punctures, 2)
        Punctures within the square, from `throw_punctures` or elsewhere.
    side_mm : float
        Side of the square; wider than two windows.
    channels : Channels
        Shape of the channels; their density is not used.
    densities_per_cm2, depths_mm : ndarray, shape (k,) and (d,)
        Thresholds.
    probes : int
        Places that are looked at, 1 or more; neighbouring ones see the same punctures.
    seed : int
        Seed of the places and of the depths of single channels.
    window_mm2 : float
        Area around a place over which its density is counted.
    draw : int
        Which draw of the channels.

    Returns
    -------
    InjuryHistogram
        Shares with n = 1.

    Notes
    -----
    Limits: ``limits.needling``.

    Examples
    --------
    >>> shape = Channels(*(np.array([x]) for x in (1.0, 1920.0, 0.054, 0.2, 0.75)))
    >>> places = np.random.default_rng(1).uniform(0.0, 20.0, (7680, 2))
    >>> found = counted_histogram(places, 20.0, shape, np.array([1500.0]), np.array([0.0]), probes=20000, seed=2)
    >>> bool(abs(found.deeper_fraction[0, 0] - 0.161) < 0.02)
    True
    """
    # loaded here, for it is slow and nothing else needs it
    from scipy.spatial import KDTree

    # a stream of its own, so that places looked at have nothing to do with punctures thrown by the same seed
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(1,)))
    reach = float(np.sqrt(window_mm2 / np.pi))
    spots = rng.uniform(reach, side_mm - reach, (probes, 2))
    depth, radius, scatter, taper = (
        float(values[draw])
        for values in (
            channels.depth_mm,
            channels.surface_radius_mm,
            channels.depth_scatter_fraction,
            channels.taper,
        )
    )
    tips = np.maximum(depth * (1.0 + scatter * rng.standard_normal(len(places_mm))), 0.0)
    # none of a place below its mouths: at depth 0 only mouths count
    deepest = np.full(probes, -1.0)
    counts = np.zeros(probes)
    if len(places_mm):
        punctures, seen_from = KDTree(places_mm), KDTree(spots)
        counts = np.asarray(punctures.query_ball_point(spots, reach, return_length=True), dtype=float)
        pairs = seen_from.sparse_distance_matrix(punctures, radius, output_type="ndarray")
        off_axis = np.asarray(pairs["v"]) / max(radius, np.finfo(float).tiny)
        np.maximum.at(deepest, pairs["i"], tips[pairs["j"]] * (1.0 - off_axis ** (1.0 / taper)))
    densities, depths = np.asarray(densities_per_cm2, dtype=float), np.asarray(depths_mm, dtype=float)
    denser = counts[None, :] >= np.ceil(densities[:, None] / _MM2_PER_CM2 * window_mm2)
    deeper = deepest[None, :] >= depths[:, None]
    joint = denser[:, None, :] & deeper[None, :, :]
    return InjuryHistogram(
        densities,
        depths,
        window_mm2,
        denser.mean(axis=-1)[:, None],
        deeper.mean(axis=-1)[:, None],
        joint.mean(axis=-1)[:, :, None],
    )
