"""Chances of what is wished for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from puncta.case import Case, ConcernKind, Course, Goal, ZoneSetting, read_case
from puncta.planning.goals import goal_chances
from puncta.simulation import Outcome, simulate

DAY = 270.0


@pytest.fixture(scope="module")
def lines() -> tuple[Case, Outcome]:
    case = read_case("examples/face_lines.toml")
    settings = tuple(ZoneSetting(zone, 0.5, 4) for zone in case.concerns[0].zones)
    return case, simulate(case, Course.regular("gentle", settings, 4, 28), draws=100, horizon=DAY)


def _with(case: Case, *wanted: tuple[ConcernKind, float]) -> Case:
    return replace(case, goals=tuple(Goal(kind, share) for kind, share in wanted))


def test_a_greater_wish_is_never_likelier(lines: tuple[Case, Outcome]) -> None:
    case, outcome = lines
    kind = case.concerns[0].kind
    chances = [
        goal_chances(_with(case, (kind, share)), outcome, DAY).all_probability for share in np.linspace(0.0, 1.0, 21)
    ]
    assert chances == sorted(chances, reverse=True)


def test_all_wishes_together_are_never_likelier_than_one(lines: tuple[Case, Outcome]) -> None:
    case, outcome = lines
    wishes = _with(case, *((concern.kind, 0.2) for concern in case.concerns))
    found = goal_chances(wishes, outcome, DAY)
    assert len(found.each) == len(case.concerns) >= 2
    assert found.all_probability <= min(one.reached_probability for one in found.each)


def test_without_a_wish_a_full_step_of_the_scale_stands_in(lines: tuple[Case, Outcome]) -> None:
    case, outcome = lines
    found = goal_chances(replace(case, goals=()), outcome, DAY)
    assert not any(one.wished for one in found.each)
    assert {one.concern for one in found.each} == {concern.kind for concern in case.concerns}
