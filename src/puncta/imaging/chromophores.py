"""Chromophores: melanin, blood and shade of every pixel, by the model of skin colour at the person's own pigment.

Three channels hold three unknowns. Shade takes the same density off each channel, so that the two differences between
channels depend on melanin and blood alone. On dark skin they no longer tell the two apart: light that the surface
mirrors drowns blue. There all three are held near the usual, and blood is not told.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.pigments import (
    DARKEST,
    LARGEST_STEP,
    density_per_melanin,
    forward_table,
    green_table,
    model_density,
    most_likely,
    ranges,
    solved_table,
    spreads,
)

Array = NDArray[np.float64]
Float = NDArray[np.float32]

_SAMPLED, _DESCENTS = 4, 5  # numerics: pixels between samples of the usual colour; steps downhill
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
        Optical density along each of three directions at the usual skin.
    """

    melanin: Float
    blood: Float
    shade: Float
    melanin_part: Float
    blood_part: Float
    shade_part: Float


@frozen
class OwnSkin:
    """The usual skin of one person, from which every place of both of a pair is told.

    Parameters
    ----------
    melanin_ln, blood_ln : float
        Effective fractions by the model, natural logarithm.
    polarised : bool
        True through crossed polarisers, which take the mirror reflection away.
    ambiguous : bool
        Whether it is so dark that differences between channels do not tell melanin from blood.
    """

    melanin_ln: float
    blood_ln: float
    polarised: bool
    ambiguous: bool

    def directions(self) -> Array:
        """Unit vectors of melanin, blood and shade in the space of densities, as rows, at this skin."""
        return _directions(self.melanin_ln, self.blood_ln, self.polarised)


def own_skin(density: NDArray[Any], polarised: bool = False) -> OwnSkin:
    """The usual skin of a person from its colour.

    Parameters
    ----------
    density : ndarray, shape (3,)
        Optical density of the usual skin of a picture, of linear red, green, blue.
    polarised : bool
        True through crossed polarisers.

    Returns
    -------
    OwnSkin
        Its melanin and blood, and whether colour alone tells them apart.

    Examples
    --------
    >>> light, deep = model_density(np.array([0.03, 0.3]), np.array([0.01, 0.01]))
    >>> own_skin(light).ambiguous, own_skin(deep).ambiguous
    (False, True)
    """
    start = most_likely(density.astype(np.float64), polarised)
    ambiguous = bool(np.exp(start[0]) * density_per_melanin() > most_told(polarised))
    if not ambiguous:
        melanin, blood, _ = _by_table(density.reshape(1, 1, 3).astype(np.float32), polarised)
        start = np.array([melanin[0, 0], blood[0, 0]])
    return OwnSkin(float(start[0]), float(start[1]), polarised, ambiguous)


def most_told(polarised: bool) -> float:
    """Density of melanin up to which differences between channels tell melanin from blood.

    Examples
    --------
    >>> most_told(False) < most_told(True)
    True
    """
    limit = parameter(f"imaging.ambiguous_melanin_fraction{'_crossed' if polarised else ''}").value
    return float(limit * density_per_melanin())


