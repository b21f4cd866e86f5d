"""The injury of one session: how much of each layer is cut, and how much is cut or crushed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.healing.grid import Grid
from puncta.healing.parameters import HealingParameters
from puncta.needling import Channels, channel_area

Array = NDArray[np.float64]


@frozen(eq=False)
class Injury:
    """What one session does to each layer.

    Parameters
    ----------
    grid : Grid
        The layers.
    cut_fraction : ndarray, shape (layers, n)
        Share that channels cut, 0 to 1.
    hurt_fraction : ndarray, shape (layers, n)
        Share that is cut or crushed, 0 to 1, at least the share cut.
    """

    grid: Grid
    cut_fraction: Array
    hurt_fraction: Array


def injury(grid: Grid, channels: Channels, parameters: HealingParameters) -> Injury:
    """Work out the injury of one session from its channels.

    Parameters
    ----------
    grid : Grid
        The layers; shares are taken at their centres.
    channels : Channels
        Channels, n draws; single depths scatter normally.
    parameters : HealingParameters
        Draws, shape (n,) or (1,); ``rim`` is used.

    Returns
    -------
    Injury
        Shares by layer; placement is random, so they are 1 - exp(-A) and 1 - exp(-rim rim A) with A the mean area of
        channels per area of layer.

    Notes
    -----
    Limits: ``limits.healing``, ``limits.needling``.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.healing import grid
    >>> from puncta.needling import Channels
    >>> shape = Channels(*(np.array([x]) for x in (1.5, 1000.0, 0.06, 0.2, 0.75)))
    >>> pen = injury(grid(40), shape, nominal(HealingParameters))
    >>> pen.hurt_fraction[[0, 14, 24], 0].round(4)
    array([0.3564, 0.1487, 0.0401])
    """
    area = channel_area(grid.centres_mm, channels)
    return Injury(grid, -np.expm1(-area), -np.expm1(-(parameters.rim**2) * area))
