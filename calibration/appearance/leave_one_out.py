"""Leave each study out, fit again, and predict it: how good the model is for a study it has never seen.

Run: uv run --group calibration python -m calibration.appearance.leave_one_out
Writes src/puncta/evidence/data/fitted/appearance_unseen.toml; takes about twenty minutes on two processors.
"""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from calibration.appearance.posterior import families, laws, sample
from rich.progress import track

from puncta.appearance import AppearanceParameters
from puncta.evidence import Arm, arms, draw, heavy_score
from puncta.evidence.fitted import FOLDER
from puncta.files import write_atomically
from puncta.validation.outcomes import (
    MODEL,
    TESTABLE,
    OutcomeReading,
    RaterParameters,
    heading_of,
    judge,
    predict,
    probe_hash,
    scored,
    study_of,
    tally,
)
from puncta.validation.outcomes.baselines import baselines

SEED, WARM, KEPT, DRAWS, PROCESSES = 0, 300, 600, 20000, 2


def tested() -> list[Arm]:
    """Every scored reading of a heading that has studies enough."""
    return [arm for arm in scored(arms().values()) if heading_of(arm) in TESTABLE]


def of_study(study: str) -> list[OutcomeReading]:
    """The readings of a study beside what a fit without it predicts."""
    which = next(index for index, family in enumerate(families()) if study in family.rows.study_names)
    names = families()[which].rows.study_names
    law, raters = laws(sample(which, [name for name in names if name != study], WARM, KEPT))
    found = scored(arms().values())
    return [
        judge(arm, predict(arm, study_of(arm), law, raters, SEED), found, SEED)
        for arm in tested()
        if arm.study == study
    ]


def readings() -> list[OutcomeReading]:
    """All of them; each fit in a process of its own, since compiled code is never given back."""
    studies = sorted({arm.study for arm in tested()})
    apart = ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), max_tasks_per_child=1)
    with apart as pool:
        return [entry for found in track(pool.map(of_study, studies), "studies", len(studies)) for entry in found]


def write(found: list[OutcomeReading]) -> None:
    """Keep each reading's band and scores beside the hash of what they rest on."""
    lines = [
        "# Every study left out, the model fitted again without it; written by",
        "# python -m calibration.appearance.leave_one_out.",
        "format = 1",
        f"seed = {SEED}",
        "",
        "# of studies, priors and the law at fixed values: a test compares, so that these figures never outlive them",
        f'probe_hash = "{probe_hash()}"',
    ]
    for entry in found:
        lines += [
            "",
            "[[reading]]",
            f'row = "{entry.arm.key}"',
            f"band80 = [{entry.low:.4f}, {entry.median:.4f}, {entry.high:.4f}]",
            f"inside50 = {str(entry.inside50).lower()}",
            f"inside95 = {str(entry.inside95).lower()}",
            *(f"interval_score.{name} = {value:.4f}" for name, value in entry.interval_scores.items()),
            *(f"ranked_score.{name} = {value:.4f}" for name, value in entry.ranked_scores.items()),
        ]
    for heading, (baseline, rows) in losing(found).items():
        mean, scale = mean_and_scale(baseline, heading)
        lines += [
            "",
            f"[shown.{heading}]",
            f'baseline = "{baseline}"',
            f"mean_fraction = {mean:.4f}",
            f"scale_fraction = {scale:.4f}",
            f"rows = {json.dumps([arm.key for arm in rows])}",
        ]
    write_atomically(Path(str(FOLDER)) / "appearance_unseen.toml", "\n".join(lines) + "\n")


def losing(found: list[OutcomeReading]) -> dict[str, tuple[str, list[Arm]]]:
    """Headings at which a baseline scores better, left out or held back, with the calibration rows it is made of."""
    law, raters = draw(AppearanceParameters, DRAWS, SEED), draw(RaterParameters, DRAWS, SEED)
    every = scored(arms().values())
    known = [arm for arm in every if arm.role != "validation"]
    held = [
        judge(arm, predict(arm, study_of(arm), law, raters, SEED), known, SEED)
        for arm in every
        if arm.role == "validation" and heading_of(arm) in TESTABLE
    ]
    out = {}
    for heading in TESTABLE:
        best = [
            tally(heading, own).best
            for own in ([e for e in found if e.heading == heading], [e for e in held if e.heading == heading])
            if own
        ]
        baseline = next((name for name in best if name != MODEL), "")
        if baseline:
            alike = [arm for arm in known if heading_of(arm) == heading]
            treated = [arm for arm in known if arm.kind != "untreated"]
            out[heading] = (baseline, alike if baseline == "other_studies" else treated)
    return out


def mean_and_scale(baseline: str, heading: str) -> tuple[float, float]:
    """Middle of a baseline, and its spread as the scale of a t with 4 degrees of freedom with the same band of 80."""
    known = [(heading_of(arm), arm) for arm in scored(arms().values()) if arm.role != "validation"]
    drawn = baselines(known, heading, DRAWS, SEED)[baseline]
    low, middle, high = np.percentile(drawn, (10.0, 50.0, 90.0))
    return float(middle), float((high - low) / 2.0 / heavy_score(np.array(0.9)))


if __name__ == "__main__":
    write(readings())
