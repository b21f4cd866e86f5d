"""The system: the equations of layers and surface, sessions and readings as one model of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.healing.engine import Course, Model, above
from puncta.healing.grid import Grid
from puncta.healing.injury import Injury
from puncta.healing.lanes import fields
from puncta.healing.parameters import HealingParameters
from puncta.healing.react import STATES, react
from puncta.healing.readings import CRUCIAL, rows, weights
from puncta.healing.rest import rest
from puncta.healing.surface import SURFACE, surface_react

Array = NDArray[np.float64]

# numerics: size below which each state counts as small in the control of the step, in the order of STATES
_SCALE: dict[str, float] = dict(zip(STATES, (0.1, 0.03, 0.03, 0.01, 0.2, 0.3, 1, 1, 1, 1, 1, 0.05, 1), strict=True))


def _spread(p: Any) -> dict[str, Any]:
    """Diffusion of the signal, mm²/day."""
    return {"T": p.dT * p.LT * p.LT}


def _strike(u: Sequence[Any], e: Any, p: Any) -> tuple[Any, ...]:
    """A session: debris, dilation at once, and lost cells and matrix."""
    D, N, M1, M2, T, W, V, *tissue = u
    left = 1 - p.lam * e.cut
    return (D + p.kD * e.hurt, N, M1, M2, T, W + e.dilated * (1 - W), V, *(left * x for x in tissue))


def _surface_strike(s: Sequence[Any], e: Any, p: Any) -> tuple[Any, ...]:
    """Melanin that leaves with the cut."""
    H, Sc, Mel = s
    return H, Sc, Mel * (1 - e.cut_epidermis)


def _surface_react(s: Sequence[Any], means: Sequence[Any], p: Any) -> tuple[Any, ...]:
    """The surface follows the papillary means of collagen, activation and inflammation."""
    iii, young, mature, active, inflammation = (means[row] for row in CRUCIAL)
    collagen = iii + young + mature
    return surface_react(s, above(collagen - 1), above(1 - collagen), active, inflammation, p)


MODEL = Model("healing", STATES, react, _SCALE, _spread, _strike, rows, SURFACE, _surface_react, _surface_strike)


def course(
    place: Grid,
    parameters: HealingParameters,
    injuries: Mapping[float, Injury],
    end: float,
    days: Array,
) -> Course:
    """The course of some lanes, from rest.

    Parameters
    ----------
    place : Grid
        The layers.
    parameters : HealingParameters
        Fields of shape (lanes,) or (1,), the person's gain and age already in.
    injuries : mapping of float to Injury
        Sessions by day, ascending.
    end : float
        Last day.
    days : ndarray, shape (t,)
        Days to read.
    """
    p = parameters
    at_rest = rest(p)
    start = np.broadcast_to(at_rest[:, None, :], (len(STATES), place.layers, at_rest.shape[-1]))
    skin = weights(place, p)
    epidermis = place.thickness_mm[:, None] * (1.0 - place.dermal_share(p.he))
    epidermis = epidermis / epidermis.sum(axis=0)
    strikes = {
        id(each): {
            "cut": each.cut_fraction,
            "hurt": each.hurt_fraction,
            "dilated": -np.expm1(-p.q0 * each.hurt_fraction),
            "cut_epidermis": (epidermis * each.cut_fraction).sum(axis=0),
        }
        for each in injuries.values()
    }
    return Course(
        parameters=fields(p),
        start=start,
        surface=np.ones((len(SURFACE), 1)),
        exchange=np.stack(place.exchange()),
        weights=skin,
        sessions=tuple(injuries),
        strikes=tuple(strikes[id(each)] for each in injuries.values()),
        end=end,
        days=days,
    )
