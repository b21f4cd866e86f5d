"""Check of errors on people who did not calibrate: unchanged pairs, and changes of twice the SDC, by tone.

Run ``uv run python -m calibration.imaging.check [pairs]``; the figures stand in docs/imaging.md.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np
from calibration.imaging.retakes import TONES, pair, person

from puncta.imaging.compare import Comparison
from puncta.imaging.errors import sdc95, sem_of, simulated_errors
from puncta.imaging.metrics import metrics

#: Metric -> what is changed in the patch to move it, and the unchanged amount.
MOVED = {
    "texture": ("relief", 1.0), "line_strength": ("lines", 1.0), "pores": ("pores", 1.0), "spots": ("spots", 1.0),
    "redness": ("redness", 1.0), "melanin": ("melanin_ln", 0.0), "blood": ("blood_ln", 0.0), "ita": ("melanin_ln", 0.0),
}  # fmt: skip
FIRST_PERSON = 100


def unchanged(pairs: int) -> None:
    """How often error alone passes for a change, by metric and for a pair as a whole."""
    passed, told = defaultdict(int), defaultdict(int)
    by_tone, changed, verdicts = defaultdict(list), 0, defaultdict(int)
    for number in range(pairs):
        tone = TONES[number % len(TONES)]
        patch = person(tone, FIRST_PERSON + number)
        found = pair(patch, patch, FIRST_PERSON + number, 5000 + number)
        verdicts[found.verdict] += 1
        changed += found.changed
        by_tone[tone].append(found.changed)
        for one in found.changes:
            if not one.refused:
                told[one.metric] += 1
                passed[one.metric] += one.beyond_error
    print("unchanged pairs", pairs, dict(verdicts), "called changed (Holm)", changed)
    print("  by tone", {tone: f"{sum(x)}/{len(x)}" for tone, x in by_tone.items()})
    for name in metrics():
        if told[name]:
            print(f"  {name:14} not significant {100 * (1 - passed[name] / told[name]):.1f} % of {told[name]}")


def found_changes(each: int) -> None:
    """How often a true change of twice the SDC passes it, by metric and tone."""
    for name, (what, still) in MOVED.items():
        row = {}
        for tone in TONES[1::2]:
            hits = []
            for number in range(each):
                who = FIRST_PERSON + 500 + number
                amount = _amount(name, what, still, tone, who)
                if amount is None:
                    continue
                found = pair(person(tone, who), person(tone, who, **{what: amount}), who, 9000 + number)
                told = [one for one in found.changes if one.metric == name and one.zone == "zone_1" and not one.refused]
                hits += [one.beyond_error for one in told]
            row[tone] = f"{sum(hits)}/{len(hits)}"
        print(f"  {name:14}", row, flush=True)


def _amount(name: str, what: str, still: float, tone: float, who: int) -> float | None:
    """How much must be changed for the figure of zone 1 to move by twice its SDC, without any error."""
    before = _still(tone, who, {})
    metric = metrics()[name]
    zone = before.first.zones[0]
    sem = sem_of(simulated_errors(True), metric, zone.area_cm2, zone.values["ita"])
    wanted = 2.0 * sdc95(sem)
    # pores only come in whole numbers, and a spot fades: steps upwards until the change is reached
    for step in np.geomspace(0.03, 6.0, 14):
        amount = still + step
        after = _still(tone, who, {what: amount})
        change = metric.scaled(after.first.zones[0].values[name]) - metric.scaled(zone.values[name])
        if abs(change) >= wanted:
            return float(amount)
    return None


def _still(tone: float, who: int, changes: dict[str, float]) -> Comparison:
    from calibration.imaging import retakes

    from puncta.imaging.compare import measure_photograph
    from puncta.imaging.curve import levels
    from puncta.imaging.photograph import Photograph
    from puncta.imaging.render import render
    from puncta.imaging.scale import Scale

    rgb = levels(render(person(tone, who, **changes), who))
    found = measure_photograph(
        Photograph("still", rgb), polygons=retakes.zones(), scale=Scale(0.1, "ruler", 0.01), chart=False
    )
    return type("Still", (), {"first": found[1]})()  # type: ignore[return-value]


def main() -> None:
    """Print both, or one of them: ``unchanged``, ``found``."""
    what = sys.argv[1] if len(sys.argv) > 1 else "both"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    if what in ("both", "unchanged"):
        unchanged(number)
    if what in ("both", "found"):
        print("true changes of twice the SDC, found one by one:")
        found_changes(max(1, number // 50))


if __name__ == "__main__":
    main()
