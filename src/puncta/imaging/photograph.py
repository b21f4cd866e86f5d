"""Photograph: a picture as it was taken, upright, with its settings and what was declared; never its place."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen


@frozen
class CameraSettings:
    """What the camera recorded; empty or None where it did not, or where what it says cannot be true.

    Parameters
    ----------
    camera, lens : str
        Maker and model, as recorded.
    exposure_s, f_number, iso, focal_length_mm : float or None
        Exposure time, aperture, sensitivity and focal length.
    white_balance, flash, light_source : int or None
        Codes of EXIF: white balance (0 automatic, 1 set), flash (odd where it fired), light source.
    taken : str
        Date and time as recorded, ``2026-11-09 11:04:05``.
    """

    camera: str = ""
    lens: str = ""
    exposure_s: float | None = None
    f_number: float | None = None
    iso: float | None = None
    focal_length_mm: float | None = None
    white_balance: int | None = None
    flash: int | None = None
    light_source: int | None = None
    taken: str = ""


@frozen
class Declared:
    """What is said at capture; None where nobody said.

    Parameters
    ----------
    make_up, shaved, cream : bool or None
        Whether the face carried make-up, was shaved that day, carried cream.
    polarised : bool or None
        Whether it was taken through crossed polarisers.
    days_since_session : float or None
        Days since the last needling; within the swelling window texture, lines and pores are refused.
    """

    make_up: bool | None = None
    shaved: bool | None = None
    cream: bool | None = None
    polarised: bool | None = None
    days_since_session: float | None = None


@frozen(eq=False)
class Photograph:
    """A picture, upright, red green blue, in sRGB as on a screen.

    Parameters
    ----------
    subject : str
        Name for messages.
    rgb : ndarray of uint8 or uint16, shape (h, w, 3)
        Levels.
    settings : CameraSettings
        What the camera recorded; the place is never read.
    declared : Declared
        What was said at capture.
    notes : tuple of str
        What was wrong with the record and how it was met.
    grey_box : tuple of int or None
        Left, top, width and height of a grey card in the picture; a colour chart goes before it.
    """

    subject: str
    rgb: NDArray[Any]
    settings: CameraSettings = CameraSettings()
    declared: Declared = Declared()
    notes: tuple[str, ...] = ()
    grey_box: tuple[int, int, int, int] | None = None

    @property
    def shown(self) -> NDArray[np.uint8]:
        """The picture in 8 bits."""
        if self.rgb.dtype == np.uint8:
            return np.asarray(self.rgb, np.uint8)
        return (self.rgb >> 8).astype(np.uint8)  # numerics: the upper byte of 16 bits
