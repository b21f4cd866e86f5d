"""Contrast: how far a dark patch stands out from the skin around it, on any tone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.skin.colour import lab_from_reflectance, wavelengths_nm
from puncta.skin.light import OpticsParameters
from puncta.skin.optics import skin_at

Array = NDArray[np.float64]
# numerics: contrasts between which the colour difference is laid straight, none to one and a half of today's
_LEVELS = np.linspace(0.0, 1.5, 7)


def patch_contrast_delta_e(
    left_fraction: Array, melanin_fraction: Array, patch_fold: Array, parameters: OpticsParameters
) -> Array:
    """Colour difference between a dark patch and the skin around it.

    Parameters
    ----------
    left_fraction : ndarray, shape (n, t)
        Share of today's contrast in melanin that is left; above 1 is darker than today.
    melanin_fraction : ndarray, shape (n,)
        Melanin of the skin around it, as share of the epidermis.
    patch_fold : ndarray, shape (n,)
        Melanin of the patch today against it, 1 or more.
    parameters : OpticsParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n, t)
        Distance in L*a*b*, 0 or more. About 1 is just seen side by side.

    Notes
    -----
    Limits: ``limits.skin_colour``. Source: nist_skin_2017.

    Examples
    --------
    >>> from puncta.evidence import draw
    >>> p, fold = draw(OpticsParameters, 2, 0), np.full(2, 1.5)
    >>> found = patch_contrast_delta_e(np.array([[1.0, 0.0], [1.0, 0.5]]), np.array([0.05, 0.2]), fold, p)
    >>> bool(found[0, 1] == 0 and 0 < found[1, 1] < found[1, 0])
    True
    """
    skin, blood = skin_at(wavelengths_nm(), parameters), parameters.resting_blood_fraction
    dermis = skin.dermis(blood, np.zeros_like(blood))
    around = lab_from_reflectance(skin.seen(skin.passed(melanin_fraction), dermis))
    distances = []
    for level in _LEVELS:
        melanin = np.minimum(melanin_fraction * (1.0 + level * (patch_fold - 1.0)), 1.0)
        patch = lab_from_reflectance(skin.seen(skin.passed(melanin), dermis))
        distances.append(np.linalg.norm(patch - around, axis=1))
    known = np.stack(distances, axis=1)
    left = np.clip(left_fraction, _LEVELS[0], _LEVELS[-1])
    return np.stack([np.interp(row, _LEVELS, curve) for row, curve in zip(left, known, strict=True)])
