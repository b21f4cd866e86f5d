"""Changes: each figure of each zone and lesion before and after, with its error, or the reason why it is not told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from puncta.evidence import parameter
from puncta.imaging.attribution import ROUGH, own_changes
from puncta.imaging.change import Change
from puncta.imaging.chromophores import OwnSkin
from puncta.imaging.errors import Errors, chance_of, holm, sdc95, sem_of
from puncta.imaging.gate import Check, Verdict
from puncta.imaging.measure import Measured, ZoneFigures, usual_ita
from puncta.imaging.metrics import Metric, contrasts, metrics
from puncta.imaging.tone import hidden, hidden_words
from puncta.messages import text
from puncta.units import convert

_PERCENT = 100.0


def changes_of(
    first: Measured,
    second: Measured,
    even: tuple[Sequence[ZoneFigures], Sequence[ZoneFigures]],
    checks: tuple[Check, ...],
    verdict: Verdict,
    errors: Errors,
    own: OwnSkin,
) -> tuple[Change, ...]:
    """Changes of every figure of every zone and lesion.

    Parameters
    ----------
    first, second : Measured
        Figures of both photographs on the skin that both show.
    even : tuple of two sequences of ZoneFigures
        Figures of relief of both on that skin without spots and red places.
    checks : tuple of Check
        Of the gate.
    verdict : str
        comparable or zones_only.
    errors : Errors
        That are used.
    own : OwnSkin
        The usual skin.

    Returns
    -------
    tuple of Change
        With the reason where one is not told.

    Examples
    --------
    >>> from puncta.imaging import Photograph, SkinPatch, compare_photographs, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> pair = compare_photographs(photo, photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> {one.change for one in pair.changes}
    {0.0}
    """
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
    ita = usual_ita(first)
    rows += _lesion_changes(first, second, errors, ita)
    alone = [_change(one, two, name, "", errors) for one, two in zip(*even, strict=True) for name in ROUGH]
    rows = own_changes(rows, {(one.zone, one.metric): one for one in alone if not one.refused}, ita, own.polarised)
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
        return Change.untold(one.zone, name, before, after, reason)
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


def _lesion_changes(first: Measured, second: Measured, errors: Errors, ita: float) -> list[Change]:
    """Changes of lesions against their surround: these stand on whole places, so they ask less of focus than relief."""
    rows = []
    for one, two in zip(first.lesions, second.lesions, strict=False):
        for name, metric in contrasts().items():
            reason = next((each.refused[key] for each in (one, two) for key in ("", name) if key in each.refused), "")
            if not reason and name not in errors.sem:
                reason = text("imaging.refused.no_error")
            if not reason and np.isnan(ita):
                reason = text("imaging.refused.no_tone")
            before, after = one.values.get(name, 0.0), two.values.get(name, 0.0)
            if reason:
                rows.append(Change.untold(one.lesion, name, before, after, reason))
                continue
            sem = sem_of(errors, metric, convert(min(one.area_mm2, two.area_mm2), "mm2", "cm2"), ita)
            rows.append(_told(one.lesion, metric, before, after, sem, errors))
    return rows
