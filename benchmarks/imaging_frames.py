"""Pictures for the benchmark of photographs: one photograph, its re-take with a known warp, and zones for the peers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.imaging.align import inverse, landmark_map
from puncta.imaging.backend import opencv
from puncta.imaging.decode import read_photograph
from puncta.imaging.face import find_face
from puncta.imaging.frame import Frame, box_of, frame_of
from puncta.imaging.retake import Retake, retake
from puncta.imaging.scale import face_scale
from puncta.imaging.zones import face_outlines, labels, no_skin

_SEED = 3


def prepare_files(file: Path, megapixels: float, folder: Path) -> tuple[str, str, int]:
    """Write the photograph in the wanted size, its re-take, where everything went, and the zones."""
    cv2 = opencv()
    rgb = cv2.imread(str(file))
    fold = min(1.0, float(np.sqrt(megapixels * 1e6 / (rgb.shape[0] * rgb.shape[1]))))
    rgb = np.ascontiguousarray(cv2.resize(rgb, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA)[..., ::-1])
    face = find_face(rgb)
    again, truth = retake(rgb, _SEED, Retake(), face.eye_distance_px)
    first, second = str(folder / "first.jpg"), str(folder / "second.jpg")
    for name, picture in ((first, rgb), (second, again)):
        cv2.imwrite(name, np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, 95])
    np.save(f"{first}.truth.npy", truth)
    scale, outlines = face_scale(face), face_outlines(face)
    corners = np.concatenate([outline.corners for outline in outlines])
    box = box_of(corners, (rgb.shape[0], rgb.shape[1]), 6.0 * scale.px_per_mm)
    place = np.array([[1.0, 0.0, -box[0]], [0.0, 1.0, -box[1]]])
    shape = (box[3] - box[1], box[2] - box[0])
    zones = labels(outlines, shape, place, scale.px_per_mm)
    zones[no_skin(face, shape, place, scale.px_per_mm) > 0] = 0
    np.save(f"{first}.zones.npy", zones)
    given = {"box": box, "px_per_mm": scale.px_per_mm, "names": [outline.name for outline in outlines]}
    Path(f"{first}.zones.json").write_text(json.dumps(given))
    return first, second, rgb.shape[0] * rgb.shape[1]


def frames(first: str, second: str) -> tuple[Frame, Frame, NDArray[Any], NDArray[np.uint8], Callable[[Any], Any]]:
    """Frames of both, the map from landmarks, the skin, and a judge of a map: its errors in the photograph's pixels."""
    cv2 = opencv()
    photos = [read_photograph(name) for name in (first, second)]
    faces = [find_face(photo.shown) for photo in photos]
    start = landmark_map(*faces)
    fold = float(np.sqrt(np.linalg.det(start[:, :2])))
    scale = face_scale(faces[0]).mm_per_px
    out = []
    for photo, face, mm_per_px, margin in zip(photos, faces, (scale, scale / fold), (6.0, 12.0), strict=True):
        corners = np.concatenate([outline.corners for outline in face_outlines(face)])
        box = box_of(corners, (photo.rgb.shape[0], photo.rgb.shape[1]), margin / mm_per_px)
        out.append(frame_of(photo, box, mm_per_px, 8.0))
    half = out[0].half()
    zones = labels(face_outlines(faces[0]), half.shape, half.place, half.px_per_mm)
    skin = ((zones > 0) & (no_skin(faces[0], half.shape, half.place, half.px_per_mm) == 0)).astype(np.uint8) * 255
    truth = np.load(f"{first}.truth.npy")
    rows, columns = np.nonzero(cv2.resize(skin, out[0].shape[::-1], interpolation=cv2.INTER_NEAREST))
    chosen = np.random.default_rng(0).choice(len(rows), 40_000)
    rows, columns = rows[chosen], columns[chosen]
    back, there = inverse(out[0].place), inverse(out[1].place)
    at = np.stack([columns, rows], axis=1) @ back[:, :2].T + back[:, 2]
    true = cv2.remap(truth, at.reshape(200, 200, 2).astype(np.float32), None, cv2.INTER_LINEAR).reshape(-1, 2)

    def check(to_later: Any) -> Any:
        return np.linalg.norm(to_later[rows, columns] @ there[:, :2].T + there[:, 2] - true, axis=1)

    return out[0], out[1], start, skin, check
