"""Insertion: from the depth that is set to the depth that is reached."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.needling.parameters import NeedlingParameters

Array = NDArray[np.float64]


def penetration_ratio(kind: str, parameters: NeedlingParameters) -> Array:
    """Reached over set depth of a kind of device, before the skin gives way.

    Parameters
    ----------
    kind : str
        ``pen``, ``roller`` or ``stamp``.
    parameters : NeedlingParameters
        Draws, shape (n,).

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> penetration_ratio("pen", nominal(NeedlingParameters))
    array([0.925])
    """
    return {"pen": parameters.ratio_pen, "roller": parameters.ratio_roller, "stamp": parameters.ratio_stamp}[kind]


def reached_depth_mm(
    kind: str, dial_mm: float | Array, tolerance_mm: float, deflection_factor: Array, parameters: NeedlingParameters
) -> Array:
    """Mean depth that channels reach.

    Parameters
    ----------
    kind : str
        ``pen``, ``roller`` or ``stamp``.
    dial_mm : float or ndarray
        Set depth of a pen, needle length of a roller or stamp, 0 to 3.
    tolerance_mm : float
        The device's stated tolerance, 0 or more.
    deflection_factor : ndarray, shape (n,)
        How far this zone gives way against the mean of all zones.
    parameters : NeedlingParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        Depth in mm, 0 where the needle does not enter.

    Notes
    -----
    Published ratios of rollers and stamps are those of channels found in skin, so they hold its mean give already; only
    what a zone gives beyond that is taken off. Of what moves depth only the kind of device, its tolerance and the give
    of the zone are in the rule. Stiffness and speed are left out: published are forces (0.030 N a needle at 0.5 mm/s,
    0.021 N at 1.0 mm/s; 1 to 2 MPa for the epidermis), no depth against either, and a pen's needle moves some hundred
    times faster than those. The range of the give is meant to hold both. Limits: ``limits.needling``.
    Sources: sasaki_2019, donnelly_2010, lam_2008, kalluri_2011.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(NeedlingParameters)
    >>> reached_depth_mm("pen", 1.0, 0.15, np.ones(1), p).round(3)
    array([0.75])
    """
    set_depth = dial_mm + tolerance_mm * parameters.scale_error
    give = deflection_factor if kind == "pen" else deflection_factor - 1.0
    depth = penetration_ratio(kind, parameters) * set_depth - parameters.deflection_mm * give
    # firm skin gives way less than the mean, but no channel is deeper than the needle stands out
    return np.clip(depth, 0.0, np.maximum(set_depth, 0.0))
