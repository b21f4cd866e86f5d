"""Slopes: pigment of drawn lesions as an ideal camera tells it, against what was drawn, in mottled and wrinkled skin.

Run ``uv run python -m calibration.imaging.slopes FIRST 4`` with a first person that no run has seen;
``evidence/data/fitted/imaging_checks_slopes.toml`` keeps, by light, pigment and tone: the slope against the same
pigment, what comes along with the other one, lesions told and lesions drawn. The truth of a lesion is what lies in it
less what lies around it, mottling counted: that is pigment too, and a dot's own amount alone is not what a camera sees.
"""

from __future__ import annotations

import dataclasses
import sys

import numpy as np
from calibration.imaging.checked import keep, table_rows
from calibration.imaging.lesions import marked
from calibration.imaging.people import PX_PER_MM, zones
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.imaging import Declared, Photograph, Scale, SkinPatch, measure_photograph, render
from puncta.imaging.curve import levels
from puncta.imaging.render import melanin_density, pigment

Array = NDArray[np.float64]
TONES = {
    "plain": (60.0, 45.0, 30.0, 15.0, 5.0, 0.0, -20.0, -35.0, -50.0),
    "crossed": (60.0, 45.0, 30.0, 15.0, 5.0, 0.0, -5.0, -10.0),
}
_PIGMENTS = ("melanin", "blood")
_LEAST_TOLD = 12


def slopes(light: str, tone: float, people: range) -> dict[str, list[float]]:
    """By pigment: slope, what comes along with the other pigment, lesions told and drawn."""
    rows = np.array([row for who in people for row in lesions_read(tone, who, light == "crossed")])
    out = {}
    for column, name in enumerate(_PIGMENTS):
        told = rows[np.isfinite(rows[:, 2 + column])]
        if len(told) >= _LEAST_TOLD:
            known = np.stack([told[:, column], told[:, 1 - column], np.ones(len(told))], axis=1)
            own, other, _ = np.linalg.lstsq(known, told[:, 2 + column], rcond=None)[0]
            out[name] = [round(float(own), 3), round(float(other), 4), len(told), len(rows)]
        else:
            out[name] = [float("nan"), float("nan"), len(told), len(rows)]
    return out


def lesions_read(tone: float, who: int, polarised: bool) -> list[tuple[float, ...]]:
    """Of each lesion: melanin and blood drawn, and as told; not a number where refused."""
    patch, outlines = marked(tone, who)
    patch = dataclasses.replace(patch, polarised=polarised)
    photo = Photograph("ideal", levels(render(patch, who)), declared=Declared(polarised=polarised))
    scale = Scale(1.0 / PX_PER_MM, "ruler", 0.01)
    found = measure_photograph(photo, polygons=zones(), lesions=outlines, scale=scale, chart=False)[1]
    return [
        (*drawn, *(one.values.get(f"contrast_{name}", float("nan")) for name in _PIGMENTS))
        for drawn, one in zip(_drawn(patch, who), found.lesions, strict=True)
    ]


def _drawn(patch: SkinPatch, who: int) -> list[tuple[float, float]]:
    """Pigment in each dot less that around it, by circles of the same widths."""
    melanin, blood = pigment(patch, who)
    density = melanin_density(np.exp(melanin.astype(np.float64)))
    y, x = np.mgrid[: melanin.shape[0], : melanin.shape[1]] / PX_PER_MM
    rim, ring = (parameter(f"imaging.lesion_{part}_mm").value for part in ("rim", "ring"))
    past = [np.hypot(x - dot.centre_mm[0], y - dot.centre_mm[1]) - dot.radius_mm for dot in patch.dots]
    any_dot = np.min(past, axis=0) < rim
    out = []
    for one in past:
        inside, around = one < -rim, (one < rim + ring) & ~any_dot
        out.append(tuple(float(each[inside].mean() - each[around].mean()) for each in (density, blood)))
    return out


def main() -> None:
    """Write what was found."""
    first, number = int(sys.argv[1]), int(sys.argv[2])
    lines: list[str] = []
    for light, tones in TONES.items():
        rows = {tone: slopes(light, tone, range(first, first + number)) for tone in tones}
        for name in _PIGMENTS:
            lines += ["", f"[{light}.{name}]", *table_rows({str(tone): row[name] for tone, row in rows.items()})]
            print(light, name, {tone: row[name] for tone, row in rows.items()}, flush=True)
    keep("slopes", "slopes", {"first_person": first, "people": number}, lines)


if __name__ == "__main__":
    main()
