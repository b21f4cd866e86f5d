"""Matrix: the collagen and elastin of the dermis, by age and sun, and what becomes of them without treatment."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.units import convert

Array = NDArray[np.float64]


@frozen
class MatrixParameters:
    """How collagen and elastin fall with age; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "skin"

    matrix_falls_from_years: Array
    collagen_loss_per_year: Array
    elastin_half_life_years: Array


def collagen_of_young_fraction(age_years: Array, parameters: MatrixParameters) -> Array:
    """Collagen of the dermis against that of the same person as a young adult.

    Parameters
    ----------
    age_years : ndarray, shape (n,) or (n, t)
        Ages, 0 to 120.
    parameters : MatrixParameters
        Draws, shape (n,) or (n, 1).

    Returns
    -------
    ndarray, same shape as ages
        1 up to young adult age, then the same share less every year.

    Notes
    -----
    Limits: ``limits.skin``; the fast loss after the menopause is not modelled. Source: shuster_1975.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> collagen_of_young_fraction(np.array([18.0, 60.0]), nominal(MatrixParameters)).round(2)
    array([1.  , 0.67])
    """
    grown = np.maximum(age_years - parameters.matrix_falls_from_years, 0.0)
    return (1.0 - parameters.collagen_loss_per_year) ** grown


def collagen_age_fold(age_years: Array, days: Array, parameters: MatrixParameters) -> Array:
    """Collagen of an untreated person against today.

    Parameters
    ----------
    age_years : ndarray, shape (n,)
        Age today.
    days : ndarray, shape (t,)
        Days from today, 0 or more.
    parameters : MatrixParameters
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
    >>> float(collagen_age_fold(np.array([50.0]), np.array([365.25]), nominal(MatrixParameters))[0, 0].round(4))
    0.99
    """
    p = parameters
    columns = MatrixParameters(
        p.matrix_falls_from_years[:, None], p.collagen_loss_per_year[:, None], p.elastin_half_life_years[:, None]
    )
    today = age_years[:, None]
    then = today + np.asarray(days)[None, :] / convert(1.0, "year", "d")
    return collagen_of_young_fraction(then, columns) / collagen_of_young_fraction(today, columns)


def elastin_intact_fraction(age_years: Array, elastotic_fraction: Array, parameters: MatrixParameters) -> Array:
    """Elastin that is neither lost nor elastotic, against that of the same person as a young adult.

    Parameters
    ----------
    age_years : ndarray, shape (n,)
        Ages, 0 to 120.
    elastotic_fraction : ndarray, shape (n,)
        Share that sun has spoilt, 0 to 1.
    parameters : MatrixParameters
        Draws, shape (n,).

    Returns
    -------
    ndarray, shape (n,)
        0 to 1.

    Notes
    -----
    Limits: ``limits.skin``. Source: elastin_half_life_texts.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> elastin_intact_fraction(np.array([92.0]), np.array([0.5]), nominal(MatrixParameters))
    array([0.25])
    """
    grown = np.maximum(age_years - parameters.matrix_falls_from_years, 0.0)
    return (1.0 - elastotic_fraction) * 0.5 ** (grown / parameters.elastin_half_life_years)
