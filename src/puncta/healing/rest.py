"""The rest state: healthy skin of the same person, untreated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.healing.parameters import HealingParameters
from puncta.healing.react import STATES

Array = NDArray[np.float64]


def rest(parameters: HealingParameters) -> Array:
    """States of a layer at rest, in the order of `STATES`.

    Parameters
    ----------
    parameters : HealingParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (13, n)
        All zero but vessels, fibroblasts and old elastin, which are 1, and the collagens, which together are 1.

    Notes
    -----
    Limits: ``limits.healing``. Ageing is not in the states: each one is relative to the same person untreated.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> dict(zip(STATES, rest(nominal(HealingParameters))[:, 0].round(4).tolist()))["Cm"]
    0.4899
    """
    p = parameters
    type_i = 1.0 - p.C3s
    zero, one = np.zeros_like(p.C3s), np.ones_like(p.C3s)
    at_rest = {
        "V": one,
        "F": one,
        "C3": p.C3s,
        "Ci": type_i * p.dm / (p.km + p.dm),
        "Cm": type_i * p.km / (p.km + p.dm),
        "Eo": one,
    }
    return np.stack(np.broadcast_arrays(*(at_rest.get(name, zero) for name in STATES)))
