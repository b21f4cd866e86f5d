"""Chromophores: melanin, blood and shade of every pixel, by the model of skin colour and by its two directions.

Three channels hold three unknowns. Shade takes the same density off each channel, so that the two differences between
channels depend on melanin and blood alone; where they point is looked up in a table solved by Newton's method.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import RectBivariateSpline
from scipy.spatial import cKDTree

from puncta.evidence import nominal, parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.skin.colour import linear_rgb_from_xyz, wavelengths_nm, xyz_from_reflectance
from puncta.skin.light import OpticsParameters
from puncta.skin.optics import Skin, skin_at

Array = NDArray[np.float64]
Float = NDArray[np.float32]

# numerics: nodes of the tables and steps of Newton's method that leave an error far below that of a photograph
_NODES, _CELLS, _STEPS = 61, 193, 5
_LEAST_LIGHT = 1e-6  # numerics: below any level
_LARGEST_STEP = 0.5  # numerics: Newton's method stays near its table
_SMALL = 0.01  # numerics: step of a difference quotient


@frozen(eq=False)
class ChromophoreMaps:
    """What each pixel holds; effective figures, no tissue values.

    Parameters
    ----------
    melanin, blood : ndarray of float32, shape (h, w)
        Natural logarithm of the effective fractions.
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
def _skin() -> tuple[Skin, float]:
    law = nominal(OpticsParameters)
    # photographs that measure are taken through crossed polarisers or in diffuse light
    seen = np.array([parameter("imaging.surface_seen_fraction").value])
    return skin_at(wavelengths_nm(), replace(law, surface_seen_fraction=seen)), float(law.resting_blood_fraction[0])


def model_density(melanin: Array, blood: Array) -> Array:
    """Optical density of red, green and blue of skin by the model.

    Parameters
    ----------
    melanin, blood : ndarray, shape (n,)
        Effective fractions.

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
    seen = _skin()[0].reflectance(melanin, blood, np.zeros_like(blood))
    rgb = linear_rgb_from_xyz(xyz_from_reflectance(seen))
    return -np.log10(np.maximum(rgb, _LEAST_LIGHT))


@cache
def directions() -> Array:
    """Unit vectors of melanin, blood and shade in the space of densities, as rows.

    Returns
    -------
    ndarray, shape (3, 3)
        From the model, at its usual light skin.

    Examples
    --------
    >>> directions().shape
    (3, 3)
    """
    melanin, blood = parameter("imaging.direction_melanin_fraction").value, _skin()[1]
    up = np.exp(_SMALL)
    at = model_density(np.array([melanin, melanin * up, melanin]), np.array([blood, blood, blood * up]))
    moved = np.stack([at[1] - at[0], at[2] - at[0], np.ones(3)])
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


@cache
def _ranges() -> tuple[Array, Array]:
    names = ("least_melanin_fraction", "most_melanin_fraction", "least_blood_fraction", "most_blood_fraction")
    m0, m1, b0, b1 = (np.log(parameter(f"imaging.{name}").value) for name in names)
    return np.linspace(m0, m1, _NODES), np.linspace(b0, b1, _NODES)


@cache
def _table() -> tuple[Float, Array, RectBivariateSpline]:
    """Melanin and blood over a grid of the two differences, the grid's ends, and green of the model."""
    m, b = _ranges()
    grid_m, grid_b = np.meshgrid(m, b, indexing="ij")
    density = model_density(np.exp(grid_m.ravel()), np.exp(grid_b.ravel())).reshape(_NODES, _NODES, 3)
    first, second = density[..., 1] - density[..., 0], density[..., 2] - density[..., 1]
    ends = np.array([[first.min(), first.max()], [second.min(), second.max()]])
    wanted = np.stack(np.meshgrid(*(np.linspace(*end, _CELLS) for end in ends), indexing="ij"), axis=-1).reshape(-1, 2)
    known = np.stack([first.ravel(), second.ravel()], axis=1)
    solved = np.stack([grid_m.ravel(), grid_b.ravel()], axis=1)
    at = solved[cKDTree(known).query(wanted)[1]]  # the nearest node; then Newton's method
    splines = [RectBivariateSpline(m, b, values) for values in (first, second)]
    low, high = np.array([m[0], b[0]]), np.array([m[-1], b[-1]])
    for _ in range(_STEPS):
        at = _closer(at, wanted, splines, low, high)
    green = RectBivariateSpline(m, b, density[..., 1])
    return at.reshape(_CELLS, _CELLS, 2).astype(np.float32), ends, green


def _closer(at: Array, wanted: Array, splines: list[RectBivariateSpline], low: Array, high: Array) -> Array:
    """One step of Newton's method."""
    miss = np.stack([spline.ev(at[:, 0], at[:, 1]) for spline in splines], axis=1) - wanted
    slopes = [[spline.ev(at[:, 0], at[:, 1], **{way: 1}) for way in ("dx", "dy")] for spline in splines]
    slope = np.array(slopes).transpose(2, 0, 1)
    slope = slope + 1e-9 * np.eye(2)  # numerics: keeps a flat corner solvable
    move = np.linalg.solve(slope, miss[..., None])[..., 0]
    return np.clip(at - np.clip(move, -_LARGEST_STEP, _LARGEST_STEP), low, high)


@cache
def _green_table() -> Float:
    solved, _, green = _table()
    return green.ev(solved[..., 0], solved[..., 1]).astype(np.float32)


def chromophores(density: Float) -> ChromophoreMaps:
    """Melanin, blood and shade of every pixel.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w, 3)
        Optical density of linear red, green, blue.

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
    >>> [round(float(np.exp(values[0, 0])), 3) for values in (maps.melanin, maps.blood)], round(float(maps.shade[0, 0]), 2)
    ([0.05, 0.02], 0.2)
    """
    cv2 = opencv()
    solved, ends, _ = _table()
    red, green, blue = cv2.split(density)
    # numerics: cells of the table between its ends
    row = (green - red - ends[0, 0]) * ((_CELLS - 1) / (ends[0, 1] - ends[0, 0]))
    column = (blue - green - ends[1, 0]) * ((_CELLS - 1) / (ends[1, 1] - ends[1, 0]))
    row, column = row.astype(np.float32), column.astype(np.float32)
    found = cv2.remap(solved, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    expected = cv2.remap(_green_table(), column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    parts = cv2.transform(density, np.linalg.inv(directions().T).astype(np.float32))
    melanin, blood = cv2.split(found)
    return ChromophoreMaps(melanin, blood, green - expected, *cv2.split(parts))
