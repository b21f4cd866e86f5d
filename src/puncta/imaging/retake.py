"""Re-take: the same photograph as if taken again, with a known warp, light, camera error, noise and compression.

Nobody is posed anew: what it says of errors is a lower bound.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.curve import levels, linear

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Float = NDArray[np.float32]

_GREY = 0.2  # numerics: linear light of middle grey on a screen
_GRAIN = 6  # numerics: waves of the smooth distortion across a picture


@frozen
class Retake:
    """How a photograph is taken again.

    Parameters
    ----------
    warp : float
        Share of the usual warp: 1 turns up to 4 degrees, scales 3 %, shifts 5 % of the distance of the eyes.
    gradient, exposure, balance : float
        Largest light gradient across the picture, exposure error and error of each channel, as shares.
    noise : float
        Noise at middle grey, as a share of full light.
    blur_mm : float
        Blur, standard deviation on the skin.
    quality : int
        Of JPEG; 0 leaves the picture uncompressed.
    """

    warp: float = 1.0
    # numerics: a re-take with the same camera and light, as in the trial
    gradient: float = 0.12
    exposure: float = 0.0
    balance: float = 0.005
    noise: float = 0.004
    blur_mm: float = 0.0
    quality: int = 92


def retake(rgb: Bytes, seed: int, how: Retake, reference_px: float, px_per_mm: float = 10.0) -> tuple[Bytes, Float]:
    """Take a photograph again.

    Parameters
    ----------
    rgb : ndarray of uint8, shape (h, w, 3)
        The photograph.
    seed : int
        Equal seeds give equal pictures.
    how : Retake
        What differs.
    reference_px : float
        Distance of the outer corners of the eyes in pixels, or the width of the region.
    px_per_mm : float
        Of the photograph, for the blur.

    Returns
    -------
    tuple of ndarray
        The new photograph, and where each pixel of the old one lies in it, shape (h, w, 2).

    Examples
    --------
    >>> grey = np.full((40, 60, 3), 128, np.uint8)
    >>> again, where = retake(grey, 0, Retake(warp=0.0, gradient=0.0, noise=0.0, balance=0.0), 30.0)
    >>> int(np.abs(again.astype(int) - 128).max()) <= 1, where[3, 5].tolist()
    (True, [5.0, 3.0])
    """
    cv2 = opencv()
    rng = np.random.default_rng(seed)
    shape = rgb.shape[0], rgb.shape[1]
    forward, back = _warps(shape, rng, how.warp, reference_px)
    light = linear(rgb)
    if how.warp:
        light = np.maximum(cv2.remap(light, back, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT), 0.0)
    if how.blur_mm:
        light = cv2.GaussianBlur(light, (0, 0), how.blur_mm * px_per_mm)
    x, y = (np.linspace(-0.5, 0.5, n, dtype=np.float32) for n in (shape[1], shape[0]))
    slope = rng.uniform(-how.gradient, how.gradient, 2)
    gain = 1.0 + slope[0] * x[None, :] + slope[1] * y[:, None]
    each = (1.0 + how.balance * rng.standard_normal(3)) * (1.0 + how.exposure * rng.standard_normal())
    light *= gain[..., None].astype(np.float32) * each.astype(np.float32)
    if how.noise:
        grain = rng.standard_normal(light.shape, dtype=np.float32)
        # shot noise grows with the root of light; middle grey is half of it on a screen
        light += grain * np.sqrt(light.clip(0.0) / _GREY).astype(np.float32) * np.float32(how.noise)
    return compressed(levels(light), how.quality), forward


def compressed(rgb: Bytes, quality: int) -> Bytes:
    """A picture after JPEG; quality 0 leaves it as it is."""
    if not quality:
        return rgb
    cv2 = opencv()
    data = cv2.imencode(".jpg", np.ascontiguousarray(rgb[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def _warps(shape: tuple[int, int], rng: np.random.Generator, amount: float, reference_px: float) -> tuple[Float, Float]:
    """Where old pixels go, and where new pixels come from."""
    height, width = shape
    middle = np.array([width / 2.0, height / 2.0])

    def up_to(name: str) -> Any:
        return amount * parameter(f"imaging.retake_{name}").value

    turn = np.radians(rng.uniform(-1, 1) * up_to("turn_degrees"))
    fold = 1.0 + rng.uniform(-1, 1) * up_to("scale_fraction")
    shift = rng.uniform(-1, 1, 2) * up_to("shift_fraction") * reference_px
    tilt = rng.uniform(-1, 1, 2) * up_to("tilt_fraction") / max(shape)
    turned = fold * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    waves = rng.standard_normal((2, _GRAIN, _GRAIN)).astype(np.float32)
    cv2 = opencv()
    bend = np.stack([cv2.resize(one, (width, height), interpolation=cv2.INTER_CUBIC) for one in waves], axis=-1)
    bend *= np.float32(up_to("bend_fraction") * reference_px / max(float(np.std(bend)), 1e-9))  # numerics: not 0
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    own = np.stack([x, y], axis=-1)
    forward = _project(own + bend, middle, turned, shift, tilt)
    # the way back, by turns: undo the projection, then the bend at the place found
    plain = _unproject(own, middle, turned, shift, tilt)
    back = plain
    for _ in range(6):  # numerics: the bend is gentle; six turns leave less than a hundredth of a pixel
        back = plain - cv2.remap(bend, back, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return forward, back


def _project(at: Float, middle: Array, turned: Array, shift: Array, tilt: Array) -> Float:
    away = (at - middle.astype(np.float32)) @ turned.T.astype(np.float32)
    depth = 1.0 + away @ tilt.astype(np.float32)
    return (away / depth[..., None] + (middle + shift).astype(np.float32)).astype(np.float32)


def _unproject(at: Float, middle: Array, turned: Array, shift: Array, tilt: Array) -> Float:
    away = at - (middle + shift).astype(np.float32)
    # away = v / (1 + t.v)  gives  v = away / (1 - t.away)
    flat = away / (1.0 - away @ tilt.astype(np.float32))[..., None]
    return (flat @ np.linalg.inv(turned).T.astype(np.float32) + middle.astype(np.float32)).astype(np.float32)
