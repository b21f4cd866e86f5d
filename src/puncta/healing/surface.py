"""The surface: viable epidermis, horny layer and melanin, which follow the papillary dermis and feed nothing back."""

from __future__ import annotations

from typing import Any

#: States of the surface in the order of `surface_react`; all are 1 at rest.
SURFACE = ("H", "Sc", "Mel")


def surface_react(s: Any, gained: Any, lost: Any, a: Any, x: Any, p: Any) -> tuple[Any, Any, Any]:
    """Rates of change of the surface, per day.

    Parameters
    ----------
    s : sequence of 3 floats or arrays
        H viable epidermis, Sc horny layer, Mel epidermal melanin, each 1 at rest.
    gained, lost : float or array
        Papillary collagen above and below rest, each 0 or more; one of them is 0.
    a, x : float or array
        Papillary means: activation of fibroblasts, and neutrophils with early macrophages.
    p : HealingParameters
        ``kH``, ``kG``, ``kI``, ``tv_e`` and ``ts`` are used.

    Returns
    -------
    tuple of 3 floats or arrays
        Rates in the same order. Melanin shed per day is Mel / tv_e. The epidermis thickens in proportion to collagen
        gained; where collagen is lost it thins at the same rate at first and never below nothing, which is assumed.

    Notes
    -----
    Limits: ``limits.healing``, ``limits.pigment``. Sources: felix_garza_2017, lotfi_2013.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> from puncta.healing import HealingParameters
    >>> [float(rate[0]) for rate in surface_react((1, 1, 1), 0, 0, 0, 0, nominal(HealingParameters))]
    [0.0, 0.0, 0.0]
    """
    H, Sc, Mel = s
    return (
        ((1 + p.kH * gained) / (1 + p.kH * lost) + p.kG * a - H) / p.tv_e,
        (H - Sc) / p.ts,
        (1 + p.kI * x - Mel) / p.tv_e,
    )
