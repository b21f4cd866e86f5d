"""EXIF: settings of the camera, as far as they can be true; the place is never read."""

from __future__ import annotations

import math
import re
from typing import Any

from puncta.imaging.photograph import CameraSettings
from puncta.messages import text

# numerics: tags of EXIF
_MAKE, _MODEL, _ORIENTATION, _DETAILS = 271, 272, 274, 0x8769
_EXPOSURE, _F_NUMBER, _ISO, _FOCAL, _LENS = 33434, 33437, 34855, 37386, 42036
_TAKEN, _FLASH, _LIGHT, _BALANCE, _WIDTH, _HEIGHT = 36867, 37385, 37384, 41987, 40962, 40963
_ORIENTATIONS = range(1, 9)  # numerics: codes that EXIF knows
_DATE = re.compile(r"^(19|20)\d\d[:-](0[1-9]|1[0-2])[:-](0[1-9]|[12]\d|3[01])[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d")
# numerics: colour space that is none of the standard's, the block that says which, and how it says Adobe RGB
_SPACE, _NOT_STANDARD, _WHICH, _ADOBE = 40961, (2, 65535), 0xA005, "R03"
_LONGEST_NAME = 60  # numerics: letters of a camera's name that are kept


def read_settings(image: Any, size: tuple[int, int], subject: str) -> tuple[CameraSettings, int, tuple[str, ...]]:
    """Read settings and orientation from an opened picture.

    Parameters
    ----------
    image : PIL.Image.Image
        The picture.
    size : tuple of int
        Its width and height in pixels, before it is turned.
    subject : str
        Name for notes.

    Returns
    -------
    tuple
        Settings, orientation (1 to 8) and notes on what cannot be true.
    """
    try:
        exif = image.getexif()
        details = exif.get_ifd(_DETAILS)
    except Exception:  # a broken block: the decoder fails in many ways
        return CameraSettings(), 1, (text("imaging.note.exif_broken", subject=subject),)
    notes = []
    orientation = exif.get(_ORIENTATION, 1)
    if image.format in ("HEIF", "HEIC"):
        orientation = 1  # the decoder has turned it
    elif orientation not in _ORIENTATIONS:
        notes.append(text("imaging.note.orientation", subject=subject, given=orientation))
        orientation = 1
    if _adobe_rgb(exif, details) and not image.info.get("icc_profile"):
        notes.append(text("imaging.note.adobe_rgb", subject=subject))
    recorded = details.get(_WIDTH), details.get(_HEIGHT)
    if None not in recorded and recorded not in (size, size[::-1]):
        notes.append(text("imaging.note.exif_size", subject=subject, recorded=_x(recorded), found=_x(size)))
        return CameraSettings(), int(orientation), tuple(notes)
    taken = str(details.get(_TAKEN, "")).strip("\0 ")
    if taken and not _DATE.match(taken):
        notes.append(text("imaging.note.date", subject=subject))
        taken = ""
    settings = CameraSettings(
        camera=" ".join(filter(None, (_word(exif.get(_MAKE)), _word(exif.get(_MODEL))))),
        lens=_word(details.get(_LENS)),
        exposure_s=_number(details.get(_EXPOSURE)),
        f_number=_number(details.get(_F_NUMBER)),
        iso=_number(details.get(_ISO)),
        focal_length_mm=_number(details.get(_FOCAL)),
        white_balance=_code(details.get(_BALANCE)),
        flash=_code(details.get(_FLASH)),
        light_source=_code(details.get(_LIGHT)),
        taken=taken.replace(":", "-", 2).replace("T", " ")[:19],  # numerics: letters of a date with time
    )
    return settings, int(orientation), tuple(notes)


def _adobe_rgb(exif: Any, details: Any) -> bool:
    if details.get(_SPACE) not in _NOT_STANDARD:
        return False
    try:
        return str(exif.get_ifd(_WHICH).get(1, "")).strip("\0 ") == _ADOBE
    except Exception:  # a broken block: the decoder fails in many ways
        return False


def _x(size: tuple[Any, Any]) -> str:
    return f"{size[0]} x {size[1]}"


def _word(value: Any) -> str:
    cleaned = "".join(letter for letter in str(value or "") if letter.isprintable())
    return cleaned.strip()[:_LONGEST_NAME]


def _number(value: Any) -> float | None:
    try:
        number = float(value[0] if isinstance(value, tuple) else value)
    except (TypeError, ValueError, ZeroDivisionError, IndexError):
        return None
    return number if math.isfinite(number) and number > 0 else None


def _code(value: Any) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None
