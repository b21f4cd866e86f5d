"""Prepare: from a photograph to all that measuring and comparing need: face, scale, zones, frame and maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.errors import PunctaError
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.chart import Chart, find_chart, grey_matrix
from puncta.imaging.chromophores import OwnSkin
from puncta.imaging.face import Face, find_face
from puncta.imaging.frame import Frame, box_of, frame_of
from puncta.imaging.lesions import Lesions, placed_lesions
from puncta.imaging.measure import Maps, maps_of
from puncta.imaging.photograph import Photograph
from puncta.imaging.scale import Scale, ScaleFrom, chart_scale, face_scale
from puncta.imaging.zones import Outline, drawn_outlines, face_outlines, labels, no_skin
from puncta.messages import text

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Polygons = Mapping[str, Sequence[Sequence[float]]]

_LEAST_MM, _MOST_MM = 2.0, 5000.0  # numerics: longer side of what a photograph of skin can show, far beyond any use


@frozen(eq=False)
class Prepared:
    """A photograph ready to be measured.

    Parameters
    ----------
    photo : Photograph
        The picture.
    face : Face or None
        None where zones were drawn by hand.
    scale : Scale
        Millimetres a pixel.
    chart : Chart or None
        Where one was found.
    outlines : tuple of Outline
        Zones.
    fine : Frame
        Linear light of the part that is measured.
    zones, covered : ndarray of uint8
        Zone numbers and what is no skin, coarse frame.
    maps : Maps
        Of every pixel.
    lesions : Lesions or None
        Drawn by hand.
    grey : bool
        Whether a grey card set white balance and exposure.
    """

    photo: Photograph
    face: Face | None
    scale: Scale
    chart: Chart | None
    outlines: tuple[Outline, ...]
    fine: Frame
    zones: Bytes
    covered: Bytes
    maps: Maps
    lesions: Lesions | None = None
    grey: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the zones."""
        return tuple(outline.name for outline in self.outlines)

    @property
    def wanted(self) -> Bytes:
        """255 on the skin of the zones, coarse frame."""
        return (((self.zones > 0) & (self.covered == 0)) * 255).astype(np.uint8)  # numerics: byte that stands for yes


def prepare(
    photo: Photograph,
    *,
    polygons: Polygons | None = None,
    lesions: Polygons | None = None,
    scale: Scale | ScaleFrom | None = None,
    chart: bool = True,
    relative_px_per_mm: float | None = None,
    margin_mm: float | None = None,
    face: Face | None = None,
    own: OwnSkin | None = None,
) -> Prepared:
    """Find face or drawn zones, scale and chart, and work out every map.

    Parameters
    ----------
    photo : Photograph
        The picture.
    polygons : mapping or None
        Zones drawn by hand, in pixels; they need a scale. None takes the zones of a face.
    lesions : mapping or None
        Lesions drawn by hand, in pixels; each is told against its own surround.
    scale : Scale, ScaleFrom or None
        From a ruler, or how it is found; None takes the eyes.
    chart : bool
        Whether a chart is looked for.
    relative_px_per_mm : float or None
        Scale of this photograph by the one before it, in place of its own.
    margin_mm : float or None
        Room around the zones.
    face : Face or None
        Landmarks that were found already.
    own : OwnSkin or None
        The person's usual skin, of an earlier photograph; None takes that of this one.

    Returns
    -------
    Prepared
        For `measure_photograph` and `compare_photographs`.

    Raises
    ------
    PunctaError
        Where no face, or more than one, is found, or a polygon is none.
    """
    if polygons is None:
        face = face or find_face(photo.shown, photo.subject)
        outlines = face_outlines(face)
    else:
        face = None
        outlines = drawn_outlines(polygons)
    spots = drawn_outlines(lesions) if lesions else ()
    found = find_chart(photo) if chart else None
    scale = _scale(photo, scale, face, found)
    matrix = found.matrix if found is not None else grey_matrix(photo)
    if relative_px_per_mm is not None:
        scale = Scale(1.0 / relative_px_per_mm, scale.way, scale.error_fraction)
    _check_place(photo, (*outlines, *spots) if polygons is not None else spots, scale, own is not None)
    margin = parameter("imaging.frame_margin_mm").value if margin_mm is None else margin_mm
    corners = np.concatenate([outline.corners for outline in (*outlines, *spots)])
    box = box_of(corners, (photo.rgb.shape[0], photo.rgb.shape[1]), margin * scale.px_per_mm)
    wanted = parameter("imaging.fine_px_per_mm").value
    fine = frame_of(photo, box, scale.mm_per_px, wanted, matrix)
    shape = fine.shape[0] // 2, fine.shape[1] // 2
    place = fine.place / 2.0
    place[:, 2] = (fine.place[:, 2] + 0.5) / 2.0 - 0.5
    zones = labels(outlines, shape, place, fine.px_per_mm / 2.0)
    covered = np.zeros(shape, np.uint8) if face is None else no_skin(face, shape, place, fine.px_per_mm / 2.0)
    maps = maps_of(fine, zones, covered, bool(photo.declared.polarised), own)
    drawn = placed_lesions(spots, shape, place, fine.px_per_mm / 2.0) if spots else None
    grey = found is None and matrix is not None
    return Prepared(photo, face, scale, found, outlines, fine, zones, covered, maps, drawn, grey)


def _check_place(photo: Photograph, drawn: Sequence[Outline], scale: Scale, carried: bool) -> None:
    """Refuse outlines outside the picture, and a scale at which the picture would show a hair or a house.

    Outlines that were carried over from an earlier photograph may leave this one, as long as one stays.
    """
    size = np.array(photo.rgb.shape[1::-1], dtype=np.float64)
    longest_mm = float(size.max()) * scale.mm_per_px
    if not _LEAST_MM <= longest_mm <= _MOST_MM:
        shown = {"mm": f"{longest_mm:.2g}", "least": f"{_LEAST_MM:g}", "most": f"{_MOST_MM:g}"}
        raise PunctaError(text("imaging.error.scale", subject=photo.subject, **shown))
    outside = [o.name for o in drawn if np.any(o.corners.max(axis=0) < 0) or np.any(o.corners.min(axis=0) > size - 1)]
    if outside and not (carried and len(outside) < len(drawn)):
        shown = {"names": ", ".join(outside), "width": int(size[0]), "height": int(size[1])}
        raise PunctaError(text("imaging.error.outside", subject=photo.subject, **shown))


def _scale(photo: Photograph, given: Scale | ScaleFrom | None, face: Face | None, chart: Chart | None) -> Scale:
    if isinstance(given, Scale):
        return given
    if given is not None and given.way == "chart":
        if chart is None:
            raise PunctaError(text("imaging.error.no_chart", subject=photo.subject))
        return chart_scale(chart.width_px, given.chart_mm)
    if face is None:
        raise PunctaError(text("imaging.error.no_scale", subject=photo.subject))
    return face_scale(face, given is not None and given.way == "iris")
