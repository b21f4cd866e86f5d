"""The numbing plan: when on, how much, when off, and how near to the limits of the label."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NumbingPlan:
    """Cream for one session.

    Parameters
    ----------
    product : str
        Key in the numbing library.
    amount_g : float
        Cream in grams.
    area_cm2 : float
        Area covered, intact skin only.
    minutes : float
        Time on the skin.
    absorbed_mg : mapping of active to band
        Uptake per active in mg: (low80, median, high80).
    limit_mg : mapping of active to float
        Limit on the absorbed amount per active in mg.
    warnings : tuple of str
        What a prescriber must look at; empty where there is nothing.
    sources : tuple of str
        Source keys.
    """

    product: str
    amount_g: float
    area_cm2: float
    minutes: float
    absorbed_mg: dict[str, tuple[float, float, float]]
    limit_mg: dict[str, float]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
