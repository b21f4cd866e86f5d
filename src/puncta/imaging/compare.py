"""Compare: two photographs of one person, gated, aligned, measured on the skin that both show, changes with error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from puncta.errors import PunctaError
from puncta.evidence import parameter
from puncta.frozen import frozen
from puncta.imaging.align import Alignment, align, compose, from_later, halved, inverse, landmark_map, texture_map
from puncta.imaging.backend import opencv
from puncta.imaging.chromophores import OwnSkin
from puncta.imaging.errors import Errors, chance_of, holm, sdc95, sem_of, simulated_errors
from puncta.imaging.face import find_face
from puncta.imaging.frame import frame_of
from puncta.imaging.gate import Check, Verdict, pair_checks, single_checks, verdict_of
from puncta.imaging.measure import Measured, ZoneFigures, figures_of, thresholds_of
from puncta.imaging.metrics import Metric, contrasts, metrics
from puncta.imaging.photograph import Photograph
from puncta.imaging.prepare import Polygons, Prepared, prepare
from puncta.imaging.scale import Scale, ScaleFrom
from puncta.imaging.tone import hidden, hidden_words
from puncta.messages import text
from puncta.units import convert

_PERCENT = 100.0

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]


@frozen
class Change:
    """One figure of one zone, before and after.

    Parameters
    ----------
    zone, metric : str
        Which.
    before, after : float
        As measured.
    change, sem, sdc : float
        In the metric's scale; a change of 0.1 on ``ln`` is a tenth.
    chance : float
        How often error alone gives as much.
    beyond_error : bool
        Whether the change is larger than the SDC.
    holds : bool
        Whether it stands among all figures looked at (Holm).
    refused : str
        Why it is not told; empty where it is.
    """

    zone: str
    metric: str
    before: float
    after: float
    change: float
    sem: float
    sdc: float
    chance: float
    beyond_error: bool
    holds: bool
    refused: str


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
    later, here, there = _shared_skin(earlier, later, found, start)
    used = thresholds_of(earlier.maps)
    first, second = (
        figures_of(earlier.names, earlier.maps, here, used, earlier.lesions),
        figures_of(later.names, later.maps, there, used, later.lesions),
    )
    single = [single_checks(*each) for each in ((earlier, first), (later, second))]
    worst = tuple(two if one.passed else one for one, two in zip(*single, strict=True))
    checks = (*worst, *pair_checks(earlier, later, first, second, found))
    verdict = verdict_of(checks)
    known = errors or simulated_errors(earlier.chart is not None and later.chart is not None)
    changes = () if verdict == "refused" else _changes(first, second, checks, verdict, known, earlier.maps.own)
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
) -> tuple[Prepared, Bytes, Bytes]:
    """The later photograph with the earlier zones laid over it, and on each the bare skin that both show."""
    if found is None or start is None:
        return later, earlier.maps.skin, later.maps.skin
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
    return replace(later, zones=zones, maps=replace(later.maps, zones=zones), lesions=marked), here, there


def _changes(
    first: Measured, second: Measured, checks: tuple[Check, ...], verdict: Verdict, errors: Errors, own: OwnSkin
) -> tuple[Change, ...]:
    failed = {
        weight: next((c.words for c in checks if not c.passed and c.weight == weight), "")
        for weight in ("relief", "colour")
    }
    if verdict == "zones_only" and not failed["relief"]:
        failed["relief"] = text("imaging.refused.zones_only")
    pores, pigment = "", ""
    least = parameter("imaging.least_pigment_px_per_mm").value
    if min(first.px_per_mm, second.px_per_mm) < least:
        pigment = text("imaging.refused.pigment", limit=f"{least:.0f}")
    if min(first.sharpness, second.sharpness) < parameter("imaging.least_pore_sharpness").value:
        shown = f"{min(first.sharpness, second.sharpness):.2f}"
        pores = text(
            "imaging.refused.pores", value=shown, limit=f"{parameter('imaging.least_pore_sharpness').value:.2f}"
        )
    rows = []
    for one, two in zip(first.zones, second.zones, strict=True):
        for name, metric in metrics().items():
            reason = ""
            if metric.needs in ("relief", "pores"):
                reason = failed["relief"] or (pores if metric.needs == "pores" else "")
            elif metric.needs == "pigment":
                reason = pigment
            elif metric.absolute:
                reason = failed["colour"]
            if name in hidden(own):
                reason = reason or hidden_words(own)
            rows.append(_change(one, two, name, reason, errors))
    rows += _lesion_changes(first, second, errors)
    told = [row.chance for row in rows if not row.refused]
    stands = iter(holm(told))
    return tuple(replace(row, holds=next(stands)) if not row.refused else row for row in rows)


def _change(one: ZoneFigures, two: ZoneFigures, name: str, reason: str, errors: Errors) -> Change:
    metric = metrics()[name]
    least = parameter("imaging.least_zone_cm2").value
    if not reason and (min(one.area_cm2, two.area_cm2) < least or name not in one.values or name not in two.values):
        reason = text("imaging.refused.area", limit=least)
    if not reason and name not in errors.sem:
        reason = text("imaging.refused.no_error")
    before, after = one.values.get(name, 0.0), two.values.get(name, 0.0)
    if not reason and min(before, after) == 0 < max(before, after) < _one_place(name, max(one.area_cm2, two.area_cm2)):
        reason = text("imaging.refused.one_place")
    if reason:
        return Change(one.zone, name, before, after, 0.0, 0.0, 0.0, 1.0, False, False, reason)
    sem = sem_of(errors, metric, min(one.area_cm2, two.area_cm2), one.values["ita"])
    return _told(one.zone, metric, before, after, sem, errors)


def _one_place(name: str, area_cm2: float) -> float:
    """What a single line or spot adds to a figure: counted on one of the two alone, it stands at the edge of it."""
    if name == "line_length":
        return parameter("imaging.one_line_mm").value / area_cm2
    if name == "spots":
        share = parameter("imaging.one_spot_mm2").value / convert(area_cm2, "cm2", "mm2")
        return _PERCENT * share * parameter("imaging.spot_density").value
    return 0.0


def _told(place: str, metric: Metric, before: float, after: float, sem: float, errors: Errors) -> Change:
    change = metric.scaled(after) - metric.scaled(before)
    sdc = sdc95(sem)
    chance = chance_of(change, sem, errors.freedom)
    return Change(place, metric.name, before, after, change, sem, sdc, chance, abs(change) > sdc, False, "")


def _lesion_changes(first: Measured, second: Measured, errors: Errors) -> list[Change]:
    """Changes of lesions against their surround: these stand on whole places, so they ask less of focus than relief."""
    tones = [zone.values["ita"] for zone in first.zones if "ita" in zone.values]
    ita = float(np.median(tones)) if tones else 0.0
    rows = []
    for one, two in zip(first.lesions, second.lesions, strict=False):
        for name, metric in contrasts().items():
            reason = next((each.refused[key] for each in (one, two) for key in ("", name) if key in each.refused), "")
            if not reason and name not in errors.sem:
                reason = text("imaging.refused.no_error")
            before, after = one.values.get(name, 0.0), two.values.get(name, 0.0)
            if reason:
                rows.append(Change(one.lesion, name, before, after, 0.0, 0.0, 0.0, 1.0, False, False, reason))
                continue
            sem = sem_of(errors, metric, convert(min(one.area_mm2, two.area_mm2), "mm2", "cm2"), ita)
            rows.append(_told(one.lesion, metric, before, after, sem, errors))
    return rows


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
