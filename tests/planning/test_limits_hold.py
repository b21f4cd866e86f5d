"""Limits hold: on thousands of courses thrown at the bounds, and in whole plans of made-up people."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from tests.check.sound import random_case

from puncta.case import Limits, Role, ZoneSetting, read_case
from puncta.check.bounds import deepest_mm
from puncta.planning import plan
from puncta.safety import zone_limits


def test_ten_thousand_settings_meet_two_accounts_of_the_limits() -> None:
    chance, tried = random.Random(3), 0
    while tried < 10_000:
        case = random_case(chance)
        steps = case.library.device(case.device.device).steps_mm
        for use in case.zones:
            limit = zone_limits(case, use.zone)
            for _ in range(20):
                tried += 1
                setting = ZoneSetting(use.zone, chance.choice(steps), 4)
                allowed = setting.dial_mm in limit.steps_mm
                assert allowed == (setting.dial_mm <= deepest_mm(case, use.zone) + 1e-9), (case.device, setting)


@pytest.mark.long
def test_a_hundred_whole_plans_break_no_limit() -> None:
    chance, needled = random.Random(4), 0
    for index in range(100):
        limits = Limits(
            max_sessions=chance.randint(1, 8), max_pain_score=chance.uniform(2, 8),
            max_redness_hours=chance.uniform(12, 120), max_pih_probability=chance.uniform(0.02, 0.3),
        )  # fmt: skip
        case = replace(random_case(chance), limits=limits)
        made = plan(case, draws=20, seed=index)
        if made.chosen is None:
            continue
        assert not made.chosen.broken_limits
        treated = {use.zone for use in case.zones_with(Role.TREAT)}
        assert {"untreated"} <= {one.course.name for one in made.alternatives}
        for one in made.alternatives:
            assert len(one.course.sessions) <= limits.max_sessions
            for session in one.course.sessions:
                needled += 1
                for setting in session.settings:
                    assert setting.zone in treated
                    assert setting.dial_mm <= deepest_mm(case, setting.zone) + 1e-9
        chosen, outcome = made.chosen, made.chosen.outcome
        for name, most in (("pain_score", limits.max_pain_score), ("inflammation_hours", limits.max_redness_hours)):
            assert all(float(np.median(q.values)) <= most for q in outcome.named(name)), (name, chosen.course)
        blocked = made.screening.blocked
        assert outcome.case.session_product not in blocked
        assert not (set(chosen.course.home_products) & set(blocked))
    assert needled > 100


def test_a_soft_limit_is_told_of_and_passed_and_a_hard_one_is_not() -> None:
    case = read_case("examples/stretch_marks.toml")
    tight = replace(case, limits=replace(case.limits, max_redness_hours=10.0))
    hard = plan(tight, draws=20)
    soft = plan(replace(tight, limits=replace(tight.limits, soft=("max_redness_hours",))), draws=20)
    assert hard.chosen is not None
    assert not hard.chosen.course.sessions
    assert soft.chosen is not None
    assert soft.chosen.passed_limits == ("planning.broken.inflammation_hours",)
