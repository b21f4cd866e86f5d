"""The injury histogram: what share of the area has at least so many punctures, is injured at least so deep, or both."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.needling.shape import Channels, channel_area

Array = NDArray[np.float64]
_MM2_PER_CM2 = 100.0


@frozen(eq=False)
class InjuryHistogram:
    """Shares of the area, falling along every axis but the last.

    Parameters
    ----------
    densities_per_cm2 : ndarray, shape (k,)
        Thresholds of density.
    depths_mm : ndarray, shape (d,)
        Thresholds of depth below the surface.
    window_mm2 : float
        Area around a place over which its density is counted.
    denser_fraction : ndarray, shape (k, n)
        Share of the area with at least this density.
    deeper_fraction : ndarray, shape (d, n)
        Share of the area injured to at least this depth.
    joint_fraction : ndarray, shape (k, d, n)
        Share of the area with both.
    """

    densities_per_cm2: Array
    depths_mm: Array
    window_mm2: float
    denser_fraction: Array
    deeper_fraction: Array
    joint_fraction: Array


def injury_histogram(
    channels: Channels, densities_per_cm2: Array, depths_mm: Array, *, window_mm2: float = 1.0
) -> InjuryHistogram:
    """Work out the injury histogram of one session.

    Parameters
    ----------
    channels : Channels
        Channels of the session, n draws; single depths scatter normally.
    densities_per_cm2 : ndarray, shape (k,)
        Thresholds of density, 0 or more; counts are whole, so a threshold counts as the next whole one in the window.
    depths_mm : ndarray, shape (d,)
        Thresholds of depth, 0 or more; at 0 the share is the opened skin.
    window_mm2 : float
        Area around a place over which its density is counted, above 0 and much larger than a mouth.

    Returns
    -------
    InjuryHistogram
        Shares per draw.

    Notes
    -----
    Punctures fall at random, so N in a window is Poisson, and a place is missed by all of N with chance (1 - q)^N, q
    being the mean area of a channel at that depth over the window: P(N >= k, hit) = P(N >= k; m) -
    exp(-m q) P(N >= k; m (1 - q)). With k = 0 that is 1 - exp(-n pi E[r(z)^2]), the share that healing takes as cut.
    For counts in few passes of a pen or roller see `spread_of_punctures`; `counted_histogram` takes real patterns.
    Limits: ``limits.needling``.

    Examples
    --------
    >>> shape = Channels(*(np.array([x]) for x in (1.0, 1920.0, 0.054, 0.2, 0.75)))
    >>> found = injury_histogram(shape, np.array([0.0, 1500.0, 2500.0]), np.array([0.0, 0.5, 1.0]))
    >>> found.joint_fraction[:, :, 0].round(3)
    array([[0.161, 0.058, 0.005],
           [0.146, 0.052, 0.004],
           [0.025, 0.009, 0.001]])
    """
    least = np.ceil(np.asarray(densities_per_cm2, dtype=float) / _MM2_PER_CM2 * window_mm2)
    depths = np.asarray(depths_mm, dtype=float)
    mean = channels.density_per_cm2 / _MM2_PER_CM2 * window_mm2
    area = channel_area(depths, channels)
    # numerics: without punctures there is nothing to divide, and nothing is hit
    hit = area * window_mm2 / np.maximum(mean, 1e-300)
    denser = _at_least(least[:, None], mean[None, :])
    missed = np.exp(-area)[None, :, :] * _at_least(least[:, None, None], (mean * (1.0 - hit))[None, :, :])
    joint = np.maximum(denser[:, None, :] - missed, 0.0)
    return InjuryHistogram(
        np.asarray(densities_per_cm2, dtype=float), depths, window_mm2, denser, -np.expm1(-area), joint
    )


def _at_least(least: Array, mean: Array) -> Array:
    """Chance of at least so many events where so many are expected."""
    # numerics: at least none is certain; the function is not defined there
    from scipy.special import gammainc  # loaded where it is needed: it takes long, and a forecast does without

    return np.where(least > 0.0, gammainc(np.maximum(least, 1.0), mean), 1.0)
