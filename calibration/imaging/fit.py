"""Fit: the error of one photograph at each tone, from differences of unchanged pairs.

The error at a tone is the larger of the root mean square and of what one difference in a hundred asks for: a family of
figures is judged by its tails, and these are wider than those of a normal distribution. Tones lend each other a half,
so that one odd person does not rule; and a quarter is added, since a calibration of few people is itself off.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

from puncta.evidence import parameter

_RARE, _LEND, _ROOM, _FLOOR = 0.99, 0.25, 1.25, 0.5


def by_tone(rows: Sequence[tuple[float, float]], tones: Sequence[float]) -> list[float]:
    """Errors at the tones, from pairs of tone and error of one photograph."""
    at, size = (np.array(column) for column in zip(*rows, strict=True))
    rare = float(stdtrit(parameter("imaging.sem_freedom").value, (1.0 + _RARE) / 2.0))
    raw = []
    for tone in tones:
        part = np.abs(size[at == tone])
        raw.append(max(float(np.sqrt(np.mean(part**2))), float(np.quantile(part, _RARE)) / rare) if part.size else 0.0)
    found = np.array(raw)
    found[found == 0] = found[found > 0].mean()  # a figure that is 0 on all people of a tone tells no error
    level = np.log(found)
    near = np.pad(level, 1, mode="edge")
    smooth = (1.0 - 2.0 * _LEND) * level + _LEND * (near[:-2] + near[2:])
    # never below what its own tone asks for, nor below half the middle of all: few events at one tone tell little
    asked = np.maximum(np.exp(smooth), found)
    return [float(f"{_ROOM * x:.3g}") for x in np.maximum(asked, _FLOOR * np.median(asked))]
