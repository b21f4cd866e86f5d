"""Alignment: known warps are found again, and what does not lie upon itself is told."""

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.imaging.people import needs, patch, real_face

from puncta.imaging import Photograph, Retake, retake
from puncta.imaging.align import Alignment, align, compose, inverse, landmark_map
from puncta.imaging.backend import opencv
from puncta.imaging.face import Face, find_face
from puncta.imaging.frame import Frame, box_of, frame_of
from puncta.imaging.scale import face_scale
from puncta.imaging.zones import face_outlines, labels, no_skin

cv2 = opencv()


def test_maps_undo_each_other() -> None:
    one = np.array([[1.1, 0.2, 3.0], [-0.1, 0.9, 5.0]])
    assert np.allclose(compose(one, inverse(one)), np.eye(2, 3))


def _registered(rgb: NDArray[np.uint8], seed: int) -> tuple[NDArray[np.float64], float, Alignment]:
    """Errors on the skin, in pixels of the photograph, mm a pixel, and the alignment."""
    face = find_face(rgb)
    mm_per_px = face_scale(face).mm_per_px
    again, truth = retake(rgb, seed, Retake(), face.eye_distance_px)
    later = find_face(again)
    start = landmark_map(face, later)
    fold = np.sqrt(np.linalg.det(start[:, :2]))
    first, second = _frame(rgb, face, mm_per_px, 6.0), _frame(again, later, mm_per_px / fold, 9.0)
    half = first.half()
    zones = labels(face_outlines(face), half.shape, half.place, half.px_per_mm)
    skin = ((zones > 0) & (no_skin(face, half.shape, half.place, half.px_per_mm) == 0)).astype(np.uint8) * 255
    found = align(first, second, start, skin)
    rows, columns = np.nonzero(cv2.resize(skin, first.shape[::-1], interpolation=cv2.INTER_NEAREST))
    chosen = np.random.default_rng(0).choice(len(rows), 40_000)
    rows, columns = rows[chosen], columns[chosen]
    back, there = inverse(first.place), inverse(second.place)
    at = np.stack([columns, rows], axis=1) @ back[:, :2].T + back[:, 2]
    true = cv2.remap(truth, at.reshape(200, 200, 2).astype(np.float32), None, cv2.INTER_LINEAR).reshape(-1, 2)
    got = found.to_later[rows, columns] @ there[:, :2].T + there[:, 2]
    return np.linalg.norm(got - true, axis=1), mm_per_px, found


def _frame(rgb: NDArray[np.uint8], face: Face, mm_per_px: float, margin_mm: float) -> Frame:
    corners = np.concatenate([outline.corners for outline in face_outlines(face)])
    box = box_of(corners, (rgb.shape[0], rgb.shape[1]), margin_mm / mm_per_px)
    return frame_of(Photograph("face", rgb), box, mm_per_px, 8.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "megapixels"), [("person1.jpg", 12.0), ("person1.jpg", 27.1), ("person1_spec.jpg", 12.0)]
)
def test_known_warps_of_the_real_photograph_are_found(name: str, megapixels: float) -> None:
    needs(f"photos/{name}")
    error, _, found = _registered(real_face(name, megapixels), 3)
    assert np.median(error) < 0.6
    assert np.percentile(error, 95) < 1.2
    assert found.consistent_fraction > 0.95
    assert found.likeness > 0.9


def test_a_warp_of_synthetic_skin_is_found() -> None:
    from tests.imaging.people import square

    from puncta.imaging import Scale, compare_photographs

    photo = patch(side_mm=48.0)
    again, _ = retake(photo.rgb.astype(np.uint8), 5, Retake(), 900.0)
    found = compare_photographs(
        photo,
        Photograph("later", again),
        polygons={"cheek": square(100, 380)},
        scale=Scale(0.1, "ruler", 0.01),
        chart=False,
    ).alignment
    assert found is not None
    assert found.consistent_fraction > 0.95
    assert found.likeness > 0.7


def test_other_skin_does_not_lie_upon_it() -> None:
    from tests.imaging.people import square

    from puncta.imaging import Scale, compare_photographs

    found = compare_photographs(
        patch(seed=1), patch(seed=2), polygons={"a": square(60, 340)}, scale=Scale(0.1, "ruler", 0.01), chart=False
    )
    assert found.verdict == "refused"
    assert any("same person" in check.words for check in found.checks if not check.passed)
