"""Face: where it is and 478 landmarks on it, for alignment and zones alone; no template of identity is made or kept."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from puncta.errors import PunctaError
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.model import networks
from puncta.messages import text

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]

# numerics: shapes that the networks were trained with: sides of their pictures, grid of anchors, count of landmarks
_DETECTOR_SIDE, _GRIDS, _LANDMARK_SIDE, _LANDMARKS = 128, ((16, 2), (8, 6)), 256, 478
_DETECTOR_MIDDLE, _DETECTOR_HALF, _BYTE = 127.5, 127.5, 255.0
_POINTS = 6  # numerics: eyes, nose, mouth and ears of a box
_LOGIT_LIMIT = 80.0  # numerics: beyond it a logistic function is 0 or 1
_CROP_FOLD, _LARGEST_SIDE = 1.5, 1280  # numerics: how the networks' makers cut a face out; detection on a small copy
_OVERLAP = 0.3  # numerics: boxes that share more are one face
_JITTERS = ((0.0, 1.0), (0.02, 1.03), (-0.02, 0.97), (0.01, 0.94))  # numerics: turns and sizes of the crops averaged

#: Landmarks of the mesh that other modules name.
OUTER_EYE_RIGHT, OUTER_EYE_LEFT = 33, 263  # numerics: numbers in the mesh
IRIS_RIGHT, IRIS_LEFT = (468, 469, 470, 471, 472), (473, 474, 475, 476, 477)  # numerics: numbers in the mesh


@frozen(eq=False)
class Face:
    """Landmarks of one face, in pixels of the picture; the third column is depth in the same unit.

    Parameters
    ----------
    points : ndarray, shape (478, 3)
        Landmarks.
    score : float
        How sure the network is that this is a face, 0 to 1.
    """

    points: Array
    score: float

    @property
    def eye_distance_px(self) -> float:
        """Distance of the outer corners of the eyes, in pixels, depth included."""
        return float(np.linalg.norm(self.points[OUTER_EYE_RIGHT] - self.points[OUTER_EYE_LEFT]))


def find_face(picture: Bytes, subject: str = "picture") -> Face:
    """Find the one face of a picture.

    Parameters
    ----------
    picture : ndarray of uint8, shape (h, w, 3)
        Red, green, blue as on a screen.
    subject : str
        Name of the picture for messages.

    Returns
    -------
    Face
        Its landmarks.

    Raises
    ------
    PunctaError
        Where there is no face, or more than one.

    Notes
    -----
    Source: face_landmarker. Landmarks serve alignment and zones; nothing that could tell people apart is computed.

    Examples
    --------
    >>> find_face(np.zeros((64, 64, 3), np.uint8))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    puncta.errors.PunctaError: picture: no face was found...
    """
    small = _small(picture)
    boxes = _with_parts(small, _boxes(small))
    if len(boxes) == 0:
        raise PunctaError(text("imaging.error.no_face", subject=subject))
    if len(boxes) > 1:
        raise PunctaError(text("imaging.error.two_faces", subject=subject, count=len(boxes)))
    fold = picture.shape[1] / small.shape[1]
    if float(max(boxes[0][2:4])) * _CROP_FOLD < _LANDMARK_SIDE < fold * float(max(boxes[0][2:4])) * _CROP_FOLD:
        small, boxes, fold = picture, boxes * fold, 1.0  # a small face in a large picture
    face = _landmarks(small, *_crop_of_box(boxes[0]))
    for _ in range(2):  # the crop that the landmarks themselves ask for
        face = _landmarks(small, *_crop_of_points(face.points))
    centre, side, turn = _crop_of_points(face.points)
    several = [_landmarks(small, centre, side * size, turn + angle) for angle, size in _JITTERS]
    points = np.mean([one.points for one in several], axis=0) * fold
    points[:, :2] += (fold - 1.0) / 2.0  # pixels are counted from their middles
    face = Face(points, float(np.mean([one.score for one in several])))
    if face.score < parameter("imaging.least_face_score").value:
        raise PunctaError(text("imaging.error.no_face", subject=subject))
    return face


def _small(picture: Bytes) -> Bytes:
    cv2 = opencv()
    height, width = picture.shape[:2]
    longest = max(height, width)
    if longest <= _LARGEST_SIDE:
        return picture
    fold = _LARGEST_SIDE / longest
    size = (max(1, round(width * fold)), max(1, round(height * fold)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


@cache
def _anchors() -> Array:
    rows = []
    for cells, each in _GRIDS:
        middle = (np.arange(cells) + 0.5) / cells
        y, x = np.meshgrid(middle, middle, indexing="ij")
        rows.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), each, axis=0))
    return np.concatenate(rows)


def _boxes(picture: Bytes) -> Array:
    """Faces as rows of: left, top, width, height, then six points (eyes, nose, mouth, ears) as x and y, in pixels."""
    cv2 = opencv()
    height, width = picture.shape[:2]
    side = max(height, width)
    square = np.zeros((side, side, 3), np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = picture
    shrunk = cv2.resize(square, (_DETECTOR_SIDE, _DETECTOR_SIDE), interpolation=cv2.INTER_AREA)
    net = networks()[0]
    net.setInput(cv2.dnn.blobFromImage((shrunk.astype(np.float32) - _DETECTOR_MIDDLE) / _DETECTOR_HALF))
    raw, logits = net.forward(["regressors", "classificators"])
    chance = 1.0 / (1.0 + np.exp(-np.clip(logits.reshape(-1), -_LOGIT_LIMIT, _LOGIT_LIMIT)))
    sure = chance >= parameter("imaging.least_detection_score").value
    values = raw.reshape(len(chance), -1)[sure] / _DETECTOR_SIDE
    at = _anchors()[sure]
    points = values[:, 4:].reshape(-1, _POINTS, 2) + at[:, None]
    centre = values[:, :2] + at
    corner = centre - values[:, 2:4] / 2.0
    rows = np.concatenate([corner, values[:, 2:4], points.reshape(-1, 2 * _POINTS)], axis=1)
    if len(rows) == 0:
        return rows
    shift = np.array([left, top], dtype=np.float64)
    rows = rows * side
    rows[:, :2] -= shift
    rows[:, 4:] -= np.tile(shift, (rows.shape[1] - 4) // 2)
    order = np.argsort(-chance[sure])
    return _merged(rows[order])


def _with_parts(picture: Bytes, boxes: Array) -> Array:
    """Faces of the whole picture, and those that are too small there and are found on quarters of it."""
    side = max(picture.shape[:2]) // 2
    starts = [sorted({0, (n - side) // 2, n - side} if n > side else {0}) for n in picture.shape[:2]]
    rows = list(boxes)
    for top in starts[0]:
        for left in starts[1]:
            part = np.ascontiguousarray(picture[top : top + side, left : left + side])
            for row in _boxes(part):
                centre = row[:2] + row[2:4] / 2.0 + (left, top)
                known = any(np.all(centre > one[:2]) and np.all(centre < one[:2] + one[2:4]) for one in rows)
                moved = row.copy()
                moved[[0, 1]] += (left, top)
                moved[4:] += np.tile((left, top), _POINTS)
                if not known and _holds(picture, moved):
                    rows.append(moved)
    return np.array(rows)


def _holds(picture: Bytes, row: Array) -> bool:
    """Whether a box is still a face in the crop that its own landmarks ask for; cloth may be one at first sight."""
    first = _landmarks(picture, *_crop_of_box(row))
    return _landmarks(picture, *_crop_of_points(first.points)).score >= parameter("imaging.least_face_score").value


def _merged(rows: Array) -> Array:
    """One row for each face: boxes that overlap are the same face."""
    left: list[Array] = []
    for row in rows:
        if all(_shared(row, other) < _OVERLAP for other in left):
            left.append(row)
    return np.array(left)


def _shared(a: Array, b: Array) -> float:
    low, high = np.maximum(a[:2], b[:2]), np.minimum(a[:2] + a[2:4], b[:2] + b[2:4])
    both = float(np.prod(np.clip(high - low, 0.0, None)))
    return both / (float(np.prod(a[2:4])) + float(np.prod(b[2:4])) - both)


def _crop_of_box(row: Array) -> tuple[Array, float, float]:
    centre, side = row[:2] + row[2:4] / 2.0, float(max(row[2:4])) * _CROP_FOLD
    right, left = row[4:6], row[6:8]  # numerics: the eyes come first among the points
    return centre, side, float(np.arctan2(left[1] - right[1], left[0] - right[0]))


def _crop_of_points(points: Array) -> tuple[Array, float, float]:
    flat = points[:, :2]
    along = flat[OUTER_EYE_LEFT] - flat[OUTER_EYE_RIGHT]
    turn = float(np.arctan2(along[1], along[0]))
    back = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    upright = flat @ back.T
    low, high = upright.min(axis=0), upright.max(axis=0)
    return back.T @ ((low + high) / 2.0), float(max(high - low)) * _CROP_FOLD, turn


def _landmarks(picture: Bytes, centre: Array, side: float, turn: float) -> Face:
    cv2 = opencv()
    fold = side / _LANDMARK_SIDE
    cos, sin = np.cos(turn) * fold, np.sin(turn) * fold
    middle = (_LANDMARK_SIDE - 1) / 2.0
    forward = np.array([[cos, -sin, 0.0], [sin, cos, 0.0]])
    forward[:, 2] = centre - forward[:, :2] @ np.array([middle, middle])
    source = picture
    if fold > 2:  # a crop that shrinks a lot is shrunk first, over areas
        step = int(fold)
        source, forward_small = _shrunk(picture, forward, side, step)
        crop = _cut(source, forward_small)
    else:
        crop = _cut(source, forward)
    net = networks()[1]
    net.setInput(cv2.dnn.blobFromImage(crop.astype(np.float32) / _BYTE))
    values, score = net.forward(["Identity", "Identity_1"])
    points = values.reshape(-1, 3).astype(np.float64)
    if len(points) != _LANDMARKS:
        raise PunctaError(text("imaging.error.model_changed"))
    out = np.empty_like(points)
    out[:, :2] = points[:, :2] @ forward[:, :2].T + forward[:, 2]
    out[:, 2] = points[:, 2] * fold
    return Face(out, float(1.0 / (1.0 + np.exp(-float(score.ravel()[0])))))


def _shrunk(picture: Bytes, forward: Array, side: float, step: int) -> tuple[Bytes, Array]:
    """The part of a picture around a crop, shrunk over areas, and the crop's map in it."""
    cv2 = opencv()
    middle = forward[:, :2] @ np.full(2, (_LANDMARK_SIDE - 1) / 2.0) + forward[:, 2]
    low = np.maximum(np.floor(middle - side), 0).astype(int)
    high = np.minimum(np.ceil(middle + side), np.array(picture.shape[1::-1])).astype(int)
    if np.any(high - low < step):
        return picture, forward
    part = picture[low[1] : high[1], low[0] : high[0]]
    size = tuple(int(n) for n in np.maximum((high - low) // step, 1))
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    ratio = np.array(size) / (high - low)
    moved = forward * ratio[:, None]
    moved[:, 2] = (forward[:, 2] - low + 0.5) * ratio - 0.5
    return small, moved


def _cut(source: Bytes, forward: Array) -> Bytes:
    cv2 = opencv()
    size = (_LANDMARK_SIDE, _LANDMARK_SIDE)
    return cv2.warpAffine(source, forward, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
