"""Leaks: melanin that a change of blood seems to bring along, and blood that one of melanin does, on other skin.

Run ``uv run python -m calibration.imaging.leaks``; ``evidence/data/fitted/imaging_leaks.toml`` keeps, by light, place,
pigment told and tone, the lowest and highest reading for a change of the other pigment by 1. Persons differ in
oxygen, in blood and in their law of melanin; blood is added in vessels of other width and oxygen, and taken away; and
the optics that draw synthetic skin stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from calibration.imaging.checked import table_rows
from numpy.typing import NDArray

from puncta.evidence import draw, nominal, parameter
from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically
from puncta.imaging.chromophores import chromophores, melanin_against, own_skin
from puncta.imaging.leaks import LIGHTS, PLACES
from puncta.imaging.render import RenderParameters, melanin_of_tone, render_colour
from puncta.skin.colour import ita_degrees, lab_from_xyz, linear_rgb_from_xyz, wavelengths_nm, xyz_from_reflectance
from puncta.skin.light import OpticsParameters
from puncta.skin.optics import Skin, skin_at

Array = NDArray[np.float64]

TONES = (60.0, 45.0, 30.0, 15.0, 5.0, 0.0, -10.0)
PERSONS, SEED = 400, 7
_BLOOD_LN, _FLUSHED, _MELANIN = 0.2, 0.3, 1.1
_LEAST_LIGHT, _HALVINGS, _MIDDLE = 1e-6, 40, 0.95
_LEAST_TOLD = 0.05
_PIGMENTS = ("melanin", "blood")


def leaks(light: str, tone: float, persons: int = PERSONS) -> dict[tuple[str, str], tuple[float, float]]:
    """Lowest and highest that comes along, by place and pigment told; empty where too few are told at this tone."""
    polarised = light == "crossed"
    read: dict[tuple[str, str], list[list[float]]] = {(place, name): [] for place in PLACES for name in _PIGMENTS}
    for before, bloods, browner in _people(tone, persons, polarised):
        own = own_skin(before, polarised)
        if own.ambiguous:
            continue
        seen = np.stack([before, *bloods, browner])[None].astype(np.float32)
        maps = chromophores(seen, own)
        melanin = {"zone": maps.melanin[0, 1:] - maps.melanin[0, 0],
                   "lesion": melanin_against(seen[:, 1:], seen[:, :1], own)[0]}  # fmt: skip
        blood = maps.blood[0, 1:] - maps.blood[0, 0]
        for place in PLACES:
            read[place, "melanin"].append((melanin[place][:-1] / blood[:-1]).tolist())
            read[place, "blood"].append([float(blood[-1] / melanin[place][-1])])
    if len(read["zone", "blood"]) < _LEAST_TOLD * persons:
        return {}
    return {key: _ends(np.array(rows)) for key, rows in read.items()}


def _ends(rows: Array) -> tuple[float, float]:
    """Ends of the middle 95 of 100 persons, whichever way the other pigment changed, and of the last one."""
    low, high = np.quantile(rows, [(1.0 - _MIDDLE) / 2.0, (1.0 + _MIDDLE) / 2.0], axis=0)
    return float(min(low.min(), rows[-1].min())), float(max(high.max(), rows[-1].max()))


def _people(tone: float, persons: int, polarised: bool) -> Iterator[tuple[Array, list[Array], Array]]:
    """Of each person the density of the usual skin, with other blood (three ways), and with more melanin."""
    law = _laws(persons)
    lit = [skin_at(wavelengths_nm(), replace(law, surface_seen_fraction=np.full(persons, seen)))
           for seen in (1.0, 0.0 if polarised else 1.0)]  # fmt: skip
    blood, none = law.resting_blood_fraction, np.zeros(persons)
    melanin = _melanin_of(tone, lit[0], blood)
    more = np.exp(_BLOOD_LN)
    seen = [
        _density(linear_rgb_from_xyz(xyz_from_reflectance(lit[1].reflectance(*amounts))))
        for amounts in (
            (melanin, blood, none), (melanin, blood * more, none), (melanin, blood / more, none),
            (melanin, blood, blood * _FLUSHED), (melanin * _MELANIN, blood, none),
        )
    ]  # fmt: skip
    for before, up, down, flushed, browner in zip(*seen, strict=True):
        yield before, [up, down, flushed], browner
    usual, resting = melanin_of_tone(tone), float(nominal(RenderParameters).blood_fraction[0])
    amounts = np.array([[1, 1], [1, more], [1, 1 / more], [_MELANIN, 1]]) * [usual, resting]
    before, up, down, browner = _density(render_colour(amounts[:, 0], amounts[:, 1], polarised))
    yield before, [up, down, up], browner


def _laws(persons: int) -> OpticsParameters:
    """Persons, each with a law of melanin between the two that are published, alike where melanin is told."""
    law = draw(OpticsParameters, persons, SEED)
    ends = float(law.melanosome_power[0]), float(nominal(RenderParameters).melanosome_power[0])
    power = np.random.default_rng(SEED).uniform(min(ends), max(ends), persons)
    at = parameter("imaging.melanin_told_at_nm").value
    fold = at ** (power - law.melanosome_power)
    return replace(law, melanosome_power=power, melanosome_per_cm=law.melanosome_per_cm * fold)


def _melanin_of(tone: float, skin: Skin, blood: Array) -> Array:
    """Melanin of each person that gives the tone."""
    low, high = np.full(blood.shape, 1e-4), np.full(blood.shape, 0.9)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        seen = skin.reflectance(middle, blood, np.zeros_like(blood))
        lighter = ita_degrees(lab_from_xyz(xyz_from_reflectance(seen))) > tone
        low, high = np.where(lighter, middle, low), np.where(lighter, high, middle)
    return (low + high) / 2.0


def _density(rgb: Array) -> Array:
    return -np.log10(np.maximum(rgb, _LEAST_LIGHT))


def main() -> None:
    """Write what comes along."""
    lines = [
        "# What a change of one pigment by 1 brings of the other; written by python -m calibration.imaging.leaks.",
        "format = 1", f"persons = {PERSONS}", 'source = "puncta_optics_ensemble"',
        'units = "melanin: density for blood by 1 (ln); blood: ln for melanin by a density of 1"',
    ]  # fmt: skip
    for light in LIGHTS:
        found = {tone: leaks(light, tone) for tone in TONES}
        for place in PLACES:
            for name in _PIGMENTS:
                rows = {str(t): [round(end, 4) for end in each[place, name]] for t, each in found.items() if each}
                lines += ["", f"[{light}.{place}.{name}]", *table_rows(rows)]
    print("\n".join(lines))
    write_atomically(Path(str(FOLDER), "imaging_leaks.toml"), "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
