"""A whole journey of a virtual person: plan, deliver with errors, render, measure, update, and on to the next plan.

Each step takes the means by which it is done, so that the command line, the library and an app can be asked for the
same journey and set beside each other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from puncta.case import Case, read_case
from puncta.case.toml_text import toml_text
from puncta.imaging import Photograph, SkinPatch, compare_photographs, comparison_record, render, ruler_scale
from puncta.imaging.curve import levels

Bytes = NDArray[np.uint8]
KIND, ZONE = "atrophic_acne_scars", "cheek_left"
DRAWS, PLAN_DRAWS = 100, 20
SIZE_MM, PX_PER_MM = 22.0, 10.0
CORNERS = [[20, 20], [200, 20], [200, 200], [20, 200]]


@dataclass(frozen=True)
class Person:
    """What nobody knows of a virtual person: how much goes and how fast, and how pain is felt."""

    number: int
    most: float
    days: float
    pain: float

    def gone(self, day: float) -> float:
        """Share of severity gone on a day."""
        return self.most * (1.0 - float(np.exp(-day / self.days)))


@dataclass(frozen=True)
class Means:
    """How each step is done: plan a case, compare two photographs, update; each gives its record."""

    plan: Callable[[Case], dict[str, Any]]
    compare: Callable[[Bytes, Bytes], dict[str, Any]]
    update: Callable[[Case, dict[str, Any]], dict[str, Any]]


def person(number: int) -> Person:
    """One virtual person of many."""
    rng = np.random.default_rng(1000 + number)
    return Person(number, float(rng.uniform(0.1, 0.7)), float(rng.uniform(40.0, 110.0)), float(rng.uniform(2.0, 7.0)))


def case_of(number: int) -> Case:
    """The case of one virtual person: one cheek of the example, another age and tone for each."""
    case = read_case("examples/acne_scars.toml")
    rng = np.random.default_rng(2000 + number)
    body = replace(case.person, identifier=f"V-{number:04d}", age_years=int(rng.integers(22, 60)))
    scars = replace(case.concerns[0], zones=(ZONE,))
    kept = tuple(use for use in case.zones if use.zone == ZONE)
    return replace(case, person=body, zones=kept, concerns=(scars,), lesions=())


def delivered(own: Person, settings: list[dict[str, Any]], days: list[int]) -> list[dict[str, Any]]:
    """Visits as they were: late by some days, the hand faster or slower than planned, pain as it was felt."""
    rng = np.random.default_rng(3000 + own.number)
    out = []
    for index, day in enumerate(days):
        late = 0 if index == 0 else int(rng.integers(0, 6))
        zones = [
            {
                "zone": one["zone"],
                "dial_mm": one["dial_mm"],
                "strokes_per_s": round(float(rng.uniform(80.0, 120.0)), 1),
                "minutes": round(float(rng.uniform(1.2, 2.6)), 2),
                "pain_score": float(np.clip(round(own.pain + rng.normal()), 0, 10)),
            }
            for one in settings
        ]
        red = int(rng.integers(1, 3))
        diary = [{"day": 0, "redness": 2}, {"day": red, "redness": 1}, {"day": red + 1, "redness": 0}]
        out.append({"day": day + late, "zones": zones, "diary": diary})
    return out


def photograph(own: Person, day: float, case: Case) -> Bytes:
    """The skin on a day, drawn by optics that measure nothing: relief goes with severity, the tone stays."""
    tone = case.person.ita_degrees or 30.0
    relief = float(np.exp(-0.8 * own.gone(day)))
    patch = SkinPatch(tone, size_mm=(SIZE_MM, SIZE_MM), px_per_mm=PX_PER_MM, relief_fold=relief)
    return levels(render(patch, 4000 + own.number))


def graded(own: Person, day: int, severity: float) -> dict[str, Any]:
    """A blinded grade with a rater's error."""
    rng = np.random.default_rng(5000 + 10 * own.number + day)
    score = severity * (1.0 - own.gone(day)) + 0.4 * rng.normal()
    return {"day": day, "score": float(np.clip(round(score), 1, 4)), "rater": "B", "blinded": True}


