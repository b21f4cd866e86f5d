"""Photographs against peers: a plain scikit-image pipeline of the same figures, and SimpleITK's B-spline registration.

Each candidate runs once in a process of its own, imports and decoding counted:

    uv run --group bench python -m benchmarks.imaging PHOTOGRAPH.jpg [megapixels]

The photograph is not part of the project; any sharp frontal face serves. The plain pipeline computes, on the same crop
of the face, what imaging.md calls the whole chain: densities and unmixing, L*a*b* and ITA, spots, redness, ridges at
three scales along sixteen directions, pores and texture, in double precision at the photograph's own pixels, as one
writes it first. Ours measures at 8 pixels a millimetre, which is its definition, so a second row gives the plain
pipeline that same smaller picture.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_EYES_MM, _FINE = 88.0, 8.0


def ours(file: str) -> dict[str, Any]:
    from puncta.imaging import Declared, measure_photograph, read_photograph

    photo = read_photograph(file, Declared(polarised=True))
    _, found, _ = measure_photograph(photo, chart=False)
    return {zone.zone: dict(zone.values) for zone in found.zones}


def plain(file: str, shrink: bool = False) -> dict[str, Any]:
    """What a scientist writes first; zones and scale are taken from ours, not counted against it."""
    import numpy as np
    from scipy import ndimage
    from skimage import color, feature, filters, io, morphology, transform

    given = json.loads(Path(f"{file}.zones.json").read_text())
    left, top, right, bottom = given["box"]
    rgb = io.imread(file)[top:bottom, left:right] / 255.0
    per_mm = given["px_per_mm"]
    if shrink:
        rgb = transform.resize(rgb, [round(n * _FINE / per_mm) for n in rgb.shape[:2]], anti_aliasing=True)
    zones = transform.resize(
        np.load(f"{file}.zones.npy"), rgb.shape[:2], order=0, preserve_range=True, anti_aliasing=False
    ).astype(int)
    per_mm = _FINE if shrink else per_mm
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    density = -np.log10(np.maximum(linear, 1e-5))
    axes = np.array([(0.237, 0.460, 0.856), (0.237, 0.656, 0.717), (1 / 3**0.5,) * 3])
    melanin, blood, _ = np.moveaxis(density @ np.linalg.inv(axes), -1, 0)
    lab = color.rgb2lab(rgb)
    ita = np.degrees(np.arctan2(lab[..., 0] - 50, lab[..., 2]))
    skin = (zones > 0).astype(float)

    def above(part: np.ndarray, blur: float, reach: float) -> np.ndarray:
        weight = filters.gaussian(skin, reach * per_mm)
        mean = filters.gaussian(part * skin, reach * per_mm) / np.maximum(weight, 1e-4)
        return filters.gaussian(part, blur * per_mm) - mean

    spots, red = above(melanin, 0.25, 8.0), above(blood, 0.4, 12.0)
    green = density[..., 1]
    ridge = np.zeros_like(green)
    for scale in (0.15, 0.3, 0.6):
        sigma = scale * per_mm
        hessian = feature.hessian_matrix(green, sigma=sigma, use_gaussian_derivatives=False, order="rc")
        values = np.sort(-np.stack(feature.hessian_matrix_eigvals(hessian)), axis=0)
        ridge = np.maximum(ridge, sigma**2 * np.maximum(values[1] - np.abs(values[0]), 0))
    reach = int(1.75 * per_mm)
    strength = np.zeros_like(ridge)
    for turn in np.pi * np.arange(16) / 16:
        kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
        for step in np.linspace(-reach, reach, 4 * reach):
            kernel[round(reach + step * np.sin(turn)), round(reach + step * np.cos(turn))] = 1
        strength = np.maximum(
            strength, ndimage.convolve(ridge, kernel / kernel.sum()) if reach < 4 else _fft(ridge, kernel)
        )
    texture = filters.gaussian(green, 0.15 * per_mm) - filters.gaussian(green, 0.6 * per_mm)
    dots = filters.gaussian(green, 0.12 * per_mm) - filters.gaussian(green, 0.3 * per_mm)
    peaks = feature.peak_local_max(dots, min_distance=max(1, round(0.3 * per_mm)), threshold_abs=0.018)
    morphology.remove_small_objects(spots > 0.12, max_size=int(0.3 * per_mm**2))
    out = {}
    at = zones[peaks[:, 0], peaks[:, 1]]
    for number, name in enumerate(given["names"], 1):
        on = zones == number
        area = on.sum() / per_mm**2 / 100
        out[name] = {
            "texture": float(np.sqrt(np.mean(texture[on] ** 2))), "line_strength": float(np.mean(strength[on])),
            "ita": float(np.median(ita[on])), "pores": float((at == number).sum() / area),
            "redness": float(100 * np.mean(np.where(red[on] > 0.06, red[on], 0))),
        }  # fmt: skip
    return out


def _fft(picture: Any, kernel: Any) -> Any:
    from scipy.signal import fftconvolve

    return fftconvolve(picture, kernel / kernel.sum(), mode="same")


def register_ours(first: str, second: str) -> dict[str, Any]:
    import numpy as np

    from benchmarks.imaging_frames import frames

    before, after, start, skin, check = frames(first, second)
    from puncta.imaging.align import align

    begun = time.process_time()
    found = align(before, after, start, skin)
    spent = time.process_time() - begun
    error = check(found.to_later)
    return {"seconds": spent, "median_px": float(np.median(error)), "p95_px": float(np.percentile(error, 95))}


def register_simpleitk(first: str, second: str) -> dict[str, Any]:
    """B-spline of 10 x 16 control points, from landmarks, on the same pictures at a quarter."""
    import numpy as np
    import SimpleITK

    from benchmarks.imaging_frames import frames
    from puncta.imaging.align import compose, inverse, normalised, placed_grid
    from puncta.imaging.backend import opencv

    before, after, start, _, check = frames(first, second)
    cv2 = opencv()
    here, there = before.half(), after.half()
    affine = compose(there.place, compose(start, inverse(here.place)))
    grid = placed_grid(affine, here.shape)
    fixed, whole = normalised(here), normalised(there)
    moved = cv2.remap(whole, grid, None, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    begun = time.process_time()
    sitk = SimpleITK
    one, two = sitk.GetImageFromArray(fixed), sitk.GetImageFromArray(moved)
    form = sitk.BSplineTransformInitializer(one, [10, 16], order=3)
    method = sitk.ImageRegistrationMethod()
    method.SetMetricAsCorrelation()
    method.SetMetricSamplingStrategy(method.RANDOM)
    method.SetMetricSamplingPercentage(0.2, seed=1)
    method.SetOptimizerAsLBFGSB(gradientConvergenceTolerance=1e-5, numberOfIterations=60)
    method.SetShrinkFactorsPerLevel([4, 2, 1])
    method.SetSmoothingSigmasPerLevel([2, 1, 0])
    method.SetInterpolator(sitk.sitkLinear)
    method.SetInitialTransform(form, inPlace=True)
    done = method.Execute(one, two)
    where = one.GetSize(), one.GetOrigin(), one.GetSpacing(), one.GetDirection()
    field = sitk.TransformToDisplacementField(done, sitk.sitkVectorFloat32, *where)
    flow = sitk.GetArrayFromImage(field)
    spent = time.process_time() - begun
    coarse = cv2.transform(placed_grid(np.eye(2, 3), here.shape) + flow, affine.astype(np.float32))
    size = before.shape[1], before.shape[0]
    error = check(2.0 * cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR) + 0.5)
    return {"seconds": spent, "median_px": float(np.median(error)), "p95_px": float(np.percentile(error, 95))}


def warm(file: str) -> None:
    """Every module of both sides once, so that none is compiled while it is timed."""
    import skimage.color
    import skimage.feature
    import skimage.filters
    import skimage.io
    import skimage.morphology
    import skimage.transform

    skimage.io.imread(file)
    ours(file)


def prepare(file: str, megapixels: str, folder: str) -> Any:
    from benchmarks.imaging_frames import prepare_files

    return prepare_files(Path(file), float(megapixels), Path(folder))


def _alone(*arguments: str) -> dict[str, Any]:
    # as after an installation: code is compiled once, by nobody who is timed
    world = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "benchmarks.imaging", "--run", *arguments]
    begun = time.time()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=world)
    if done.returncode:
        raise SystemExit(done.stderr)
    return {**json.loads(done.stdout.splitlines()[-1]), "wall_seconds": time.time() - begun}


def _run(name: str, *arguments: str) -> None:
    known = {
        "ours": ours, "plain": plain, "plain_small": lambda file: plain(file, True), "warm": warm,
        "prepare": prepare, "register_ours": register_ours, "register_simpleitk": register_simpleitk,
    }  # fmt: skip
    found = known[name](*arguments)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime
    print(json.dumps({"found": found, "cpu_seconds": spent, "peak_mb": used.ru_maxrss / 1024}))


def main(file: str, megapixels: float) -> None:
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        # in a process of its own: a child's peak memory counts from its parent's
        made = _alone("prepare", file, str(megapixels), folder)
        first, second, pixels = made["found"]
        _alone("warm", first)
        rows = {name: _alone(name, first) for name in ("ours", "plain_small", "plain")}
        decoded = pixels * 3 * 4 / 2**20
        for name, row in rows.items():
            print(
                f"{name:12} {row['cpu_seconds']:8.2f} s processor {row['wall_seconds']:8.1f} s",
                f"{row['peak_mb']:7.0f} MB peak = {row['peak_mb'] / decoded:.1f} x float32",
                flush=True,
            )
        for name in ("plain", "plain_small"):
            ratios = [rows[name][kind] / rows["ours"][kind] for kind in ("cpu_seconds", "wall_seconds")]
            print(f"{name} / ours: {ratios[0]:.1f} (processor), {ratios[1]:.1f} (wall)", flush=True)
            for metric in ("texture", "line_strength", "ita", "pores", "redness"):
                zones = list(rows["ours"]["found"])
                pairs = np.array([[rows[x]["found"][zone][metric] for x in ("ours", name)] for zone in zones])
                print(f"  {metric:14} r over 13 zones {np.corrcoef(pairs.T)[0, 1]:.3f}")
        both = {name: _alone(name, first, second) for name in ("register_ours", "register_simpleitk")}
        for name, row in both.items():
            print(name, {key: round(value, 2) for key, value in row["found"].items()})
        spent = {name: row["found"]["seconds"] for name, row in both.items()}
        print(f"SimpleITK / ours: {spent['register_simpleitk'] / spent['register_ours']:.1f} (processor)")


if __name__ == "__main__":
    if sys.argv[1] == "--run":
        _run(*sys.argv[2:])
    else:
        main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 24.0)
