"""Tone: the angle of skin colour of a person, its word, and the melanin that gives it."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw, parameter, parameter_keys
from puncta.frozen import frozen
from puncta.skin.colour import ita_degrees, lab_from_reflectance, wavelengths_nm
from puncta.skin.light import OpticsParameters
from puncta.skin.optics import skin_at

Array = NDArray[np.float64]

# numerics: halvings that place melanin to a millionth
_HALVINGS = 20
_DARKEST = "dark"

# numerics: phototypes are names, not amounts
_PHOTOTYPES = (1, 2, 3, 4, 5, 6)

#: Words of tone from light to dark, with the key of the angle above which each holds; below all stands dark.
_CLASSES = {
    "very_light": "optics.very_light_above_ita_degrees",
    "light": "optics.light_above_ita_degrees",
    "intermediate": "optics.intermediate_above_ita_degrees",
    "tan": "optics.tan_above_ita_degrees",
    "brown": "optics.brown_above_ita_degrees",
}


@frozen
class ToneParameters:
    """Usual angles of skin colour by phototype, and errors; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "optics"

    ita_error_degrees: Array
    phototype_1_ita_degrees: Array
    phototype_2_ita_degrees: Array
    phototype_3_ita_degrees: Array
    phototype_4_ita_degrees: Array
    phototype_5_ita_degrees: Array
    phototype_6_ita_degrees: Array
    phototype_ita_error_degrees: Array


def tone_class(ita: float) -> str:
    """Word for a tone: very_light, light, intermediate, tan, brown or dark.

    Parameters
    ----------
    ita : float
        Individual typology angle in degrees.

    Returns
    -------
    str
        One of six words; no stand-in for a phototype.

    Examples
    --------
    >>> tone_class(47.0), tone_class(-51.0)
    ('light', 'dark')
    """
    return next((word for word, key in _CLASSES.items() if ita > parameter(key).value), _DARKEST)


def resting_lab(melanin_fraction: Array, parameters: OpticsParameters) -> Array:
    """L*, a*, b* of skin at rest.

    Parameters
    ----------
    melanin_fraction : ndarray, shape (n,)
        Share of the epidermis taken by melanosomes.
    parameters : OpticsParameters
        Draws, shape (n,) or (1,).

    Returns
    -------
    ndarray, shape (n, 3)
        L*, a*, b* under daylight.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> bool(resting_lab(np.array([0.03]), nominal(OpticsParameters))[0, 0] > 60)
    True
    """
    skin, blood = skin_at(wavelengths_nm(), parameters), parameters.resting_blood_fraction
    return lab_from_reflectance(skin.reflectance(melanin_fraction, blood, np.zeros_like(blood)))


def melanin_from_ita(ita: Array, parameters: OpticsParameters) -> Array:
    """Melanin that gives a tone, at resting blood.

    Parameters
    ----------
    ita : ndarray, shape (n,)
        Individual typology angle in degrees, -90 to 90.
    parameters : OpticsParameters
        Draws, shape (n,) or (1,).

    Returns
    -------
    ndarray, shape (n,)
        Share of the epidermis taken by melanosomes, 0 to 1; an end of that range where no melanin gives the tone.

    Notes
    -----
    Limits: ``limits.skin_colour``. Source: nist_skin_2017.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p = nominal(OpticsParameters)
    >>> ita_degrees(resting_lab(melanin_from_ita(np.array([-12.0]), p), p)).round(2)
    array([-12.])
    """
    skin, blood = skin_at(wavelengths_nm(), parameters), parameters.resting_blood_fraction
    low, high = np.zeros(ita.shape), np.ones(ita.shape)
    dermis = skin.dermis(blood, np.zeros_like(blood))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        lighter = ita_degrees(lab_from_reflectance(skin.seen(skin.passed(middle), dermis))) > ita
        low, high = np.where(lighter, middle, low), np.where(lighter, high, middle)
    return (low + high) / 2.0


def person_ita_degrees(measured_degrees: float | None, phototype: NDArray[np.int64], seed: int) -> Array:
    """Tone of many persons: around the measured angle, else around the usual one of their phototype.

    Parameters
    ----------
    measured_degrees : float or None
        Measured individual typology angle.
    phototype : ndarray of int, shape (n,)
        Fitzpatrick types, 1 to 6; used only where nothing was measured, with a wide spread, for the two agree poorly.
    seed : int
        Seed of the run.

    Returns
    -------
    ndarray, shape (n,)
        Individual typology angles in degrees.

    Notes
    -----
    Limits: ``limits.skin_colour``. Sources: nist_skin_2017, angle_and_phototype.

    Examples
    --------
    >>> bool(np.ptp(person_ita_degrees(None, np.full(99, 4), 0)) > np.ptp(person_ita_degrees(18, np.full(99, 4), 0)))
    True
    """
    n = phototype.shape[0]
    law = draw(ToneParameters, n, seed)
    if measured_degrees is not None:
        return measured_degrees + law.ita_error_degrees
    usual = np.stack([getattr(law, f"phototype_{kind}_ita_degrees") for kind in _PHOTOTYPES])
    return usual[phototype - 1, np.arange(n)] + law.phototype_ita_error_degrees


def tone_keys(measured: bool, phototypes: set[int]) -> tuple[str, ...]:
    """Evidence keys behind the tones of a run.

    Parameters
    ----------
    measured : bool
        True where an angle was measured.
    phototypes : set of int
        Fitzpatrick types in the run, 1 to 6.

    Returns
    -------
    tuple of str
        Keys of the parameters that were used.

    Examples
    --------
    >>> tone_keys(True, {4})
    ('optics.ita_error_degrees',)
    """
    if measured:
        return parameter_keys(ToneParameters)[:1]
    usual = (f"optics.phototype_{kind}_ita_degrees" for kind in sorted(phototypes))
    return (*usual, parameter_keys(ToneParameters)[-1])
