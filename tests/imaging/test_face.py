"""Faces: found where there is one, refused where there is none or two; the model is checked on every load."""

import hashlib

import numpy as np
import pytest
from tests.imaging.people import astronaut, grace_hopper

from puncta.errors import PunctaError
from puncta.imaging import model
from puncta.imaging.backend import opencv
from puncta.imaging.face import find_face
from puncta.imaging.frame import box_of
from puncta.imaging.scale import face_scale
from puncta.imaging.zones import NEEDLED, face_outlines, labels, no_skin
from puncta.skin import zones as needled_zones

cv2 = opencv()


@pytest.mark.parametrize(("picture", "eyes_px"), [(astronaut, 60.3), (grace_hopper, 115.8)])
def test_the_face_of_a_public_photograph_is_found(picture: object, eyes_px: float) -> None:
    face = find_face(picture())  # type: ignore[operator]
    assert face.points.shape == (478, 3)
    assert face.eye_distance_px == pytest.approx(eyes_px, rel=0.02)


def test_landmarks_follow_the_picture() -> None:
    """Shifted and turned upside, the points move with the face: within 2 % of the distance of the eyes."""
    rgb = grace_hopper()
    plain = find_face(rgb)
    shift = np.array([[0.96, 0.05, 20], [-0.05, 0.96, 30]], np.float32)
    moved = find_face(cv2.warpAffine(rgb, shift, (rgb.shape[1] + 40, rgb.shape[0] + 40)))
    expected = plain.points[:, :2] @ shift[:, :2].T + shift[:, 2]
    off = np.linalg.norm(moved.points[:, :2] - expected, axis=1)
    assert np.median(off) < 0.02 * plain.eye_distance_px


def test_no_face_and_two_faces_are_refused() -> None:
    with pytest.raises(PunctaError, match="no face"):
        find_face(np.random.default_rng(0).integers(0, 255, (300, 300, 3)).astype(np.uint8))
    rgb = grace_hopper()
    with pytest.raises(PunctaError, match="2 faces"):
        find_face(np.concatenate([rgb, rgb], axis=1))


def test_a_smaller_second_face_is_seen() -> None:
    near, far = grace_hopper(), astronaut()
    both = np.zeros((max(len(near), len(far)), near.shape[1] + far.shape[1], 3), np.uint8)
    both[: len(near), : near.shape[1]] = near
    both[: len(far), near.shape[1] :] = far
    with pytest.raises(PunctaError, match="2 faces"):
        find_face(both)
    behind = np.repeat(np.repeat(near, 2, axis=0), 2, axis=1)
    behind[:300, :300] = far[:300, 80:380]
    with pytest.raises(PunctaError, match="2 faces"):
        find_face(behind)


def test_a_small_face_in_a_large_picture_is_found_once() -> None:
    wide = np.full((700, 1100, 3), 90, np.uint8)
    wide[100:612, 560:1072] = astronaut()
    assert find_face(wide).eye_distance_px == pytest.approx(60.3, rel=0.05)


def test_a_changed_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hashlib.sha256(model.model_bytes()).hexdigest() == model.MODEL_SHA256
    monkeypatch.setattr(model, "MODEL_SHA256", "0" * 64)
    with pytest.raises(PunctaError, match="not the one that was tested"):
        model.model_bytes()


def test_thirteen_zones_lie_in_the_face_and_belong_to_zones_of_the_plan() -> None:
    rgb = grace_hopper()
    face = find_face(rgb)
    outlines = face_outlines(face)
    assert len(outlines) == 13
    assert {outline.needled for outline in outlines} <= set(needled_zones())
    assert {outline.name for outline in outlines} == set(NEEDLED)
    scale = face_scale(face)
    place = np.eye(2, 3)
    shape = (rgb.shape[0], rgb.shape[1])
    found, covered = labels(outlines, shape, place, scale.px_per_mm), no_skin(face, shape, place, scale.px_per_mm)
    for number, outline in enumerate(outlines, 1):
        assert np.mean(covered[found == number] == 0) > 0.4, outline.name
    right, left = (np.nonzero(found == number)[1].mean() for number in (7, 8))
    assert right < left, "the person's own right stands left in the picture"


def test_a_box_keeps_inside_the_picture() -> None:
    assert box_of(np.array([[-50.0, 5.0], [400.0, 900.0]]), (100, 200), 10) == (0, 0, 200, 100)
