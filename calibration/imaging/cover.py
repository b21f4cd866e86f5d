"""Make-up and stubble drawn onto a real face: how often the gate misses them.

Run ``uv run python -m calibration.imaging.cover PHOTOGRAPH.jpg``; the figures stand in docs/imaging.md. Both are drawn,
not worn: an even layer that hides part of the skin's own colour, and short dark hairs on chin and upper lip.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from puncta.imaging import Declared, Photograph, Retake, compare_photographs, retake
from puncta.imaging.backend import opencv
from puncta.imaging.curve import levels, linear
from puncta.imaging.face import find_face
from puncta.imaging.scale import face_scale
from puncta.imaging.zones import face_outlines, labels

Bytes = NDArray[np.uint8]
PAIRS = 3


def made_up(rgb: Bytes, hidden: float, mm_per_px: float) -> Bytes:
    """A layer of the face's mean colour that hides a share of what lies below it, over everything."""
    cv2 = opencv()
    light = linear(rgb)
    even = cv2.GaussianBlur(light, (0, 0), 8.0 / mm_per_px / 8)
    return levels(light + hidden * (even - light))


def unshaved(rgb: Bytes, per_mm2: float, seed: int) -> Bytes:
    """Short dark hairs on chin and upper lip."""
    cv2 = opencv()
    face = find_face(rgb)
    mm_per_px = face_scale(face).mm_per_px
    outlines = [one for one in face_outlines(face) if one.name in ("chin", "upper_lip")]
    zone = labels(outlines, (rgb.shape[0], rgb.shape[1]), np.eye(2, 3), 1 / mm_per_px)
    rows, columns = np.nonzero(zone)
    rng = np.random.default_rng(seed)
    count = round(per_mm2 * len(rows) * mm_per_px**2)
    hairs = np.zeros(rgb.shape[:2], np.float32)
    for index in rng.integers(0, len(rows), count):
        turn = np.pi / 2 + rng.normal(0, 0.4)
        end = np.array([np.cos(turn), np.sin(turn)]) * 0.6 / mm_per_px
        start = (int(columns[index]), int(rows[index]))
        cv2.line(hairs, start, (int(start[0] + end[0]), int(start[1] + end[1])), 1.0, max(1, round(0.08 / mm_per_px)))
    light = linear(rgb)
    return levels(light * (1.0 - 0.6 * cv2.GaussianBlur(hairs, (0, 0), 0.7)[..., None]))


def main() -> None:
    """Print the share of pairs in which each was missed."""
    cv2 = opencv()
    whole = cv2.imread(sys.argv[1])
    fold = min(1.0, float(np.sqrt(8e6 / (whole.shape[0] * whole.shape[1]))))
    rgb = np.ascontiguousarray(cv2.resize(whole, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA)[..., ::-1])
    face = find_face(rgb)
    mm_per_px = face_scale(face).mm_per_px
    kinds = {
        "nothing": lambda seed: rgb,
        "make-up, hides 30 %": lambda seed: made_up(rgb, 0.3, mm_per_px),
        "make-up, hides 60 %": lambda seed: made_up(rgb, 0.6, mm_per_px),
        "stubble, 0.2 hairs a mm2": lambda seed: unshaved(rgb, 0.2, seed),
        "stubble, 0.6 hairs a mm2": lambda seed: unshaved(rgb, 0.6, seed),
    }
    declared = Declared(polarised=True)
    for name, worn in kinds.items():
        caught, values = 0, []
        for seed in range(PAIRS):
            later = retake(worn(seed), seed + 1, Retake(exposure=0.01), face.eye_distance_px)[0]
            pair = [Photograph(f"{number}", each, declared=declared) for number, each in enumerate((rgb, later))]
            found = compare_photographs(pair[0], pair[1], chart=False)
            failed = {check.name for check in found.checks if not check.passed}
            values.append({c.name: round(c.value, 2) for c in found.checks if c.name in ("cover", "stubble", "focus")})
            caught += bool(failed & {"cover", "stubble", "focus", "focus_far"})
        print(f"{name}: caught {caught} of {PAIRS}", values[0], flush=True)


if __name__ == "__main__":
    main()
