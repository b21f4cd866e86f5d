"""Pigment model: densities of skin over melanin and blood by the model of skin colour, its tables, and the way back.

Tables are solved once, by Newton's method, so that every pixel is looked up.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import nominal, parameter
from puncta.imaging.backend import opencv
from puncta.skin.colour import linear_rgb_from_xyz, wavelengths_nm, xyz_from_reflectance
from puncta.skin.light import OpticsParameters, melanosome_absorption
from puncta.skin.optics import Skin, skin_at
from puncta.units import convert

Array = NDArray[np.float64]
Float = NDArray[np.float32]

# numerics: nodes of the tables and steps of Newton's method that leave an error far below that of a photograph
_NODES, _CELLS, _STEPS, _STEP, _STRIDE = 61, 193, 9, 3, 4
_LEAST_LIGHT = 1e-6  # numerics: below any level
DARKEST = 2.5  # numerics: density at which 8 bits hold ten levels; darker blue is outside a screen's colours
LARGEST_STEP = 0.5  # numerics: Newton's method stays near its table


@cache
def model_skin(polarised: bool) -> tuple[Skin, float]:
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
    seen = model_skin(polarised)[0].reflectance(melanin, blood, np.zeros_like(blood))
    rgb = linear_rgb_from_xyz(xyz_from_reflectance(seen))
    return -np.log10(np.maximum(rgb, _LEAST_LIGHT))


@cache
def forward_table(polarised: bool) -> tuple[Float, Float]:
    """Densities over melanin and blood, and their slopes along both."""
    m, b = ranges()
    grid_m, grid_b = np.meshgrid(np.exp(m), np.exp(b), indexing="ij")
    density = model_density(grid_m.ravel(), grid_b.ravel(), polarised).reshape(_NODES, _NODES, 3)
    density = np.minimum(density, DARKEST)
    slopes = np.concatenate([np.gradient(density, m, axis=0), np.gradient(density, b, axis=1)], axis=2)
    return density.astype(np.float32), slopes.astype(np.float32)


@cache
def ranges() -> tuple[Array, Array]:
    names = ("least_melanin_fraction", "most_melanin_fraction", "least_blood_fraction", "most_blood_fraction")
    m0, m1, b0, b1 = (np.log(parameter(f"imaging.{name}").value) for name in names)
    return np.linspace(m0, m1, _NODES), np.linspace(b0, b1, _NODES)


@cache
def solved_table(polarised: bool) -> tuple[Float, Array]:
    """Melanin and blood over a grid of the two differences between channels, and the grid's ends."""
    m, b = ranges()
    density, slopes = forward_table(polarised)
    first, second = density[..., 1] - density[..., 0], density[..., 2] - density[..., 1]
    channel = slopes.reshape(_NODES, _NODES, 2, 3)
    steep = np.stack([channel[..., 1] - channel[..., 0], channel[..., 2] - channel[..., 1]], axis=-2)
    # beyond a fold other pigments give the same differences: only what lies before it is looked up
    turning = steep[..., 0, 0] * steep[..., 1, 1] - steep[..., 0, 1] * steep[..., 1, 0]
    fair = (np.sign(turning) == np.sign(turning[:1])) & (density.max(axis=-1) < DARKEST)
    before = np.logical_and.accumulate(fair, axis=0)
    ends = np.array([[part[before].min(), part[before].max()] for part in (first, second)], dtype=np.float64)
    wanted = np.stack(np.meshgrid(*(np.linspace(low, high, _CELLS) for low, high in ends), indexing="ij"), axis=-1)
    wanted = wanted.astype(np.float32)
    every = (slice(None, None, _STEP), slice(None, None, _STEP))
    known = np.stack([part[every][before[every]] for part in (first, second)], axis=1)
    nodes = np.stack(np.meshgrid(np.arange(_NODES), np.arange(_NODES), indexing="ij"), axis=-1)[every][before[every]]
    # a start for one cell in four each way is near enough for all
    flat, near = wanted[::_STRIDE, ::_STRIDE].reshape(-1, 2), (np.arange(_CELLS) + _STRIDE // 2) // _STRIDE
    away = (flat**2).sum(axis=1)[:, None] - 2.0 * flat @ known.T + (known**2).sum(axis=1)
    side = near[-1] + 1
    at = nodes[np.argmin(away, axis=1)].astype(np.float32).reshape(side, side, 2)[near[:, None], near]
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
    most = np.float32(LARGEST_STEP) / sides
    moved = at - np.clip(move / scale[..., None] / sides, -most, most)
    return np.clip(moved, 0, _NODES - 1).astype(np.float32)


@cache
def density_per_melanin() -> float:
    """Density of a melanin fraction of 1; light crosses the epidermis three times its thickness, as in the model."""
    law = nominal(OpticsParameters)
    told_at = np.array([parameter("imaging.melanin_told_at_nm").value])
    thick_cm = convert(1, "mm", "cm") * float(law.epidermis_mm[0])
    return float(3.0 * melanosome_absorption(told_at, law)[0, 0] * thick_cm / np.log(10))


@cache
def green_table(polarised: bool) -> Float:
    cv2 = opencv()
    (m, b), (solved, _) = ranges(), solved_table(polarised)
    row, column = (solved[..., k] - np.float32(x[0]) for k, x in enumerate((m, b)))
    row, column = row / np.float32(m[1] - m[0]), column / np.float32(b[1] - b[0])
    green = np.ascontiguousarray(forward_table(polarised)[0][..., 1])
    return cv2.remap(green, column, row, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def spreads(shade: str = "shade_spread") -> tuple[float, float]:
    """Weights with which shade, by the name of its spread, and blood are held near the usual."""
    error, shades, blood = (parameter(f"imaging.{name}").value for name in ("density_error", shade, "blood_spread_ln"))
    return 1.0 / (3.0 + (error / shades) ** 2), (error / blood) ** 2


def most_likely(density: Array, polarised: bool) -> Array:
    """Melanin and blood (ln) of one colour: where misfit, shade and unusual blood together are least."""
    m, b = ranges()
    (together, unusual), usual = spreads(), float(np.log(model_skin(False)[1]))
    miss = density - forward_table(polarised)[0]
    cost = (miss**2).sum(axis=2) - together * miss.sum(axis=2) ** 2 + unusual * (b[None, :] - usual) ** 2
    row, column = np.unravel_index(int(np.argmin(cost)), cost.shape)
    return np.array([m[row], b[column]])
