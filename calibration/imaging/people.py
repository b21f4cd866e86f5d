"""Synthetic people, and how they are photographed twice. People 0 to 31 calibrate; checks and tests take others."""

from __future__ import annotations

import dataclasses

import numpy as np

from puncta.imaging.compare import Comparison, compare_photographs
from puncta.imaging.curve import levels
from puncta.imaging.errors import simulated_errors
from puncta.imaging.photograph import Declared, Photograph
from puncta.imaging.prepare import Polygons
from puncta.imaging.render import Dot, Line, SkinPatch, render
from puncta.imaging.retake import Retake, retake
from puncta.imaging.scale import Scale

TONES = (60.0, 45.0, 30.0, 15.0, 0.0, -20.0, -35.0, -50.0)
SIDE_MM, PX_PER_MM = 60.0, 10.0
MARGIN_MM, GAP_MM = 6.0, 2.0
_OPENINGS, _OPENING_MM, _OPENING_LN = 600, 0.18, 0.8
_ROWS, _FURROWS, _ROWS_APART_MM = 10, 6, 2.4
_CORNERS_MM = ((0.0, 0.0), (SIDE_MM / 2.0, 0.0), (0.0, SIDE_MM / 2.0), (SIDE_MM / 2.0, SIDE_MM / 2.0))


def person(tone: float, seed: int, **changes: float) -> SkinPatch:
    """A patch with lines, freckles, red places and pores, all drawn from the seed."""
    rng = np.random.default_rng([seed, 77])
    lines, dots = [], []
    for _ in range(rng.integers(8, 16)):
        start = rng.uniform(8, SIDE_MM - 8, 2)
        turn, length = rng.uniform(0, np.pi), rng.uniform(8, 25)
        end = np.clip(start + length * np.array([np.cos(turn), np.sin(turn)]), 4, SIDE_MM - 4)
        lines.append(Line(tuple(start), tuple(end), rng.uniform(20, 120) * changes.get("lines", 1.0)))
    for _ in range(rng.integers(20, 60)):
        shade = rng.uniform(0.2, 0.8) * changes.get("spots", 1.0)
        dots.append(Dot(tuple(rng.uniform(4, SIDE_MM - 4, 2)), rng.uniform(0.4, 1.8), melanin_ln=shade))
    for _ in range(rng.integers(3, 9)):
        blood = rng.uniform(0.2, 0.8) * changes.get("redness", 1.0)
        dots.append(Dot(tuple(rng.uniform(6, SIDE_MM - 6, 2)), rng.uniform(2, 6), blood_ln=blood))
    # dark openings: a pore drawn as relief alone is too faint to be counted
    more = np.random.default_rng([seed, 78])
    places = more.uniform(4, SIDE_MM - 4, (round(_OPENINGS * changes.get("openings", 0.0)), 2))
    dots += [Dot((x, y), _OPENING_MM, melanin_ln=_OPENING_LN) for x, y in places]
    return SkinPatch(
        tone,
        size_mm=(SIDE_MM, SIDE_MM),
        px_per_mm=PX_PER_MM,
        lines=lines,
        dots=dots,
        relief_fold=changes.get("relief", 1.0),
        pores_per_cm2=25.0 * changes.get("pores", 1.0),
        melanin_ln=changes.get("melanin_ln", 0.0),
        blood_ln=changes.get("blood_ln", 0.0),
    )


def _furrow(
    corner: tuple[float, float], row: int, aside: float, length: float, turn: float, depth_um: float, width_mm: float
) -> Line:
    """One furrow in a row of a quarter, so long, turned, deep and wide."""
    middle = np.array([corner[0] + SIDE_MM / 4.0 + aside, corner[1] + 4.0 + _ROWS_APART_MM * row])
    reach = np.array([np.cos(turn), np.sin(turn)]) * length / 2.0
    return Line(tuple(middle - reach), tuple(middle + reach), depth_um, width_mm)


