"""Lesions of synthetic people taken again: how far each contrast differs when nothing changed, and against the truth.

`calibration.imaging.retakes` stores what it finds. People 0 to 31 calibrate; checks take others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
from calibration.imaging.people import PX_PER_MM, SIDE_MM, TONES, pair, person

from puncta.imaging.metrics import contrasts
from puncta.imaging.render import Dot, SkinPatch
from puncta.units import convert

PEOPLE = range(10)
_SIDES, _CORNERS = 4, 24


def marked(tone: float, seed: int, fold: float = 1.0) -> tuple[SkinPatch, dict[str, list[tuple[float, float]]]]:
    """A person with sixteen lesions, brown, pale and red, of 1.2 to 3.5 mm; fold multiplies their pigment."""
    rng = np.random.default_rng([seed, 91])
    dots, outlines = [], {}
    for number in range(_SIDES**2):
        at = (np.array(divmod(number, _SIDES)) + 0.5) * SIDE_MM / _SIDES + rng.uniform(-1.5, 1.5, 2)
        radius = rng.uniform(1.2, 3.5)
        melanin, blood = (rng.uniform(-0.3, 0.6), 0.0) if number % 2 else (0.0, rng.uniform(0.2, 0.8))
        dots.append(Dot((at[0], at[1]), radius, melanin_ln=fold * melanin, blood_ln=fold * blood))
        turns = 2 * np.pi * np.arange(_CORNERS) / _CORNERS
        ring = (at + radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)) * PX_PER_MM
        outlines[f"lesion_{number}"] = [(float(x), float(y)) for x, y in ring]
    patch = person(tone, seed)
    return dataclasses.replace(patch, dots=dots), outlines


def differences(polarised: bool = False) -> Iterator[tuple[float, str, float, float]]:
    """Tone, metric, change and area in cm2, of lesions in which nothing changed."""
    for tone in TONES:
        for who in PEOPLE:
            patch, outlines = marked(tone, who)
            patch = dataclasses.replace(patch, polarised=polarised)
            found = pair(patch, patch, who, 70_000 + 1000 * who + round(tone + 100), False, outlines)
            for one, two in zip(found.first.lesions, found.second.lesions, strict=True):
                for name in contrasts():
                    if name in one.values and name in two.values:
                        yield tone, name, two.values[name] - one.values[name], convert(one.area_mm2, "mm2", "cm2")
