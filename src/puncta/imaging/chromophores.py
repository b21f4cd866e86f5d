"""Chromophores: melanin, blood and shade of every pixel, by the model of skin colour and by its two directions.

Three channels hold three unknowns. Shade takes the same density off each channel, so that the two differences between
channels depend on melanin and blood alone; where they point is looked up in a table solved by Newton's method.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import nominal, parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.skin.colour import linear_rgb_from_xyz, wavelengths_nm, xyz_from_reflectance
from puncta.skin.light import OpticsParameters, melanosome_absorption
from puncta.skin.optics import Skin, skin_at
from puncta.units import convert

Array = NDArray[np.float64]
Float = NDArray[np.float32]

# numerics: nodes of the tables and steps of Newton's method that leave an error far below that of a photograph
_NODES, _CELLS, _STEPS, _STEP = 61, 193, 9, 3
_LEAST_LIGHT = 1e-6  # numerics: below any level
_LARGEST_STEP = 0.5  # numerics: Newton's method stays near its table
_SAMPLED, _DESCENTS = 4, 4  # numerics: pixels between samples of the usual colour; steps downhill
_SMALL = 0.01  # numerics: step of a difference quotient


@frozen(eq=False)
class ChromophoreMaps:
    """What each pixel holds; effective figures, no tissue values.

    Parameters
    ----------
    melanin : ndarray of float32, shape (h, w)
        Density that melanin takes off the light that comes back, at one wavelength: unlike a fraction, it does not
        depend on which law of melanin, thickness and baseline a model takes.
    blood : ndarray of float32, shape (h, w)
        Natural logarithm of the effective fraction.
    shade : ndarray of float32, shape (h, w)
        Optical density that light and shape take off all channels alike, against the model.
    melanin_part, blood_part, shade_part : ndarray of float32, shape (h, w)
        Optical density along each of three directions.
    """

    melanin: Float
    blood: Float
    shade: Float
    melanin_part: Float
    blood_part: Float
    shade_part: Float


@cache
def _skin(polarised: bool) -> tuple[Skin, float]:
    law = nominal(OpticsParameters)
    # diffuse light mirrors in the surface from everywhere; crossed polarisers leave nothing of it
    seen = np.array([0.0 if polarised else 1.0])
    return skin_at(wavelengths_nm(), replace(law, surface_seen_fraction=seen)), float(law.resting_blood_fraction[0])


def model_density(melanin: Array, blood: Array, polarised: bool = False) -> Array:
    """Optical density of red, green and blue of skin by the model.

    Parameters
    ----------
    melanin, blood : ndarray, shape (n,)
        Effective fractions.
    polarised : bool
        True through crossed polarisers, which take the mirror reflection away.

    Returns
    -------
    ndarray, shape (n, 3)
        Under daylight, without shade.

    Notes
    -----
    Limits: ``limits.photographs``.

    Examples
    --------
    >>> light, dark = model_density(np.array([0.02, 0.2]), np.array([0.01, 0.01]))
    >>> bool(np.all(dark > light))
    True
    """
    seen = _skin(polarised)[0].reflectance(melanin, blood, np.zeros_like(blood))
    rgb = linear_rgb_from_xyz(xyz_from_reflectance(seen))
    return -np.log10(np.maximum(rgb, _LEAST_LIGHT))


@cache
def directions(polarised: bool = False) -> Array:
    """Unit vectors of melanin, blood and shade in the space of densities, as rows.

    Parameters
    ----------
    polarised : bool
        True through crossed polarisers.

    Returns
    -------
    ndarray, shape (3, 3)
        From the model, at its usual light skin.

    Examples
    --------
    >>> directions().shape
    (3, 3)
    """
    melanin, blood = parameter("imaging.direction_melanin_fraction").value, _skin(polarised)[1]
    up = np.exp(_SMALL)
    at = model_density(np.array([melanin, melanin * up, melanin]), np.array([blood, blood, blood * up]), polarised)
    moved = np.stack([at[1] - at[0], at[2] - at[0], np.ones(3)])
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


@cache
def _ranges() -> tuple[Array, Array]:
    names = ("least_melanin_fraction", "most_melanin_fraction", "least_blood_fraction", "most_blood_fraction")
    m0, m1, b0, b1 = (np.log(parameter(f"imaging.{name}").value) for name in names)
    return np.linspace(m0, m1, _NODES), np.linspace(b0, b1, _NODES)


@cache
def _table(polarised: bool) -> tuple[Float, Array]:
    """Melanin and blood over a grid of the two differences between channels, and the grid's ends."""
    m, b = _ranges()
    density, slopes = _forward(polarised)
    first, second = density[..., 1] - density[..., 0], density[..., 2] - density[..., 1]
    channel = slopes.reshape(_NODES, _NODES, 2, 3)
    steep = np.stack([channel[..., 1] - channel[..., 0], channel[..., 2] - channel[..., 1]], axis=-2)
    # beyond a fold other pigments give the same differences: only what lies before it is looked up
    turning = steep[..., 0, 0] * steep[..., 1, 1] - steep[..., 0, 1] * steep[..., 1, 0]
    before = np.logical_and.accumulate(np.sign(turning) == np.sign(turning[:1]), axis=0)
    ends = np.array([[part[before].min(), part[before].max()] for part in (first, second)], dtype=np.float64)
    wanted = np.stack(np.meshgrid(*(np.linspace(low, high, _CELLS) for low, high in ends), indexing="ij"), axis=-1)
    wanted = wanted.astype(np.float32)
    every = (slice(None, None, _STEP), slice(None, None, _STEP))
    known = np.stack([part[every][before[every]] for part in (first, second)], axis=1)
    nodes = np.stack(np.meshgrid(np.arange(_NODES), np.arange(_NODES), indexing="ij"), axis=-1)[every][before[every]]
    flat = wanted.reshape(-1, 2)
    away = (flat**2).sum(axis=1)[:, None] - 2.0 * flat @ known.T + (known**2).sum(axis=1)
    at = nodes[np.argmin(away, axis=1)].astype(np.float32).reshape(_CELLS, _CELLS, 2)
    sides = np.array([m[1] - m[0], b[1] - b[0]], np.float32)
    both = np.ascontiguousarray(np.stack([first, second], axis=-1))
    for _ in range(_STEPS):
        at = _closer(at, wanted, both, np.ascontiguousarray(steep.reshape(_NODES, _NODES, 4)), sides)
    return at * sides + np.array([m[0], b[0]], np.float32), ends


