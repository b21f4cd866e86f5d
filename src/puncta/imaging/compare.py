"""Compare: two photographs of one person, gated, aligned, measured on the skin that both show, changes with error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.errors import PunctaError
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.align import Alignment, align, compose, from_later, halved, inverse, landmark_map, texture_map
from puncta.imaging.attribution import relief_of, spotted
from puncta.imaging.backend import opencv
from puncta.imaging.change import Change
from puncta.imaging.changes import changes_of
from puncta.imaging.errors import Errors, simulated_errors
from puncta.imaging.face import find_face
from puncta.imaging.frame import frame_of
from puncta.imaging.gate import Check, Verdict, pair_checks, single_checks, verdict_of
from puncta.imaging.measure import Measured, figures_of, thresholds_of
from puncta.imaging.photograph import Photograph
from puncta.imaging.prepare import Polygons, Prepared, prepare
from puncta.imaging.scale import Scale, ScaleFrom
from puncta.messages import text

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]


@frozen(eq=False)
class Comparison:
    """Two photographs compared.

    Parameters
    ----------
    before, after : Prepared
        Both photographs.
    first, second : Measured
        Their figures on the skin that both show.
    alignment : Alignment or None
        None where nothing matched.
    checks : tuple of Check
        Of the gate.
    verdict : str
        comparable, zones_only or refused.
    changes : tuple of Change
        Empty where the pair was refused.
    errors : Errors
        That were used.
    """

    before: Prepared
    after: Prepared
    first: Measured
    second: Measured
    alignment: Alignment | None
    checks: tuple[Check, ...]
    verdict: Verdict
    changes: tuple[Change, ...]
    errors: Errors

    @property
    def changed(self) -> bool:
        """Whether anything changed by more than error, all figures counted."""
        return any(one.holds for one in self.changes)


def compare_photographs(
    before: Photograph,
    after: Photograph,
    *,
    polygons: Polygons | None = None,
    lesions: Polygons | None = None,
    scale: Scale | ScaleFrom | None = None,
    chart: bool = True,
    errors: Errors | None = None,
) -> Comparison:
    """Compare two photographs of one person.

    Parameters
    ----------
    before, after : Photograph
        In order.
    polygons : mapping or None
        Zones drawn on the earlier photograph; None takes the zones of the face.
    lesions : mapping or None
        Lesions drawn on the earlier photograph; each is told against its own surround.
    scale : Scale, ScaleFrom or None
        Of the earlier photograph; needed for drawn zones.
    chart : bool
        Whether a chart is looked for.
    errors : Errors or None
        The clinic's own; None takes simulated ones, and the verdict is provisional.

    Returns
    -------
    Comparison
        Verdict, checks and changes.

    Raises
    ------
    PunctaError
        Where a photograph holds no face or more than one, or drawn zones lack a scale.

    Notes
    -----
    Limits: ``limits.photographs``.

    Examples
    --------
    >>> from puncta.imaging import SkinPatch, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> found = compare_photographs(photo, photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> found.verdict, found.changed
    ('comparable', False)
    """
    earlier = prepare(before, polygons=polygons, lesions=lesions, scale=scale, chart=chart)
    later, start = _later(earlier, after, polygons, chart)
    found = None
    if start is not None:
        found = align(earlier.fine, later.fine, start, earlier.wanted)
    later, shared, even = _shared_skin(earlier, later, found, start)
    used = thresholds_of(earlier.maps)
    first, second = (
        figures_of(each.names, each.maps, skin, used, each.lesions)
        for each, skin in zip((earlier, later), shared, strict=True)
    )
    single = [single_checks(*each) for each in ((earlier, first), (later, second))]
    worst = tuple(two if one.passed else one for one, two in zip(*single, strict=True))
    checks = (*worst, *pair_checks(earlier, later, first, second, found))
    verdict = verdict_of(checks)
    own = earlier.maps.own
    known = errors or simulated_errors(earlier.chart is not None and later.chart is not None, own.polarised)
    changes = ()
    if verdict != "refused":
        relief = relief_of(first, even[0]), relief_of(second, even[1])
        changes = changes_of(first, second, relief, checks, verdict, known, own)
    return Comparison(earlier, later, first, second, found, checks, verdict, changes, known)


def _later(
    earlier: Prepared, after: Photograph, polygons: Polygons | None, chart: bool
) -> tuple[Prepared, Array | None]:
    """The later photograph, measured where the earlier one was, and the first guess of the map to it."""
    own = earlier.maps.own
    if earlier.face is not None:
        face = find_face(after.shown, after.subject)
        start = landmark_map(earlier.face, face)
        wanted = float(np.sqrt(abs(np.linalg.det(start[:, :2])))) * earlier.scale.px_per_mm
        margin = 2 * parameter("imaging.frame_margin_mm").value
        ready = prepare(after, chart=chart, relative_px_per_mm=wanted, margin_mm=margin, face=face, own=own)
        return ready, start
    assert polygons is not None
    height, width = after.rgb.shape[:2]
    wanted = parameter("imaging.fine_px_per_mm").value
    rough = frame_of(after, (0, 0, width, height), earlier.scale.mm_per_px, wanted)
    start = texture_map(earlier.fine, rough)
    if start is None:  # nothing matches: measured where the zones would stand, and refused
        same = {outline.name: [tuple(x) for x in outline.corners] for outline in earlier.outlines}
        return prepare(after, polygons=same, scale=earlier.scale, chart=chart, own=own), None
    fold = float(np.sqrt(abs(np.linalg.det(start[:, :2]))))
    moved = {o.name: [tuple(x) for x in o.corners @ start[:, :2].T + start[:, 2]] for o in earlier.outlines}
    wanted = fold * earlier.scale.px_per_mm
    return prepare(after, polygons=moved, scale=earlier.scale, chart=chart, relative_px_per_mm=wanted, own=own), start


def _shared_skin(
    earlier: Prepared, later: Prepared, found: Alignment | None, start: Array | None
) -> tuple[Prepared, tuple[Bytes, Bytes], tuple[Bytes, Bytes]]:
    """The later photograph with the earlier zones over it; on each the bare skin of both, and that without spots."""
    if found is None or start is None:
        both = earlier.maps.skin, later.maps.skin
        return later, both, both
    cv2 = opencv()
    first, second = earlier.maps.coarse, later.maps.coarse
    back = compose(first.place, compose(inverse(start), inverse(second.place)))
    way = from_later(found, back, second.shape)
    near, constant, full = cv2.INTER_NEAREST, cv2.BORDER_CONSTANT, 255  # numerics: byte that stands for yes
    zones = cv2.remap(earlier.zones, way, None, near, borderMode=constant, borderValue=0)
    carried = cv2.remap(earlier.maps.skin, way, None, near, borderMode=constant, borderValue=0)
    there = cv2.bitwise_and(carried, cv2.bitwise_not(later.maps.unseen))
    unseen = cv2.remap(later.maps.unseen, halved(found.to_later), None, near, borderMode=constant, borderValue=full)
    here = cv2.bitwise_and(earlier.maps.skin, cv2.bitwise_not(unseen))
    marked = None
    if earlier.lesions is not None:
        places = cv2.remap(earlier.lesions.places, way, None, near, borderMode=constant, borderValue=0)
        marked = replace(earlier.lesions, places=places)
    spots = spotted(earlier.maps), spotted(later.maps)
    on_first = cv2.remap(spots[1], halved(found.to_later), None, near, borderMode=constant, borderValue=0)
    on_second = cv2.remap(spots[0], way, None, near, borderMode=constant, borderValue=0)
    even = tuple(
        cv2.bitwise_and(skin, cv2.bitwise_not(cv2.bitwise_or(*each)))
        for skin, each in ((here, (spots[0], on_first)), (there, (spots[1], on_second)))
    )
    later = replace(later, zones=zones, maps=replace(later.maps, zones=zones), lesions=marked)
    return later, (here, there), (even[0], even[1])


def measure_photograph(
    photo: Photograph,
    *,
    polygons: Polygons | None = None,
    lesions: Polygons | None = None,
    scale: Scale | ScaleFrom | None = None,
    chart: bool = True,
) -> tuple[Prepared, Measured, tuple[Check, ...]]:
    """Measure one photograph.

    Parameters
    ----------
    photo : Photograph
        The picture.
    polygons : mapping or None
        Zones drawn by hand; None takes the zones of the face.
    lesions : mapping or None
        Lesions drawn by hand; each is told against its own surround.
    scale : Scale, ScaleFrom or None
        From a ruler, or how it is found; needed for drawn zones.
    chart : bool
        Whether a chart is looked for.

    Returns
    -------
    tuple
        The photograph made ready, its figures, and the checks of the gate.

    Raises
    ------
    PunctaError
        Where it holds no face or more than one, or drawn zones lack a scale.

    Examples
    --------
    >>> from puncta.imaging import SkinPatch, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> _, found, checks = measure_photograph(photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> round(found.zones[0].values["ita"] / 10), all(check.passed for check in checks)
    (4, True)
    """
    ready = prepare(photo, polygons=polygons, lesions=lesions, scale=scale, chart=chart)
    found = figures_of(ready.names, ready.maps, ready.maps.skin, thresholds_of(ready.maps), ready.lesions)
    if not any(zone.area_cm2 for zone in found.zones):
        raise PunctaError(text("imaging.error.no_skin", subject=photo.subject))
    return ready, found, single_checks(ready, found)
