"""Attribution: whether a change of one figure may be another's, so that it is not told as its own.

Spots have edges, and edges are roughness to a camera; blood and melanin are told by a model that real skin does not
follow to the letter. What may be the other is refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.imaging.backend import opencv
from puncta.imaging.change import Change
from puncta.imaging.leaks import brought_along
from puncta.imaging.measure import Maps, Measured, ZoneFigures, texture_of
from puncta.imaging.relief import blurred
from puncta.messages import text

Bytes = NDArray[np.uint8]

_MAD_TO_SD = 1.4826  # numerics: of a normal distribution
_MM_PER_CM = 10.0
_FULL = 255  # numerics: byte that stands for yes
#: Figures of relief that the edges of spots and red places move; they leave no line long enough to count.
ROUGH = ("texture", "line_strength")
#: Of each pigment of a zone or lesion: the place and the pigment that is told, and the other one beside it.
_PIGMENTS = {
    "melanin": ("zone", "melanin", "blood"), "blood": ("zone", "blood", "melanin"),
    "contrast_melanin": ("lesion", "melanin", "contrast_blood"),
    "contrast_blood": ("lesion", "blood", "contrast_melanin"),
}  # fmt: skip


def spotted(maps: Maps) -> Bytes:
    """Where pigment changes from place to place as relief does, with a margin; 255 there.

    Parameters
    ----------
    maps : Maps
        Of one photograph.

    Returns
    -------
    ndarray of uint8, shape (h, w)
        Coarse frame.

    Examples
    --------
    >>> from puncta.imaging import Dot, Photograph, SkinPatch, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> from puncta.imaging.prepare import prepare
    >>> skin = SkinPatch(40.0, size_mm=(16.0, 16.0), dots=[Dot((8.0, 8.0), 1.5, melanin_ln=0.8)])
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> photo = Photograph("patch", levels(render(skin, 0)))
    >>> maps = prepare(photo, polygons=zone, scale=ruler_scale(100, 10), chart=False).maps
    >>> bool(0.05 < (spotted(maps) > 0).mean() < 0.5)
    True
    """
    cv2 = opencv()
    least, fold = parameter("imaging.even_pigment_density").value, parameter("imaging.even_pigment_mad_fold").value
    wide = parameter("imaging.even_pigment_mm").value * maps.coarse.px_per_mm
    # on dark skin darkness against the surround tells melanin, and blood is not told
    melanin = maps.spots if maps.own.ambiguous else maps.colour.melanin_part
    out = np.zeros(maps.skin.shape, np.uint8)
    for pigment in (melanin,) if maps.own.ambiguous else (melanin, maps.colour.blood_part):
        edges = np.abs(pigment - blurred(pigment, wide))
        on = edges[maps.skin > 0]
        spread = float(np.median(on)) * _MAD_TO_SD if on.size else 0.0
        out |= (edges > max(least, fold * spread)).astype(np.uint8) * np.uint8(_FULL)
    reach = round(parameter("imaging.even_margin_mm").value * maps.coarse.px_per_mm)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return np.asarray(cv2.dilate(out, kernel), np.uint8)


def relief_of(found: Measured, skin: Bytes) -> tuple[ZoneFigures, ...]:
    """Figures of relief on a part of the skin that was measured.

    Parameters
    ----------
    found : Measured
        The whole.
    skin : ndarray of uint8, shape (h, w)
        Not 0 where relief is told.

    Returns
    -------
    tuple of ZoneFigures
        In the same order; without figures where nothing of a zone is left.

    Examples
    --------
    >>> from puncta.imaging import Photograph, SkinPatch, measure_photograph, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> _, found, _ = measure_photograph(photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> relief_of(found, found.maps.skin)[0].values["texture"] == found.zones[0].values["texture"]
    True
    """
    maps, count = found.maps, len(found.zones) + 1
    place = np.where(skin > 0, maps.zones, 0).astype(np.uint8)
    pixels = np.bincount(place.ravel(), minlength=count)
    rough = texture_of(maps, maps.fine(place).ravel(), count)
    strength = np.bincount(place.ravel(), maps.strength.ravel(), minlength=count)
    out = []
    for number, whole in enumerate(found.zones, start=1):
        n = int(pixels[number])
        area = n / (maps.coarse.px_per_mm * _MM_PER_CM) ** 2
        values = {} if n == 0 or not whole.values else {
            "texture": float(rough[number]), "line_strength": float(strength[number] / n),
            "ita": whole.values["ita"],
        }  # fmt: skip
        out.append(ZoneFigures(whole.zone, area, whole.usable_fraction, values))
    return tuple(out)


def own_changes(
    rows: Sequence[Change], even: Mapping[tuple[str, str], Change], ita: float, polarised: bool
) -> list[Change]:
    """Changes without those that may be another figure's.

    Parameters
    ----------
    rows : sequence of Change
        As measured.
    even : mapping
        The same changes of relief on skin without spots and red places, by zone and metric.
    ita : float
        Tone of the person, in degrees.
    polarised : bool
        True through crossed polarisers.

    Returns
    -------
    list of Change
        In the same order; what may be another's is refused.

    Notes
    -----
    Melanin that comes with a change of blood, and blood with one of melanin, must pass their error whatever the
    other may have brought along (`brought_along`); a change of relief must stand on even skin too, by a good share of
    what it is on the whole; pores that go the same way as spots may be small spots. Limits: ``limits.photographs``.

    Examples
    --------
    >>> from puncta.imaging.change import Change
    >>> brown = Change("a", "melanin", 0.2, 0.22, 0.02, 0.003, 0.009, 1e-4, True, False, "")
    >>> red = Change("a", "blood", -4.0, -3.4, 0.6, 0.07, 0.19, 1e-6, True, False, "")
    >>> [bool(one.refused) for one in own_changes([brown, red], {}, 45.0, False)]
    [True, False]
    """
    told = {(one.zone, one.metric): one.change for one in rows if not one.refused}
    spots = {one.zone: one.change for one in rows if one.metric == "spots" and one.beyond_error}
    out = []
    for one in rows:
        reason = ""
        if one.beyond_error and one.metric in _PIGMENTS:
            place, pigment, other = _PIGMENTS[one.metric]
            moved, light = told.get((one.zone, other), 0.0), "crossed" if polarised else "plain"
            low, high = brought_along(pigment, moved, ita, light=light, place=place)
            if low - one.sdc <= one.change <= high + one.sdc:
                reason = text("imaging.refused.other_pigment", other=text(f"imaging.metric.{other}.name"))
        elif one.beyond_error and one.metric in ROUGH:
            alone = even.get((one.zone, one.metric))
            share = alone.change / one.change if alone is not None and alone.beyond_error else 0.0
            if share < parameter("imaging.least_even_share").value:
                reason = text("imaging.refused.spotted")
        elif one.beyond_error and one.metric == "pores" and spots.get(one.zone, 0.0) * one.change > 0:
            reason = text("imaging.refused.spots_as_pores")
        out.append(Change.untold(one.zone, one.metric, one.before, one.after, reason) if reason else one)
    return out
