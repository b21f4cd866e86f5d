"""Profiles: 16 bits follow one as 8 bits do, and keep their steps; see-through pictures follow it too."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from puncta.imaging import decode
from puncta.imaging.backend import opencv
from puncta.imaging.profile import deep_in_srgb, is_srgb

cv2 = opencv()
# the primaries of Adobe RGB (1998) and of Display P3, seen under the light of profiles
WIDE = {
    "Adobe RGB (1998)": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    "Display P3": ((0.5151, 0.2412, -0.0011), (0.2919, 0.6922, 0.0419), (0.1572, 0.0666, 0.7841)),
}


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))


def wide_profile(name: str, curve: bytes | None = None) -> bytes:
    """A profile of three primaries and one curve."""
    words = name.encode() + b"\0"
    curve = curve or b"curv\0\0\0\0" + struct.pack(">IH", 1, 563)
    tags = {"desc": b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(78), "cprt": b"text\0\0\0\0-\0"}
    tags["wtpt"] = b"XYZ \0\0\0\0" + _fixed(0.9642, 1.0, 0.8249)
    for each, primary in zip("rgb", WIDE[name], strict=True):
        tags[f"{each}XYZ"], tags[f"{each}TRC"] = b"XYZ \0\0\0\0" + _fixed(*primary), curve
    start, table, body = 132 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for key, value in tags.items():
        table += key.encode() + struct.pack(">II", start + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    head = struct.pack(">I4s4s4s4s4s", start + len(body), b"none", bytes([2, 64, 0, 0]), b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(0.9642, 1.0, 0.8249)
    return head + bytes(128 - len(head)) + table + body


PARA = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
TABLE = b"curv\0\0\0\0" + struct.pack(">I", 64) + (np.linspace(0, 1, 64) ** 1.8 * 65535).astype(">u2").tobytes()


@pytest.mark.parametrize("curve", [None, PARA, TABLE])
@pytest.mark.parametrize("name", WIDE)
def test_sixteen_bits_follow_a_profile_as_eight_bits_do(name: str, curve: bytes | None) -> None:
    profile = wide_profile(name, curve)
    shallow = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    given, screen = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    wanted = np.asarray(ImageCms.profileToProfile(Image.fromarray(shallow), given, screen, outputMode="RGB"))
    found = deep_in_srgb(shallow.astype(np.uint16) * 257, profile)
    assert np.abs(found / 257 - wanted).max() < 1.0


@pytest.mark.parametrize("broken", [b"", b"broken", wide_profile("Display P3")[:200], bytes(400)])
def test_a_broken_profile_counts_as_none(broken: bytes) -> None:
    deep = np.full((2, 2, 3), 30_000, np.uint16)
    assert np.array_equal(deep_in_srgb(deep, broken), deep)
    assert not is_srgb(broken)


@pytest.mark.parametrize(("mode", "kind"), [("RGBA", "PNG"), ("RGBA", "TIFF"), ("RGB", "JPEG"), ("RGB", "TIFF")])
def test_every_way_of_storing_follows_the_profile(mode: str, kind: str) -> None:
    skin = np.full((80, 90, 3), (190, 140, 110), np.uint8)
    stream = io.BytesIO()
    Image.fromarray(skin).convert(mode).save(stream, kind, icc_profile=wide_profile("Adobe RGB (1998)"))
    assert decode(stream.getvalue()).rgb[40, 40].astype(int) == pytest.approx([207, 141, 109], abs=4)


def test_sixteen_bits_in_a_file_follow_the_profile() -> None:
    import zlib

    deep = np.full((80, 90, 3), (110, 140, 190), np.uint16) * 257
    data = cv2.imencode(".png", deep)[1].tobytes()
    body = b"iCCPwide\0\0" + zlib.compress(wide_profile("Adobe RGB (1998)"))
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    found = decode(data[:33] + chunk + data[33:]).rgb
    assert found.dtype == np.uint16
    assert found[40, 40] / 257 == pytest.approx([207, 141, 109], abs=1)