def _closer(at: Float, wanted: Float, both: Float, steep: Float, sides: Float) -> Float:
    """One step of Newton's method, in nodes of the grid."""
    cv2 = opencv()
    row, column = np.ascontiguousarray(at[..., 0]), np.ascontiguousarray(at[..., 1])
    miss = cv2.remap(both, column, row, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE) - wanted
    slope = cv2.remap(steep, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    aa, ab, ba, bb = (slope[..., k] for k in range(4))
    scale = aa * bb - ab * ba
    scale = np.where(np.abs(scale) < 1e-9, 1e-9, scale)  # numerics: never 0
    move = np.stack([bb * miss[..., 0] - ab * miss[..., 1], aa * miss[..., 1] - ba * miss[..., 0]], axis=-1)
    most = np.float32(_LARGEST_STEP) / sides
    moved = at - np.clip(move / scale[..., None] / sides, -most, most)
    return np.clip(moved, 0, _NODES - 1).astype(np.float32)


@cache
def _per_melanin() -> float:
    """Density of a melanin fraction of 1; light crosses the epidermis three times its thickness, as in the model."""
    law = nominal(OpticsParameters)
    told_at = np.array([parameter("imaging.melanin_told_at_nm").value])
    thick_cm = convert(1, "mm", "cm") * float(law.epidermis_mm[0])
    return float(3.0 * melanosome_absorption(told_at, law)[0, 0] * thick_cm / np.log(10))


@cache
def _green_table(polarised: bool) -> Float:
    cv2 = opencv()
    (m, b), (solved, _) = _ranges(), _table(polarised)
    row, column = (solved[..., k] - np.float32(x[0]) for k, x in enumerate((m, b)))
    row, column = row / np.float32(m[1] - m[0]), column / np.float32(b[1] - b[0])
    green = np.ascontiguousarray(_forward(polarised)[0][..., 1])
    return cv2.remap(green, column, row, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def dark(density: NDArray[Any], polarised: bool = False) -> bool:
    """Whether a skin is so dark that differences between channels alone do not tell its melanin.

    Parameters
    ----------
    density : ndarray, shape (3,)
        Of the usual skin of a picture.
    polarised : bool
        True through crossed polarisers.

    Examples
    --------
    >>> light, deep = model_density(np.array([0.03, 0.3]), np.array([0.01, 0.01]))
    >>> dark(light), dark(deep)
    (False, True)
    """
    start = _most_likely(density.astype(np.float64), polarised)
    return bool(start[0] > np.log(parameter("imaging.ambiguous_melanin_fraction").value))


def chromophores(
    density: Float, polarised: bool = False, middle: NDArray[Any] | None = None, steps: bool | None = None
) -> ChromophoreMaps:
    """Melanin, blood and shade of every pixel.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w, 3)
        Optical density of linear red, green, blue.
    polarised : bool
        True through crossed polarisers.
    middle : ndarray, shape (3,), or None
        Density of the usual skin of the picture; None takes the median of all pixels.
    steps : bool or None
        Whether it is solved as on dark skin; None decides by the usual skin. Both of a pair are solved alike.

    Returns
    -------
    ChromophoreMaps
        By the model and by its directions.

    Notes
    -----
    Limits: ``limits.photographs``. Sources: nist_skin_2017, tsumura_1999.

    Examples
    --------
    >>> skin = model_density(np.array([0.05]), np.array([0.02]))[None].astype(np.float32)
    >>> maps = chromophores(skin + 0.2)
    >>> round(float(np.exp(maps.blood[0, 0])), 3), round(float(maps.shade[0, 0]), 2), bool(maps.melanin[0, 0] > 0)
    (0.02, 0.2, True)
    """
    cv2 = opencv()
    parts = cv2.transform(density, np.linalg.inv(directions(polarised).T).astype(np.float32))
    usual = np.median(density[::_SAMPLED, ::_SAMPLED].reshape(-1, 3), axis=0) if middle is None else middle
    if dark(usual, polarised) if steps is None else steps:
        start = _most_likely(usual.astype(np.float64), polarised)
        melanin, blood, shade = _by_steps(density, start, polarised)
    else:
        melanin, blood, shade = _by_table(density, polarised)
    return ChromophoreMaps(cv2.exp(melanin) * np.float32(_per_melanin()), blood, shade, *cv2.split(parts))


def _by_table(density: Float, polarised: bool) -> tuple[Float, Float, Float]:
    cv2 = opencv()
    solved, ends = _table(polarised)
    red, green, blue = cv2.split(density)
    # numerics: cells of the table between its ends
    row = (green - red - ends[0, 0]) * ((_CELLS - 1) / (ends[0, 1] - ends[0, 0]))
    column = (blue - green - ends[1, 0]) * ((_CELLS - 1) / (ends[1, 1] - ends[1, 0]))
    row, column = row.astype(np.float32), column.astype(np.float32)
    found = cv2.remap(solved, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    expected = cv2.remap(_green_table(polarised), column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    melanin, blood = cv2.split(found)
    return melanin, blood, green - expected


@cache
def _forward(polarised: bool) -> tuple[Float, Float]:
    """Densities over melanin and blood, and their slopes along both."""
    m, b = _ranges()
    grid_m, grid_b = np.meshgrid(np.exp(m), np.exp(b), indexing="ij")
    density = model_density(grid_m.ravel(), grid_b.ravel(), polarised).reshape(_NODES, _NODES, 3)
    slopes = np.concatenate([np.gradient(density, m, axis=0), np.gradient(density, b, axis=1)], axis=2)
    return density.astype(np.float32), slopes.astype(np.float32)


def _spreads() -> tuple[float, float, float, float]:
    names = ("density_error", "shade_spread", "blood_spread_ln")
    error, shade, blood = (parameter(f"imaging.{name}").value for name in names)
    return 1.0 / (3.0 + (error / shade) ** 2), (error / blood) ** 2, float(np.log(_skin(False)[1])), error


def _most_likely(density: Array, polarised: bool) -> Array:
    """Melanin and blood (ln) of one colour: where misfit, shade and unusual blood together are least."""
    m, b = _ranges()
    together, unusual, usual, _ = _spreads()
    miss = density - _forward(polarised)[0]
    cost = (miss**2).sum(axis=2) - together * miss.sum(axis=2) ** 2 + unusual * (b[None, :] - usual) ** 2
    row, column = np.unravel_index(int(np.argmin(cost)), cost.shape)
    return np.array([m[row], b[column]])


def _by_steps(density: Float, start: Array, polarised: bool) -> tuple[Float, Float, Float]:
    """Steps of Gauss and Newton from the usual colour, with shade and blood held near the usual.

    On dark skin the differences between channels fall again as melanin grows, so that they alone do not tell it.
    """
    cv2 = opencv()
    m, b = _ranges()
    together, unusual, usual, _ = _spreads()
    forward, slopes = _forward(polarised)
    shape = density.shape[:2]
    melanin, blood = np.full(shape, start[0], np.float32), np.full(shape, start[1], np.float32)
    miss = density
    for _ in range(_DESCENTS + 1):
        row = (melanin - np.float32(m[0])) / np.float32(m[1] - m[0])
        column = (blood - np.float32(b[0])) / np.float32(b[1] - b[0])
        sampled = [cv2.remap(t, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) for t in _cut(slopes)]
        miss = density - cv2.remap(forward, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        along_m, along_b = sampled
        sums = [part.sum(axis=2) for part in (along_m, along_b, miss)]

        def pair(one: Float, two: Float, first: int, second: int, sums: list[Float] = sums) -> Float:
            return (one * two).sum(axis=2) - np.float32(together) * sums[first] * sums[second]

        mm, mb, bb = pair(along_m, along_m, 0, 0), pair(along_m, along_b, 0, 1), pair(along_b, along_b, 1, 1)
        right_m = pair(along_m, miss, 0, 2)
        right_b = pair(along_b, miss, 1, 2) - np.float32(unusual) * (blood - np.float32(usual))
        bb = bb + np.float32(unusual)
        scale = mm * bb - mb * mb + np.float32(1e-9)  # numerics: never 0
        most = np.float32(_LARGEST_STEP)
        melanin = np.clip(melanin + np.clip((bb * right_m - mb * right_b) / scale, -most, most), m[0], m[-1])
        blood = np.clip(blood + np.clip((mm * right_b - mb * right_m) / scale, -most, most), b[0], b[-1])
        melanin, blood = melanin.astype(np.float32), blood.astype(np.float32)
    return melanin, blood, miss.mean(axis=2)


def _cut(slopes: Float) -> tuple[Float, Float]:
    return np.ascontiguousarray(slopes[..., :3]), np.ascontiguousarray(slopes[..., 3:])
