"""Scale: millimetres a pixel, from a ruler, a chart, the iris or the eyes, and how far each can be off."""

from __future__ import annotations

import numpy as np

from puncta.errors import PunctaError
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.face import IRIS_LEFT, IRIS_RIGHT, Face
from puncta.messages import text

WAYS = ("ruler", "chart", "iris", "eyes")


@frozen
class Scale:
    """Millimetres a pixel.

    Parameters
    ----------
    mm_per_px : float
        Size of a pixel on the skin.
    way : str
        ruler, chart, iris or eyes.
    error_fraction : float
        Standard error, as a share.
    """

    mm_per_px: float
    way: str
    error_fraction: float

    @property
    def px_per_mm(self) -> float:
        """Pixels a millimetre."""
        return 1.0 / self.mm_per_px


@frozen
class ScaleFrom:
    """How the scale is found on a photograph.

    Parameters
    ----------
    way : str
        ``eyes``, ``iris`` (open eyes) or ``chart``.
    chart_mm : float
        Width of the patches of the chart together, in mm, along its longer side; for ``chart``.

    Raises
    ------
    PunctaError
        Where the way is none of these, or a chart has no width.
    """

    way: str
    chart_mm: float = 0.0

    def __post_init__(self) -> None:
        right = self.way in WAYS[1:] and (self.way != "chart" or (self.chart_mm > 0 and np.isfinite(self.chart_mm)))
        if not right:
            raise PunctaError(text("imaging.error.scale_from"))


def chart_scale(width_px: float, width_mm: float) -> Scale:
    """Scale from the width of a colour chart that lies in the plane of the skin.

    Parameters
    ----------
    width_px, width_mm : float
        Of its patches together, along the longer side.

    Examples
    --------
    >>> chart_scale(1000.0, 100.0).px_per_mm
    10.0
    """
    return Scale(width_mm / width_px, "chart", parameter("imaging.chart_scale_error_fraction").value)


def ruler_scale(length_px: float, length_mm: float) -> Scale:
    """Scale from a ruler in the picture.

    Parameters
    ----------
    length_px, length_mm : float
        The same length in pixels and in millimetres.

    Returns
    -------
    Scale
        With the error of reading two marks.

    Raises
    ------
    PunctaError
        Where a length is not above 0.

    Examples
    --------
    >>> ruler_scale(200.0, 20.0).mm_per_px
    0.1
    """
    if not (length_px > 0 and length_mm > 0 and np.isfinite(length_px) and np.isfinite(length_mm)):
        raise PunctaError(text("imaging.error.ruler"))
    return Scale(length_mm / length_px, "ruler", parameter("imaging.ruler_error_fraction").value)


def face_scale(face: Face, eyes_open: bool = False) -> Scale:
    """Scale from the face itself.

    Parameters
    ----------
    face : Face
        Landmarks.
    eyes_open : bool
        True takes the width of the iris, which hardly differs between people; closed eyes show none.

    Returns
    -------
    Scale
        With how much people differ.

    Examples
    --------
    >>> face = Face(np.zeros((478, 3)), 1.0)
    >>> face.points[263, 0] = 880.0
    >>> face_scale(face).mm_per_px
    0.1
    """
    if eyes_open:
        widths = [_iris_px(face, ring) for ring in (IRIS_RIGHT, IRIS_LEFT)]
        error = parameter("imaging.iris_error_fraction").value
        return Scale(parameter("imaging.iris_width_mm").value / float(np.mean(widths)), "iris", error)
    error = parameter("imaging.eyes_error_fraction").value
    return Scale(parameter("imaging.outer_eyes_mm").value / face.eye_distance_px, "eyes", error)


def _iris_px(face: Face, ring: tuple[int, ...]) -> float:
    edge = face.points[list(ring[1:]), :2]
    # the ring is four points, right top left bottom; lids hide top and bottom
    return float(np.linalg.norm(edge[0] - edge[2]))
