"""A second way to the same answer: very many simulated people, weighed by a likelihood written apart."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t as student
from tests.followup.small import KIND, followed, one_cheek

from puncta.evidence import draw_one
from puncta.followup import update
from puncta.simulation import simulate

MANY, SEED = 4000, 11
GRADES = ((112, 2.0), (150, 2.0))


@pytest.mark.slow
def test_a_plain_ensemble_of_thousands_gives_the_same_change() -> None:
    case = one_cheek()
    done = [{"zone": "cheek_left", "dial_mm": 1.0, "passes": 4}]
    sessions = [{"day": day, "zones": done} for day in (0, 28, 56, 84)]
    visits = followed(sessions=sessions, today=150)
    found = update(case, visits, draws=1000, seed=5)
    told = next(one for one in found.forecasts if one.concern == KIND)
    last = float(told.days[-1])

    people = simulate(case, visits.planned, draws=MANY, seed=SEED, horizon=last)[f"improvement_fraction@{KIND}"]
    rng = np.random.default_rng(3)
    scale = case.concerns[0].scale
    within, between = (draw_one(f"scales.{scale}.rater_{which}_score", MANY, SEED) for which in ("within", "between"))
    offset = draw_one("appearance.grade_offset", MANY, SEED)
    own = between * rng.standard_normal(MANY)
    first = np.hypot(within, np.sqrt(1.0 / 12.0)) * rng.standard_normal(MANY)
    truth = np.clip(case.concerns[0].severity_score - own - first, 1.0, 4.0)
    weight = np.ones(MANY)
    for day, score in GRADES:
        middle = truth * (1.0 - np.minimum(people.at(day) + offset, 1.0)) + own
        width = within * np.sqrt(3.0 / 5.0)
        weight *= student.cdf((score + 0.5 - middle) / width, 5) - student.cdf((score - 0.5 - middle) / width, 5)
    weight /= weight.sum()
    gone = people.at(last)
    mean = float(weight @ gone)
    spread = float(np.sqrt(weight @ (gone - mean) ** 2))
    now = told.now
    middle, half = float(now.median[-1]), float(now.high80[-1] - now.low80[-1])
    order = np.argsort(gone)
    low, median, high = np.interp([0.1, 0.5, 0.9], np.cumsum(weight[order]), gone[order])
    assert middle == pytest.approx(median, abs=0.03)
    assert half == pytest.approx(high - low, rel=0.12)
    assert spread < float(gone.std())
