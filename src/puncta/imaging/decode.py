"""Decode: from the bytes of a file to an upright picture in sRGB, with bounded memory and one clear message each."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.errors import PunctaError
from puncta.evidence import parameter
from puncta.imaging.backend import needed, opencv
from puncta.imaging.exif import read_settings
from puncta.imaging.photograph import Declared, Photograph
from puncta.imaging.profile import deep_in_srgb, in_srgb
from puncta.messages import text

_FORMATS = ("JPEG", "MPO", "PNG", "TIFF", "HEIF", "HEIC")
_SIXTEEN = ("I;16", "I;16B", "I;16L", "I")
_ORIENTATION = 274  # numerics: tag of EXIF
# numerics: how EXIF codes turns and mirrors: quarter turns against the clock, then a mirror left to right
_TURNS = {
    1: (0, False), 2: (0, True), 3: (2, False), 4: (2, True),
    5: (3, True), 6: (3, False), 7: (1, True), 8: (1, False),
}  # fmt: skip
#: How files begin, and what is said where no picture comes of one.
_MAGIC = {b"\xff\xd8": "truncated", b"\x89PNG": "truncated", b"II*\0": "tiff", b"MM\0*": "tiff"}
_DICOM_AT, _DICOM = 128, b"DICM"  # numerics: where the mark of a DICOM file stands


def read_photograph(path: str | Path, declared: Declared | None = None) -> Photograph:
    """Read a photograph: JPEG, PNG, TIFF, HEIC, or DICOM with one picture in it.

    Parameters
    ----------
    path : str or Path
        The file.
    declared : Declared or None
        What was said at capture.

    Returns
    -------
    Photograph
        Upright, in sRGB.

    Raises
    ------
    PunctaError
        Where the file is missing, is no picture, is cut off, too small, too large or black.

    Examples
    --------
    >>> read_photograph("README.md")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: README.md: this is not a picture ...
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        if size > parameter("imaging.largest_file_mb").value * 1e6:
            raise _refused(file, "file_large", mb=round(size / 1e6))
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise _refused(file, "missing") from error
    except IsADirectoryError as error:
        raise _refused(file, "folder") from error
    except PermissionError as error:
        raise _refused(file, "forbidden") from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        raise _refused(file, "unreadable", reason=getattr(error, "strerror", None) or error) from error
    if data[_DICOM_AT : _DICOM_AT + 4] == _DICOM:
        from puncta.imaging.dicom import decode_dicom

        return decode_dicom(data, str(file), declared)
    return decode(data, str(file), declared)


def decode(data: bytes, subject: str = "picture", declared: Declared | None = None) -> Photograph:
    """Decode the bytes of a JPEG, PNG, TIFF or HEIC picture.

    Parameters
    ----------
    data : bytes
        The file.
    subject : str
        Name for messages.
    declared : Declared or None
        What was said at capture.

    Returns
    -------
    Photograph
        Upright, in sRGB; orientation and colour profile are applied, the place is dropped.

    Raises
    ------
    PunctaError
        As `read_photograph`.

    Examples
    --------
    >>> decode(b"no picture")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: picture: this is not a picture ...
    """
    if not data:
        raise PunctaError(text("imaging.error.empty", subject=subject))
    image = _opened(data, subject)
    with image:
        _check_kind(image, subject)
        deep = image.format in ("PNG", "TIFF") and _sixteen_bits(image)  # before anything loads the picture
        width, height = image.size
        check_size(width, height, subject)
        settings, orientation, notes = read_settings(image, (width, height), subject)
        rgb = _pixels(image, data, subject, deep)
    turns, mirrored = _TURNS.get(orientation, (0, False))
    upright = np.rot90(rgb, turns)
    upright = np.ascontiguousarray(upright[:, ::-1] if mirrored else upright)
    check_levels(upright, subject)
    check_colour(upright, subject)
    return Photograph(subject, upright, settings, declared or Declared(), notes)


def check_size(width: int, height: int, subject: str) -> None:
    """Refuse a picture that is too small to measure or too large to hold.

    Parameters
    ----------
    width, height : int
        In pixels.
    subject : str
        Name for messages.

    Raises
    ------
    PunctaError
        Where it is either.

    Examples
    --------
    >>> check_size(1, 1, "dot.png")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: dot.png: 1 x 1 pixels ...
    """
    if width * height > parameter("imaging.largest_megapixels").value * 1e6:
        raise PunctaError(text("imaging.error.too_large", subject=subject, megapixels=round(width * height / 1e6)))
    if min(width, height) < parameter("imaging.least_side_px").value:
        raise PunctaError(text("imaging.error.too_small", subject=subject, width=width, height=height))


