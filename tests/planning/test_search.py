"""The search loses next to nothing against a full fine grid on the same draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from puncta.appearance import AppearanceParameters
from puncta.case import Course, Role, read_case
from puncta.evidence import draw
from puncta.needling import needle
from puncta.planning.search import search
from puncta.planning.table import signal_table
from puncta.safety import zone_limits
from puncta.simulation import comfort, prepare, session_pain, zone_improvement
from puncta.simulation.run import horizon_days
from puncta.skin import skin_layers

DRAWS = 24
READ_DAY = horizon_days(Course.regular("longest", (), 8, 56))


@pytest.mark.long
@pytest.mark.parametrize("name", ["acne_scars", "stretch_marks", "melasma"])
def test_the_fullest_course_reaches_the_best_of_a_full_fine_grid(name: str) -> None:
    case = read_case(f"examples/{name}.toml")
    case = replace(case, limits=replace(case.limits, max_sessions=8))
    limits = {use.zone: zone_limits(case, use.zone) for use in case.zones_with(Role.TREAT)}
    run = prepare(case, Course("grid", ()), DRAWS, 1)
    law, table, how = draw(AppearanceParameters, DRAWS, 1), signal_table(run.people, 1), comfort(run)
    found = {course.name: course for course in search(case, limits, READ_DAY, DRAWS, 1)}
    fullest = found.get("fullest") or found["gentle"]
    best = chosen = area = 0.0
    most: dict[str, float] = {}
    for zone, limit in limits.items():
        if not limit.steps_mm:
            continue
        layers, cm2 = skin_layers(zone, run.people, 1), run.area_cm2(zone)
        base = zone.removesuffix("_left").removesuffix("_right")
        grid = []
        for dial in limit.steps_mm if base not in most else ():
            for passes in range(3, 9):
                done = needle(run.device, zone, dial, passes, cm2, run.manner, layers, 1)
                if np.median(session_pain(run, zone, done, how)) <= case.limits.max_pain_score:
                    tissue = table.at(done.wound)
                    for count in range(1, 9):
                        for weeks in range(2, 9):
                            days = tuple(7 * weeks * index for index in range(count))
                            gain = float(np.mean(zone_improvement(run, zone, days, READ_DAY, tissue, law)))
                            grid.append(gain)
        # one schedule for all zones: the grid may pick it for each zone by itself, which can only favour it
        most.setdefault(base, max(grid, default=0.0))
        best += cm2 * most[base]
        setting = next(one for one in fullest.sessions[0].settings if one.zone == zone)
        done = needle(run.device, zone, setting.dial_mm, setting.passes, cm2, run.manner, layers, 1)
        days = tuple(session.day for session in fullest.sessions)
        chosen += cm2 * float(np.mean(zone_improvement(run, zone, days, READ_DAY, table.at(done.wound), law)))
        area += cm2
    assert area > 0
    assert chosen >= 0.99 * best, (chosen / area, best / area)
