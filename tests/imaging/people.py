"""Photographs for the tests: faces that installed packages carry, the real one kept outside, and synthetic skin."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from puncta.imaging import Photograph, SkinPatch, render
from puncta.imaging.backend import opencv
from puncta.imaging.curve import levels

cv2 = opencv()

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
Bytes = NDArray[np.uint8]


@cache
def astronaut() -> Bytes:
    from skimage import data

    return data.astronaut()


@cache
def grace_hopper() -> Bytes:
    from matplotlib import get_data_path

    file = Path(get_data_path()) / "sample_data" / "grace_hopper.jpg"
    return np.ascontiguousarray(cv2.imread(str(file))[..., ::-1])


def needs(name: str) -> Path:
    file = DATA / name
    if not file.exists():
        pytest.skip(f"{name} is kept outside the repository and is not here")
    return file


@cache
def real_face(name: str = "person1.jpg", megapixels: float = 12.0) -> Bytes:
    """A real face; callers skip first where it is not here."""
    rgb = cv2.imread(str(DATA / "photos" / name))[..., ::-1]
    fold = min(1.0, float(np.sqrt(megapixels * 1e6 / (rgb.shape[0] * rgb.shape[1]))))
    small = cv2.resize(rgb, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA) if fold < 1 else rgb
    return np.ascontiguousarray(small)


def patch(tone: float = 35.0, seed: int = 0, side_mm: float = 40.0) -> Photograph:
    return Photograph("patch", levels(render(SkinPatch(tone, size_mm=(side_mm, side_mm)), seed)))


def square(low: float, high: float) -> list[tuple[float, float]]:
    return [(low, low), (high, low), (high, high), (low, high)]


def turned(rgb: Bytes, yaw_degrees: float) -> Bytes:
    """A face turned to its side: landmarks carry their depth, the picture between them follows smoothly."""
    from scipy.interpolate import RBFInterpolator

    from puncta.imaging.face import find_face

    face = find_face(rgb)
    points = face.points[:468]
    middle = points.mean(axis=0)
    away = points - middle
    turn = np.radians(yaw_degrees)
    moved = points[:, :2].copy()
    moved[:, 0] = middle[0] + np.cos(turn) * away[:, 0] + np.sin(turn) * away[:, 2]
    height, width = rgb.shape[:2]
    corners = np.array([(0, 0), (width, 0), (0, height), (width, height), (0, height / 2), (width, height / 2)], float)
    known, wanted = np.concatenate([moved, corners]), np.concatenate([points[:, :2], corners])
    back = RBFInterpolator(known, wanted, neighbors=40, smoothing=2.0, kernel="thin_plate_spline")
    step = 16
    x, y = np.meshgrid(np.arange(0, width + step, step), np.arange(0, height + step, step))
    found = back(np.stack([x.ravel(), y.ravel()], axis=1).astype(float)).reshape(*x.shape, 2).astype(np.float32)
    big = cv2.resize(found, (x.shape[1] * step, x.shape[0] * step), interpolation=cv2.INTER_LINEAR)[:height, :width]
    return cv2.remap(rgb, np.ascontiguousarray(big), None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
