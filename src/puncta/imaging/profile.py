"""Profile: a picture in the colours of its own profile brought to sRGB, 16 bits with all their steps."""

from __future__ import annotations

import io
import struct
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.frozen import frozen
from puncta.imaging.backend import needed
from puncta.imaging.curve import linear

Array = NDArray[np.float64]
Deep = NDArray[np.uint16]

# numerics: how a profile is laid out (ICC.1), its fixed-point numbers, and the gain functions that it knows
_TAGS_AT, _TAG_BYTES, _FIXED, _GAMMA_STEP, _MOST = 128, 12, 65536.0, 256.0, 65535
_HEAD_BYTES, _COUNT_BYTES, _NUMBER_BYTES = 8, 12, 4
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}
_BAND_ROWS = 256  # numerics: rows at a time, so that memory stays bounded


@frozen(eq=False)
class _Plain:
    """A profile of three primaries and three curves."""

    curves: Array
    to_white: Array


def deep_in_srgb(rgb: Deep, profile: bytes) -> Deep | None:
    """Bring 16 bits a channel from the colours of a profile to sRGB.

    Parameters
    ----------
    rgb : ndarray of uint16, shape (h, w, 3)
        Levels as stored.
    profile : bytes
        An ICC profile.

    Returns
    -------
    ndarray of uint16 or None
        None where the profile is broken or is not one of three primaries and three curves.

    Examples
    --------
    >>> deep_in_srgb(np.zeros((2, 2, 3), np.uint16), b"broken") is None
    True
    """
    given = _plain(profile)
    own = _plain(_srgb())
    if given is None or own is None:
        return None
    matrix = np.linalg.solve(own.to_white, given.to_white)
    light, deep = linear(np.arange(_MOST + 1, dtype=np.uint16)), np.arange(_MOST + 1)
    out = np.empty_like(rgb)
    for top in range(0, len(rgb), _BAND_ROWS):
        band = rgb[top : top + _BAND_ROWS]
        straight = np.stack([given.curves[each][band[..., each]] for each in range(3)], axis=-1)
        out[top : top + _BAND_ROWS] = np.rint(np.interp(straight @ matrix.T, light, deep))
    return out


def in_srgb(image: Any) -> Any:
    """Bring an opened picture of 8 bits to the colours of a screen, by its profile where it carries one.

    Parameters
    ----------
    image : PIL.Image.Image
        Loaded; of any mode.

    Returns
    -------
    PIL.Image.Image
        Red, green, blue; a part that can be seen through counts as its colour; a broken profile counts as none.
    """
    profile = image.info.get("icc_profile")
    plain = image if image.mode in ("RGB", "CMYK", "L") else image.convert("RGB")
    if profile:
        cms = needed("PIL.ImageCms")
        try:
            given = cms.ImageCmsProfile(io.BytesIO(profile))
            if not is_srgb(profile):
                return cms.profileToProfile(plain, given, cms.createProfile("sRGB"), outputMode="RGB")
        except (cms.PyCMSError, OSError):
            pass
    return plain if plain.mode == "RGB" else plain.convert("RGB")


def is_srgb(profile: bytes) -> bool:
    """Whether a profile is that of a screen already; a broken one is none.

    Parameters
    ----------
    profile : bytes
        An ICC profile.

    Examples
    --------
    >>> is_srgb(b"broken")
    False
    """
    cms = needed("PIL.ImageCms")
    try:
        name = cms.getProfileDescription(cms.ImageCmsProfile(io.BytesIO(profile)))
    except (cms.PyCMSError, OSError):
        return False
    return "sRGB" in name


@cache
def _srgb() -> bytes:
    cms = needed("PIL.ImageCms")
    return cms.ImageCmsProfile(cms.createProfile("sRGB")).tobytes()


def _plain(profile: bytes) -> _Plain | None:
    try:
        tags = _tags(profile)
        white = np.array([_numbers(tags[f"{each}XYZ"], _HEAD_BYTES, 3) for each in "rgb"]).T
        curves = np.array([_curve(tags[f"{each}TRC"]) for each in "rgb"])
    except (KeyError, ValueError, IndexError, struct.error):
        return None
    right = np.all(np.isfinite(curves)) and abs(np.linalg.det(white)) > 1e-6  # numerics: three colours that differ
    return _Plain(curves, white) if right else None


def _tags(profile: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">I", profile, _TAGS_AT)
    out = {}
    for number in range(min(count, _BAND_ROWS)):
        name, start, size = struct.unpack_from(">4sII", profile, _TAGS_AT + _NUMBER_BYTES + _TAG_BYTES * number)
        out[name.decode("latin-1")] = profile[start : start + size]
    return out


def _numbers(tag: bytes, at: int, count: int) -> Array:
    return np.array(struct.unpack_from(f">{count}i", tag, at)) / _FIXED


def _curve(tag: bytes) -> Array:
    """Linear light of each of 65536 levels."""
    level = np.arange(_MOST + 1) / _MOST
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, _HEAD_BYTES)
        points = np.array(struct.unpack_from(f">{count}H", tag, _COUNT_BYTES), dtype=np.float64)
        if count == 0:
            return level
        if count == 1:
            return level ** (points[0] / _GAMMA_STEP)
        return np.interp(level, np.linspace(0.0, 1.0, count), points / _MOST)
    if tag[:4] != b"para":
        raise ValueError(tag[:4])
    (kind,) = struct.unpack_from(">H", tag, _HEAD_BYTES)
    given = dict(zip("gabcdef", _numbers(tag, _COUNT_BYTES, _PARAMETERS[kind]), strict=False))
    gamma, a, b = given["g"], given.get("a", 1.0), given.get("b", 0.0)
    if kind in (1, 2):  # a power above where it is 0
        c = given.get("c", 0.0)
        return np.where(level >= -b / a, np.maximum(a * level + b, 0.0) ** gamma + c, c)
    bent = np.maximum(a * level + b, 0.0) ** gamma + given.get("e", 0.0)
    straight = given.get("c", 0.0) * level + given.get("f", 0.0)
    return np.where(level >= given.get("d", 0.0), bent, straight)
