"""Zones: thirteen regions of the face as polygons on its landmarks, zones drawn by hand, and what is no skin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from puncta.errors import InputError, Problem, PunctaError
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.backend import opencv
from puncta.imaging.face import Face
from puncta.messages import has_text, text
from puncta.skin.zones import zones as needled_zones

Array = NDArray[np.float64]

# numerics: numbers of landmarks in the mesh of the face landmarker; each line is one outline
_OUTLINES: Mapping[str, tuple[int, ...]] = MappingProxyType({
    "forehead": (54, 103, 67, 109, 10, 338, 297, 332, 284, 300, 334, 296, 336, 9, 107, 66, 105, 63),
    "glabella": (107, 9, 336, 285, 417, 168, 193, 55),
    "crows_feet_right": (226, 113, 124, 156, 139, 34, 127, 143, 111, 31),
    "crows_feet_left": (446, 342, 353, 383, 368, 264, 356, 372, 340, 261),
    "infraorbital_right": (31, 228, 229, 230, 231, 232, 128, 121, 120, 119, 118, 117, 111),
    "infraorbital_left": (261, 448, 449, 450, 451, 452, 357, 350, 349, 348, 347, 346, 340),
    "cheek_right": (117, 118, 119, 120, 47, 142, 36, 205, 187, 147, 123, 116),
    "cheek_left": (346, 347, 348, 349, 277, 371, 266, 425, 411, 376, 352, 345),
    "nose": (168, 122, 196, 236, 198, 49, 64, 98, 97, 2, 326, 327, 294, 279, 420, 456, 419, 351),
    "upper_lip": (98, 97, 2, 326, 327, 391, 322, 270, 269, 267, 0, 37, 39, 40, 92, 165),
    "chin": (106, 182, 83, 18, 313, 406, 335, 424, 431, 369, 377, 152, 148, 140, 211, 204),
})  # fmt: skip
# numerics: lines in the mesh along the nasolabial folds; the zone is a strip around each
_STRIPS = {"nasolabial_right": (203, 206, 216, 212), "nasolabial_left": (423, 426, 436, 432)}
# numerics: outlines in the mesh of what is no skin: brows, eyes, lips, nostrils
_NO_SKIN = {
    "brow": ((46, 53, 52, 65, 55, 107, 66, 105, 63, 70), (276, 283, 282, 295, 285, 336, 296, 334, 293, 300)),
    "eye": (
        (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
        (263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
    ),
    "lips": ((61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185),),
    "nostril": ((98, 240, 75, 166, 79, 239, 238, 20, 60), (327, 460, 305, 392, 309, 459, 458, 250, 290)),
}
#: Outline of the face in the mesh.
OVAL = (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
        150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109)  # fmt: skip  # numerics: numbers in the mesh

#: Measured zone -> zone in which needles are set; a fold belongs to the ring around the mouth.
NEEDLED = MappingProxyType({
    **{name: name for name in _OUTLINES}, "nasolabial_right": "perioral", "nasolabial_left": "perioral"
})  # fmt: skip
_MARGIN_MM = {"brow": "imaging.brow_margin_mm", "eye": "imaging.eye_margin_mm", "lips": "imaging.lip_margin_mm",
              "nostril": "imaging.nostril_margin_mm"}  # fmt: skip
_FARTHEST_PX = 1e6  # numerics: far outside any frame, and still a number that a drawing takes
_MOST_ZONES, _LEAST_CORNERS = 60, 3  # numerics: labels that one byte holds with room; a polygon has three corners


@frozen(eq=False)
class Outline:
    """One zone on one photograph.

    Parameters
    ----------
    name : str
        Name of the zone, for example ``cheek_left``; the person's own left.
    corners : ndarray, shape (n, 2)
        In pixels of the photograph.
    strip_mm : float
        0 for an area; else the width of a strip along the corners.
    needled : str
        Zone of the plan to which it belongs; empty for an area of a person's own.
    """

    name: str
    corners: Array
    strip_mm: float = 0.0
    needled: str = ""


def face_outlines(face: Face) -> tuple[Outline, ...]:
    """The thirteen zones of a face.

    Parameters
    ----------
    face : Face
        Landmarks.

    Returns
    -------
    tuple of Outline
        Zones of `puncta.skin.zones` where they exist; folds lie over the others.

    Examples
    --------
    >>> from puncta.imaging.face import Face
    >>> len(face_outlines(Face(np.zeros((478, 3)), 1.0)))
    13
    """
    flat = face.points[:, :2]
    width = parameter("imaging.fold_strip_mm").value
    areas = [Outline(name, flat[list(at)], 0.0, NEEDLED[name]) for name, at in _OUTLINES.items()]
    return (*areas, *(Outline(name, flat[list(at)], width, NEEDLED[name]) for name, at in _STRIPS.items()))


def drawn_outlines(polygons: Mapping[str, Sequence[Sequence[float]]]) -> tuple[Outline, ...]:
    """Zones drawn by hand, for any site of the body.

    Parameters
    ----------
    polygons : mapping of str to sequence
        Corners as x and y in pixels of the photograph.

    Returns
    -------
    tuple of Outline
        One for each polygon.

    Raises
    ------
    PunctaError
        Where one has fewer than three corners or is no list of pairs, or there are too many.

    Examples
    --------
    >>> drawn_outlines({"scar": [(10, 10), (90, 10), (50, 80)]})[0].corners.shape
    (3, 2)
    """
    if not 0 < len(polygons) <= _MOST_ZONES:
        raise PunctaError(text("imaging.error.zone_count", given=len(polygons), most=_MOST_ZONES))
    out, wrong = [], []
    for name, corners in polygons.items():
        try:
            points = np.asarray(corners, dtype=np.float64)
        except (TypeError, ValueError):
            points = np.zeros(0)
        kind = "name" if not str(name).strip() else _wrong(points)
        if kind:
            parts = (text(f"imaging.outline.{kind}.{part}") for part in ("given", "allowed", "why", "do"))
            wrong.append(Problem(str(name), *parts))
        else:
            out.append(Outline(str(name), points, 0.0, name if name in needled_zones() else ""))
    if wrong:
        raise InputError(text("imaging.outline.subject"), wrong)
    return tuple(out)


def _wrong(points: Array) -> str:
    """What is wrong with corners; empty where nothing is."""
    if points.ndim != 2 or points.shape[-1] != 2 or len(points) < _LEAST_CORNERS or not np.all(np.isfinite(points)):
        return "form"
    if np.abs(points).max() > _FARTHEST_PX:
        return "far"
    return "flat" if np.ptp(points, axis=0).min() < 1.0 else ""  # numerics: a pixel


def labels(outlines: Sequence[Outline], shape: tuple[int, int], place: Array, px_per_mm: float) -> NDArray[np.uint8]:
    """A picture of zone numbers: 0 outside, 1 for the first zone; later zones lie over earlier ones.

    Parameters
    ----------
    outlines : sequence of Outline
        Zones.
    shape : tuple of int
        Height and width of the frame.
    place : ndarray, shape (2, 3)
        From pixels of the photograph to pixels of the frame.
    px_per_mm : float
        Of the frame.

    Returns
    -------
    ndarray of uint8
        Zone numbers.

    Examples
    --------
    >>> square = drawn_outlines({"a": [(1, 1), (6, 1), (6, 6), (1, 6)]})
    >>> int((labels(square, (8, 8), np.eye(2, 3), 1.0) == 1).sum())
    36
    """
    cv2 = opencv()
    out = np.zeros(shape, np.uint8)
    for number, outline in enumerate(outlines, start=1):
        corners = _placed(outline.corners, place)
        if outline.strip_mm:
            cv2.polylines(out, [corners], False, number, max(1, round(outline.strip_mm * px_per_mm)))
        else:
            cv2.fillPoly(out, [corners], number)
    return out


def no_skin(face: Face, shape: tuple[int, int], place: Array, px_per_mm: float) -> NDArray[np.uint8]:
    """Where a face shows no bare skin by its landmarks: brows, eyes, lips, nostrils, and all outside its oval.

    Parameters
    ----------
    face : Face
        Landmarks.
    shape : tuple of int
        Height and width of the frame.
    place : ndarray, shape (2, 3)
        From pixels of the photograph to pixels of the frame.
    px_per_mm : float
        Of the frame.

    Returns
    -------
    ndarray of uint8
        255 where there is no skin.

    Examples
    --------
    >>> from puncta.imaging.face import Face
    >>> no_skin(Face(np.zeros((478, 3)), 1.0), (8, 8), np.eye(2, 3), 1.0).shape
    (8, 8)
    """
    cv2 = opencv()
    flat, full = face.points[:, :2], 255  # numerics: byte that stands for yes
    out = np.full(shape, full, np.uint8)
    cv2.fillPoly(out, [_placed(flat[list(OVAL)], place)], 0)
    for kind, outlines in _NO_SKIN.items():
        width = max(1, round(2 * parameter(_MARGIN_MM[kind]).value * px_per_mm))
        for at in outlines:
            corners = _placed(flat[list(at)], place)
            cv2.fillPoly(out, [corners], full)
            cv2.polylines(out, [corners], True, full, width)
    return out


def _placed(corners: Array, place: Array) -> NDArray[np.int32]:
    at = corners @ place[:, :2].T + place[:, 2]
    return np.rint(np.clip(at, -_FARTHEST_PX, _FARTHEST_PX)).astype(np.int32)


def zone_words(name: str) -> str:
    """Name of a measured zone; an own zone keeps the name that was given."""
    key = f"imaging.zone.{name}"
    return text(key) if has_text(key) else name.replace("_", " ")
