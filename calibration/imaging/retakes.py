"""Re-takes of synthetic people: how far each figure differs when nothing has changed, by tone.

Run ``uv run python -m calibration.imaging.retakes``; it writes ``evidence/data/fitted/imaging_errors.toml`` and takes
about fifteen minutes. People 0 to 31 calibrate; checks and tests take others. Tones are those of the skin without
polarisers; through them an angle is read up to 6° lower where pigment is told. What a comparison refuses as one line or
spot alone, and a figure that is none on both, tell no error; lines are taken from people with furrows as well.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from calibration.imaging import lesions
from calibration.imaging.fit import by_tone
from calibration.imaging.people import TONES, pair, person, wrinkled
from calibration.imaging.probes import probes

from puncta.evidence import parameter
from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically
from puncta.imaging.compare import Comparison
from puncta.imaging.metrics import any_metric, metrics
from puncta.messages import text

PEOPLE = range(24)
LIGHT = 45.0
Row = tuple[float, str, float, float]
_FURROWED = frozenset({"line_length"})


def differences(light: str) -> Iterator[Row]:
    """Tone, metric, change and area in cm2, of pairs in which nothing changed."""
    for tone in TONES:
        for who in PEOPLE:
            seed = 1000 * who + round(tone + 100)
            patch = dataclasses.replace(person(tone, who), polarised=light == "crossed")
            yield from _of_pair(tone, pair(patch, patch, who, seed, light == "bare"), frozenset(metrics()))
            if light == "chart":
                patch = wrinkled(tone, who)
                yield from _of_pair(tone, pair(patch, patch, who, 40_000 + seed), _FURROWED)


def _of_pair(tone: float, found: Comparison, names: frozenset[str]) -> Iterator[Row]:
    alone = {(one.zone, one.metric) for one in found.changes if one.refused == text("imaging.refused.one_place")}
    for one, two in zip(found.first.zones, found.second.zones, strict=True):
        for name in names:
            metric, values = metrics()[name], (one.values[name], two.values[name])
            none = metric.scale == "root" and not any(values)
            if not none and (one.zone, name) not in alone:
                yield tone, name, metric.scaled(values[1]) - metric.scaled(values[0]), one.area_cm2


def main() -> None:
    """Write the error of each metric by tone, with a chart, without one, and through crossed polarisers."""
    lines = [
        "# Errors of one photograph by tone, from re-takes of synthetic people; written by",
        "# python -m calibration.imaging.retakes.",
        "format = 1",
        f"tones = {list(TONES)}",
        f"light_tone = {LIGHT}",
        "",
        "# what the model read on fixed pairs: a test compares, so that these figures never outlive it",
        "[probes]",
        *(f"{name} = {value:.6g}" for name, value in probes().items()),
    ]
    for light in ("chart", "bare", "crossed"):
        for name, rows in sorted(_errors(light).items()):
            if light != "bare" or any_metric(name).absolute:
                means = f"Error of one photograph: {text(f'imaging.metric.{name}.name')}, {any_metric(name).scale}"
                lines += [
                    "", f"[{light}.{name}]", f"by_tone = {by_tone(rows, TONES)}",
                    f'unit = "{text(f"imaging.metric.{name}.unit")}"', f'means = "{means}"', 'kind = "derived"',
                    'source = "puncta_simulated_retakes"',
                ]  # fmt: skip
    write_atomically(Path(str(FOLDER)) / "imaging_errors.toml", "\n".join(lines) + "\n")


def _errors(light: str) -> dict[str, list[tuple[float, float]]]:
    """Errors of one photograph at the reference area, by metric."""
    table, power = defaultdict(list), parameter("imaging.sem_area_power").value
    found = [(*row, "sem_area_cm2") for row in differences(light)]
    again = () if light == "bare" else lesions.differences(light == "crossed")
    found += [(*row, "sem_lesion_area_cm2") for row in again]
    for tone, name, change, area, reference in found:
        small = max(1.0, (parameter(f"imaging.{reference}").value / area) ** power)
        table[name].append((tone, change / np.sqrt(2.0) / (1.0 if any_metric(name).absolute else small)))
    return table


if __name__ == "__main__":
    main()
