"""Relief: lines, roughness and pores as they show in one photograph; shading, never depth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.imaging.backend import opencv

Float = NDArray[np.float32]
Bytes = NDArray[np.uint8]

_TURNS = 16  # numerics: directions along which lines are followed
_FULL = 255  # numerics: byte that stands for yes
_MAD_TO_SD = 1.4826  # numerics: of a normal distribution


def blurred(picture: Float, sigma_px: float) -> Float:
    """Gaussian blur; wide ones on a smaller copy, which no one can tell from the whole.

    Parameters
    ----------
    picture : ndarray of float32
        One or more channels.
    sigma_px : float
        Standard deviation in pixels.

    Examples
    --------
    >>> float(blurred(np.ones((64, 64), np.float32), 20.0)[5, 5].round(5))
    1.0
    """
    cv2 = opencv()
    fold, widest = 1, 8.0  # numerics: pixels of blur above which a smaller copy serves
    while sigma_px / fold > widest and min(picture.shape[:2]) // (2 * fold) > 1:
        fold *= 2
    if fold == 1:
        return cv2.GaussianBlur(picture, (0, 0), sigma_px, borderType=cv2.BORDER_REFLECT)
    size = picture.shape[1], picture.shape[0]
    small_size = max(1, size[0] // fold), max(1, size[1] // fold)
    small = cv2.resize(picture, small_size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma_px / fold, borderType=cv2.BORDER_REFLECT)
    return cv2.resize(small, size, interpolation=cv2.INTER_LINEAR)


def masked_mean(picture: Float, skin: Float, sigma_px: float) -> Float:
    """Mean of the skin around each pixel.

    Parameters
    ----------
    picture : ndarray of float32, shape (h, w)
        Values.
    skin : ndarray of float32, shape (h, w)
        1 on skin, 0 elsewhere.
    sigma_px : float
        Reach in pixels.
    """
    cv2 = opencv()
    fold = max(1, int(sigma_px // 4))  # numerics: four pixels of reach hold a Gaussian
    size = picture.shape[1], picture.shape[0]
    small = max(1, size[0] // fold), max(1, size[1] // fold)
    both = cv2.resize(cv2.merge([picture * skin, skin]), small, interpolation=cv2.INTER_AREA)
    both = cv2.GaussianBlur(both, (0, 0), sigma_px / fold, borderType=cv2.BORDER_REFLECT)
    mean = both[..., 0] / np.maximum(both[..., 1], 1e-4)  # numerics: nothing is told where no skin is near
    return cv2.resize(mean, size, interpolation=cv2.INTER_LINEAR)


def band(density: Float, px_per_mm: float) -> Float:
    """Density between the finest and the coarsest scale of skin relief; its RMS is the roughness from shading.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w)
        Optical density, fine frame.
    px_per_mm : float
        Of the frame.
    """
    fine, coarse = (parameter(f"imaging.texture_{end}_mm").value * px_per_mm for end in ("fine", "coarse"))
    return blurred(density, fine) - blurred(density, coarse)


def ridges(density: Float, px_per_mm: float) -> Float:
    """Strength of dark lines: largest over three widths, averaged along the best of sixteen directions.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w)
        Optical density, fine frame.
    px_per_mm : float
        Of the frame.

    Returns
    -------
    ndarray of float32, shape (h // 2, w // 2)
        At half the pixels a millimetre; in optical density.

    Notes
    -----
    Sources: frangi_1998, puncta_imaging_trial.
    """
    cv2 = opencv()
    size = density.shape[1] // 2, density.shape[0] // 2
    half = cv2.resize(density[: size[1] * 2, : size[0] * 2], size, interpolation=cv2.INTER_AREA)
    fine, middle, wide = (parameter(f"imaging.line_{name}_mm").value for name in ("fine", "middle", "wide"))
    finest = _ridge(density[: size[1] * 2, : size[0] * 2], fine * px_per_mm)
    best = cv2.resize(finest, size, interpolation=cv2.INTER_AREA)
    for width in (middle, wide):
        best = cv2.max(best, _ridge(half, width * px_per_mm / 2.0))
    out = np.zeros_like(best)
    for kernel in _line_kernels(parameter("imaging.line_follow_mm").value * px_per_mm / 2.0):
        out = cv2.max(out, cv2.filter2D(best, cv2.CV_32F, kernel, borderType=cv2.BORDER_REFLECT))
    return out


def _ridge(density: Float, sigma_px: float) -> Float:
    cv2 = opencv()
    smooth = cv2.GaussianBlur(density, (0, 0), sigma_px, borderType=cv2.BORDER_REFLECT)
    second = np.array([[1.0, -2.0, 1.0]], np.float32)
    xx = cv2.filter2D(smooth, cv2.CV_32F, second, borderType=cv2.BORDER_REFLECT)
    yy = cv2.filter2D(smooth, cv2.CV_32F, second.T, borderType=cv2.BORDER_REFLECT)
    corners = np.array([[1.0, 0.0, -1.0], [0.0, 0.0, 0.0], [-1.0, 0.0, 1.0]], np.float32) / 4.0
    xy = cv2.filter2D(smooth, cv2.CV_32F, corners, borderType=cv2.BORDER_REFLECT)
    mean = cv2.addWeighted(xx, -0.5, yy, -0.5, 0.0)
    spread = cv2.magnitude(cv2.addWeighted(xx, 0.5, yy, -0.5, 0.0), xy)
    # larger curvature of the density's crest less the size of the smaller one
    return cv2.max((mean + spread - cv2.absdiff(mean, spread)) * np.float32(sigma_px**2), 0.0)


def _line_kernels(length_px: float) -> list[Float]:
    cv2 = opencv()
    reach = int(np.ceil(length_px / 2.0)) + 1
    side, shift = 2 * reach + 1, 4  # numerics: four binary digits of a pixel
    kernels = []
    for turn in np.pi * np.arange(_TURNS) / _TURNS:
        end = np.array([np.cos(turn), np.sin(turn)]) * length_px / 2.0
        kernel = np.zeros((side, side), np.uint8)
        points = [tuple(round(float((reach + sign * x) * 2**shift)) for x in end) for sign in (-1, 1)]
        cv2.line(kernel, points[0], points[1], _FULL, 1, cv2.LINE_AA, shift)
        kernels.append((kernel / kernel.sum()).astype(np.float32))
    return kernels


def lines(strength: Float, skin: Bytes, px_per_mm: float, high: float) -> Bytes:
    """Middle lines of what counts as a line: strong somewhere, at least half as strong all along, and long.

    Parameters
    ----------
    strength : ndarray of float32, shape (h, w)
        From `ridges`.
    skin : ndarray of uint8, shape (h, w)
        Not 0 on skin.
    px_per_mm : float
        Of the strength.
    high : float
        Strength that a line reaches somewhere.

    Returns
    -------
    ndarray of uint8
        255 on lines, one pixel wide.
    """
    cv2 = opencv()
    weak = ((strength > high / 2.0) & (skin > 0)).astype(np.uint8)
    count, parts, stats, _ = cv2.connectedComponentsWithStats(weak, connectivity=8)  # numerics: all neighbours
    if count < 2:
        return np.zeros_like(weak)
    strong = np.zeros(count, bool)
    strong[np.unique(parts[(strength > high) & (weak > 0)])] = True
    longest = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    kept = strong & (longest > parameter("imaging.line_least_length_mm").value * px_per_mm)
    kept[0] = False
    return cv2.ximgproc.thinning(kept[parts].astype(np.uint8) * _FULL)


def line_threshold(strength: Float, skin: Bytes) -> float:
    """Strength from which something on this face is a line.

    Parameters
    ----------
    strength : ndarray of float32, shape (h, w)
        From `ridges`.
    skin : ndarray of uint8, shape (h, w)
        Not 0 on skin.
    """
    values = strength[skin > 0]
    usual = float(np.median(values)) if values.size else 0.0
    return max(parameter("imaging.line_least_strength").value, parameter("imaging.line_median_fold").value * usual)


def pores(density: Float, px_per_mm: float) -> tuple[Float, Bytes]:
    """Dark dots of the size of pores.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w)
        Optical density, fine frame.
    px_per_mm : float
        Of the frame.

    Returns
    -------
    tuple of ndarray
        Height of the dots, and 255 at each peak.
    """
    cv2 = opencv()
    small, large = (parameter(f"imaging.pore_{end}_mm").value * px_per_mm for end in ("fine", "coarse"))
    dots = cv2.GaussianBlur(density, (0, 0), small) - cv2.GaussianBlur(density, (0, 0), large)
    around = 2 * max(1, round(large)) + 1
    peaks = (dots >= cv2.dilate(dots, np.ones((around, around), np.uint8))).astype(np.uint8) * _FULL
    return dots, peaks


def pore_threshold(density: Float, skin: Bytes) -> float:
    """Height from which a dot is a pore: above the noise of this photograph, and above a floor.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w)
        Optical density, fine frame.
    skin : ndarray of uint8, shape (h, w)
        Not 0 on skin.
    """
    noise = noise_of(density, skin)
    return max(parameter("imaging.pore_least_density").value, parameter("imaging.pore_noise_fold").value * noise)


def noise_of(density: Float, skin: Bytes) -> float:
    """Noise of a photograph's density, from what differs between one pixel and the next but one.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w)
        Optical density, fine frame.
    skin : ndarray of uint8, shape (h, w)
        Not 0 on skin.
    """
    cv2 = opencv()
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6.0  # numerics: unit noise stays unit noise
    values = np.abs(cv2.filter2D(density, cv2.CV_32F, kernel))[skin > 0]
    return float(np.median(values)) * _MAD_TO_SD if values.size else 0.0


def sharpness(density: Float, skin: Bytes, px_per_mm: float) -> float:
    """Share of fine detail in a photograph of skin: fine band against the next wider one, noise taken off.

    Parameters
    ----------
    density : ndarray of float32, shape (h, w)
        Optical density, fine frame.
    skin : ndarray of uint8, shape (h, w)
        Not 0 on skin, eyes left out.
    px_per_mm : float
        Of the frame.

    Returns
    -------
    float
        Falls with blur; 0 where nothing fine is left.
    """
    cv2 = opencv()
    fine, middle, wide = (
        cv2.GaussianBlur(density, (0, 0), parameter(f"imaging.sharpness_{name}_mm").value * px_per_mm)
        for name in ("fine", "middle", "wide")
    )
    on = skin > 0
    if not np.any(on):
        return 0.0
    first, second = _spread(fine - middle, on), _spread(middle - wide, on)
    return first / second if second > 0 else 0.0


def _spread(values: Float, on: NDArray[np.bool_]) -> float:
    return float(np.median(np.abs(values[on]))) * _MAD_TO_SD
