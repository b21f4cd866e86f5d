"""Make-up, stubble and spectacles drawn onto a real face: how often the gate misses them.

Run ``uv run python -m calibration.imaging.cover PHOTOGRAPH.jpg [first seed]``; the figures stand in docs/imaging.md.
All are drawn, not worn: a layer of one colour that keeps the brightness of skin and most of its relief; short dark
hairs on chin and upper lip; a dark rim.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from puncta.imaging import Declared, Photograph, Retake, compare_photographs, retake
from puncta.imaging.backend import opencv
from puncta.imaging.curve import levels, linear
from puncta.imaging.face import Face, find_face
from puncta.imaging.scale import face_scale
from puncta.imaging.zones import face_outlines, labels

Bytes = NDArray[np.uint8]
PAIRS = 6
CHECKS = ("cover", "stubble", "same_bare", "focus", "focus_far", "light_colour", "light_level", "aligned")


def made_up(rgb: Bytes, hidden: float, mm_per_px: float, seed: int, zones: NDArray[np.uint8] | None = None) -> Bytes:
    """A layer that hides a share of the skin's own colour, everywhere or in some zones."""
    cv2 = opencv()
    rng = np.random.default_rng(seed)
    light = linear(rgb)
    bright = light.mean(axis=2)
    wide = cv2.GaussianBlur(bright, (0, 0), 3.0 / mm_per_px)
    tint = np.median(light[::7, ::7].reshape(-1, 3), axis=0) * np.exp(rng.normal(0.0, 0.03, 3))
    relief = (bright / np.maximum(wide, 1e-4)) ** 0.7
    even = (wide * relief)[..., None] * (tint / tint.mean()).astype(np.float32)
    share = np.full(rgb.shape[:2], hidden, np.float32)
    if zones is not None:
        share = cv2.GaussianBlur((zones > 0).astype(np.float32) * hidden, (0, 0), 2.0 / mm_per_px)
    return levels(light + share[..., None] * (even.astype(np.float32) - light))


def places(face: Face, rgb: Bytes, names: Sequence[str]) -> NDArray[np.uint8]:
    """Some zones as numbers on the photograph."""
    mm_per_px = face_scale(face).mm_per_px
    outlines = [one for one in face_outlines(face) if one.name in names]
    return labels(outlines, (rgb.shape[0], rgb.shape[1]), np.eye(2, 3), 1 / mm_per_px)


def unshaved(rgb: Bytes, face: Face, per_mm2: float, seed: int) -> Bytes:
    """Short dark hairs on chin and upper lip."""
    cv2 = opencv()
    mm_per_px = face_scale(face).mm_per_px
    rows, columns = np.nonzero(places(face, rgb, ("chin", "upper_lip")))
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


def rimmed(rgb: Bytes, face: Face, seed: int) -> Bytes:
    """Dark rims of spectacles, 1.5 to 3 mm wide."""
    cv2 = opencv()
    rng = np.random.default_rng(seed)
    mm, flat, out = 1.0 / face_scale(face).mm_per_px, face.points[:, :2], np.array(rgb)
    width = max(1, int(rng.uniform(1.5, 3.0) * mm))
    reach = int(rng.uniform(21, 26) * mm), int(rng.uniform(16, 21) * mm)
    for outer, inner in ((33, 133), (263, 362)):
        middle = (flat[outer] + flat[inner]) / 2.0 + np.array([0.0, 3.0 * mm])
        cv2.ellipse(out, (int(middle[0]), int(middle[1])), reach, 0, 0, 360, (25, 22, 20), width, cv2.LINE_AA)
    return out


def main() -> None:
    """Print the share of pairs in which each was missed."""
    cv2 = opencv()
    whole = cv2.imread(sys.argv[1])
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    fold = min(1.0, float(np.sqrt(8e6 / (whole.shape[0] * whole.shape[1]))))
    rgb = np.ascontiguousarray(cv2.resize(whole, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA)[..., ::-1])
    face = find_face(rgb)
    mm = face_scale(face).mm_per_px
    cheeks = places(face, rgb, ("cheek_left", "cheek_right"))
    kinds = {
        "nothing": lambda seed: rgb,
        "make-up, hides 10 %": lambda seed: made_up(rgb, 0.1, mm, seed),
        "make-up, hides 20 %": lambda seed: made_up(rgb, 0.2, mm, seed),
        "make-up, hides 40 %": lambda seed: made_up(rgb, 0.4, mm, seed),
        "make-up on the cheeks alone, hides 40 %": lambda seed: made_up(rgb, 0.4, mm, seed, cheeks),
        "stubble, 0.05 hairs a mm2": lambda seed: unshaved(rgb, face, 0.05, seed),
        "stubble, 0.1 hairs a mm2": lambda seed: unshaved(rgb, face, 0.1, seed),
        "stubble, 0.2 hairs a mm2": lambda seed: unshaved(rgb, face, 0.2, seed),
        "stubble, 0.6 hairs a mm2": lambda seed: unshaved(rgb, face, 0.6, seed),
        "spectacles": lambda seed: rimmed(rgb, face, seed),
    }
    declared = Declared(polarised=True)
    for name, worn in kinds.items():
        caught, values = 0, []
        for seed in range(first, first + PAIRS):
            later = retake(worn(seed), seed + 1, Retake(exposure=0.01), face.eye_distance_px)[0]
            pair = [Photograph(f"{number}", each, declared=declared) for number, each in enumerate((rgb, later))]
            found = compare_photographs(pair[0], pair[1], chart=False)
            values.append({c.name: c.value for c in found.checks if c.name in CHECKS})
            caught += any(not check.passed for check in found.checks if check.name in CHECKS)
        middle = {key: f"{np.median([one[key] for one in values if key in one]):.3f}" for key in values[0]}
        print(f"{name}: missed {PAIRS - caught} of {PAIRS}", middle, flush=True)


if __name__ == "__main__":
    main()
