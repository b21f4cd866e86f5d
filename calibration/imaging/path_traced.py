"""A second truth: the same skin lit by a path tracer, with shadows and light that bounces, instead of our own lighting.

Run ``uv run --group calibration python -m calibration.imaging.path_traced``; the figures stand in docs/imaging.md.
Lines of known depth must come back as stronger the deeper they are, and spots of known melanin by their amount, whoever
lights them. Mitsuba lights surfaces, not the inside of skin: it spreads no light within skin, as ours does.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from calibration.imaging.people import PX_PER_MM
from numpy.typing import NDArray

from puncta.imaging import Dot, Line, Photograph, Scale, SkinPatch, measure_photograph, render
from puncta.imaging.curve import levels
from puncta.imaging.render import melanin_density, melanin_of_tone, surface

Float = NDArray[np.float32]
DEPTHS_UM = (15.0, 30.0, 45.0, 60.0, 80.0, 100.0, 120.0, 150.0)
MELANIN_LN = (-0.3, -0.15, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
SIDE_MM, FIRST_MM, STEP_MM = 45.0, 5.0, 5.0
SUN, SKY, SAMPLES = 1.2, 0.35, 128
_END_MM = 3.0


def patch(tone: float) -> SkinPatch:
    """Eight lines of known depth above, eight spots of known melanin below."""
    places = [FIRST_MM + STEP_MM * number for number in range(len(DEPTHS_UM))]
    lines = [Line((4.0, y), (18.0, y), depth) for y, depth in zip(places, DEPTHS_UM, strict=True)]
    dots = [Dot((32.0, y), 1.6, melanin_ln=step) for y, step in zip(places, MELANIN_LN, strict=True)]
    return SkinPatch(tone, (SIDE_MM, SIDE_MM), PX_PER_MM, lines, dots, relief_fold=0.3, pores_per_cm2=0.0)


def traced(skin: SkinPatch, seed: int) -> Float:
    """The patch by a path tracer: one far light at 45 degrees and an even sky."""
    mitsuba: Any = import_module("mitsuba")  # of the group calibration, which tests do not install
    mitsuba.set_variant("scalar_rgb")
    colour, height_um = surface(skin, seed)
    with tempfile.TemporaryDirectory() as folder:
        mesh = Path(folder) / "skin.ply"
        _write_mesh(mesh, height_um * 1e-3, skin.px_per_mm)
        half = skin.size_mm[0] / 2.0
        scene = mitsuba.load_dict({
            "type": "scene", "integrator": {"type": "path", "max_depth": 4},
            "skin": {"type": "ply", "filename": str(mesh), "face_normals": False, "bsdf": {"type": "diffuse",
                "reflectance": {"type": "bitmap", "bitmap": mitsuba.Bitmap(np.ascontiguousarray(colour[::-1])),
                                "raw": True, "filter_type": "bilinear"}}},
            "sun": {"type": "directional", "direction": [0.0, -1.0, -1.0],
                    "irradiance": {"type": "rgb", "value": [SUN] * 3}},
            "sky": {"type": "constant", "radiance": {"type": "rgb", "value": [SKY] * 3}},
            "camera": {"type": "orthographic", "to_world": mitsuba.ScalarTransform4f().look_at(
                origin=[half, half, 50.0], target=[half, half, 0.0], up=[0.0, 1.0, 0.0]
            ) @ mitsuba.ScalarTransform4f().scale([half, half, 1.0]),
                "film": {"type": "hdrfilm", "width": colour.shape[1], "height": colour.shape[0],
                         "rfilter": {"type": "gaussian"}, "pixel_format": "rgb"},
                "sampler": {"type": "independent", "sample_count": SAMPLES, "seed": seed}},
        })  # fmt: skip
        seen: Any = np.array(mitsuba.render(scene), dtype=np.float32)
    # looking down, the camera's left is the picture's right
    seen = seen[:, ::-1] if _mirrored(seen, colour) else seen
    return np.ascontiguousarray(seen * np.float32(np.median(colour) / np.median(seen)))


def _mirrored(seen: Float, colour: Float) -> bool:
    grey, own = seen.mean(axis=2), colour.mean(axis=2)
    return float(np.corrcoef(grey[:, ::-1].ravel(), own.ravel())[0, 1]) > float(
        np.corrcoef(grey.ravel(), own.ravel())[0, 1]
    )


def _write_mesh(path: Path, height_mm: Float, px_per_mm: float) -> None:
    rows, columns = height_mm.shape
    x, y = np.meshgrid((np.arange(columns) + 0.5) / px_per_mm, (rows - np.arange(rows) - 0.5) / px_per_mm)
    u, v = x * px_per_mm / columns, y * px_per_mm / rows
    points = np.stack([x, y, height_mm, u, v], axis=-1).reshape(-1, 5).astype("<f4")
    corner = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    one = np.stack([corner, corner + columns, corner + 1], axis=1)
    two = np.stack([corner + 1, corner + columns, corner + columns + 1], axis=1)
    faces = np.concatenate([one, two]).astype("<i4")
    table = np.empty(len(faces), dtype=[("n", "u1"), ("at", "<i4", 3)])
    table["n"], table["at"] = 3, faces
    head = "\n".join([
        "ply", "format binary_little_endian 1.0", f"element vertex {len(points)}",
        *(f"property float {name}" for name in ("x", "y", "z", "u", "v")),
        f"element face {len(faces)}", "property list uchar int vertex_indices", "end_header", "",
    ])  # fmt: skip
    path.write_bytes(head.encode() + points.tobytes() + table.tobytes())


def read(light: Float, skin: SkinPatch) -> tuple[list[float], list[float]]:
    """Strength along each line, and melanin of each spot against its surround."""
    side = SIDE_MM * PX_PER_MM
    spots = {}
    turns = 2.0 * np.pi * np.arange(24) / 24
    for number, dot in enumerate(skin.dots):
        ring = np.array(dot.centre_mm) + dot.radius_mm * np.stack([np.cos(turns), np.sin(turns)], axis=1)
        spots[f"spot_{number}"] = [(float(x), float(y)) for x, y in ring * PX_PER_MM]
    zone = {"all": [(20.0, 20.0), (side - 20, 20.0), (side - 20, side - 20), (20.0, side - 20)]}
    ready, found, _ = measure_photograph(
        Photograph("skin", levels(light)), polygons=zone, lesions=spots, scale=Scale(0.1, "ruler", 0.01), chart=False
    )
    place, per_mm = ready.maps.coarse.place, PX_PER_MM
    strengths = []
    for line in skin.lines:
        inner = np.array([_END_MM, 0.0])
        at = np.linspace(np.array(line.start_mm) + inner, np.array(line.end_mm) - inner, 60) * per_mm
        x, y = np.rint(at @ place[:, :2].T + place[:, 2]).astype(int).T
        strengths.append(float(np.mean(np.max([ready.maps.strength[y + k, x] for k in (-1, 0, 1)], axis=0))))
    return strengths, [one.values.get("contrast_melanin", float("nan")) for one in found.lesions]


def main() -> None:
    """Print how lines and spots come back under both lights."""
    for tone in [float(x) for x in sys.argv[1:]] or [45.0, 10.0, -20.0]:
        skin = patch(tone)
        base = melanin_of_tone(tone)
        truth = melanin_density(base * np.exp(np.array(MELANIN_LN))) - melanin_density(np.array([base]))
        for name, light in (("ours", render(skin, 5)), ("path tracer", traced(skin, 5))):
            lines, spots = read(light, skin)
            told = np.isfinite(spots)
            slope, r = _fit(truth[told], np.array(spots)[told])
            rise, along = _fit(np.array(DEPTHS_UM), np.array(lines))
            print(
                f"{tone:5.0f} {name:12} lines r {along:.3f}, strength per 100 um {100 * rise:.3f};",
                f"spots: slope {slope:.2f}, r {r:.3f}, told {told.sum()}",
                flush=True,
            )


def _fit(truth: NDArray[np.float64], told: NDArray[np.float64]) -> tuple[float, float]:
    return float(np.polyfit(truth, told, 1)[0]), float(np.corrcoef(truth, told)[0, 1])


if __name__ == "__main__":
    main()