def journey(number: int, means: Means) -> dict[str, Any]:
    """All steps for one person; what each of them said.

    Parameters
    ----------
    number : int
        Which virtual person.
    means : Means
        How plan, comparison and update are made.
    """
    own, case = person(number), case_of(number)
    planned = means.plan(case)
    chosen = next(one for one in planned["alternatives"] if one["course"] == planned["recommended"])
    interval = chosen["interval_days"] or 28
    settings = [{key: one[key] for key in ("zone", "dial_mm", "passes")} for one in chosen["settings"]]
    count = max(chosen["sessions_count"], 1)
    tree: dict[str, Any] = {
        "format": 1,
        "title": f"Virtual person {number}",
        "planned": {"sessions": count, "interval_days": interval, "settings": settings},
    }
    sessions = delivered(own, settings, [interval * index for index in range(count)])
    last = sessions[-1]["day"]
    severity = case.concerns[0].severity_score
    looks = [last + 30, last + 90]
    told = means.compare(photograph(own, 0.0, case), photograph(own, looks[-1], case))
    photographs = [
        {"day": looks[-1], "zone": one["zone"], "metric": one["metric"], "change": one["change"], "sem": one["sem"]}
        for one in told["changes"]
        if one["metric"] == "texture" and not one["refused"]
    ]
    tree |= {
        "sessions": sessions,
        "grades": [graded(own, day, severity) for day in looks],
        "photographs": photographs,
        "marks_seen": False,
        "today": looks[-1],
    }
    found = means.update(case, tree)
    return {"plan": chosen, "compared": told, "visits": tree, "update": found, "next": found["next_course"]}


def visits_text(tree: dict[str, Any]) -> str:
    """The visits file of a tree."""
    return toml_text(tree)


def by_library() -> Means:
    """Every step through the public door."""
    from puncta import as_record, plan, plan_record, update, visits_from

    def compare(before: Bytes, after: Bytes) -> dict[str, Any]:
        pair = (Photograph("before.png", before), Photograph("after.png", after))
        zones = {ZONE: [(float(x), float(y)) for x, y in CORNERS]}
        return comparison_record(compare_photographs(*pair, polygons=zones, scale=_scale(), chart=False))

    return Means(
        lambda case: plan_record(plan(case, draws=PLAN_DRAWS, seed=0)),
        compare,
        lambda case, tree: as_record(update(case, visits_from(tree, case), draws=DRAWS, seed=0)),
    )


def _scale() -> Any:
    return ruler_scale(100.0, 100.0 / PX_PER_MM)


def by_command(folder: Path, run: Callable[[list[str]], dict[str, Any]]) -> Means:
    """Every step through the command line, with files between.

    Parameters
    ----------
    folder : Path
        Where files lie.
    run : callable
        Runs the command and gives its JSON.
    """
    import json

    import cv2

    from puncta.case import case_to_toml

    def case_file(case: Case) -> str:
        file = folder / "case.toml"
        file.write_text(case_to_toml(case), encoding="utf-8")
        return str(file)

    def compare(before: Bytes, after: Bytes) -> dict[str, Any]:
        for name, picture in (("before", before), ("after", after)):
            cv2.imwrite(str(folder / f"{name}.png"), picture[..., ::-1])
        (folder / "zones.json").write_text(json.dumps({ZONE: CORNERS}), encoding="utf-8")
        files = [str(folder / f"{name}.png") for name in ("before", "after")]
        how = ["--zones", str(folder / "zones.json"), "--ruler", f"100,{100 / PX_PER_MM:g}", "--no-chart"]
        return run(["photo", "compare", *files, *how, "--json"])

    def update(case: Case, tree: dict[str, Any]) -> dict[str, Any]:
        file = folder / "visits.toml"
        file.write_text(visits_text(tree), encoding="utf-8")
        return run(["update", case_file(case), "--visits", str(file), "--draws", str(DRAWS), "--seed", "0", "--json"])

    return Means(
        lambda case: run(["plan", case_file(case), "--draws", str(PLAN_DRAWS), "--seed", "0", "--json"]),
        compare,
        update,
    )
