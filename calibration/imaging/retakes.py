"""Re-takes of synthetic people: how far each figure differs when nothing has changed, by tone.

Run ``uv run python -m calibration.imaging.retakes``; it writes ``evidence/data/fitted/imaging_errors.toml`` and takes
about ten minutes. People 0 to 31 calibrate; checks and tests take others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from calibration.imaging import lesions
from calibration.imaging.fit import by_tone
from calibration.imaging.people import TONES, pair, person
from calibration.imaging.probes import probes

from puncta.evidence import parameter
from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically
from puncta.imaging.metrics import any_metric, metrics
from puncta.messages import text

PEOPLE = range(24)
LIGHT = 45.0


def differences(bare: bool) -> Iterator[tuple[float, str, float, float]]:
    """Tone, metric, change and area in cm2, of pairs in which nothing changed."""
    for tone in TONES:
        for who in PEOPLE:
            patch = person(tone, who)
            found = pair(patch, patch, who, 1000 * who + round(tone + 100), bare)
            for one, two in zip(found.first.zones, found.second.zones, strict=True):
                for name, metric in metrics().items():
                    yield tone, name, metric.scaled(two.values[name]) - metric.scaled(one.values[name]), one.area_cm2


def main() -> None:
    """Write the error of each metric by tone, with and without a chart."""
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
    for light in ("chart", "bare"):
        for name, rows in _errors(light == "bare").items():
            if light == "chart" or any_metric(name).absolute:
                means = f"Error of one photograph: {text(f'imaging.metric.{name}.name')}, {any_metric(name).scale}"
                lines += [
                    "", f"[{light}.{name}]", f"by_tone = {by_tone(rows, TONES)}",
                    f'unit = "{text(f"imaging.metric.{name}.unit")}"', f'means = "{means}"', 'kind = "derived"',
                    'source = "puncta_simulated_retakes"',
                ]  # fmt: skip
    write_atomically(Path(str(FOLDER)) / "imaging_errors.toml", "\n".join(lines) + "\n")


def _errors(bare: bool) -> dict[str, list[tuple[float, float]]]:
    """Errors of one photograph at the reference area, by metric."""
    table, power = defaultdict(list), parameter("imaging.sem_area_power").value
    found = [(*row, "sem_area_cm2") for row in differences(bare)]
    found += [] if bare else [(*row, "sem_lesion_area_cm2") for row in lesions.differences()]
    for tone, name, change, area, reference in found:
        small = max(1.0, (parameter(f"imaging.{reference}").value / area) ** power)
        table[name].append((tone, change / np.sqrt(2.0) / (1.0 if any_metric(name).absolute else small)))
    return table


if __name__ == "__main__":
    main()
