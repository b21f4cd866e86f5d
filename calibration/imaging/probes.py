"""Probes: what the model reads on fixed pairs; figures that were stored with others are stale."""

from __future__ import annotations

from calibration.imaging.lesions import marked
from calibration.imaging.people import pair

_TONES = (55.0, 5.0, -30.0)
_SEED = 999


def probes() -> dict[str, float]:
    """Every figure of one zone and of one lesion, before and after, at three tones."""
    out = {}
    for tone in _TONES:
        before, outlines = marked(tone, _SEED)
        after, _ = marked(tone, _SEED, fold=1.3)
        found = pair(before, after, _SEED, _SEED, lesions={"lesion": outlines["lesion_5"]})
        for when, measured in (("before", found.first), ("after", found.second)):
            told = {**measured.zones[0].values, **measured.lesions[0].values}
            out |= {f"{name}_{when}_at_{round(tone)}".replace("-", "minus_"): value for name, value in told.items()}
    return out
