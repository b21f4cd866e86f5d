"""Readings: what is kept of the states, as means over depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.healing.grid import Grid
from puncta.healing.parameters import HealingParameters
from puncta.healing.react import activation

Array = NDArray[np.float64]


@frozen(eq=False)
class DepthMeans:
    """Means over a depth of the dermis, each of shape (lanes, days).

    Parameters
    ----------
    fibroblasts_fold : ndarray
        Fibroblasts, 1 at rest.
    collagen_iii_fraction, young_collagen_fraction, mature_collagen_fraction : ndarray
        Collagen III, and collagen I before and after cross-linking, as shares of the healthy total.
    new_elastin_fraction, old_elastin_fraction : ndarray
        Elastin made since, as share of the healthy; and elastin from before, 1 at rest.
    signal : ndarray
        Signal to fibroblasts, 1 = half activation.
    activation_fraction : ndarray
        Activation of fibroblasts, 0 at rest.
    inflammation : ndarray
        Neutrophils and early macrophages, in the model's unit, 0 at rest.
    """

    fibroblasts_fold: Array
    collagen_iii_fraction: Array
    young_collagen_fraction: Array
    mature_collagen_fraction: Array
    new_elastin_fraction: Array
    old_elastin_fraction: Array
    signal: Array
    activation_fraction: Array
    inflammation: Array

    @property
    def collagen_fold(self) -> Array:
        """All collagen, 1 at rest."""
        return self.collagen_iii_fraction + self.young_collagen_fraction + self.mature_collagen_fraction

    @property
    def iii_per_i_fold(self) -> Array:
        """Collagen III over collagen I, as a plain ratio."""
        return self.collagen_iii_fraction / (self.young_collagen_fraction + self.mature_collagen_fraction)

    def total_elastin_fold(self, elastotic_fraction: float | Array) -> Array:
        """All elastin, 1 at rest.

        Parameters
        ----------
        elastotic_fraction : float or ndarray, shape (lanes,)
            Elastotic share of the elastin of the site, 0 to 1; see `puncta.skin.elastotic_fraction`.

        Returns
        -------
        ndarray, shape (lanes, days)
            1 - share (1 - old) + new.
        """
        share = np.atleast_1d(np.asarray(elastotic_fraction, dtype=float))[:, None]
        return 1.0 - share * (1.0 - self.old_elastin_fraction) + self.new_elastin_fraction


#: Number of rows that one depth takes, in the order of `DepthMeans`.
PER_DEPTH = len(fields(DepthMeans))
#: Papillary rows that the surface follows: collagen III, young and mature collagen I, activation, inflammation.
CRUCIAL = (1, 2, 3, PER_DEPTH - 2, PER_DEPTH - 1)


def rows(u: Sequence[Any], p: Any) -> list[tuple[str, Any]]:
    """What is read of a layer, with the name of its weights: papillary means, dermal means, redness.

    Parameters
    ----------
    u : sequence of 13
        States in the order of `STATES`.
    p : HealingParameters
        ``aW`` and ``aV`` are used.

    Returns
    -------
    list of (str, value)
        Twice the rows of `DepthMeans`, then redness; each is the sum over layers of weight times value.
    """
    _, N, M1, _, T, W, V, *tissue = u
    depths = [
        pair
        for depth in ("papillary", "dermis")
        for pair in (
            *((f"{depth}_dermal", x) for x in tissue),
            (depth, T),
            (depth, activation(T)),
            (depth, N + M1),
        )
    ]
    return [*depths, ("fading", p.aW * W + p.aV * (V - 1))]


def weights(place: Grid, parameters: HealingParameters) -> dict[str, Array]:
    """Weights of the layers by name, each of shape (layers, lanes); all but the fading ones sum to 1.

    Parameters
    ----------
    place : Grid
        The layers.
    parameters : HealingParameters
        ``zp_top``, ``zp_bottom``, ``he`` and ``zr`` are used.
    """
    p, dermal = parameters, place.dermal_share(parameters.he)
    top, bottom = float(p.zp_top[0]), float(p.zp_bottom[0])
    papillary, dermis = place.overlap_mm(top, bottom)[:, None], place.overlap_mm(top, np.inf)[:, None]
    return {
        "papillary": _shares(papillary),
        "papillary_dermal": _shares(papillary * dermal),
        "dermis": _shares(dermis),
        "dermis_dermal": _shares(dermis * dermal),
        "fading": place.fading_weights(*np.broadcast_arrays(p.he, p.zr)),
    }


def _shares(weights: Array) -> Array:
    """Weights over layers that sum to 1 in every lane."""
    return weights / weights.sum(axis=0)
