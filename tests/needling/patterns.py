"""Patterns that several tests lay: pens at their usual and at a slow pace, a roller, a stamp."""

import numpy as np

from puncta.evidence import nominal
from puncta.needling import OnePass, PatternParameters, device, one_pass

LAW = nominal(PatternParameters)


def pen(key: str, speed_cm_per_s: float, strokes_per_s: float, swath_cm: float) -> OnePass:
    speed, rate, swath = (np.array([x]) for x in (speed_cm_per_s, strokes_per_s, swath_cm))
    return one_pass(device(key), speed, rate, swath, LAW)


def stamp(needles_a_side: int, pitch_mm: float) -> OnePass:
    places = np.column_stack(np.divmod(np.arange(needles_a_side**2), needles_a_side)).astype(float)
    side = np.array([needles_a_side * pitch_mm])
    return OnePass(np.array([100 / pitch_mm**2]), side, side, places, np.array([pitch_mm]), True, True)


ROLLER = one_pass(device("dermaroller_mf8"), np.ones(1), np.ones(1), np.array([2.0]), LAW)
PATTERNS = {
    "six needles, 3 cm/s": pen("exceed", 3.0, 120.0, 0.5),
    "six needles, 1 cm/s": pen("exceed", 1.0, 150.0, 0.5),
    "six needles, 6 cm/s": pen("exceed", 6.0, 75.0, 0.5),
    "twelve needles, 3 cm/s": pen("rejuvapen_nxt", 3.0, 100.0, 0.55),
    "fourteen needles, 2 cm/s": pen("skinpen_precision", 2.0, 116.7, 0.6),
    "roller": ROLLER,
    "stamp": stamp(10, 1.0),
}
