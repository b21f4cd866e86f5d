"""Sound plans of many kinds, with what they tell of each course."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.safety.safety_case import case_of

from puncta.case import Case, Course, Role, ZoneSetting
from puncta.check import Told
from puncta.planning.checking import told
from puncta.planning.weigh import course_injury, improvement
from puncta.safety import plan_numbing, screen, zone_limits
from puncta.simulation import area_cm2, horizon_days, simulate

PLACES = {
    "atrophic_acne_scars": (["cheek"], ["cheek", "jaw"], ["temple", "chin"]),
    "lines": (["forehead"], ["crows_feet"], ["perioral"], ["neck_front"]),
    "laxity": (["jaw"], ["neck_front"]),
    "texture": (["cheek", "nose"], ["forehead"]),
    "pores": (["nose"], ["cheek"]),
    "melasma": (["cheek"], ["forehead", "upper_lip"]),
    "age_spots": (["cheek"], ["dorsal_hand"]),
    "dark_marks": (["cheek"],),
    "stretch_marks": (["abdomen"], ["thigh_front"], ["breast"]),
    "surgical_scars": (["abdomen"],),
}
PENS = ("exceed", "dermapen_4", "skinpen_precision", "dr_pen", "dermaroller_mf8")
CREAMS = (None, "lidocaine_prilocaine", "lidocaine_4", "lidocaine_tetracaine_7_7")
PRODUCTS = ("sterile_saline", "sterile_hyaluronate_gel", "tranexamic_acid_4_mg_per_ml", "prp")


def sound(case: Case, course: Course, draws: int, seed: int) -> Told:
    """What a plan tells of a course."""
    day = horizon_days(course)
    outcome = simulate(case, course, draws=draws, seed=seed, horizon=day)
    assert improvement(outcome, day).shape == (draws,)
    area = sum(area_cm2(case, one.zone) for one in course.sessions[0].settings) if course.sessions else 0.0
    cream = plan_numbing(case, area, draws, seed, screen(case)) if course.sessions else None
    return told(case, outcome, course_injury(outcome), day, cream)


def random_case(chance: random.Random) -> Case:
    """A person with one concern and the means for it."""
    concern = chance.choice(sorted(PLACES))
    return case_of(
        {
            "person": {
                "age_years": chance.randint(22, 75),
                "phototype": chance.randint(1, 6),
                "weight_kg": chance.randint(45, 110),
            },
            "concerns": [concern],
            "treat": chance.choice(PLACES[concern]),
            "device": chance.choice(PENS),
            "cream": chance.choice(CREAMS),
            "minutes": chance.choice([30, 45, 60]),
            "product": chance.choice(PRODUCTS),
            "sunscreen": chance.random() < 0.8,
            "home_products": chance.choice([(), ("bland_emollient",), ("hydroquinone_4",)]),
        }
    )


def random_course(case: Case, chance: random.Random) -> Course | None:
    """A course within the limits; None where nothing may be needled."""
    settings = []
    for use in case.zones_with(Role.TREAT):
        steps = [step for step in zone_limits(case, use.zone).steps_mm if step >= 0.2]
        if steps:
            settings.append(ZoneSetting(use.zone, chance.choice(steps), chance.randint(2, 8)))
    if not settings:
        return None
    count, weeks = chance.randint(1, 6), chance.randint(2, 8)
    return Course.regular("random", tuple(settings), count, 7 * weeks, case.home_care.products)


def random_plans(count: int, seed: int, draws: int) -> Iterator[tuple[Case, Course, Told]]:
    """So many sound plans."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        case = random_case(chance)
        course = random_course(case, chance)
        if course is not None:
            made += 1
            yield case, course, sound(case, course, draws, made)
