"""Ageing: what dermal collagen does without treatment."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.skin.layers import SkinParameters


def collagen_age_fold(
    age_years: NDArray[np.float64], days: NDArray[np.float64], parameters: SkinParameters
) -> NDArray[np.float64]:
    """Collagen of an untreated person against today.

    Parameters
    ----------
    age_years : ndarray, shape (n,)
        Age today; the yearly loss is the same share at every adult age.
    days : ndarray, shape (t,)
        Days from today, 0 or more.
    parameters : SkinParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n, t)
        1 today.

    Notes
    -----
    Limits: ``limits.skin``; the fast loss after the menopause is not modelled. Source: shuster_1975.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> float(collagen_age_fold(np.array([50.0]), np.array([365.25]), nominal(SkinParameters))[0, 0].round(4))
    0.99
    """
    years = days / 365.25
    return np.broadcast_to(
        (1.0 - parameters.collagen_loss_per_year[:, None]) ** years[None, :], (age_years.shape[0], days.shape[0])
    )
