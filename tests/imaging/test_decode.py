"""Decoding: four formats, orientation, profile, bad files; one clear message each, and bounded memory."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from puncta.errors import PunctaError
from puncta.imaging import decode, read_photograph
from puncta.imaging.backend import opencv

cv2 = opencv()


def _picture(width: int = 120, height: int = 80) -> np.ndarray:
    x, y = np.meshgrid(np.linspace(40, 220, width), np.linspace(60, 200, height))
    return np.stack([x, y, (x + y) / 2], axis=-1).astype(np.uint8)


def _bytes(rgb: np.ndarray, kind: str = "PNG", mode: str | None = None, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(rgb, mode).save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "JPEG"])
def test_a_picture_comes_back_as_it_was(kind: str) -> None:
    rgb = _picture()
    options: dict[str, Any] = {"quality": 98} if kind == "JPEG" else {}
    found = decode(_bytes(rgb, kind, **options)).rgb
    assert found.shape == rgb.shape
    assert np.abs(found.astype(int) - rgb).mean() < (3 if kind == "JPEG" else 1e-9)


def test_heic_is_read() -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    stream = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(_picture(128, 96))).save(stream, quality=90)
    found = decode(stream.getvalue())
    assert found.rgb.shape == (96, 128, 3)
    assert np.abs(found.rgb.astype(int) - _picture(128, 96)).mean() < 6


def test_sixteen_bits_are_kept() -> None:
    deep = _picture().astype(np.uint16) * 257
    data = cv2.imencode(".png", deep[..., ::-1])[1].tobytes()
    found = decode(data)
    assert found.rgb.dtype == np.uint16
    assert np.array_equal(found.rgb, deep)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(orientation: int) -> None:
    from PIL import ImageOps

    exif = Image.Exif()
    exif[274] = orientation
    data = _bytes(_picture(), "PNG", exif=exif)
    with Image.open(io.BytesIO(data)) as image:
        wanted = np.asarray(ImageOps.exif_transpose(image))
    assert np.array_equal(decode(data).rgb, wanted)


def test_a_profile_of_srgb_or_a_broken_one_changes_nothing() -> None:
    plain = decode(_bytes(_picture())).rgb
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    assert np.array_equal(decode(_bytes(_picture(), "PNG", icc_profile=srgb.tobytes())).rgb, plain)
    assert np.array_equal(decode(_bytes(_picture(), "PNG", icc_profile=b"broken")).rgb, plain)


def test_the_place_is_not_kept() -> None:
    exif = Image.Exif()
    exif[271], exif[272] = "Maker", "Model"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    found = decode(_bytes(_picture(), "JPEG", exif=exif))
    assert found.settings.camera == "Maker Model"
    assert "51" not in repr(found.settings)


def _png_of_size(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    out = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")):
        out += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return out


BAD = {
    "not a picture": (b"hello, this is text", "not a picture"),
    "empty": (b"", "file is empty"),
    "grey": (_bytes(np.full((90, 90), 120, np.uint8)), "no colour"),
    "grey, stored as colour": (_bytes(np.full((90, 90, 3), 120, np.uint8), "JPEG"), "no colour"),
    "colours of print": (_bytes(np.full((90, 90, 4), 90, np.uint8), "TIFF", mode="CMYK"), r"colours of print \(CMYK\)"),
    "floating point": (cv2.imencode(".tif", np.full((90, 90, 3), 0.4, np.float32))[1].tobytes(), "floating point"),
    "truncated": (_bytes(_picture(), "JPEG")[:700], "cut off"),
    "one pixel": (_bytes(_picture(1, 1)), "too few"),
    "bomb of 300 megapixels": (_png_of_size(20_000, 15_000), "more( pixels)? than can be held"),
    "black frame": (_bytes(np.zeros((90, 90, 3), np.uint8)), "black"),
}


@pytest.mark.parametrize("at", [0.5, 0.9])
@pytest.mark.parametrize("damage", ["cut", "one byte", "a hole"])
def test_a_damaged_png_is_refused(at: float, damage: str) -> None:
    """Pillow alone reads all but the first of these, with rows that the camera never saw."""
    noise = np.random.default_rng(0).integers(0, 255, (90, 120, 3)).astype(np.uint8)
    data = _bytes(noise)
    cut = int(len(data) * at)
    after = {
        "cut": b"",
        "one byte": bytes([data[cut] ^ 0xFF]) + data[cut + 1 :],
        "a hole": bytes(64) + data[cut + 64 :],
    }
    with pytest.raises(PunctaError, match="cut off or damaged"):
        decode(data[:cut] + after[damage])


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_one_clear_message(name: str) -> None:
    data, words = BAD[name]
    with pytest.raises(PunctaError, match=words) as caught:
        decode(data, "shot.jpg")
    assert str(caught.value).startswith("shot.jpg: ")
    assert "\n" not in str(caught.value)


def test_a_bomb_takes_no_memory() -> None:
    import tracemalloc

    tracemalloc.start()
    with pytest.raises(PunctaError):
        decode(BAD["bomb of 300 megapixels"][0])
    assert tracemalloc.get_traced_memory()[1] < 20e6
    tracemalloc.stop()


def test_a_lying_record_is_left_out_and_said() -> None:
    exif = Image.Exif()
    details = exif.get_ifd(0x8769)
    details[40962], details[40963], details[34855] = 4000, 3000, 100
    found = decode(_bytes(_picture(), "JPEG", exif=exif))
    assert found.settings.iso is None
    assert any("another picture" in note for note in found.notes)
    exif = Image.Exif()
    exif[274] = 77
    exif.get_ifd(0x8769)[36867] = "2026:19:45 11:00:00"
    found = decode(_bytes(_picture(), "JPEG", exif=exif))
    assert found.rgb.shape == (80, 120, 3)
    assert len(found.notes) == 2
    assert found.settings.taken == ""


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PunctaError, match=r"no such file.*Do:"):
        read_photograph(tmp_path / "none.jpg")
    with pytest.raises(PunctaError, match=r"this is a folder.*Do:"):
        read_photograph(tmp_path)


def test_adobe_rgb_without_its_profile_is_said() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[40961] = 65535
    exif.get_ifd(0x8769)[0xA005] = {1: "R03"}
    found = decode(_bytes(_picture(), "JPEG", exif=exif))
    assert any("Adobe RGB" in note for note in found.notes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_damaged_bytes_never_crash(place: int, junk: bytes) -> None:
    data = bytearray(_bytes(_picture(), "JPEG"))
    place %= len(data)
    data[place : place + len(junk)] = junk
    try:
        found = decode(bytes(data))
    except PunctaError:
        return
    assert found.rgb.ndim == 3
