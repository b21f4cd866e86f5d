"""Vessels: how deep the superficial plexus lies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw_one
from puncta.skin.layers import SkinLayers

#: Evidence key behind the depth of the plexus.
PLEXUS_KEY = "skin.plexus_dermis_fraction"


def plexus_mm(layers: SkinLayers, seed: int) -> NDArray[np.float64]:
    """Depth of the superficial plexus, at the lower border of the papillary dermis.

    Parameters
    ----------
    layers : SkinLayers
        Layers of n persons.
    seed : int
        Seed of the run.

    Returns
    -------
    ndarray, shape (n,)
        Depth below the surface.

    Notes
    -----
    Capillary loops lie above it: whether a channel bleeds follows the first vessels, see `NeedlingParameters`. No
    zone's vessels were measured; differences between zones come from their layers alone. Limits: ``limits.skin``.
    Source: papillary_dermis_texts.

    Examples
    --------
    >>> layers = SkinLayers(np.full(200, 0.1), np.full(200, 1.0), ())
    >>> bool(0.25 < np.median(plexus_mm(layers, 0)) < 0.4)
    True
    """
    return layers.epidermis_mm + draw_one(PLEXUS_KEY, layers.dermis_mm.shape[0], seed) * layers.dermis_mm
