"""Insertion: from the depth that is set to the depth that is reached."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.needling.parameters import NeedlingParameters

Array = NDArray[np.float64]


def penetration_ratio(kind: str, set_mm: float | Array, parameters: NeedlingParameters) -> Array:
    """Reached over set depth of a kind of device in skin that gives way as much as the mean of all zones.

    Parameters
    ----------
    kind : str
        ``pen``, ``roller`` or ``stamp``.
    set_mm : float or ndarray, shape (n,)
        Set depth of a pen, needle length of a roller or stamp, 0 or more.
    parameters : NeedlingParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        0 to 1. A roller's needles first push the skin before them, so the share found in the skin rises with length;
        a pen strikes too fast for that, and a stamp is pressed until it holds.

    Notes
    -----
    Limits: ``limits.needling``. Sources: sasaki_2019, donnelly_2010, lam_2008, kalluri_2011.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(NeedlingParameters)
    >>> penetration_ratio("pen", 1.5, p), penetration_ratio("roller", 1.5, p).round(2)
    (array([0.925]), array([0.56]))
    """
    if kind == "roller":
        risen = np.asarray(set_mm, dtype=float) ** parameters.roller_steepness
        return risen / (risen + parameters.roller_half_length_mm**parameters.roller_steepness)
    ratio = {"pen": parameters.ratio_pen, "stamp": parameters.ratio_stamp}[kind]
    return np.broadcast_to(ratio, np.broadcast_shapes(ratio.shape, np.shape(set_mm)))


def reached_depth_mm(
    kind: str,
    dial_mm: float | Array,
    tolerance_mm: float,
    deflection_factor: Array,
    parameters: NeedlingParameters,
    *,
    speed_fold: float | Array = 1.0,
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
    speed_fold : float or ndarray, shape (n,)
        Speed of the needles against the device's usual one, above 0.

    Returns
    -------
    ndarray, shape (n,)
        Depth in mm, 0 where the needle does not enter.

    Notes
    -----
    Published ratios are those of channels found in skin, so they hold its mean give already; only what a zone gives
    beyond that, or a slower needle asks for, is taken off. Published on stiffness and speed are forces (0.030 N a
    needle at 0.5 mm/s, 0.022 N at 1.0 mm/s; 1 to 2 MPa for the epidermis), no depth against either: the give of a zone
    stands for its stiffness, and that speed lessens it as it lessens force is assumed. Limits: ``limits.needling``.
    Sources: sasaki_2019, donnelly_2010, lam_2008, kalluri_2011, olatunji_2013.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(NeedlingParameters)
    >>> reached_depth_mm("pen", 1.0, 0.15, np.ones(1), p).round(3)
    array([0.925])
    >>> reached_depth_mm("pen", 1.0, 0.15, np.ones(1), p, speed_fold=0.5).round(3)
    array([0.892])
    """
    set_depth = np.maximum(dial_mm + tolerance_mm * parameters.scale_error, 0.0)
    give = deflection_factor * speed_fold**-parameters.give_speed_power - 1.0
    depth = penetration_ratio(kind, set_depth, parameters) * set_depth - parameters.deflection_mm * give
    # firm skin gives way less than the mean, but no channel is deeper than the needle stands out
    return np.clip(depth, 0.0, set_depth)
