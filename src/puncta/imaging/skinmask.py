"""Mask: which pixels of a zone are bare, evenly lit skin: no hair, no stubble, no shine, no cast shadow."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.imaging.backend import opencv
from puncta.imaging.relief import blurred, masked_mean

Float = NDArray[np.float32]
Bytes = NDArray[np.uint8]
_FULL = 255  # numerics: byte that stands for yes


def not_bare(shade: Float | None, clipped: Float, zones: Bytes, covered: Bytes, px_per_mm: float) -> Bytes:
    """Pixels that show no bare, evenly lit skin.

    Parameters
    ----------
    shade : ndarray of float32, shape (h, w), or None
        Shade of the coarse frame; None where skin is so dark that a spot and a hair look alike.
    clipped : ndarray of float32, shape (h, w)
        Share of light cut off.
    zones, covered : ndarray of uint8, shape (h, w)
        Zone numbers; not 0 where landmarks say that there is no skin.
    px_per_mm : float
        Of the frame.

    Returns
    -------
    ndarray of uint8
        255 on hair, shadow, shine and what landmarks leave out. Hair and
        shadows take the same off all channels within a millimetre or two; pigment does not.
    """
    cv2 = opencv()
    out = (clipped > parameter("imaging.shine_pixel_share").value).astype(np.uint8)
    if shade is not None:
        wanted = ((zones > 0) & (covered == 0)).astype(np.float32)
        # a pixel alone is noise
        smooth = blurred(shade, parameter("imaging.shadow_blur_mm").value * px_per_mm)
        local = smooth - masked_mean(shade, wanted, parameter("imaging.shadow_reach_mm").value * px_per_mm)
        out = cv2.bitwise_or(out, (local > parameter("imaging.shadow_density").value).astype(np.uint8))
    margin = 2 * max(1, round(parameter("imaging.shadow_margin_mm").value * px_per_mm)) + 1
    out = cv2.dilate(out, np.ones((margin, margin), np.uint8))
    return ((covered > 0) | (out > 0)).astype(np.uint8) * _FULL
