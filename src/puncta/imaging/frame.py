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
_ROWS = 512  # numerics: rows of the photograph that are held in linear light at one time


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


def frame_of(
    photo: Photograph, box: Box, mm_per_px: float, px_per_mm: float, matrix: Array | None = None
) -> Frame:
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
    part = photo.rgb[top:bottom, left:right]
    cut_off = round(_CLIPPED_SHARE * np.iinfo(photo.rgb.dtype).max)
    light = np.empty((size[1], size[0], 3), np.float32)
    clipped = np.empty((size[1], size[0]), np.float32)
    for first, last, start, end in _strips(size[1], part.shape[0]):
        piece = np.ascontiguousarray(part[start:end])
        # the strip is placed so that areas fall as if the whole were shrunk at once
        shift = first / ratio[1] - start
        light[first:last] = _areas(cv2, linear(piece), shift, (size[0], last - first), ratio)
        over = (piece.max(axis=2) >= cut_off).astype(np.float32)
        clipped[first:last] = _areas(cv2, over, shift, (size[0], last - first), ratio)
    if matrix is not None:
        light = cv2.transform(light, matrix.astype(np.float32))
    place = np.array([[ratio[0], 0.0, 0.0], [0.0, ratio[1], 0.0]])
    place[:, 2] = (0.5 - np.array([left, top])) * ratio - 0.5
    return Frame(light, clipped, place, float(np.mean(ratio)) / mm_per_px)


def _strips(rows: int, source_rows: int) -> list[tuple[int, int, int, int]]:
    """Rows of the frame, and the rows of the photograph that they are made from."""
    ratio = rows / source_rows
    step = max(1, int(_ROWS * ratio))
    out = []
    for first in range(0, rows, step):
        last = min(rows, first + step)
        start, end = int(np.floor(first / ratio)), min(source_rows, int(np.ceil(last / ratio)))
        out.append((first, last, start, end))
    return out


def _areas(cv2: object, piece: Float, shift: float, size: tuple[int, int], ratio: Array) -> Float:
    """Mean over areas of a strip whose first area begins a fraction of a row below its top."""
    rows = size[1] / ratio[1]
    if shift < 1e-6 and abs(rows - piece.shape[0]) < 1e-6:  # numerics: whole rows
        return cv2.resize(piece, size, interpolation=cv2.INTER_AREA)  # type: ignore[attr-defined]
    weights = _row_weights(size[1], piece.shape[0], shift, float(ratio[1]))
    narrow = cv2.resize(piece, (size[0], piece.shape[0]), interpolation=cv2.INTER_AREA)  # type: ignore[attr-defined]
    flat = narrow.reshape(piece.shape[0], -1)
    return (weights @ flat).reshape(size[1], *narrow.shape[1:])


def _row_weights(rows: int, source_rows: int, shift: float, ratio: float) -> Float:
    edges = shift + np.arange(rows + 1) / ratio
    at = np.arange(source_rows)
    low, high = np.maximum(edges[:-1, None], at), np.minimum(edges[1:, None], at + 1)
    weights = np.clip(high - low, 0.0, None)
    return (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
