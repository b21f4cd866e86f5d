"""Align: lay a later photograph over an earlier one, by landmarks, then by dense flow in two steps, and judge it.

Nothing that tells people apart is made or kept: a pair that does not lie upon itself is refused, whoever is on it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.curve import FLOOR
from puncta.imaging.face import Face
from puncta.imaging.frame import Frame

Array = NDArray[np.float64]
Float = NDArray[np.float32]
Bytes = NDArray[np.uint8]

# numerics: what the flow looks at and how: window of normalisation in pixels, patches and steps of the flow
_WINDOW, _PATCH, _STRIDE, _DESCENT, _REFINED = 31, 8, 4, 16, 0
_EVEN = 1e-3  # numerics: spread below which a window is blank
_KEYPOINTS, _RATIO, _LEAST_MATCHES, _REACH_PX = 4000, 0.8, 12, 3.0  # numerics: of matching without a face


@frozen(eq=False)
class Alignment:
    """Where each pixel of the earlier frame lies in the later one.

    Parameters
    ----------
    to_later : ndarray of float32, shape (h, w, 2)
        Pixel of the later frame, as x and y, for each pixel of the earlier fine frame.
    consistent_fraction : float
        Share of the skin where forward and backward flow agree.
    likeness : float
        Median correlation of fine skin detail between the two, -1 to 1; near 0 where they show different skin.
    scale_fold : float
        Size of the later photograph against the earlier one.
    turn_degrees : float
        In-plane turn between them.
    inconsistent : ndarray of uint8, shape (h // 2, w // 2)
        255 where the two directions disagree, coarse frame.
    """

    to_later: Float
    consistent_fraction: float
    likeness: float
    scale_fold: float
    turn_degrees: float
    inconsistent: Bytes


def landmark_map(before: Face, after: Face) -> Array:
    """Affine map from pixels of the earlier photograph to pixels of the later one, from landmarks.

    Parameters
    ----------
    before, after : Face
        Landmarks of both.

    Returns
    -------
    ndarray, shape (2, 3)
        Least squares over all landmarks.

    Examples
    --------
    >>> points = np.random.default_rng(0).normal(size=(478, 3))
    >>> landmark_map(Face(points, 1.0), Face(points + 1.0, 1.0)).round(6) + 0.0
    array([[1., 0., 1.],
           [0., 1., 1.]])
    """
    ones = np.concatenate([before.points[:, :2], np.ones((len(before.points), 1))], axis=1)
    return np.asarray(np.linalg.lstsq(ones, after.points[:, :2], rcond=None)[0].T, dtype=np.float64)


def texture_map(before: Frame, after: Frame) -> Array | None:
    """Map between photographs without a face, from matched details of the skin.

    Parameters
    ----------
    before, after : Frame
        Frames of both.

    Returns
    -------
    ndarray, shape (2, 3), or None
        From pixels of the earlier photograph to those of the later one; None where too little matches.
    """
    cv2 = opencv()
    found = []
    for frame in (before, after):
        seen = normalised(frame.half())
        picture = np.clip(seen * 32.0 + 128.0, 0, 255).astype(np.uint8)  # numerics: to bytes
        found.append(cv2.SIFT_create(nfeatures=_KEYPOINTS).detectAndCompute(picture, None))
    (points, first), (others, second) = found
    if first is None or second is None or len(points) < _LEAST_MATCHES or len(others) < _LEAST_MATCHES:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_L2).knnMatch(first, second, k=2)
    good = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < _RATIO * pair[1].distance]
    if len(good) < _LEAST_MATCHES:
        return None
    here = np.array([points[one.queryIdx].pt for one in good])
    there = np.array([others[one.trainIdx].pt for one in good])
    linear, kept = cv2.estimateAffine2D(here, there, method=cv2.RANSAC, ransacReprojThreshold=_REACH_PX)
    if linear is None or int(kept.sum()) < _LEAST_MATCHES:
        return None
    return compose(inverse(after.half().place), compose(linear, before.half().place))


def align(before: Frame, after: Frame, start: Array, skin: Bytes) -> Alignment:
    """Find where each pixel of an earlier frame lies in a later one.

    Parameters
    ----------
    before, after : Frame
        Fine frames of both, at about the same pixels a millimetre.
    start : ndarray, shape (2, 3)
        First guess, from pixels of the earlier photograph to pixels of the later one.
    skin : ndarray of uint8, shape (h // 2, w // 2)
        Not 0 on the skin that is judged, coarse frame of the earlier photograph.

    Returns
    -------
    Alignment
        The map and how far it can be trusted.

    Notes
    -----
    Source: puncta_imaging_trial.

    Examples
    --------
    >>> grain = np.random.default_rng(0).uniform(0.2, 0.4, (128, 128, 1)).astype(np.float32).repeat(3, axis=2)
    >>> import cv2
    >>> frame = Frame(cv2.GaussianBlur(grain, (0, 0), 2.0), np.zeros((128, 128), np.float32), np.eye(2, 3), 8.0)
    >>> found = align(frame, frame, np.eye(2, 3), np.full((64, 64), 255, np.uint8))
    >>> found.consistent_fraction, round(found.likeness, 2)
    (1.0, 1.0)
    """
    cv2 = opencv()
    small, small_later = before.half(), after.half()
    height, width = small.shape
    affine = compose(after.place, compose(start, inverse(before.place)))
    coarse_affine = compose(small_later.place, compose(start, inverse(small.place)))
    blur = parameter("imaging.flow_blur_mm").value
    here, there = normalised(small), normalised(small_later)
    grid = placed_grid(coarse_affine, small.shape)
    moved = _taken(there, grid)
    forward, backward = (_flow(*pair, blur * small.px_per_mm, 0) for pair in ((here, moved), (moved, here)))
    gone = _fold_back(forward, backward) / small.px_per_mm
    bad = (gone > parameter("imaging.consistent_mm").value).astype(np.uint8) * 255  # numerics: byte for yes
    on = skin[:height, :width] > 0
    # the second step, at twice the size
    size = before.shape[1], before.shape[0]
    coarse_flow = 2.0 * cv2.resize(forward, size, interpolation=cv2.INTER_LINEAR)
    fine_grid = _affine_of(affine, _own_grid(before.shape) + coarse_flow)
    fine_here, fine_there = normalised(before), normalised(after)
    rest = _flow(fine_here, _taken(fine_there, fine_grid), blur * before.px_per_mm, 1)
    to_later = _affine_of(affine, _own_grid(before.shape) + coarse_flow + rest)
    detail = [_detail(frame) for frame in (before, after)]
    likeness = _likeness(detail[0], _taken(detail[1], to_later), before.px_per_mm)
    linear = compose(start, np.eye(2, 3))
    fold = float(np.sqrt(abs(np.linalg.det(linear[:, :2]))))
    turn = float(np.degrees(np.arctan2(linear[1, 0] - linear[0, 1], linear[0, 0] + linear[1, 1])))
    wide = cv2.resize(skin, (likeness.shape[1], likeness.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    return Alignment(
        to_later,
        float(np.mean(bad[on] == 0)) if np.any(on) else 0.0,
        float(np.median(likeness[wide])) if np.any(wide) else 0.0,
        fold,
        turn,
        bad,
    )


def normalised(frame: Frame) -> Float:
    """Luminance of a frame with its local mean and spread taken off."""
    cv2 = opencv()
    grey = cv2.log(cv2.max(cv2.transform(frame.light, np.full((1, 3), 1 / 3, np.float32)), FLOOR))
    window = (_WINDOW, _WINDOW)
    mean = cv2.blur(grey, window)
    spread = cv2.sqrt(cv2.max(cv2.blur(grey * grey, window) - mean * mean, 0.0))
    return (grey - mean) / cv2.max(spread, _EVEN)


def from_later(alignment: Alignment, affine: Array, shape: tuple[int, int]) -> Float:
    """Where each pixel of the later coarse frame lies in the earlier coarse frame.

    Parameters
    ----------
    alignment : Alignment
        From `align`.
    affine : ndarray, shape (2, 3)
        From pixels of the later coarse frame to pixels of the earlier one, roughly.
    shape : tuple of int
        Height and width of the later coarse frame.

    Returns
    -------
    ndarray of float32, shape (h, w, 2)
        The way back, found by turns.
    """
    cv2 = opencv()
    forward = halved(alignment.to_later)
    own = _own_grid(shape)
    back = _affine_of(affine, own)
    linear = affine[:, :2].astype(np.float32).T
    for _ in range(5):  # numerics: the flow is smooth; five turns leave far less than a pixel
        landed = cv2.remap(forward, back, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        back = back + (own - landed) @ linear
    return back


def halved(to_later: Float) -> Float:
    """A map between fine frames as one between coarse frames.

    Parameters
    ----------
    to_later : ndarray of float32, shape (h, w, 2)
        Of an alignment.

    Returns
    -------
    ndarray of float32, shape (h // 2, w // 2, 2)
        In pixels of half the size.
    """
    cv2 = opencv()
    size = to_later.shape[1] // 2, to_later.shape[0] // 2
    even = to_later[: size[1] * 2, : size[0] * 2]
    quarter = 0.25  # numerics: middles of pixels move by a quarter when two become one
    return cv2.resize(even, size, interpolation=cv2.INTER_AREA) / 2.0 - quarter


def _detail(frame: Frame) -> Float:
    """Fine detail alone: what two faces share in shape and light is taken off."""
    cv2 = opencv()
    grey = cv2.log(cv2.max(cv2.transform(frame.light, np.full((1, 3), 1 / 3, np.float32)), FLOOR))
    fine, coarse = (parameter(f"imaging.likeness_{end}_mm").value * frame.px_per_mm for end in ("fine", "coarse"))
    return cv2.GaussianBlur(grey, (0, 0), fine) - cv2.GaussianBlur(grey, (0, 0), coarse)


def compose(outer: Array, inner: Array) -> Array:
    """One affine map after another.

    Examples
    --------
    >>> compose(np.array([[2.0, 0.0, 0.0], [0.0, 2.0, 0.0]]), np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]))[:, 2]
    array([2., 2.])
    """
    return np.concatenate([outer[:, :2] @ inner[:, :2], (outer[:, :2] @ inner[:, 2] + outer[:, 2])[:, None]], axis=1)


def inverse(affine: Array) -> Array:
    """The map back.

    Examples
    --------
    >>> inverse(np.array([[2.0, 0.0, 2.0], [0.0, 2.0, 4.0]]))[:, 2]
    array([-1., -2.])
    """
    back = np.linalg.inv(affine[:, :2])
    return np.concatenate([back, (-back @ affine[:, 2])[:, None]], axis=1).astype(np.float64)


def placed_grid(affine: Array, shape: tuple[int, int]) -> Float:
    """Where an affine map puts each pixel."""
    return _affine_of(affine, _own_grid(shape))


def _own_grid(shape: tuple[int, int]) -> Float:
    x, y = np.meshgrid(np.arange(shape[1], dtype=np.float32), np.arange(shape[0], dtype=np.float32))
    return np.stack([x, y], axis=-1)


def _affine_of(affine: Array, grid: Float) -> Float:
    return opencv().transform(grid, affine.astype(np.float32))


def _taken(picture: Float, grid: Float) -> Float:
    cv2 = opencv()
    return cv2.remap(picture, grid, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)


def _flow(first: Float, second: Float, blur_px: float, finest: int) -> Float:
    cv2 = opencv()
    dis = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    dis.setPatchSize(_PATCH)
    dis.setPatchStride(_STRIDE)
    dis.setGradientDescentIterations(_DESCENT)
    dis.setVariationalRefinementIterations(_REFINED)
    dis.setFinestScale(finest)
    flow = dis.calc(_bytes(first), _bytes(second), None)
    return cv2.GaussianBlur(flow, (0, 0), blur_px, borderType=cv2.BORDER_REFLECT)


def _bytes(seen: Float) -> Bytes:
    return np.clip(seen * 40.0 + 128.0, 0, 255).astype(np.uint8)  # numerics: three spreads either side fill a byte


def _fold_back(forward: Float, backward: Float) -> Float:
    """How far a pixel lands from itself when it goes forward and back."""
    cv2 = opencv()
    there = _own_grid(forward.shape[:2]) + forward
    back = cv2.remap(backward, there, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    missed = forward + back
    return cv2.magnitude(np.ascontiguousarray(missed[..., 0]), np.ascontiguousarray(missed[..., 1]))


def _likeness(first: Float, second: Float, px_per_mm: float) -> Float:
    """Correlation of two normalised pictures in windows."""
    cv2 = opencv()
    side = max(3, round(parameter("imaging.likeness_box_mm").value * px_per_mm))
    window = (side, side)
    both, one, two = (cv2.blur(a * b, window) for a, b in ((first, second), (first, first), (second, second)))
    return both / cv2.sqrt(cv2.max(one * two, 1e-12))  # numerics: blank windows are unlike