def check_levels(rgb: NDArray[Any], subject: str) -> None:
    """Refuse a frame that is black.

    Parameters
    ----------
    rgb : ndarray, shape (h, w, 3)
        Levels.
    subject : str
        Name for messages.

    Raises
    ------
    PunctaError
        Where hardly any pixel is lit.

    Examples
    --------
    >>> check_levels(np.zeros((99, 99, 3), np.uint8), "dark.jpg")
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: dark.jpg: the frame is black. Do: check the light and the lens cap, and take it again.
    """
    step = max(1, min(rgb.shape[:2]) // 128)  # numerics: a sample is enough
    sample = rgb[::step, ::step]
    brightest = float(np.percentile(sample, 99)) / float(np.iinfo(rgb.dtype).max)  # numerics: single hot pixels apart
    if brightest < parameter("imaging.black_below_level").value:
        raise PunctaError(text("imaging.error.black", subject=subject))


def check_colour(rgb: NDArray[Any], subject: str) -> None:
    """Refuse a grey picture: tone, pigment and redness would be told of a colour that nobody saw.

    Parameters
    ----------
    rgb : ndarray, shape (h, w, 3)
        Levels.
    subject : str
        Name for messages.

    Raises
    ------
    PunctaError
        Where the three channels are one and the same.

    Examples
    --------
    >>> check_colour(np.full((99, 99, 3), 120, np.uint8), "grey.jpg")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: grey.jpg: the picture holds no colour ...
    """
    step = max(1, min(rgb.shape[:2]) // 128)  # numerics: a sample is enough
    sample = rgb[::step, ::step].astype(np.int32)
    if int(np.ptp(sample, axis=2).max()) <= np.iinfo(rgb.dtype).max // 128:  # numerics: two levels of 8 bits
        raise PunctaError(text("imaging.error.grey", subject=subject))


def _check_kind(image: Any, subject: str) -> None:
    """Refuse what is a picture and still no photograph: colours of print without a profile, numbers beyond levels."""
    if image.mode == "CMYK" and not image.info.get("icc_profile"):
        raise PunctaError(text("imaging.error.print_colours", subject=subject))
    bits = image.tag_v2.get(258) if image.format == "TIFF" else None  # numerics: tag of TIFF, bits per sample
    if image.mode == "F" or (bits and max(bits) > 16):  # numerics: bits a channel that are read
        raise PunctaError(text("imaging.error.bits", subject=subject))


def _opened(data: bytes, subject: str) -> Any:
    image_module = needed("PIL.Image")
    needed("pi_heif").register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # files in the wild hold bad tags; what matters is checked by itself
            warnings.simplefilter("error", image_module.DecompressionBombWarning)
            image = image_module.open(io.BytesIO(data))
            if image.format == "PNG":  # reading leaves the checksums of its rows alone, and what is damaged is black
                image.verify()
                image = image_module.open(io.BytesIO(data))
    except (image_module.DecompressionBombWarning, image_module.DecompressionBombError) as error:
        raise PunctaError(text("imaging.error.bomb", subject=subject)) from error
    except Exception as error:  # every decoder fails in its own way
        kind = next((kind for mark, kind in _MAGIC.items() if data.startswith(mark)), None)
        if kind is not None:
            raise PunctaError(text(f"imaging.error.{kind}", subject=subject)) from error
        raise PunctaError(text("imaging.error.not_a_picture", subject=subject)) from error
    if image.format not in _FORMATS:
        raise PunctaError(text("imaging.error.not_a_picture", subject=subject))
    return image


def _pixels(image: Any, data: bytes, subject: str, deep: bool) -> NDArray[Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
            if deep:
                cv2 = opencv()
                flags = cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION
                read = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
                if read is not None and read.dtype == np.uint16 and read.ndim == 3:
                    rgb, profile = np.ascontiguousarray(read[:, :, 2::-1]), image.info.get("icc_profile")
                    return deep_in_srgb(rgb, profile) if profile else rgb
            return np.asarray(in_srgb(image))
    except PunctaError:
        raise
    except Exception as error:  # every decoder fails in its own way
        raise PunctaError(text("imaging.error.truncated", subject=subject)) from error


def _sixteen_bits(image: Any) -> bool:
    """Whether a file holds 16 bits a channel, which Pillow would cut to 8."""
    if image.mode in _SIXTEEN:
        return True
    if image.format == "TIFF":
        bits = image.tag_v2.get(258)  # numerics: tag of TIFF, bits per sample
        return bool(bits) and max(bits) == 16  # numerics: bits
    return image.format == "PNG" and bool(image.tile) and "16" in str(image.tile[0][3])


def _refused(file: Path, kind: str, **values: object) -> PunctaError:
    return PunctaError(text(f"imaging.error.{kind}", subject=file, **values))
