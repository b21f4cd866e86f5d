"""Make-up, stubble and spectacles drawn onto a real face: how often the gate misses them.

Run ``uv run python -m calibration.imaging.cover PHOTOGRAPH.jpg FIRST 10`` with a first seed that no run has seen;
``evidence/data/fitted/imaging_checks_cover.toml`` keeps, by what was drawn, the pairs, those that no check called, and
the calls and middle readings of each check. All are drawn, not worn: a layer of one colour that keeps the brightness
of skin and most of its relief; short dark hairs on chin and upper lip; a dark rim; and treatment, which is no cover.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from calibration.imaging.checked import keep
from numpy.typing import NDArray

from puncta.evidence import parameter
from puncta.imaging import Declared, Photograph, Retake, compare_photographs, retake
from puncta.imaging.backend import opencv
from puncta.imaging.chromophores import own_skin
from puncta.imaging.curve import levels, linear
from puncta.imaging.face import Face, find_face
from puncta.imaging.gate import Check
from puncta.imaging.scale import face_scale
from puncta.imaging.zones import face_outlines, labels

Bytes = NDArray[np.uint8]
CHECKS = ("cover", "cover_zones", "stubble", "same_bare")
_LIMITS = (
    "most_cover_change",
    "most_zone_cover_change",
    "least_cover_share",
    "most_stubble_change",
    "most_bare_change",
)
_PIXELS, _AROUND_MM, _EXCESS, FLOOR = 8e6, 8.0, 0.02, 1e-4


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


def faded(rgb: Bytes, mm_per_px: float, spots: float, redness: float) -> Bytes:
    """Treated, not made up: what is darker or redder than the skin around it loses a share of that."""
    cv2 = opencv()
    density = -np.log10(np.maximum(linear(rgb), FLOOR)).astype(np.float32)
    ways = own_skin(np.median(density[::7, ::7].reshape(-1, 3), axis=0)).directions()
    around = cv2.GaussianBlur(density, (0, 0), _AROUND_MM / mm_per_px)
    parts = cv2.transform(density - around, np.linalg.inv(ways.T).astype(np.float32))
    lost = np.maximum(parts[..., :2] - _EXCESS, 0.0) * np.array([spots, redness], np.float32)
    return levels(10.0 ** -(density - lost @ ways[:2].astype(np.float32)))


def kinds_of(rgb: Bytes, face: Face) -> dict[str, Callable[[int], Bytes]]:
    """What is drawn, by a name, for a seed."""
    mm = face_scale(face).mm_per_px

    def painted(hidden: float, *names: str) -> Callable[[int], Bytes]:
        return lambda seed: made_up(rgb, hidden, mm, seed, places(face, rgb, names) if names else None)

    def treated(spots: float, redness: float) -> Callable[[int], Bytes]:
        return lambda seed: faded(rgb, mm, spots, redness)

    cheeks = ("cheek_left", "cheek_right")
    return {
        "nothing": lambda seed: rgb,
        "spots_faded_50": treated(0.5, 0.0), "redness_faded_50": treated(0.0, 0.5), "both_faded_50": treated(0.5, 0.5),
        **{f"make_up_{hidden}": painted(hidden / 100.0) for hidden in (10, 20, 40)},
        **{f"make_up_cheeks_{hidden}": painted(hidden / 100.0, *cheeks) for hidden in (10, 20, 40)},
        "make_up_nose_20": painted(0.2, "nose"), "make_up_forehead_20": painted(0.2, "forehead"),
        **{f"stubble_{round(100 * each):03d}": partial(unshaved, rgb, face, each) for each in (0.05, 0.1, 0.2, 0.6)},
        "spectacles": partial(rimmed, rgb, face),
    }  # fmt: skip


def found_of(rgb: Bytes, worn: Bytes, face: Face, seed: int) -> dict[str, Check]:
    """Checks of a pair, by name."""
    later = retake(worn, seed + 1, Retake(exposure=0.01), face.eye_distance_px)[0]
    declared = Declared(polarised=True)
    pair = [Photograph(f"{number}", each, declared=declared) for number, each in enumerate((rgb, later))]
    return {check.name: check for check in compare_photographs(pair[0], pair[1], chart=False).checks}


def main() -> None:
    """Write how many pairs of each kind were called, and by which check."""
    cv2 = opencv()
    whole = cv2.imread(sys.argv[1])
    first, pairs = int(sys.argv[2]), int(sys.argv[3])
    fold = min(1.0, float(np.sqrt(_PIXELS / (whole.shape[0] * whole.shape[1]))))
    rgb = np.ascontiguousarray(cv2.resize(whole, None, fx=fold, fy=fold, interpolation=cv2.INTER_AREA)[..., ::-1])
    face = find_face(rgb)
    lines = []
    for kind, worn in kinds_of(rgb, face).items():
        number = 2 * pairs if kind == "nothing" else pairs
        rows = [found_of(rgb, worn(seed), face, seed) for seed in range(first, first + number)]
        called = {name: sum(not row[name].passed for row in rows) for name in CHECKS}
        read = {name: float(f"{np.median([row[name].value for row in rows]):.3g}") for name in CHECKS[:3]}
        missed = sum(all(row[name].passed for name in CHECKS) for row in rows)
        lines += ["", f"[{kind}]", f"pairs = {number}", f"missed = {missed}",
                  *(f"{name} = {count}" for name, count in called.items()),
                  *(f"{name}_reads = {value}" for name, value in read.items())]  # fmt: skip
        print(kind, missed, called, read, flush=True)
    about = {"first_seed": first, "cover_hash": f'"{cover_hash()}"'}
    keep("cover", "cover PHOTOGRAPH.jpg", about, lines)


def cover_hash() -> str:
    """Hash of the limits that decide."""
    limits = "".join(f"{name}={parameter(f'imaging.{name}').value}" for name in _LIMITS)
    return hashlib.sha256(limits.encode()).hexdigest()[:16]


if __name__ == "__main__":
    main()
