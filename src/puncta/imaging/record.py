"""Record: what was measured and compared, as plain values for JSON."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from puncta.imaging.change import Change
from puncta.imaging.compare import Comparison
from puncta.imaging.detection import Detection, detection
from puncta.imaging.errors import Errors, sdc95, sem_of, simulated_errors
from puncta.imaging.gate import Check, verdict_of
from puncta.imaging.lesions import Contrast
from puncta.imaging.measure import Measured, ZoneFigures, usual_ita
from puncta.imaging.metrics import any_metric, contrasts, metrics
from puncta.imaging.prepare import Prepared
from puncta.imaging.tone import hidden, tone_limits
from puncta.imaging.zones import zone_words
from puncta.messages import text

FORMAT = 1
NBSP = "\N{NO-BREAK SPACE}"
_DIGITS = 6  # numerics: digits that are written


def measurement_record(ready: Prepared, found: Measured, checks: tuple[Check, ...]) -> dict[str, Any]:
    """One photograph's figures.

    Parameters
    ----------
    ready : Prepared
        The photograph.
    found : Measured
        Its figures.
    checks : tuple of Check
        Of the gate.

    Returns
    -------
    dict
        For JSON; no landmarks, no picture, no place.

    Examples
    --------
    >>> from puncta.imaging import Photograph, SkinPatch, measure_photograph, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> one = measure_photograph(photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> sorted(measurement_record(*one)["zones"])
    ['a']
    """
    refused = {check.weight for check in checks if not check.passed}
    unseen = hidden(ready.maps.own)
    known, tone = _simulated(ready), usual_ita(found)
    zones = {}
    for zone in found.zones:
        values = {
            name: _round(value)
            for name, value in zone.values.items()
            if (metrics()[name].needs not in ("relief", "pores") or "relief" not in refused) and name not in unseen
        }
        zones[zone.zone] = {
            "name": zone_words(zone.zone), "area_cm2": _round(zone.area_cm2),
            "usable_fraction": _round(zone.usable_fraction), "values": values,
            "errors": {name: _error(zone, name, known, tone) for name in values if np.isfinite(tone)},
        }  # fmt: skip
    return {
        "format": FORMAT,
        "photograph": _photograph(ready),
        "checks": [_check(check) for check in checks],
        "verdict": verdict_of(checks),
        "zones": zones if verdict_of(checks) != "refused" else {},
        "lesions": {one.lesion: _lesion(one) for one in found.lesions} if verdict_of(checks) != "refused" else {},
        "metrics": {
            name: {**metric_words(name), "scale": any_metric(name).scale} for name in (*metrics(), *contrasts())
        },
        "tone": list(tone_limits(ready.maps.own, usual_ita(found), _simulated(ready), ready.grey)),
        "notice": text("imaging.provisional_single"),
        "limits": text("limits.photographs"),
        "not_a_device": text("limits.not_a_device"),
    }


def comparison_record(found: Comparison) -> dict[str, Any]:
    """Two photographs compared.

    Parameters
    ----------
    found : Comparison
        From `compare_photographs`.

    Returns
    -------
    dict
        For JSON; no landmarks, no picture, no place.

    Examples
    --------
    >>> from puncta.imaging import Photograph, SkinPatch, compare_photographs, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> pair = compare_photographs(photo, photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> comparison_record(pair)["verdict"]
    'comparable'
    """
    seen = detection_of(found)
    basis = text(f"imaging.page.basis.{found.errors.basis}")
    return {
        "format": FORMAT,
        "before": _photograph(found.before),
        "after": _photograph(found.after),
        "verdict": found.verdict,
        "verdict_words": text(f"imaging.verdict.{found.verdict}"),
        "headline": headline(found),
        "checks": [_check(check) for check in found.checks],
        "reasons": [
            check.words
            for check in sorted(found.checks, key=lambda check: check.weight != "refuse")
            if not check.passed and check.words
        ],
        "alignment": None if found.alignment is None else {
            "consistent_fraction": _round(found.alignment.consistent_fraction),
            "likeness": _round(found.alignment.likeness),
            "scale_fold": _round(found.alignment.scale_fold),
            "turn_degrees": _round(found.alignment.turn_degrees),
        },
        "changed": found.changed,
        "changes": [
            {**change_record(one, seen), "basis": basis} for one in found.changes
        ],
        "metrics": {name: metric_words(name) for name in (*metrics(), *contrasts())},
        "tone": list(
            tone_limits(
                found.before.maps.own, usual_ita(found.first), found.errors, found.before.grey or found.after.grey
            )
        ),
        "detection": None if seen is None else _detection(seen),
        "errors": found.errors.basis,
        "notice": text(f"imaging.basis.{found.errors.basis}"),
        "limits": text("limits.photographs"),
        "not_a_device": text("limits.not_a_device"),
    }  # fmt: skip


def _error(zone: ZoneFigures, name: str, known: Errors, tone: float) -> dict[str, Any]:
    """Error of a figure of one photograph, and the smallest change that is told from it, in the metric's scale."""
    sem = sem_of(known, metrics()[name], zone.area_cm2, tone)
    value = zone.values[name]
    alike = Change(zone.zone, name, value, value, 0.0, sem, sdc95(sem), 1.0, False, False, "")
    return {"sem": _round(sem), "sdc": _round(alike.sdc), "sdc_shown": shown_sdc(alike)}


def _simulated(ready: Prepared) -> Errors:
    return simulated_errors(ready.chart is not None, ready.maps.own.polarised)


def detection_of(found: Comparison) -> Detection | None:
    """How often a true change is found on this person's tone, of each figure that is told.

    Parameters
    ----------
    found : Comparison
        From `compare_photographs`.

    Returns
    -------
    Detection or None
        None where nothing is told.

    Examples
    --------
    >>> from puncta.imaging import Photograph, SkinPatch, compare_photographs, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> pair = compare_photographs(photo, photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> detection_of(pair).tried
    45.0
    """
    told = [one.metric for one in found.changes if not one.refused]
    ita, own = usual_ita(found.first), found.before.maps.own
    return detection(ita, found.errors, own.polarised, told) if told and np.isfinite(ita) else None


def headline(found: Comparison) -> str:
    """One sentence: what changed by more than its error, or why nothing is told."""
    if found.verdict == "refused":
        return text("imaging.headline.refused")
    held = [one for one in found.changes if one.holds]
    basis = text(f"imaging.page.basis.{found.errors.basis}")
    if not held:
        return text("imaging.headline.none", basis=basis)
    strongest = sorted(held, key=lambda one: one.chance)[:3]
    said = "; ".join(
        text(
            "imaging.headline.one",
            metric=metric_words(one.metric)["name"],
            zone=zone_words(one.zone),
            change=shown_change(one),
        )
        for one in strongest
    )
    return text("imaging.headline.some", said=said, count=len(held), basis=basis)


def shown_change(one: Change) -> str:
    """A change as people read it: per cent where errors are even in it, else in the figure's unit."""
    if any_metric(one.metric).scale == "ln":
        return f"{_signed(100.0 * float(np.expm1(one.change)), _digits(one))}{NBSP}%"
    unit = metric_words(one.metric)["unit"]
    return f"{_signed(one.after - one.before, _digits(one))}{NBSP}{unit}".strip()


def shown_sdc(one: Change) -> str:
    """The smallest change that is told from error, in the same unit and with as many digits."""
    unit = "%" if any_metric(one.metric).scale == "ln" else metric_words(one.metric)["unit"]
    return f"{_sdc(one):.{_digits(one)}f} {unit}".strip()


def _sdc(one: Change) -> float:
    """The smallest change that is told, as it is shown: at the level of the first photograph, the way it changed."""
    scale, down = any_metric(one.metric).scale, one.change < 0
    if scale == "ln":
        return 100.0 * abs(float(np.expm1(-one.sdc if down else one.sdc)))
    if scale != "root":
        return one.sdc
    root = float(np.sqrt(max(one.before, 0.0)))
    if down and root > one.sdc:
        return one.before - (root - one.sdc) ** 2
    return (root + one.sdc) ** 2 - one.before


def _digits(one: Change) -> int:
    """Digits after the point: two digits of the error decide."""
    size = _sdc(one)
    return min(_DIGITS - 2, max(0, 1 - int(np.floor(np.log10(size))))) if 0 < size < np.inf else 2


def change_record(one: Change, seen: Detection | None) -> dict[str, Any]:
    """One change, for JSON."""
    values = {
        key: _round(value) if isinstance(value, float) else value for key, value in dataclasses.asdict(one).items()
    }
    if one.refused:
        return {"zone": one.zone, "zone_name": zone_words(one.zone), "metric": one.metric, "refused": one.refused}
    values["zone_name"] = zone_words(one.zone)
    return {**values, "shown": shown_change(one), "sdc_shown": shown_sdc(one), "verdict": change_verdict(one, seen)}


def change_verdict(one: Change, seen: Detection | None) -> str:
    """Verdict on one figure, in words; where true changes are missed on this tone, none found may be a miss."""
    if one.refused:
        return text("imaging.change.refused")
    if not one.beyond_error:
        return text(
            "imaging.change.missed" if seen is not None and one.metric in seen.missed else "imaging.change.none"
        )
    return text("imaging.change.holds" if one.holds else "imaging.change.alone")


def metric_words(name: str) -> dict[str, str]:
    """Name and unit of a metric."""
    return {"name": text(f"imaging.metric.{name}.name"), "unit": text(f"imaging.metric.{name}.unit")}


def _detection(seen: Detection) -> dict[str, Any]:
    lines = [dataclasses.asdict(line) for line in seen.lines]
    return {**dataclasses.asdict(seen), "ita": _round(seen.ita), "lines": lines}


def _lesion(one: Contrast) -> dict[str, Any]:
    values = {name: _round(value) for name, value in one.values.items()}
    return {"area_mm2": _round(one.area_mm2), "values": values, "refused": dict(one.refused)}


def _photograph(ready: Prepared) -> dict[str, Any]:
    photo = ready.photo
    return {
        "file": photo.subject,
        "megapixels": round(photo.rgb.shape[0] * photo.rgb.shape[1] / 1e6, 1),
        "px_per_mm": _round(ready.scale.px_per_mm),
        "scale_from": ready.scale.way,
        "scale_error_fraction": ready.scale.error_fraction,
        "grey_card": ready.grey,
        "chart_error_delta_e": None if ready.chart is None else _round(ready.chart.error_delta_e),
        "settings": dataclasses.asdict(photo.settings),
        "declared": dataclasses.asdict(photo.declared),
        "notes": list(photo.notes),
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "name": check.name, "value": _round(check.value), "limit": check.limit, "passed": check.passed,
        "weight": check.weight, "words": check.words,
    }  # fmt: skip


def _round(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _signed(value: float, digits: int) -> str:
    shown = f"{abs(value):.{digits}f}"
    if float(shown) == 0:
        return shown
    return ("+" if value > 0 else "−") + shown