def wrinkled(tone: float, seed: int, deeper: float = 1.0) -> SkinPatch:
    """The same person with furrows in each quarter of the patch, about as deep as what counts as a line."""
    rng = np.random.default_rng([seed, 79])
    lines = []
    for corner in _CORNERS_MM:
        turn = rng.uniform(-0.3, 0.3)
        for row in rng.permutation(_ROWS)[:_FURROWS]:
            depth, length, aside, width = (rng.uniform(*ends) for ends in ((120, 400), (9, 17), (-2, 2), (0.2, 0.4)))
            lines.append(_furrow(corner, row, aside, length, turn, depth * deeper, width))
    patch = person(tone, seed)
    return dataclasses.replace(patch, lines=[*patch.lines, *lines])


def lined(tone: float, seed: int, quarter: int, deeper: float = 1.0) -> SkinPatch:
    """The same person with furrows that are nearly deep enough to count as lines, deeper in one quarter."""
    rng = np.random.default_rng([seed, 80])
    lines = []
    for number, corner in enumerate(_CORNERS_MM):
        fold = deeper if number == quarter else 1.0
        for row in rng.permutation(_ROWS)[:_FURROWS]:
            depth, length, aside, width = (rng.uniform(*ends) for ends in ((150, 260), (9, 17), (-2, 2), (0.2, 0.4)))
            turn = rng.uniform(-0.15, 0.15)
            lines.append(_furrow(corner, row, aside, length, turn, depth * fold, width))
    patch = person(tone, seed)
    return dataclasses.replace(patch, lines=[*patch.lines, *lines])


def zones() -> dict[str, list[tuple[float, float]]]:
    """Four zones of the patch, in pixels; the last one is small."""
    out = {}
    half = SIDE_MM / 2
    for number, (x, y) in enumerate(((0, 0), (1, 0), (0, 1), (1, 1))):
        low = np.array([x, y]) * (half - MARGIN_MM) + np.array([x * GAP_MM, y * GAP_MM]) + MARGIN_MM
        high = low + half - MARGIN_MM - GAP_MM
        if number == 3:
            high = low + (high - low) / 2.0
        (a, b), (c, d) = low * PX_PER_MM, high * PX_PER_MM
        out[f"zone_{number + 1}"] = [(a, b), (c, b), (c, d), (a, d)]
    return out


def light_seed(tone: float, who: int) -> int:
    """Seed of the lights and cameras of a pair: each person at each tone is taken in another light."""
    return 10 * who + TONES.index(tone)


def how_taken(rng: np.random.Generator, bare: bool = False) -> Retake:
    """How one photograph is taken: exposure and balance as a chart leaves them, or as they come."""
    exposure, balance = (0.1, 0.03) if bare else (0.01, 0.005)
    return Retake(exposure=exposure, balance=balance, blur_mm=float(rng.uniform(0.0, 0.03)))


def pair(
    before: SkinPatch,
    after: SkinPatch,
    skin_seed: int,
    seed: int,
    bare: bool = False,
    lesions: Polygons | None = None,
) -> Comparison:
    """Two photographs of one synthetic person, compared."""
    rng = np.random.default_rng([seed, 5])
    shots, drawn = [], [levels(render(before, skin_seed))]
    drawn.append(drawn[0] if after is before else levels(render(after, skin_seed)))
    for number, rgb in enumerate(drawn):
        # the first photograph is taken straight, so that its zones stand where they were drawn
        how = how_taken(rng, bare)
        if number == 0:
            how = Retake(0.0, how.gradient, how.exposure, how.balance, how.noise, how.blur_mm, how.quality)
        taken = retake(rgb, 2 * seed + number, how, 350.0, PX_PER_MM)[0]
        shots.append(Photograph(f"{number}", taken, declared=Declared(polarised=before.polarised)))
    return compare_photographs(
        *shots,
        polygons=zones(),
        lesions=lesions,
        scale=Scale(1 / PX_PER_MM, "ruler", 0.01),
        chart=False,
        errors=simulated_errors(not bare, before.polarised),
    )
