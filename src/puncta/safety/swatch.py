"""Swatch: the colour of this skin under daylight, at rest and while it is inflamed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import nominal, parameter
from puncta.skin import (
    OpticsParameters,
    delta_a_of_blood,
    light_skin_melanin,
    skin_at,
    swatch_hex,
    wavelengths_nm,
    xyz_from_reflectance,
)

Array = NDArray[np.float64]
_STEPS = 40  # numerics: steps of added blood, fine enough for a screen


def redness_swatches(latent_delta_a: Array, melanin_fraction: float) -> tuple[str, ...]:
    """Colours of one skin for several amounts of inflammation.

    Parameters
    ----------
    latent_delta_a : ndarray, shape (k,)
        Change of a* as light skin would show it, 0 or more; 0 is the skin at rest.
    melanin_fraction : float
        Share of the epidermis taken by melanosomes.

    Returns
    -------
    tuple of str
        sRGB for daylight D65, as ``#c08a74``; the number beside it counts, for screens differ.

    Notes
    -----
    Beyond the most blood that heating brings the colour stays as it is there. Limits: ``limits.skin_colour``. Source:
    nist_skin_2017.

    Examples
    --------
    >>> rest, red = redness_swatches(np.array([0.0, 6.0]), 0.05)
    >>> int(red[3:5], 16) < int(rest[3:5], 16)  # less green is left
    True
    """
    p = nominal(OpticsParameters)
    folds = (parameter("optics.flushed_most_fold").value - 1.0) * np.linspace(0.0, 1.0, _STEPS) ** 2
    rise = np.maximum.accumulate(delta_a_of_blood(folds, light_skin_melanin(p), p)[0])
    resting, skin = p.resting_blood_fraction, skin_at(wavelengths_nm(), p)
    melanin = np.array([melanin_fraction])
    added = np.interp(latent_delta_a, rise, folds)
    return tuple(
        swatch_hex(xyz_from_reflectance(skin.reflectance(melanin, resting, fold * resting))[0]) for fold in added
    )
