"""Light in skin: what pigments absorb, what fibres scatter, and how much comes back from a thick layer."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence.spectrum import spectrum
from puncta.frozen import frozen
from puncta.units import convert

Array = NDArray[np.float64]

# numerics: nodes that give the mean of Fresnel's formulas over angles to more digits than are used
_ANGLES = 2000


@frozen
class OpticsParameters:
    """What skin absorbs and scatters; one draw per person in each field."""

    EVIDENCE: ClassVar[str] = "optics"

    refractive_index: Array
    surface_seen_fraction: Array
    epidermis_mm: Array
    melanosome_per_cm: Array
    melanosome_power: Array
    bloodless_constant_per_cm: Array
    bloodless_blue_per_cm: Array
    bloodless_start_nm: Array
    bloodless_fall_nm: Array
    bloodless_fold: Array
    haemoglobin_g_per_l: Array
    haemoglobin_g_per_mol: Array
    scatter_small_per_cm: Array
    scatter_small_power: Array
    scatter_large_per_cm: Array
    scatter_large_power: Array
    resting_blood_fraction: Array
    resting_saturation_fraction: Array
    resting_vessel_um: Array
    flushed_vessel_um: Array
    flushed_saturation_fraction: Array


def melanosome_absorption(wavelength_nm: Array, parameters: OpticsParameters) -> Array:
    """Absorption within melanosomes, in 1/cm, shape (n, w).

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> melanosome_absorption(np.array([500.0]), nominal(OpticsParameters)).round(0)
    array([[689.]])
    """
    p = parameters
    return p.melanosome_per_cm[:, None] * wavelength_nm ** -p.melanosome_power[:, None]


def bloodless_absorption(wavelength_nm: Array, parameters: OpticsParameters) -> Array:
    """Absorption of skin without blood and melanin, in 1/cm, shape (n, w)."""
    p = parameters
    beyond = (wavelength_nm - p.bloodless_start_nm[:, None]) / p.bloodless_fall_nm[:, None]
    published = p.bloodless_constant_per_cm[:, None] + p.bloodless_blue_per_cm[:, None] * np.exp(-beyond)
    return p.bloodless_fold[:, None] * published


def blood_absorption(
    wavelength_nm: Array, saturation_fraction: Array, vessel_um: Array, parameters: OpticsParameters
) -> Array:
    """Absorption of blood gathered in vessels.

    Parameters
    ----------
    wavelength_nm : ndarray, shape (w,)
        400 to 700.
    saturation_fraction : ndarray, shape (n,)
        Share of the haemoglobin that carries oxygen, 0 to 1.
    vessel_um : ndarray, shape (n,)
        Width of the vessels; 0 spreads the blood evenly.
    parameters : OpticsParameters
        Draws, shape (n,) or (1,).

    Returns
    -------
    ndarray, shape (n, w)
        Absorption in 1/cm: the wider the vessel, the less of its blood the light meets.

    Notes
    -----
    Limits: ``limits.skin_colour``. Sources: haemoglobin_table, vessel_flattening.

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> green, p = np.array([540.0]), nominal(OpticsParameters)
    >>> even, gathered = (blood_absorption(green, np.ones(1), np.array([d]), p) for d in (0.0, 50.0))
    >>> bool(gathered[0, 0] < even[0, 0])
    True
    """
    p = parameters
    table = spectrum("haemoglobin")
    share = saturation_fraction[:, None]
    molar = share * table.at("oxygenated", wavelength_nm) + (1.0 - share) * table.at("deoxygenated", wavelength_nm)
    even = np.log(10) * molar * (p.haemoglobin_g_per_l / p.haemoglobin_g_per_mol)[:, None]
    return even * _met_fraction(even * (convert(1, "um", "cm") * vessel_um)[:, None])


def _met_fraction(depth: Array) -> Array:
    """Mean of exp(-x) for x from 0 to the depth: the share of a vessel's blood that light meets."""
    thick = np.where(depth > 0, depth, 1.0)
    return np.where(depth > 0, -np.expm1(-thick) / thick, 1.0)


def reduced_scattering(wavelength_nm: Array, parameters: OpticsParameters) -> Array:
    """Reduced scattering of skin, in 1/cm, shape (n, w).

    Examples
    --------
    >>> from puncta.evidence import nominal
    >>> reduced_scattering(np.array([500.0]), nominal(OpticsParameters)).round(1)
    array([[49.9]])
    """
    p = parameters
    small = p.scatter_small_per_cm[:, None] * wavelength_nm ** -p.scatter_small_power[:, None]
    return small + p.scatter_large_per_cm[:, None] * wavelength_nm ** -p.scatter_large_power[:, None]


def surface_reflection(refractive_index: Array) -> Array:
    """Share of light that the surface mirrors at right angles.

    Examples
    --------
    >>> surface_reflection(np.array([1.4])).round(4)
    array([0.0278])
    """
    return ((refractive_index - 1.0) / (refractive_index + 1.0)) ** 2


@cache
def returned_inside(refractive_index: float) -> float:
    """Share of diffuse light that the surface sends back into the skin, from Fresnel's formulas.

    Examples
    --------
    >>> round(returned_inside(1.4), 2)
    0.49
    """
    if refractive_index == 1.0:
        return 0.0
    edges = np.linspace(0.0, np.pi / 2.0, _ANGLES + 1)
    inside = (edges[:-1] + edges[1:]) / 2.0
    width = edges[1]
    bent = refractive_index * np.sin(inside)
    passes = bent < 1.0
    outside = np.arcsin(np.where(passes, bent, 1.0))
    cos_in, cos_out = np.cos(inside), np.cos(outside)
    across = ((refractive_index * cos_in - cos_out) / (refractive_index * cos_in + cos_out)) ** 2
    along = ((refractive_index * cos_out - cos_in) / (refractive_index * cos_out + cos_in)) ** 2
    mirrored = np.where(passes, (across + along) / 2.0, 1.0)
    flux = float(np.sum(2.0 * np.sin(inside) * cos_in * mirrored) * width)
    current = float(np.sum(3.0 * np.sin(inside) * cos_in**2 * mirrored) * width)
    return (flux + current) / (2.0 - flux + current)


def boundary_mismatch(refractive_index: Array) -> Array:
    """How much the surface keeps diffuse light inside, (1 + r) / (1 - r), shape (n,), by refractive index.

    Examples
    --------
    >>> boundary_mismatch(np.array([1.0, 1.4])).round(2)
    array([1.  , 2.95])
    """
    back = np.array([returned_inside(index) for index in refractive_index.tolist()])
    return (1.0 + back) / (1.0 - back)


def diffuse_reflectance(absorption: Array, scattering: Array, mismatch: Array) -> Array:
    """Share of light that a thick scattering layer gives back through its surface, by diffusion.

    Parameters
    ----------
    absorption, scattering : ndarray, shape (n, w)
        Absorption and reduced scattering in the same unit.
    mismatch : ndarray, shape (n, 1)
        From `boundary_mismatch`.

    Returns
    -------
    ndarray, shape (n, w)
        0 to 1; 1 where nothing absorbs.

    Notes
    -----
    Limits: one or two points of reflectance too high against random walks of light. Source: jacques_1998.

    Examples
    --------
    >>> diffuse_reflectance(np.array([[0.0]]), np.array([[40.0]]), boundary_mismatch(np.array([1.4]))[:, None])
    array([[1.]])
    """
    albedo = scattering / (absorption + scattering)
    lost = 1.0 - albedo
    return albedo / (1.0 + 2.0 * mismatch * lost + (1.0 + 2.0 * mismatch / 3.0) * np.sqrt(3.0 * lost))
