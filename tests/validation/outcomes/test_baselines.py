"""Baselines: means of other studies with an honest spread."""

from dataclasses import replace

import numpy as np
import pytest

from puncta.evidence import Arm, arms
from puncta.validation.outcomes import BASELINES, heading_of, scored
from puncta.validation.outcomes.baselines import baselines

FOUND = scored(arms().values())
KNOWN = [(heading_of(arm), arm) for arm in FOUND]


def _arm(study: str, figure: float) -> Arm:
    return replace(arms()["A03"], key=study, study=study, improvement_fraction=figure)


def test_the_middle_is_the_mean_of_the_heading_and_of_all() -> None:
    drawn = baselines(KNOWN, "acne_plasma", 20000, 0)
    mine = [arm.improvement_fraction or 0 for heading, arm in KNOWN if heading == "acne_plasma"]
    every = [arm.improvement_fraction or 0 for arm in FOUND if arm.kind != "untreated"]
    assert tuple(drawn) == BASELINES
    assert np.median(drawn["other_studies"]) == pytest.approx(np.mean(mine), abs=0.01)
    assert np.median(drawn["one_percentage"]) == pytest.approx(np.mean(every), abs=0.01)


def test_two_studies_that_agree_by_chance_do_not_look_certain() -> None:
    pair = [("a", _arm("P1", 0.4)), ("a", _arm("P2", 0.4))]
    others = [("b", _arm(f"Q{i}", value)) for i, value in enumerate((0.1, 0.3, 0.5, 0.7))]
    low, high = np.percentile(baselines([*pair, *others], "a", 4000, 0)["other_studies"], (10, 90))
    assert high - low > 0.3


def test_a_heading_without_any_other_study_takes_all() -> None:
    drawn = baselines(KNOWN, "never_seen", 20000, 0)
    every = [arm.improvement_fraction or 0 for arm in FOUND if arm.kind != "untreated"]
    assert np.median(drawn["other_studies"]) == pytest.approx(np.mean(every), abs=0.01)
