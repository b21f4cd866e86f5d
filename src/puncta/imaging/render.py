"""Render: synthetic skin whose melanin, blood, lines, pores and scars are known, by optics that measure nothing here.

The optics are a diffusion law for light that enters along a line, with other absorption and scattering than
`puncta.skin.light`, so that agreement with what is measured is not circular.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import nominal, parameter
from puncta.evidence.spectrum import spectrum
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.skin.colour import (
    ita_degrees,
    lab_from_xyz,
    linear_rgb_from_xyz,
    wavelengths_nm,
    xyz_from_reflectance,
)

Array = NDArray[np.float64]
Float = NDArray[np.float32]
Window = tuple[slice, slice]

_HALVINGS, _NODES = 40, 65  # numerics: halvings to place melanin, nodes of the table
_EDGE_N = (-1.44, 0.71, 0.668, 0.0636)  # numerics: fit of inner reflection to the refractive index, used with that law
_STEEPEST = 0.9  # numerics: cosine below which a slope would turn away from the light
_MM_PER_UM, _CM2_PER_MM2 = 1e-3, 0.01  # numerics: units
_FAR_SOFT, _FAR_WIDTHS = 20.0, 6.0  # numerics: beyond these a rim and a line have faded to nothing
_LEAST_MELANIN, _MOST_MELANIN, _BLOOD_SPAN = 1e-4, 0.999, 12.0  # numerics: ends of the table


@frozen
class RenderParameters:
    """Optics and relief of synthetic skin."""

    EVIDENCE: ClassVar[str] = "render"

    melanosome_per_cm: Array
    melanosome_power: Array
    bloodless_per_cm: Array
    bloodless_power: Array
    haemoglobin_g_per_l: Array
    haemoglobin_g_per_mol: Array
    saturation_fraction: Array
    scatter_per_cm: Array
    scatter_power: Array
    scatter_at_nm: Array
    refractive_index: Array
    epidermis_cm: Array
    blood_fraction: Array
    melanin_mottle_ln: Array
    blood_mottle_ln: Array
    mottle_mm: Array
    relief_um: Array
    relief_mm: Array
    pore_depth_um: Array
    pore_mm: Array
    light_tilt_degrees: Array
    fill_fraction: Array
    scatter_red_mm: Array
    scatter_green_mm: Array
    scatter_blue_mm: Array
    lens_mm: Array


@frozen
class Line:
    """A wrinkle: from one point to another, in mm, with depth and width (standard deviation)."""

    start_mm: tuple[float, float]
    end_mm: tuple[float, float]
    depth_um: float
    width_mm: float = 0.25  # numerics: what is drawn where nothing else is asked


@frozen
class Dot:
    """A round place: spot, red place or scar, in mm; melanin and blood as natural logarithm against the surround."""

    centre_mm: tuple[float, float]
    radius_mm: float
    melanin_ln: float = 0.0
    blood_ln: float = 0.0
    depth_um: float = 0.0


@frozen
class SkinPatch:
    """A patch of synthetic skin.

    Parameters
    ----------
    ita_degrees : float
        Tone of its resting skin.
    size_mm : tuple of float
        Width and height.
    px_per_mm : float
        Of the picture.
    lines, dots : sequence of Line and Dot
        What is drawn into it.
    relief_fold, pores_per_cm2, melanin_ln, blood_ln : float
        Microrelief against the usual; pores; change of all melanin and all blood, natural logarithm.
    raking : bool
        True lights it from one side, so that relief shows; False evenly.
    polarised : bool
        True through crossed polarisers: no light mirrored by the surface.
    """

    ita_degrees: float
    size_mm: tuple[float, float] = (40.0, 40.0)  # numerics: what is drawn where nothing else is asked
    px_per_mm: float = 10.0
    lines: Sequence[Line] = ()
    dots: Sequence[Dot] = ()
    relief_fold: float = 1.0
    pores_per_cm2: float = 20.0  # numerics: the same
    melanin_ln: float = 0.0
    blood_ln: float = 0.0
    raking: bool = True
    polarised: bool = False


def reflectance_by_diffusion(melanin: Array, blood: Array, polarised: bool = False) -> Array:
    """Reflectance of skin by the diffusion law of a pencil of light.

    Parameters
    ----------
    melanin, blood : ndarray, shape (n,)
        Effective fractions.
    polarised : bool
        True through crossed polarisers.

    Returns
    -------
    ndarray, shape (n, w)
        At `wavelengths_nm`.

    Notes
    -----
    Sources: farrell_1992, jacques_2013, haemoglobin_table.

    Examples
    --------
    >>> light, dark = reflectance_by_diffusion(np.array([0.02, 0.3]), np.array([0.015, 0.015]))
    >>> bool(np.all(dark < light))
    True
    """
    p, at = nominal(RenderParameters), wavelengths_nm()
    table, share = spectrum("haemoglobin"), p.saturation_fraction[0]
    molar = share * table.at("oxygenated", at) + (1.0 - share) * table.at("deoxygenated", at)
    whole = np.log(10) * molar * p.haemoglobin_g_per_l[0] / p.haemoglobin_g_per_mol[0]
    absorbed = blood[:, None] * whole + p.bloodless_per_cm[0] * at ** -p.bloodless_power[0]
    scattered = p.scatter_per_cm[0] * (at / p.scatter_at_nm[0]) ** -p.scatter_power[0]
    n = p.refractive_index[0]
    back = _EDGE_N[0] / n**2 + _EDGE_N[1] / n + _EDGE_N[2] + _EDGE_N[3] * n
    mismatch = (1.0 + back) / (1.0 - back)
    albedo = scattered / (absorbed + scattered)
    root = np.sqrt(3.0 * (1.0 - albedo))
    below = albedo / 2.0 * (1.0 + np.exp(-4.0 / 3.0 * mismatch * root)) * np.exp(-root)
    pigment = p.melanosome_per_cm[0] * at ** -p.melanosome_power[0]
    above = np.exp(-2.0 * melanin[:, None] * pigment * p.epidermis_cm[0])
    mirrored = ((n - 1.0) / (n + 1.0)) ** 2
    # in diffuse light the camera sees the surface too
    return (0.0 if polarised else mirrored) + (1.0 - mirrored) * above * below


def melanin_density(melanin: Array) -> Array:
    """Density that melanin takes off the light that comes back, at the wavelength where melanin is told.

    Examples
    --------
    >>> bool(melanin_density(np.array([0.1]))[0] > 0)
    True
    """
    p = nominal(RenderParameters)
    at = parameter("imaging.melanin_told_at_nm").value
    pigment = p.melanosome_per_cm[0] * at ** -p.melanosome_power[0]
    return 2.0 * melanin * pigment * p.epidermis_cm[0] / np.log(10)


def render_colour(melanin: Array, blood: Array, polarised: bool = False) -> Array:
    """Linear red, green, blue of flat skin by these optics, shape (n, 3)."""
    return linear_rgb_from_xyz(xyz_from_reflectance(reflectance_by_diffusion(melanin, blood, polarised)))


def melanin_of_tone(ita: float) -> float:
    """Melanin that gives a tone at resting blood, by these optics.

    Examples
    --------
    >>> melanin_of_tone(50.0) < melanin_of_tone(-20.0)
    True
    """
    low, high = _LEAST_MELANIN, _MOST_MELANIN
    blood = nominal(RenderParameters).blood_fraction
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        xyz = xyz_from_reflectance(reflectance_by_diffusion(np.array([middle]), blood))
        lighter = float(ita_degrees(lab_from_xyz(xyz))[0]) > ita
        low, high = (middle, high) if lighter else (low, middle)
    return (low + high) / 2.0


@cache
def _table(polarised: bool) -> tuple[Float, Array, Array]:
    blood = float(nominal(RenderParameters).blood_fraction[0])
    m = np.linspace(np.log(_LEAST_MELANIN), np.log(_MOST_MELANIN), _NODES * 4)
    b = np.linspace(np.log(blood / _BLOOD_SPAN), np.log(blood * _BLOOD_SPAN), _NODES)
    grid = np.meshgrid(np.exp(m), np.exp(b), indexing="ij")
    colour = render_colour(grid[0].ravel(), grid[1].ravel(), polarised)
    return colour.reshape(len(m), len(b), 3).astype(np.float32), m, b


def render(patch: SkinPatch, seed: int) -> Float:
    """Draw a patch of skin.

    Parameters
    ----------
    patch : SkinPatch
        What it is.
    seed : int
        Of its mottling, microrelief and pores; equal seeds give the same skin, whatever is drawn into it.

    Returns
    -------
    ndarray of float32, shape (h, w, 3)
        Linear light of red, green, blue; white is 1.

    Notes
    -----
    Limits: one bounce of light, no cast shadows, a smooth blur for light within skin.

    Examples
    --------
    >>> render(SkinPatch(30.0, size_mm=(8.0, 6.0)), 0).shape
    (60, 80, 3)
    """
    cv2 = opencv()
    p = nominal(RenderParameters)
    colour, relief_um = surface(patch, seed)
    lit = _lit(relief_um * np.float32(_MM_PER_UM * patch.px_per_mm), patch.raking, p)
    scatters = (p.scatter_red_mm[0], p.scatter_green_mm[0], p.scatter_blue_mm[0])
    light = np.stack([
        colour[..., k] * cv2.GaussianBlur(lit, (0, 0), scatter * patch.px_per_mm) for k, scatter in enumerate(scatters)
    ], axis=-1)  # fmt: skip
    return cv2.GaussianBlur(light, (0, 0), p.lens_mm[0] * patch.px_per_mm)


def surface(patch: SkinPatch, seed: int) -> tuple[Float, Float]:
    """What a patch is made of, before any light falls on it.

    Parameters
    ----------
    patch : SkinPatch
        What it is.
    seed : int
        As in `render`.

    Returns
    -------
    tuple of ndarray of float32
        Linear red, green, blue of the flat skin, shape (h, w, 3), and its height in µm, shape (h, w).

    Examples
    --------
    >>> colour, height = surface(SkinPatch(30.0, size_mm=(8.0, 6.0)), 0)
    >>> colour.shape, height.shape
    ((60, 80, 3), (60, 80))
    """
    cv2 = opencv()
    p = nominal(RenderParameters)
    rng = np.random.default_rng(seed)
    shape = _shape(patch)
    melanin, blood = _pigment(rng, patch, shape, p)
    relief = _noise(rng, shape, p.relief_mm[0] * patch.px_per_mm, p.relief_um[0] * patch.relief_fold)
    relief -= _pores(rng, patch, shape, p)
    for dot in patch.dots:
        at, mask = _dot(dot, shape, patch.px_per_mm)
        relief[at] -= np.float32(dot.depth_um) * mask
    for line in patch.lines:
        at, depth = _trough(line, shape, patch.px_per_mm)
        relief[at] -= depth
    table, m, b = _table(patch.polarised)
    row = (melanin - np.float32(m[0])) / np.float32(m[1] - m[0])
    column = (blood - np.float32(b[0])) / np.float32(b[1] - b[0])
    colour = cv2.remap(table, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return colour, relief


def pigment(patch: SkinPatch, seed: int) -> tuple[Float, Float]:
    """Melanin and blood of each place of a patch, as drawn: mottling and dots, natural logarithm of the fraction.

    Parameters
    ----------
    patch : SkinPatch
        What it is.
    seed : int
        As in `render`.

    Returns
    -------
    tuple of ndarray of float32, shape (h, w)
        Melanin and blood.

    Examples
    --------
    >>> melanin, blood = pigment(SkinPatch(30.0, size_mm=(8.0, 6.0)), 0)
    >>> melanin.shape, bool(blood.mean() < 0)
    ((60, 80), True)
    """
    return _pigment(np.random.default_rng(seed), patch, _shape(patch), nominal(RenderParameters))


def _shape(patch: SkinPatch) -> tuple[int, int]:
    width, height = (round(n * patch.px_per_mm) for n in patch.size_mm)
    return height, width


def _pigment(
    rng: np.random.Generator, patch: SkinPatch, shape: tuple[int, int], p: RenderParameters
) -> tuple[Float, Float]:
    melanin = np.full(shape, np.log(melanin_of_tone(patch.ita_degrees)) + patch.melanin_ln, np.float32)
    blood = np.full(shape, np.log(p.blood_fraction[0]) + patch.blood_ln, np.float32)
    reach = p.mottle_mm[0] * patch.px_per_mm
    melanin += _noise(rng, shape, reach, p.melanin_mottle_ln[0])
    blood += _noise(rng, shape, reach, p.blood_mottle_ln[0])
    for dot in patch.dots:
        at, mask = _dot(dot, shape, patch.px_per_mm)
        melanin[at] += np.float32(dot.melanin_ln) * mask
        blood[at] += np.float32(dot.blood_ln) * mask
    return melanin, blood


def _noise(rng: np.random.Generator, shape: tuple[int, int], reach_px: float, spread: float) -> Float:
    from puncta.imaging.relief import blurred

    smooth = blurred(rng.standard_normal(shape, dtype=np.float32), reach_px)
    return smooth * np.float32(spread / max(float(smooth.std()), 1e-9))  # numerics: not 0


def _pores(rng: np.random.Generator, patch: SkinPatch, shape: tuple[int, int], p: RenderParameters) -> Float:
    cv2 = opencv()
    most = 100.0  # numerics: places are drawn for many pores, so that a change of number keeps those that stay
    area = patch.size_mm[0] * patch.size_mm[1] * _CM2_PER_MM2
    places = rng.uniform(0.0, 1.0, (round(most * area), 2))[: round(patch.pores_per_cm2 * area)]
    out = np.zeros(shape, np.float32)
    at = (places * np.array(shape[::-1])).astype(int)
    np.add.at(out, (at[:, 1], at[:, 0]), 1.0)
    sigma = p.pore_mm[0] * patch.px_per_mm
    return cv2.GaussianBlur(out, (0, 0), sigma) * np.float32(2.0 * np.pi * sigma**2 * p.pore_depth_um[0])


def _dot(dot: Dot, shape: tuple[int, int], px_per_mm: float) -> tuple[Window, Float]:
    soft = 0.1 * dot.radius_mm  # numerics: a rim a tenth of the radius wide
    reach = dot.radius_mm + _FAR_SOFT * soft
    window, x, y = _window(np.array([dot.centre_mm]), reach, shape, px_per_mm)
    away = np.hypot(x - np.float32(dot.centre_mm[0]), y - np.float32(dot.centre_mm[1]))
    shown = 1.0 / (1.0 + np.exp(np.clip((away - dot.radius_mm) / soft, -_FAR_SOFT, _FAR_SOFT)))
    return window, shown.astype(np.float32)


def _trough(line: Line, shape: tuple[int, int], px_per_mm: float) -> tuple[Window, Float]:
    start, end = np.array(line.start_mm, np.float32), np.array(line.end_mm, np.float32)
    window, x, y = _window(np.stack([start, end]), _FAR_WIDTHS * line.width_mm, shape, px_per_mm)
    at = np.stack([x, y], axis=-1)
    along = np.clip(((at - start) @ (end - start)) / float(np.sum((end - start) ** 2)), 0.0, 1.0)
    away = np.linalg.norm(at - (start + along[..., None] * (end - start)), axis=-1)
    return window, (line.depth_um * np.exp(-0.5 * (away / line.width_mm) ** 2)).astype(np.float32)


def _window(
    points_mm: NDArray[Any], reach_mm: float, shape: tuple[int, int], px_per_mm: float
) -> tuple[Window, Float, Float]:
    """The part of the picture within reach of some points, and where its pixels lie, in mm."""
    low = np.floor((points_mm.min(axis=0) - reach_mm) * px_per_mm).astype(int)
    high = np.ceil((points_mm.max(axis=0) + reach_mm) * px_per_mm).astype(int) + 1
    (left, top), (right, bottom) = np.maximum(low, 0), np.minimum(high, np.array(shape[::-1]))
    across, down = (
        np.arange(*ends, dtype=np.float32) / np.float32(px_per_mm) for ends in ((left, right), (top, bottom))
    )
    x, y = np.meshgrid(across, down)
    return (slice(int(top), int(bottom)), slice(int(left), int(right))), x, y


def _lit(height_px: Float, raking: bool, p: RenderParameters) -> Float:
    """Light that falls on each point: from one side and from all around."""
    slope_y, slope_x = np.gradient(height_px)
    normal = 1.0 / np.sqrt(1.0 + slope_x**2 + slope_y**2)
    tilt = np.radians(p.light_tilt_degrees[0]) if raking else 0.0
    side = normal * (np.cos(tilt) - np.sin(tilt) * slope_y)
    fill = p.fill_fraction[0]
    direct = np.clip(side / np.cos(tilt), 0.0, None)
    return (fill * normal + (1.0 - fill) * direct).astype(np.float32)
