"""Three needle arrays beside each other: what each must do to injure as much skin, equally deep.

    uv run python examples/device_design.py FOLDER

prints a table and writes device_design.svg into the folder. One array is a cleared pen of 6 thick needles, one of 12,
and one of 36 thin needles comes from the folder `devices` beside this file. Each is asked for the volume that the first
injures in four passes at 1.0 mm.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from puncta.evidence import draw
from puncta.needling import (
    Channels,
    Device,
    NeedlingParameters,
    PunctureSpread,
    Wound,
    device,
    devices,
    hand,
    injury_histogram,
    needle,
    spread_of_punctures,
    throw_punctures,
    wound,
)
from puncta.person import People, Person, Sex
from puncta.report.charts.canvas import Canvas, canvas
from puncta.report.theme import theme
from puncta.skin import skin_layers

Array = NDArray[np.float64]

ARRAYS = ("exceed", "rejuvapen_nxt", "array_36")
OWN = Path(__file__).parent / "devices"
ZONE, DIAL_MM, REFERENCE_PASSES, AREA_CM2 = "cheek_left", 1.0, 4, 100.0
DRAWS, SEED = 200, 0
SQUARE_MM = 8.0
TOKENS = ("med", "act", "untreat")


@dataclass(frozen=True)
class Design:
    """What one array needs for the volume asked of it, and what whole passes then give."""

    device: Device
    needed_per_cm2: Array
    per_pass_per_cm2: Array
    passes: int
    spread: PunctureSpread
    wound: Wound
    minutes: Array
    punctures_mm: Array


def designs(thickness_matters: bool) -> list[Design]:
    """Work out every array on the same people.

    Parameters
    ----------
    thickness_matters : bool
        False keeps the width of channels as the model has it: it follows depth alone. True makes it grow with the
        thickness of the needle, against that of the first array: an assumption to design with, not a finding.
    """
    people = People.like(Person("design", 35, Sex.FEMALE, 65, 3), DRAWS, SEED)
    layers = skin_layers(ZONE, people, SEED)
    known, law = devices(OWN), draw(NeedlingParameters, DRAWS, SEED)
    first = device(ARRAYS[0], known)
    asked: Array | None = None
    found = []
    for key in ARRAYS:
        tool = device(key, known)
        once = needle(tool, ZONE, DIAL_MM, 1, AREA_CM2, hand(tool, None, None, DRAWS, SEED), layers, SEED)
        wider = tool.needle_diameter_mm / first.needle_diameter_mm if thickness_matters else 1.0
        own = dataclasses.replace(law, radius_limit_mm=law.radius_limit_mm * wider)
        depth, one, epidermis = once.wound.depth_mm, once.one_pass, layers.epidermis_mm
        if asked is None:
            asked = wound(depth, REFERENCE_PASSES * one.density_per_cm2, epidermis, own).injury_mm3_per_cm2
        needed = _density_for(asked, depth, epidermis, own)
        passes = int(np.ceil(np.median(needed / one.density_per_cm2) - 1e-6))
        made = wound(depth, passes * one.density_per_cm2, epidermis, own)
        found.append(
            Design(
                tool,
                needed,
                one.density_per_cm2,
                passes,
                spread_of_punctures(one, np.full(DRAWS, float(passes)), made.surface_radius_mm),
                made,
                passes * once.minutes,
                throw_punctures(one, passes, SQUARE_MM, SEED, draw=_middle(one.density_per_cm2)),
            )
        )
    return found


def _middle(values: Array) -> int:
    return int(np.argsort(values)[len(values) // 2])


def _density_for(volume: Array, depth: Array, epidermis: Array, law: NeedlingParameters) -> Array:
    """Density that injures a volume, by halving: more punctures never injure less."""
    low, high = np.zeros_like(volume), np.full_like(volume, 1e5)
    for _ in range(60):
        middle = 0.5 * (low + high)
        enough = wound(depth, middle, epidermis, law).injury_mm3_per_cm2 >= volume
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def table(found: Sequence[Design]) -> str:
    """The comparison as text: medians of 200 simulated people."""
    head = ("", *(f"{one.device.needles} x {one.device.needle_diameter_mm:g} mm" for one in found))
    rows: list[tuple[str, ...]] = [head]

    def row(name: str, write: str, values: Sequence[Array | float]) -> None:
        rows.append((name, *(format(float(np.median(value)), write) for value in values)))

    row("punctures needed per cm2", ",.0f", [one.needed_per_cm2 for one in found])
    row("one pass gives per cm2", ",.0f", [one.per_pass_per_cm2 for one in found])
    row("whole passes", ".0f", [float(one.passes) for one in found])
    row("punctures then per cm2", ",.0f", [one.spread.density_per_cm2 for one in found])
    row("reached depth, mm", ".2f", [one.wound.depth_mm for one in found])
    row("injured, mm3 per cm2", ".2f", [one.wound.injury_mm3_per_cm2 for one in found])
    row("opened skin, %", ".1f", [100 * one.spread.opened_area_fraction for one in found])
    row("opened twice, % of mouths", ".1f", [100 * one.spread.overlap_fraction for one in found])
    row("counts per mm2 vary by, %", ".0f", [100 * one.spread.count_variation_fold for one in found])
    row("... times what chance does", ".2f", [np.sqrt(one.spread.dispersion_fold) for one in found])
    row("bleeding channels per cm2", ",.0f", [one.wound.bleeding_fraction * one.wound.density_per_cm2 for one in found])
    row("minutes for 100 cm2", ".1f", [one.minutes for one in found])
    widths = [max(len(line[column]) for line in rows) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in rows
    )


def draw_designs(found: Sequence[Design], folder: Path) -> Path:
    """Write the injury histogram and a square of skin for each array."""
    width, height, left, right, top, bottom = 640.0, 500.0, 34.0, 500.0, 28.0, 220.0
    depths = np.linspace(0.0, 1.2, 81)
    shares = [_share_by_depth(one.wound.channels, depths) for one in found]
    highest = 5.0 * np.ceil(max(share[0] for share in shares) / 5.0)
    with canvas(width, height, "device_design") as sheet:
        sheet.text(0, 12, "skin injured to at least this depth, % of the area", "ink", "t2", bold=True)
        for guide in np.linspace(0.0, highest, 3):
            y = bottom - (bottom - top) * guide / highest
            sheet.line((left, right), (y, y), "rule" if guide else "ink3")
            sheet.text(left - 6, y + 4, f"{guide:g}", anchor="right")
        plot = sheet.axes((left, top, right, bottom), (0.0, depths[-1]), (0.0, highest))
        for share, token in zip(shares, TOKENS, strict=True):
            dashes = (0, (5.0, 3.0)) if token == "untreat" else "solid"
            plot.plot(depths, share, color=theme().light(token), linewidth=2.2, linestyle=dashes, clip_on=False)
        for mark in (0.0, 0.3, 0.6, 0.9, 1.2):
            x = left + (right - left) * mark / depths[-1]
            sheet.line((x, x), (bottom, bottom + 4), "ink3")
            sheet.text(x, bottom + 17, f"{mark:g}" + (" mm" if mark == depths[-1] else ""), anchor="center")
        for index, (one, token) in enumerate(zip(found, TOKENS, strict=True)):
            sheet.text(right - 150, top + 22 + 17 * index, _name(one), token, "t1", bold=True)
            _square(sheet, one, token, 214.0 * index, 296.0)
        chart = sheet.finish(
            "device_design",
            "Skin injured by depth, and punctures on 8 mm by 8 mm, for " + ", ".join(_name(one) for one in found),
        )
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "device_design.svg"
    file.write_text(chart.svg, encoding="utf-8")
    return file


def _share_by_depth(channels: Channels, depths_mm: Array) -> Array:
    return 100.0 * np.median(injury_histogram(channels, np.zeros(1), depths_mm).deeper_fraction, axis=1)


def _name(one: Design) -> str:
    return (
        f"{one.device.needles} needles, {one.passes} passes"
        if one.passes > 1
        else f"{one.device.needles} needles, 1 pass"
    )


def _square(sheet: Canvas, one: Design, token: str, left: float, top: float) -> None:
    side = 196.0
    sheet.text(left, top - 6, f"{_name(one)}, 8 x 8 mm", "ink")
    plot = sheet.axes((left, top, left + side, top + side), (0.0, SQUARE_MM), (0.0, SQUARE_MM))
    # a mouth at its true width: diameter in mm, times px per mm
    size = 2.0 * float(np.median(one.wound.surface_radius_mm)) * side / SQUARE_MM
    plot.scatter(*one.punctures_mm.T, s=size**2, color=theme().light(token), linewidths=0)
    corners = ((left, left + side, left + side, left, left), (top, top, top + side, top + side, top))
    sheet.line(*corners, "rule")


def main(folder: str) -> None:
    """Print both tables and write the drawing."""
    print("Width of channels as the model has it: by depth alone\n")
    print(table(designs(thickness_matters=False)), "\n")
    print("Width of channels in proportion to the needle (assumed)\n")
    found = designs(thickness_matters=True)
    print(table(found), "\n")
    print(f"drawn: {draw_designs(found, Path(folder))}")
    print("Medians of 200 simulated people, cheek, dial 1.0 mm. Bleeding and width are assumed; see limits.needling.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ".")
