"""Optics: the reflectance of skin from melanin above and blood below."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.skin.light import (
    OpticsParameters,
    blood_absorption,
    bloodless_absorption,
    boundary_mismatch,
    diffuse_reflectance,
    melanosome_absorption,
    reduced_scattering,
    surface_reflection,
)
from puncta.units import convert

Array = NDArray[np.float64]


@frozen
class Skin:
    """Skin with everything but its melanin and blood: coefficients at some wavelengths, computed once.

    Parameters
    ----------
    melanosome, bloodless, resting_blood, flushed_blood, scattering : ndarray, shape (n, w)
        Absorption of each pigment and reduced scattering, in 1/cm.
    epidermis_cm, mirrored_fraction, mirror_seen_fraction, mismatch : ndarray, shape (n, 1)
        Thickness of the epidermis, mirror reflection of the surface, the share of it that the meter sees, and how much
        the surface keeps diffuse light inside.
    """

    melanosome: Array
    bloodless: Array
    resting_blood: Array
    flushed_blood: Array
    scattering: Array
    epidermis_cm: Array
    mirrored_fraction: Array
    mirror_seen_fraction: Array
    mismatch: Array

    def passed(self, melanin_fraction: Array) -> Array:
        """Share of light that the epidermis lets through on its way in and out, shape (n, w)."""
        melanin = melanin_fraction[:, None]
        above = melanin * self.melanosome + (1.0 - melanin) * self.bloodless
        # once straight and once diffusely, whose mean path is twice the thickness
        return np.exp(-3.0 * above * self.epidermis_cm)

    def dermis(self, blood_fraction: Array, flushed_fraction: Array) -> Array:
        """Share of light that the dermis gives back, shape (n, w), for shares of resting and flushed blood."""
        resting, flushed = blood_fraction[:, None], flushed_fraction[:, None]
        bare = np.clip(1.0 - resting - flushed, 0.0, 1.0)
        below = resting * self.resting_blood + flushed * self.flushed_blood + bare * self.bloodless
        return diffuse_reflectance(below, self.scattering, self.mismatch)

    def seen(self, passed: Array, dermis: Array) -> Array:
        """Reflectance, shape (n, w), of an epidermis upon a dermis: where one of both stays, it is worked out once."""
        mirror = self.mirrored_fraction
        return self.mirror_seen_fraction * mirror + (1.0 - mirror) * passed * dermis

    def reflectance(self, melanin_fraction: Array, blood_fraction: Array, flushed_fraction: Array) -> Array:
        """Reflectance, shape (n, w), for shares of melanosomes, resting blood and flushed blood of shape (n,)."""
        return self.seen(self.passed(melanin_fraction), self.dermis(blood_fraction, flushed_fraction))


def skin_at(
    wavelength_nm: Array,
    parameters: OpticsParameters,
    *,
    saturation_fraction: Array | None = None,
    epidermis_mm: Array | None = None,
) -> Skin:
    """Compute the coefficients of skin at some wavelengths.

    Parameters
    ----------
    wavelength_nm : ndarray, shape (w,)
        400 to 700.
    parameters : OpticsParameters
        Draws, shape (n,) or (1,).
    saturation_fraction : ndarray, shape (n,), or None
        Oxygen saturation of the resting blood, 0 to 1; None takes the drawn one.
    epidermis_mm : ndarray, shape (n,), or None
        Thickness of the epidermis; None takes the one to which melanin fractions belong.

    Returns
    -------
    Skin
        Ready for any melanin and blood.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> skin_at(np.array([500.0, 600.0]), nominal(OpticsParameters)).scattering.shape
    (1, 2)
    """
    p = parameters
    saturation = p.resting_saturation_fraction if saturation_fraction is None else saturation_fraction
    thick_mm = p.epidermis_mm if epidermis_mm is None else epidermis_mm
    return Skin(
        melanosome_absorption(wavelength_nm, p),
        bloodless_absorption(wavelength_nm, p),
        blood_absorption(wavelength_nm, saturation, p.resting_vessel_um, p),
        blood_absorption(wavelength_nm, p.flushed_saturation_fraction, p.flushed_vessel_um, p),
        reduced_scattering(wavelength_nm, p),
        (convert(1, "mm", "cm") * thick_mm)[:, None],
        surface_reflection(p.refractive_index)[:, None],
        p.surface_seen_fraction[:, None],
        boundary_mismatch(p.refractive_index)[:, None],
    )


def reflectance(
    wavelength_nm: Array,
    melanin_fraction: Array,
    blood_fraction: Array,
    saturation_fraction: Array,
    parameters: OpticsParameters,
    *,
    flushed_blood_fraction: Array | None = None,
    epidermis_mm: Array | None = None,
) -> Array:
    """Reflectance of skin: an epidermis that only absorbs upon a thick dermis that absorbs and scatters.

    Parameters
    ----------
    wavelength_nm : ndarray, shape (w,)
        400 to 700.
    melanin_fraction : ndarray, shape (n,)
        Share of the epidermis taken by melanosomes, 0 to 1; an effective figure.
    blood_fraction : ndarray, shape (n,)
        Share of the dermis taken by resting blood, 0 to 1; an effective figure.
    saturation_fraction : ndarray, shape (n,)
        Oxygen saturation of the resting blood, 0 to 1.
    parameters : OpticsParameters
        Draws, shape (n,) or (1,).
    flushed_blood_fraction : ndarray, shape (n,), or None
        Blood that comes with redness, in superficial vessels; None is 0.
    epidermis_mm : ndarray, shape (n,), or None
        Thickness of the epidermis; None takes the one to which melanin fractions belong.

    Returns
    -------
    ndarray, shape (n, w)
        Share of light that comes back, 0 to 1, mirror reflection included where the meter sees it.

    Notes
    -----
    Limits: ``limits.skin_colour``. Sources: jacques_1998, haemoglobin_table, vessel_flattening, nist_skin_2017.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> p, green = nominal(OpticsParameters), np.array([540.0])
    >>> light, dark = (reflectance(green, np.array([m]), np.zeros(1), np.ones(1), p) for m in (0.03, 0.3))
    >>> bool(dark[0, 0] < light[0, 0] < 1)
    True
    """
    skin = skin_at(wavelength_nm, parameters, saturation_fraction=saturation_fraction, epidermis_mm=epidermis_mm)
    flushed = np.zeros_like(blood_fraction) if flushed_blood_fraction is None else flushed_blood_fraction
    return skin.reflectance(melanin_fraction, blood_fraction, flushed)
