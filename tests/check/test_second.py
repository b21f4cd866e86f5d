"""The second calculation: it agrees with sound plans, and it finds what was planted."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path

import pytest
from tests.check.faults import FAULTS
from tests.check.sound import random_plans, sound
from tests.safety.safety_case import case_of

from puncta.case import Case, Course, read_case
from puncta.check import Kind, Told, second_calculation
from puncta.planning import plan, standard_course
from puncta.safety import zone_limits

Planted = tuple[Case, Course, Told]
DRAWS = 200
#: The tolerance without what chance adds to it at so many draws, and the least hours that count.
THIRD = (1 / 3) / (1 / 3 + 2.0 * math.sqrt(math.pi / 2.0) / 1.2816 / math.sqrt(DRAWS))
LEAST = 2.0


@pytest.fixture(scope="module")
def acne() -> Planted:
    case = read_case("examples/acne_scars.toml")
    treated = [use.zone for use in case.zones if use.role.value == "treat"]
    course = standard_course(case, {zone: zone_limits(case, zone) for zone in treated})
    return case, course, sound(case, course, DRAWS, 3)


def test_a_sound_plan_is_called_checked(acne: Planted) -> None:
    found = second_calculation(*acne)
    assert found.agrees, found.apart
    assert {Kind.MEDIAN, Kind.EXACT, Kind.BOUND} == {one.kind for one in found.figures}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(acne: Planted, fault: str) -> None:
    assert not second_calculation(*FAULTS[fault](*acne)).agrees


def test_nothing_compared_is_not_checked() -> None:
    from puncta.check import Checked

    assert not Checked(()).agrees


def test_the_second_calculation_takes_nothing_from_the_first() -> None:
    import ast

    import puncta.check

    allowed = ("puncta.check", "puncta.case", "puncta.evidence", "puncta.frozen")
    for file in Path(puncta.check.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("puncta"):
                assert node.module.startswith(allowed), f"{file.name}: {node.module}"


@pytest.mark.long
def test_sound_plans_raise_hardly_an_alarm() -> None:
    alarms = [one for one in random_plans(200, 77, 100) if not second_calculation(*one).agrees]
    assert len(alarms) <= 2, [(case.person.phototype, course) for case, course, _ in alarms]


@pytest.mark.long
def test_on_all_reference_people_medians_lie_within_a_third_of_half_the_band_and_figures_within_a_twentieth() -> None:
    table = tomllib.loads(Path("tests/planning/reference.toml").read_text())
    table.pop("rows")
    wide, count = [], 0
    for name, entry in table.items():
        made = plan(case_of(entry), draws=DRAWS)
        for alternative in made.alternatives:
            for one in alternative.second.figures:
                count += 1
                apart = abs(one.plan - one.second)
                least = LEAST if one.name.endswith("_hours") else 0.05 * abs(one.second)
                beyond = one.kind is Kind.MEDIAN and apart > max(THIRD * one.tolerance, least)
                if not one.agrees or beyond:
                    wide.append((name, alternative.course.name, one))
    assert count > 1000
    assert not wide, wide
