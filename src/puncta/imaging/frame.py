"""Frame: the part of a photograph that is measured, in linear light, at one scale for every camera.

A figure of texture depends on the size of the pixels it was made from. Every photograph is therefore brought, by the
mean over areas, to the same pixels a millimetre before anything is measured; a coarser photograph is refused.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.curve import FLOOR, linear
from puncta.imaging.photograph import Photograph

Array = NDArray[np.float64]
Float = NDArray[np.float32]
Box = tuple[int, int, int, int]

_CLIPPED_SHARE = 0.98  # numerics: level from which sensors and files hold no more light


@frozen(eq=False)
class Frame:
    """Linear light of a part of a photograph.

    Parameters
    ----------
    light : ndarray of float32, shape (h, w, 3)
        Linear red, green, blue; corrected where there was a chart.
    clipped : ndarray of float32, shape (h, w)
        Share of each pixel's light that was cut off at the top.
    place : ndarray, shape (2, 3)
        From pixels of the photograph to pixels of the frame.
    px_per_mm : float
        Of the frame.
    """

    light: Float
    clipped: Float
    place: Array
    px_per_mm: float

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.light.shape[0], self.light.shape[1]

    def density(self) -> Float:
        """Optical density of each channel."""
        cv2 = opencv()
        out = cv2.log(cv2.max(self.light.reshape(self.light.shape[0], -1), FLOOR))
        return cv2.multiply(out, -1.0 / np.log(10)).reshape(self.light.shape)

    def half(self) -> Frame:
        """The same at half the pixels a millimetre."""
        cv2 = opencv()
        height, width = (n // 2 * 2 for n in self.shape)
        size = (width // 2, height // 2)
        small = cv2.resize(self.light[:height, :width], size, interpolation=cv2.INTER_AREA)
        clipped = cv2.resize(self.clipped[:height, :width], size, interpolation=cv2.INTER_AREA)
        place = self.place / 2.0
        place[:, 2] = (self.place[:, 2] + 0.5) / 2.0 - 0.5
        return Frame(small, clipped, place, self.px_per_mm / 2.0)


def box_of(corners: Array, shape: tuple[int, int], margin_px: float) -> Box:
    """Left, top, right, bottom of the part that holds some corners.

    Examples
    --------
    >>> box_of(np.array([[10.0, 20.0], [30.0, 40.0]]), (100, 100), 5.0)
    (5, 15, 36, 46)
    """
    low = np.floor(corners.min(axis=0) - margin_px).astype(int)
    high = np.ceil(corners.max(axis=0) + margin_px).astype(int) + 1
    left, top = (int(n) for n in np.maximum(low, 0))
    right, bottom = (int(n) for n in np.minimum(high, np.array(shape[::-1])))
    return left, top, right, bottom


def frame_of(photo: Photograph, box: Box, mm_per_px: float, px_per_mm: float, matrix: Array | None = None) -> Frame:
    """Bring a part of a photograph to linear light at a given scale.

    Parameters
    ----------
    photo : Photograph
        The picture.
    box : tuple of int
        Left, top, right, bottom, in pixels.
    mm_per_px : float
        Scale of the photograph.
    px_per_mm : float
        Wanted scale; a photograph that is coarser keeps its own.
    matrix : ndarray, shape (3, 3), or None
        From its linear light to that of the chart's reference.

    Returns
    -------
    Frame
        At most as fine as the photograph.

    Examples
    --------
    >>> photo = Photograph("grey", np.full((40, 60, 3), 188, np.uint8))
    >>> frame_of(photo, (0, 0, 60, 40), 0.05, 10.0).shape
    (20, 30)
    """
    cv2 = opencv()
    left, top, right, bottom = box
    fold = min(1.0, px_per_mm * mm_per_px)
    size = (max(1, round((right - left) * fold)), max(1, round((bottom - top) * fold)))
    ratio = np.array([size[0] / (right - left), size[1] / (bottom - top)])
    part = np.ascontiguousarray(photo.rgb[top:bottom, left:right])
    light = cv2.resize(linear(part), size, interpolation=cv2.INTER_AREA)
    below = round(_CLIPPED_SHARE * np.iinfo(part.dtype).max) - 1
    whole = cv2.inRange(part, (0, 0, 0), (below, below, below))  # one pass: no channel is cut off
    kept = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    clipped = 1.0 - kept.astype(np.float32) / np.float32(255.0)  # numerics: byte that stands for yes
    if matrix is not None:
        light = cv2.transform(light, matrix.astype(np.float32))
    place = np.array([[ratio[0], 0.0, 0.0], [0.0, ratio[1], 0.0]])
    place[:, 2] = (0.5 - np.array([left, top])) * ratio - 0.5
    return Frame(light, clipped, place, float(np.mean(ratio)) / mm_per_px)
