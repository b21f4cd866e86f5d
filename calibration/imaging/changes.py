"""True changes of twice the SDC: what is drawn to move each figure by so much, and how many of them are found.

`calibration.imaging.check` runs it on people who did not calibrate and stores what it finds. A true change is what the
figure itself shows between two photographs without any error. Every second person changes the other way.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from calibration.imaging.people import PX_PER_MM, TONES, light_seed, lined, pair, person, zones

from puncta.imaging import Photograph, Scale, SkinPatch, metrics, render
from puncta.imaging.chromophores import OwnSkin
from puncta.imaging.curve import levels
from puncta.imaging.errors import sdc95, sem_of, simulated_errors
from puncta.imaging.measure import figures_of, thresholds_of
from puncta.imaging.prepare import Prepared, prepare
from puncta.imaging.tone import hidden

#: Metric -> what is changed in the patch to move it, and the unchanged amount.
MOVED = {
    "texture": ("relief", 1.0), "line_strength": ("lines", 1.0), "line_length": ("furrows", 1.0),
    "pores": ("openings", 0.0), "spots": ("spots", 1.0),
    "redness": ("redness", 1.0), "melanin": ("melanin_ln", 0.0), "blood": ("blood_ln", 0.0), "ita": ("melanin_ln", 0.0),
    "lightness": ("melanin_ln", 0.0), "a_star": ("blood_ln", 0.0), "b_star": ("melanin_ln", 0.0),
}  # fmt: skip
# true changes between these folds of the SDC count as twice the SDC
_LEAST, _MOST, _WANTED = 1.9, 2.3, 2.1
_FIRST_STEP, _TRIES, _SMALL = 0.2, 10, 0.1
_LARGE_ZONES = 3


def found_changes(name: str, people: Iterable[int]) -> dict[str, list[int]]:
    """How many true changes of twice the SDC pass it: by tone found, told, people of whom one was told, refused."""
    out: dict[str, list[int]] = {}
    for tone in TONES:
        found, told, persons, refused = 0, 0, 0, 0
        for who in people:
            rows = _rows(name, tone, who)
            hits = [row for row in rows if row is not None]
            found, told = found + sum(hits), told + len(hits)
            persons, refused = persons + bool(hits), refused + len(rows) - len(hits)
        if told or refused:
            out[str(tone)] = [found, told, persons, refused]
    return out


def _rows(name: str, tone: float, who: int) -> list[bool | None]:
    """Of each zone that truly changed by about twice its SDC: whether that was found; None where it was refused."""
    what, still = MOVED[name]
    back, zone = bool(who % 2), (who // 2) % _LARGE_ZONES
    base, step, ends = _drawn(what, still, tone, who, zone), _FIRST_STEP, [0.0, np.inf]
    before, after, folds = base, base, [0.0]
    for _ in range(_TRIES):
        other = _drawn(what, still + step, tone, who, zone)
        before, after = (other, base) if back else (base, other)
        folds = _folds(name, before, after, who)
        if not folds:
            return []
        fold = abs(folds[zone])
        if _LEAST <= fold <= _MOST:
            break
        ends[int(fold > _MOST)] = step
        guess = step * float(np.clip(_WANTED / max(fold, _SMALL), 0.25, 4.0))
        inside = ends[0] < guess < ends[1]
        step = guess if inside else (ends[0] + ends[1]) / 2.0
    pairs = pair(before, after, who, light_seed(tone, who))
    rows = {one.zone: one for one in pairs.changes if one.metric == name}
    near = [one for one, each in zip(zones(), folds, strict=True) if _LEAST <= abs(each) <= _MOST]
    return [None if one not in rows or rows[one].refused else rows[one].beyond_error for one in near]


def _drawn(what: str, amount: float, tone: float, who: int, zone: int) -> SkinPatch:
    # lines of one zone alone: on all of them at once so large a change does not lie upon itself
    return lined(tone, who, zone, amount) if what == "furrows" else person(tone, who, **{what: amount})


def _folds(name: str, before: SkinPatch, after: SkinPatch, who: int) -> list[float]:
    """Change of each zone without any error, against its SDC; none where the figure is not told on such skin."""
    metric, errors = metrics()[name], simulated_errors(True)
    first = _ready(before, who, None)
    if name in hidden(first.maps.own):
        return []
    used, out = thresholds_of(first.maps), []
    second = _ready(after, who, first.maps.own)
    figures = [figures_of(each.names, each.maps, each.maps.skin, used).zones for each in (first, second)]
    for one, two in zip(*figures, strict=True):
        sem = sem_of(errors, metric, one.area_cm2, one.values["ita"])
        out.append((metric.scaled(two.values[name]) - metric.scaled(one.values[name])) / sdc95(sem))
    return out


def _ready(patch: SkinPatch, who: int, own: OwnSkin | None) -> Prepared:
    photo = Photograph("still", levels(render(patch, who)))
    scale = Scale(1.0 / PX_PER_MM, "ruler", 0.01)
    return prepare(photo, polygons=zones(), scale=scale, chart=False, own=own)
