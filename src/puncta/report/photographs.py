"""Photographs: a comparison as one HTML page, complete without a network; its few lines of script move the slider."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.files import write_atomically
from puncta.imaging.align import halved
from puncta.imaging.backend import opencv
from puncta.imaging.change import Change
from puncta.imaging.compare import Comparison
from puncta.imaging.curve import levels
from puncta.imaging.detection import Detection
from puncta.imaging.gate import Check
from puncta.imaging.measure import usual_ita
from puncta.imaging.record import (
    change_verdict,
    detection_of,
    headline,
    metric_words,
    shown_change,
    shown_sdc,
)
from puncta.imaging.tone import hidden, tone_limits
from puncta.imaging.zones import zone_words
from puncta.messages import text
from puncta.report.change_strip import change_strip, empty_strip
from puncta.report.html import environment, style
from puncta.report.icons import brand_page, severity_page

# numerics: form of pictures and drawings
_WIDEST, _QUALITY, _LARGEST_ZONES = 900, 85, 3

_NEARLY_ALL = 0.1  # numerics: from a tenth on per cent are told whole
#: Checks that are shares, checks with a unit, and those that rest on what was said or recorded of both.
_SHARES = ("shine", "bare_skin", "spectacles", "aligned", "same_bare", "size")
_UNITS = {"pose": "°", "roll": "°", "resolution": " px/mm", "swelling": " d"}
_DECLARED = ("make_up", "shaved", "polarised", "cream")
_RECORDED = {"camera": ("camera",), "order": ("taken",), "settings": ("white_balance", "light_source", "flash")}

_SCRIPT = """(function(){
var p=document.getElementById('photographs'),o=document.getElementById('over'),s=document.getElementById('slide'),
w=document.getElementById('which'),later=true,b=p.querySelectorAll('[data-mode]'),names=[];
p.querySelectorAll('figcaption b').forEach(function(e){names.push(e.textContent)});
function cut(){o.style.visibility='visible';o.style.clipPath='inset(0 0 0 '+(100-s.value)+'%)'}
function flip(){later=!later;o.style.clipPath='none';o.style.visibility=later?'visible':'hidden';
w.textContent=names[later?1:0]}
b.forEach(function(e){e.addEventListener('click',function(){p.classList.remove('show-slider','show-blink');
if(e.dataset.mode)p.classList.add(e.dataset.mode);
b.forEach(function(x){x.setAttribute('aria-pressed',x===e)});
if(e.dataset.mode==='show-slider')cut();else{later=false;flip()}})});
s.addEventListener('input',cut);document.getElementById('flip').addEventListener('click',flip)})()"""


def write_comparison(found: Comparison, path: str | Path) -> None:
    """Write a comparison as a page.

    Parameters
    ----------
    found : Comparison
        From `puncta.compare_photographs`.
    path : str or Path
        Where; it holds the aligned photographs, so it is as private as they are.

    Examples
    --------
    >>> from puncta.imaging import Photograph, SkinPatch, compare_photographs, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> pair = compare_photographs(photo, photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_comparison(pair, f"{folder}/pair.html")
    """
    write_atomically(path, comparison_page(found))


def comparison_page(found: Comparison) -> str:
    """The page of a comparison.

    Parameters
    ----------
    found : Comparison
        From `puncta.compare_photographs`.

    Returns
    -------
    str
        HTML, UTF-8.

    Examples
    --------
    >>> from puncta.imaging import Photograph, SkinPatch, compare_photographs, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> pair = compare_photographs(photo, photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> comparison_page(pair).startswith("<!doctype html>")
    True
    """
    from markupsafe import Markup

    rules = files("puncta.report").joinpath("templates", "photographs.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    return (
        environment()
        .get_template("photographs.html")
        .render(
            v=_view(found),
            t=lambda key: text(f"imaging.page.{key}"),
            css=Markup(style() + rules),
            brand=Markup(brand_page()),
            icon=Markup(severity_page("note")),
            script=Markup(_SCRIPT),
            script_hash=f"sha256-{digest}",
        )
    )


def _view(found: Comparison) -> dict[str, Any]:
    before, after = _pictures(found)
    told = [one for one in found.changes if not one.refused]
    names = list(dict.fromkeys(one.zone for one in found.changes))
    first = sorted(names, key=lambda name: min((one.chance for one in told if one.zone == name), default=2.0))
    # a lesion that was drawn is what was asked for: it stands first
    lesions = [one.lesion for one in found.first.lesions if one.lesion in first]
    shown = [*lesions, *(name for name in first if name not in lesions)][: _LARGEST_ZONES + len(lesions)]
    beyond = sum(one.beyond_error for one in told)
    align, seen = found.alignment, detection_of(found)
    return {
        "before": Path(found.before.photo.subject).name,
        "after": Path(found.after.photo.subject).name,
        "before_when": _when(found.before.photo.settings.taken),
        "after_when": _when(found.after.photo.settings.taken),
        "alt_after": text(f"imaging.page.alt.{'apart' if found.verdict == 'refused' or align is None else 'after'}"),
        "tag": "",
        "basis": text(f"imaging.page.basis.{found.errors.basis}"),
        "headline": headline(found),
        "image_before": before,
        "image_after": after,
        "aligned": text("imaging.page.not_aligned") if align is None else text(
            "imaging.page.aligned", share=round(100 * align.consistent_fraction), likeness=f"{align.likeness:.2f}"
        ),
        "verdict": text(f"imaging.verdict.{found.verdict}"),
        "refused": _reasons(found, True),
        "reasons": _reasons(found, False),
        "checks": [_checked(found, c) for c in found.checks if not (c.name == "focus_far" and c.passed)],
        "maps": _maps(found),
        "zones": [_zone(found, name, seen) for name in shown],
        "rest": [_line(one, seen) for one in found.changes if one.zone not in shown],
        "family": text("imaging.page.family", beyond=beyond, told=len(told), chance=_by_chance(len(told)))
        if told else "",
        "notice": text(f"imaging.basis.{found.errors.basis}"),
        "limits": text("limits.photographs"),
        "tone": tone_limits(
            found.before.maps.own, usual_ita(found.first), found.errors, found.before.grey or found.after.grey
        ),
        "detection": seen if seen is not None and seen.lines else None,
        "not_a_device": text("limits.not_a_device"),
    }  # fmt: skip


def _by_chance(count: int) -> str:
    return f"{0.05 * count:.0f}" if count >= 20 else f"{0.05 * count:.1f}"  # numerics: one in twenty


def _zone(found: Comparison, name: str, seen: Detection | None) -> dict[str, Any]:
    rows = []
    for one in found.changes:
        if one.zone == name:
            words = metric_words(one.metric)
            beyond = one.beyond_error and one.holds
            rows.append({**_line(one, seen), "unit": words["unit"], "strip": _strip(one), "beyond": beyond})
    lesion = next((one for one in found.first.lesions if one.lesion == name), None)
    if lesion is not None:
        about = text("imaging.page.about_lesion", area=f"{lesion.area_mm2:.0f}")
    else:
        zone = next(one for one in found.first.zones if one.zone == name)
        about = text("imaging.page.about", area=f"{zone.area_cm2:.1f}", share=round(100 * zone.usable_fraction))
    return {"name": zone_words(name).capitalize(), "about": about, "rows": rows}


def _line(one: Change, seen: Detection | None) -> dict[str, Any]:
    unit = metric_words(one.metric)["unit"]
    values = "" if one.refused else f"{_short(one.before)} → {_short(one.after)}"
    return {
        "zone": zone_words(one.zone), "name": metric_words(one.metric)["name"], "told": values, "refused": one.refused,
        "change": "" if one.refused else shown_change(one).removesuffix(unit).strip(),
        "sdc": "" if one.refused else shown_sdc(one).removesuffix(unit).strip(),
        "verdict": change_verdict(one, seen),
    }  # fmt: skip


def _strip(one: Change) -> Any:
    from markupsafe import Markup

    if one.refused:
        return Markup(empty_strip(text("imaging.page.not_measured")))
    label = text("imaging.page.strip", change=shown_change(one), sdc=shown_sdc(one))
    return Markup(change_strip(one.change, one.sem, one.sdc, one.beyond_error and one.holds, label))


def aligned_jpegs(found: Comparison) -> tuple[bytes, bytes]:
    """Both photographs as they lie upon each other, for a page that shows them itself.

    Parameters
    ----------
    found : Comparison
        From `puncta.compare_photographs`.

    Returns
    -------
    tuple of bytes
        JPEG; the later one as it was taken where the two could not be laid upon each other.

    Examples
    --------
    >>> from puncta.imaging import Photograph, SkinPatch, compare_photographs, render, ruler_scale
    >>> from puncta.imaging.curve import levels
    >>> photo = Photograph("patch", levels(render(SkinPatch(40.0, size_mm=(16.0, 16.0)), 0)))
    >>> zone = {"a": [(20, 20), (140, 20), (140, 140), (20, 140)]}
    >>> pair = compare_photographs(photo, photo, polygons=zone, scale=ruler_scale(100, 10), chart=False)
    >>> [picture[:2].hex() for picture in aligned_jpegs(pair)]
    ['ffd8', 'ffd8']
    """
    before, after = _aligned(found)
    return _jpeg(before), _jpeg(after)


def _pictures(found: Comparison) -> tuple[str, str]:
    before, after = _aligned(found)
    return _source(before), _source(after)


def _aligned(found: Comparison) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    cv2 = opencv()
    before = found.before.fine.light
    after = found.after.fine.light
    if found.alignment is not None and found.verdict != "refused":
        after = cv2.remap(after, found.alignment.to_later, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return levels(_smaller(before)), levels(_smaller(after))


def _smaller(light: NDArray[np.float32]) -> NDArray[np.float32]:
    cv2 = opencv()
    fold = min(1.0, _WIDEST / light.shape[1])
    return light if fold == 1.0 else cv2.resize(light, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA)


def _jpeg(rgb: NDArray[np.uint8]) -> bytes:
    cv2 = opencv()
    data = cv2.imencode(".jpg", np.ascontiguousarray(rgb[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
    return data.tobytes()


def _source(rgb: NDArray[np.uint8]) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(_jpeg(rgb)).decode()


def _maps(found: Comparison) -> list[dict[str, str]]:
    if found.verdict == "refused" or found.alignment is None:
        return []
    cv2 = opencv()
    way = halved(found.alignment.to_later)
    out = []
    inside = (found.before.zones > 0) & (found.before.maps.unseen == 0)
    gone = hidden(found.before.maps.own)
    told = {"spots": "spots" not in gone, "red": "redness" not in gone, "strength": True}
    for name in (name for name, shown in told.items() if shown):
        here, there = (getattr(maps, name) for maps in (found.before.maps, found.after.maps))
        moved = cv2.remap(there, way, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        if not np.any(inside):
            continue
        top = float(np.percentile(np.abs(here[inside]), 99.5)) or 1.0  # numerics: the brightest apart
        for when, values in (("earlier", here), ("later", moved)):
            out.append(_map(name, when, values, inside, top, False))
        out.append(_map(name, "change", moved - here, inside, top, True))
    return out


def _map(
    name: str, when: str, values: NDArray[np.float32], inside: NDArray[np.bool_], top: float, both: bool
) -> dict[str, str]:
    share = np.clip(values / top, -1.0 if both else 0.0, 1.0)
    grey = 235 - 215 * share if not both else 128 - 120 * share  # numerics: light is none, dark is much
    picture = np.where(inside, grey, 245).astype(np.uint8)  # numerics: outside the zones
    label = text(f"imaging.page.map.{name}")
    moment = text(f"imaging.page.{when}")
    scale = text("imaging.page.scale_both" if both else "imaging.page.scale", top=f"{top:.2g}")
    return {
        "src": _source(_smaller_grey(np.repeat(picture[..., None], 3, axis=2))),
        "name": f"{label}, {moment}", "scale": scale,
        "alt": f"{label}, {moment}. {scale}",
    }  # fmt: skip


def _smaller_grey(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    cv2 = opencv()
    fold = min(1.0, _WIDEST / 2 / picture.shape[1])
    return picture if fold == 1.0 else cv2.resize(picture, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA)


def _reasons(found: Comparison, refusing: bool) -> list[str]:
    """Why the whole is refused; or what else failed, and what was wrong with the record of a photograph."""
    failed = [check for check in found.checks if not check.passed and check.words]
    words = [check.words for check in failed if (check.weight == "refuse") == refusing]
    photos = () if refusing else (found.before.photo, found.after.photo)
    notes = [note.replace(photo.subject, Path(photo.subject).name) for photo in photos for note in photo.notes]
    return [*words, *notes]


def _checked(found: Comparison, check: Check) -> dict[str, Any]:
    """A check as it is shown; what nobody said, or no camera recorded, has neither tick nor cross."""
    said = check.value >= 0
    settings = [ready.photo.settings for ready in (found.before, found.after)]
    declared = [ready.photo.declared for ready in (found.before, found.after)]
    if check.name in _DECLARED:
        said = all(getattr(one, check.name) is not None for one in declared)
    elif check.name in _RECORDED:
        said = any(all(getattr(one, name) not in (None, "") for one in settings) for name in _RECORDED[check.name])
    value = text(f"imaging.page.not_{'recorded' if check.name in _RECORDED else 'said'}")
    if said:
        value = _value(check) if check.limit else ""
    return {
        "name": text(f"imaging.check.{check.name}"), "value": value, "passed": check.passed,
        "known": said or not check.passed,
    }  # fmt: skip


def _value(check: Check) -> str:
    if check.name in _SHARES:
        return f"{100.0 * check.value:.2g} %" if check.value < _NEARLY_ALL else f"{100.0 * check.value:.0f} %"
    shown = f"{check.value:.2g}" if abs(check.value) < 100 else f"{check.value:.0f}"
    return shown + _UNITS.get(check.name, "")


def _when(taken: str) -> str:
    """A date as people read it; as recorded where it is none."""
    try:
        at = datetime.fromisoformat(taken)
    except ValueError:
        return taken
    day = f"{at.day} {at:%b} {at.year}"
    return f"{day}, {at:%H:%M}" if len(taken) > len("2026-11-09") else day


def _short(value: float) -> str:
    shown = f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
    return shown.replace("-", "−")