@cache
def _directions(melanin_ln: float, blood_ln: float, polarised: bool) -> Array:
    melanin, blood, up = np.exp(melanin_ln), np.exp(blood_ln), np.exp(_SMALL)
    at = model_density(np.array([melanin, melanin * up, melanin]), np.array([blood, blood, blood * up]), polarised)
    moved = np.stack([at[1] - at[0], at[2] - at[0], np.ones(3)])
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def chromophores(density: Float, own: OwnSkin | None = None) -> ChromophoreMaps:
    """Melanin, blood and shade of every pixel.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w, 3)
        Optical density of linear red, green, blue.
    own : OwnSkin or None
        The person's usual skin; None takes the median of all pixels, without polarisers.

    Returns
    -------
    ChromophoreMaps
        By the model and by its directions at the usual skin.

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
    if own is None:
        own = own_skin(np.median(density[::_SAMPLED, ::_SAMPLED].reshape(-1, 3), axis=0))
    parts = cv2.transform(density, np.linalg.inv(own.directions().T).astype(np.float32))
    melanin, blood, shade = (
        _by_steps(density, own, "shade_spread") if own.ambiguous else _by_table(density, own.polarised)
    )
    return ChromophoreMaps(cv2.exp(melanin) * np.float32(density_per_melanin()), blood, shade, *cv2.split(parts))


def melanin_against(density: Float, surround: Float, own: OwnSkin) -> Float:
    """Melanin of places less that of the skin around them, on any tone.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w, 3)
        Optical density of the places.
    surround : ndarray of float32, shape (h, w, 3)
        That of the skin around each.
    own : OwnSkin
        The person's usual skin, which the surround is taken to be.

    Returns
    -------
    ndarray of float32, shape (h, w)
        In density at the wavelength where melanin is told.

    Notes
    -----
    Against its own surround a place differs little in shade, which is therefore held: darkness then tells melanin where
    colour does not. Limits: ``limits.photographs``. Source: puncta_imaging_trial.

    Examples
    --------
    >>> usual, place = model_density(np.array([0.3, 0.36]), np.array([0.01, 0.01])).astype(np.float32)
    >>> round(float(melanin_against((place + 0.1)[None, None], (usual + 0.1)[None, None], own_skin(usual))[0, 0]), 1)
    0.2
    """
    base = model_density(np.exp([own.melanin_ln]), np.exp([own.blood_ln]), own.polarised)[0].astype(np.float32)
    melanin, _, _ = _by_steps(density - surround + base, own, "shade_spread_against_surround")
    per = density_per_melanin()
    return opencv().exp(melanin) * np.float32(per) - np.float32(per * np.exp(own.melanin_ln))


def _by_table(density: Float, polarised: bool) -> tuple[Float, Float, Float]:
    cv2 = opencv()
    solved, ends = solved_table(polarised)
    red, green, blue = cv2.split(density)
    # numerics: cells of the table between its ends
    row = (green - red - ends[0, 0]) * ((solved.shape[0] - 1) / (ends[0, 1] - ends[0, 0]))
    column = (blue - green - ends[1, 0]) * ((solved.shape[0] - 1) / (ends[1, 1] - ends[1, 0]))
    row, column = row.astype(np.float32), column.astype(np.float32)
    found = cv2.remap(solved, column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    expected = cv2.remap(green_table(polarised), column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    melanin, blood = cv2.split(found)
    return melanin, blood, green - expected


def _by_steps(density: Float, own: OwnSkin, shade: str) -> tuple[Float, Float, Float]:
    """Steps of Gauss and Newton from the usual colour, with shade and blood held near the usual.

    On dark skin the differences between channels fall again as melanin grows, so that they alone do not tell it.
    """
    cv2 = opencv()
    m, b = ranges()
    together, unusual = spreads(shade)
    forward, slopes = forward_table(own.polarised)
    shape = density.shape[:2]
    melanin, blood = np.full(shape, own.melanin_ln, np.float32), np.full(shape, own.blood_ln, np.float32)
    density = np.minimum(density, np.float32(DARKEST))
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
        right_b = pair(along_b, miss, 1, 2) - np.float32(unusual) * (blood - np.float32(own.blood_ln))
        bb = bb + np.float32(unusual)
        scale = mm * bb - mb * mb + np.float32(1e-9)  # numerics: never 0
        most = np.float32(LARGEST_STEP)
        melanin = np.clip(melanin + np.clip((bb * right_m - mb * right_b) / scale, -most, most), m[0], m[-1])
        blood = np.clip(blood + np.clip((mm * right_b - mb * right_m) / scale, -most, most), b[0], b[-1])
        melanin, blood = melanin.astype(np.float32), blood.astype(np.float32)
    return melanin, blood, miss.mean(axis=2)


def _cut(slopes: Float) -> tuple[Float, Float]:
    return np.ascontiguousarray(slopes[..., :3]), np.ascontiguousarray(slopes[..., 3:])
