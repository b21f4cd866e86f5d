"""Colour: from a spectrum to XYZ, L*a*b*, the angle of skin colour, a swatch, and the two indices of meters."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.evidence.spectrum import spectrum

Array = NDArray[np.float64]

# numerics: definitions of CIE 1976 L*a*b*, exact by convention
_LINEAR_BELOW, _LINEAR_SLOPE, _LINEAR_OFFSET = (6 / 29) ** 3, (29 / 6) ** 2 / 3, 4 / 29
_L_SCALE, _L_OFFSET, _A_SCALE, _B_SCALE, _L_MIDDLE = 116.0, 16.0, 500.0, 200.0, 50.0

# numerics: definitions of sRGB, exact by convention: primaries, white of the matrix, and the curve
_PRIMARIES_XY = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
_CURVE_BELOW, _CURVE_SLOPE, _CURVE_SHIFT, _CURVE_POWER, _MOST = 0.0031308, 12.92, 0.055, 2.4, 255

_RED = ("optics.index_red_low_nm", "optics.index_red_high_nm")
_GREEN = ("optics.index_green_low_nm", "optics.index_green_high_nm")


def wavelengths_nm() -> Array:
    """Wavelengths at which colour is computed, in nm.

    Examples
    --------
    >>> wavelengths_nm()[[0, -1]]
    array([400., 700.])
    """
    return spectrum("observer_1931").wavelength_nm


@cache
def _weights() -> Array:
    light = spectrum("daylight_d65").columns["power"]
    observer = spectrum("observer_1931").columns
    seen = np.stack([light * observer[axis] for axis in ("x", "y", "z")], axis=-1)
    return seen / seen[:, 1].sum()


def xyz_from_reflectance(reflectance: Array) -> Array:
    """Colour under daylight D65 for the observer of 1931.

    Parameters
    ----------
    reflectance : ndarray, shape (..., w)
        At `wavelengths_nm`, 0 to 1.

    Returns
    -------
    ndarray, shape (..., 3)
        X, Y, Z; Y is 1 for white.

    Notes
    -----
    Sources: cie_d65, cie_observer_1931.

    Examples
    --------
    >>> xyz_from_reflectance(np.ones(wavelengths_nm().shape[0])).round(3)
    array([0.949, 1.   , 1.087])
    """
    return reflectance @ _weights()


def lab_from_xyz(xyz: Array, white: Array | None = None) -> Array:
    """L*, a*, b* of CIE 1976.

    Parameters
    ----------
    xyz : ndarray, shape (..., 3)
        X, Y, Z.
    white : ndarray, shape (3,), or None
        White in the same scale; None takes D65 as `xyz_from_reflectance` sees it.

    Returns
    -------
    ndarray, shape (..., 3)
        L*, a*, b*.

    Examples
    --------
    >>> lab_from_xyz(xyz_from_reflectance(np.ones(wavelengths_nm().shape[0]))).round(6)
    array([100.,   0.,   0.])
    """
    ratio = xyz / (_weights().sum(axis=0) if white is None else white)
    root = np.where(ratio > _LINEAR_BELOW, np.cbrt(ratio), _LINEAR_SLOPE * ratio + _LINEAR_OFFSET)
    x, y, z = (root[..., axis] for axis in range(3))
    return np.stack([_L_SCALE * y - _L_OFFSET, _A_SCALE * (x - y), _B_SCALE * (y - z)], axis=-1)


def lab_from_reflectance(reflectance: Array) -> Array:
    """L*, a*, b* of a spectrum at `wavelengths_nm`, shape (..., 3).

    Examples
    --------
    >>> lab_from_reflectance(np.zeros(wavelengths_nm().shape[0])).round(6)
    array([0., 0., 0.])
    """
    return lab_from_xyz(xyz_from_reflectance(reflectance))


def ita_degrees(lab: Array) -> Array:
    """Individual typology angle: the tone of skin, higher where lighter.

    Parameters
    ----------
    lab : ndarray, shape (..., 3)
        L*, a*, b*.

    Returns
    -------
    ndarray, shape (...)
        Angle in degrees; unsteady where b* is near 0.

    Examples
    --------
    >>> ita_degrees(np.array([60.0, 10.0, 10.0])).round(1)
    np.float64(45.0)
    """
    return np.degrees(np.arctan2(lab[..., 0] - _L_MIDDLE, lab[..., 2]))


def swatch_hex(xyz: Array) -> str:
    """sRGB of one colour as a page writes it; what a screen cannot show is moved to the nearest it can.

    Examples
    --------
    >>> swatch_hex(xyz_from_reflectance(np.ones(wavelengths_nm().shape[0])))
    '#ffffff'
    """
    linear = np.clip(linear_rgb_from_xyz(xyz), 0.0, 1.0)
    bent = (1.0 + _CURVE_SHIFT) * linear ** (1.0 / _CURVE_POWER) - _CURVE_SHIFT
    curved = np.where(linear > _CURVE_BELOW, bent, _CURVE_SLOPE * linear)
    return "#" + "".join(f"{round(float(level) * _MOST):02x}" for level in curved)


def linear_rgb_from_xyz(xyz: Array) -> Array:
    """Linear light of the primaries of sRGB; outside 0 to 1 where a screen cannot show the colour.

    Examples
    --------
    >>> linear_rgb_from_xyz(xyz_from_reflectance(np.ones(wavelengths_nm().shape[0]))).round(6)
    array([1., 1., 1.])
    """
    return xyz @ np.linalg.inv(_rgb_to_xyz()).T


def xyz_from_linear_rgb(rgb: Array) -> Array:
    """X, Y, Z of linear light of the primaries of sRGB, shape (..., 3).

    Examples
    --------
    >>> xyz_from_linear_rgb(np.ones(3))[1].round(6)
    np.float64(1.0)
    """
    return rgb @ _rgb_to_xyz().T


@cache
def _rgb_to_xyz() -> Array:
    primaries = np.array([(x / y, 1.0, (1.0 - x - y) / y) for x, y in _PRIMARIES_XY]).T
    return primaries * np.linalg.solve(primaries, _weights().sum(axis=0))


def melanin_and_erythema_index(wavelength_nm: Array, reflectance: Array) -> tuple[Array, Array]:
    """Melanin index and erythema index of narrow-band meters.

    Parameters
    ----------
    wavelength_nm : ndarray, shape (w,)
        Wavelengths that reach into both bands.
    reflectance : ndarray, shape (..., w)
        Above 0.

    Returns
    -------
    tuple of ndarray, shape (...)
        Both indices, higher where darker and where redder.

    Notes
    -----
    Source: takiwaki_1998.

    Examples
    --------
    >>> melanin, redness = melanin_and_erythema_index(wavelengths_nm(), np.full(wavelengths_nm().shape[0], 0.1))
    >>> round(float(melanin)), abs(round(float(redness)))
    (100, 0)
    """
    red, green = (
        reflectance[..., (wavelength_nm >= low) & (wavelength_nm <= high)].mean(axis=-1)
        for low, high in (_band(*_RED), _band(*_GREEN))
    )
    return 100.0 * np.log10(1.0 / red), 100.0 * np.log10(red / green)


def _band(low: str, high: str) -> tuple[float, float]:
    return parameter(low).value, parameter(high).value
