"""Photographs come in: checked before they are decoded, written anew, the camera's settings kept as data."""

from __future__ import annotations

import io
import warnings
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from puncta.clinic.words import say
from puncta.frozen import frozen

# the limit of this clinic is looked at below, before a pixel is decoded, and says how large the picture is
Image.MAX_IMAGE_PIXELS = None

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 95
_THUMB = 480
#: What of a photograph's data tells how it was taken, and nothing of where or by whom.
_CAPTURE = (
    "Make", "Model", "LensModel", "FocalLength", "FocalLengthIn35mmFilm", "FNumber", "ExposureTime",
    "ISOSpeedRatings", "WhiteBalance", "Flash", "ExposureMode", "ExposureBiasValue", "MeteringMode",
)  # fmt: skip
_MOST_SIGNS = 60


class PhotographRefused(ValueError):  # noqa: N818
    """A file that is no photograph that may be kept; its words say why and what to do."""


@frozen
class Taken:
    """A photograph as it is kept.

    Parameters
    ----------
    content, thumb : bytes
        JPEG, written anew: without location, names, or anything that stood beside the picture.
    width, height : int
        In pixels, upright.
    taken_at : datetime
        When, from the camera; now where the camera does not say.
    capture : dict
        Settings of the camera.
    """

    content: bytes
    thumb: bytes
    width: int
    height: int
    taken_at: datetime
    capture: dict[str, Any]


def take_in(raw: bytes, name: str) -> Taken:
    """Check and rewrite one file.

    Raises
    ------
    PhotographRefused
        Where it is too large, no picture, cut short, or of a kind that is not read here.
    """
    short = name.rsplit("/", 1)[-1][:_MOST_SIGNS]
    if not raw:
        raise PhotographRefused(say("photo.empty", name=short))
    if len(raw) > settings.PHOTOGRAPH_MAX_BYTES:
        raise PhotographRefused(say("photo.too_heavy", name=short, most=settings.PHOTOGRAPH_MAX_BYTES // 2**20))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(raw), formats=_FORMATS)
            width, height = picture.size
            # the size stands in the head of the file: a bomb is refused before a pixel of it is made
            if width * height > settings.PHOTOGRAPH_MAX_PIXELS:
                million = round(width * height / 1e6)
                most = settings.PHOTOGRAPH_MAX_PIXELS // 10**6
                raise PhotographRefused(say("photo.too_many_pixels", name=short, million=million, most=most))
            exif = picture.getexif()
            picture.load()
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except UnidentifiedImageError as error:
        raise PhotographRefused(say("photo.no_picture", name=short)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, PhotographRefused):
            raise
        raise PhotographRefused(say("photo.cut_short", name=short)) from error
    small = upright.copy()
    small.thumbnail((_THUMB, _THUMB))
    return Taken(
        _jpeg(upright, _QUALITY, picture.info.get("icc_profile")),
        _jpeg(small, 80, None),
        upright.width,
        upright.height,
        _when(exif),
        _capture(exif),
    )


def _jpeg(picture: Image.Image, quality: int, profile: bytes | None) -> bytes:
    out = io.BytesIO()
    picture.info.clear()
    extra = {"icc_profile": profile} if profile else {}
    picture.save(out, "JPEG", quality=quality, subsampling=0, optimize=quality < _QUALITY, **extra)
    return out.getvalue()


def _capture(exif: Image.Exif) -> dict[str, Any]:
    tags = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    known = {ExifTags.TAGS.get(number): value for number, value in tags.items()}
    return {name: _plain(known[name]) for name in _CAPTURE if name in known}


def _plain(value: Any) -> float | int | str:
    if isinstance(value, int | float):
        return value
    try:
        return round(float(value), 6)
    except (TypeError, ValueError, ZeroDivisionError):
        return "".join(sign for sign in str(value) if sign.isprintable())[:_MOST_SIGNS]


def _when(exif: Image.Exif) -> datetime:
    said = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, "")
    now = timezone.now()
    try:
        when = timezone.make_aware(datetime.strptime(str(said), "%Y:%m:%d %H:%M:%S"))
    except ValueError:
        return now
    return when if when.year >= 2000 and when <= now else now
