"""Plans for the report's tests: the cases that a practitioner meets, and those that strain a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from tests.report.synthetic import DRAWS, SEED, outcome

from puncta.case import (
    Case,
    Concern,
    ConcernKind,
    Course,
    DeviceChoice,
    Goal,
    HomeCare,
    Lesion,
    Limits,
    Numbing,
    Override,
    Policy,
    Role,
    Session,
    ZoneSetting,
    ZoneUse,
)
from puncta.case.case import LesionKind
from puncta.check import Checked
from puncta.check.compare import exact
from puncta.person import Person, Sex
from puncta.planning import Alternative, Plan
from puncta.planning.goals import goal_chances
from puncta.safety import Action, Finding, LimitLine, NumbingPlan, PositionTaken, Quiet, Screening, ZoneLimit


def both(base: str, dial_mm: float, passes: int) -> tuple[ZoneSetting, ...]:
    """The same setting on both sides."""
    return tuple(ZoneSetting(f"{base}_{side}", dial_mm, passes) for side in ("right", "left"))


def _limits(course: Course) -> dict[str, ZoneLimit]:
    lines = (
        LimitLine("operator", 1.2, True, ("puncta_judgement",)),
        LimitLine("device", 1.5, True, ("exceed_k182407",)),
        LimitLine("label", 1.5, False, ("exceed_k182407",)),
    )
    steps = tuple(round(0.1 * step, 1) for step in range(1, 13))
    return {s.zone: ZoneLimit(s.zone, steps, lines) for session in course.sessions for s in session.settings}


def _plan(
    case: Case, screening: Screening, courses: tuple[Course, ...], recommended: int, best: int, reason: str,
    numbing: NumbingPlan | None,
) -> Plan:  # fmt: skip
    alternatives = []
    for index, course in enumerate(courses):
        done = outcome(case, course)
        injury = sum(float(np.median(q.values)) for q in done.named("injury_mm3_per_cm2"))
        share = 0.0 if index == best else max(0.5, 0.99 - 0.12 * index)
        distinguishable = share >= 0.8 and index != best
        alternatives.append(
            Alternative(
                course=course,
                outcome=done,
                injury_mm3_per_cm2=injury,
                best_better_probability=share,
                distinguishable=distinguishable,
                broken_limits=(),
                passed_limits=(),
                goals=goal_chances(case, done, 270.0),
                why="Made up for this test.",
                second=Checked((exact("area_cm2", "", 42.0, 42.0), exact("course_days", "", 84.0, 84.0))),
                starts_on=case.planned_on,
            )
        )
    return Plan(
        case, screening, tuple(alternatives), recommended, best, reason, _limits(courses[recommended]), numbing,
        270.0, SEED, DRAWS, case.planned_on,
    )  # fmt: skip


def _acne_case() -> Case:
    cheeks = ("cheek_right", "cheek_left", "cheekbone_right", "cheekbone_left", "jaw_right", "jaw_left")
    zones = tuple(ZoneUse(name, Role.TREAT) for name in cheeks)
    zones += tuple(ZoneUse(f"infraorbital_{side}", Role.TREAT) for side in ("right", "left"))
    zones += tuple(ZoneUse(f"upper_eyelid_{side}", Role.AVOID) for side in ("right", "left"))
    return Case(
        title="Atrophic acne scars, phototype IV",
        constructed=True,
        planned_on=date(2026, 11, 4),
        person=Person("C-0142", 34, Sex.FEMALE, 62, 4, 18.0),
        zones=zones,
        lesions=(Lesion(LesionKind.MOLE, "cheek_left", True, 5.0),),
        concerns=(Concern(ConcernKind.ATROPHIC_ACNE_SCARS, cheeks, "goodman_baron_grade", 3, "rolling"),),
        history={},
        device=DeviceChoice("exceed"),
        session_product=None,
        numbing=Numbing("lidocaine_prilocaine", 60),
        home_care=HomeCare(True, ()),
        co_treatments=(),
        goals=(Goal(ConcernKind.ATROPHIC_ACNE_SCARS, 0.3),),
        limits=Limits(),
        policy=Policy(clinic="Example clinic"),
    )


def _acne_findings() -> Screening:
    delay = Finding(
        "filler_recent", Action.DELAY, ("infraorbital_right", "infraorbital_left"), date(2027, 4, 4),
        "Filler on 4 Oct 2026", "Leave the area out until then; the rest of the face may be treated.",
        "The device manual asks for 6 months, clinic forms for 2 weeks to 12 months.", ("exceed_k182407",),
    )  # fmt: skip
    marks = Finding(
        "dark_marks", Action.CAUTION, (), None, "Dark marks after healing, phototype IV",
        "Sunscreen every day from the day after; look again after four weeks before going deeper.",
        "Counted: 5 of 30 with a 1.5 mm roller, types IV to V.", ("dogra_2014",),
    )  # fmt: skip
    isotretinoin = Finding(
        "isotretinoin_past", Action.NOTE, (), None, "Isotretinoin ended 11 months ago",
        "Past the longest wait that anyone asks for.", "The last dose lies further back than every position asks.",
        ("skinpen_label",),
        (
            PositionTaken("Not while taking it, nor for six months after.", "skinpen_label", 2018, True),
            PositionTaken("Too little evidence to put off shallow procedures.", "juhasz_2020", 2017, False),
        ),
    )  # fmt: skip
    quiet = tuple(Quiet(f"rule_{index}", "Answered no.") for index in range(27))
    return Screening((delay, marks, isotretinoin), (), quiet)


def _cream(area: float) -> NumbingPlan:
    return NumbingPlan(
        "lidocaine_prilocaine", round(0.12 * area, 1), area, 60.0,
        {"lidocaine": (28.0, 55.0, 83.0), "prilocaine": (28.0, 55.0, 83.0)},
        {"lidocaine": 279.0, "prilocaine": 372.0}, (), ("emla_label_us", "emla_smpc"), 65.0, 5.0,
        {"lidocaine": (0.07, 0.14, 0.24), "prilocaine": (0.035, 0.064, 0.12)}, {"lidocaine": 1.0, "prilocaine": 1.2},
        (0.02, 0.04, 0.05), (0.86, 1.3, 1.8),
        "No cream on needled skin. There the level of lidocaine in blood comes to 0.52 µg/mL in one of ten people.",
    )  # fmt: skip


def acne_plan() -> Plan:
    """Face, acne scars, phototype IV; five courses, the gentle one recommended."""
    gentle = (*both("cheek", 1.0, 4), *both("cheekbone", 0.8, 3), *both("jaw", 1.0, 4))
    strong = (*both("cheek", 1.5, 4), *both("cheekbone", 1.2, 4), *both("jaw", 1.5, 4))
    courses = (
        Course("untreated", ()),
        Course("home_care", (), ("lidocaine_prilocaine",)),
        Course.regular("gentle", gentle, 4, 28),
        Course.regular("fewest_visits", strong, 3, 28),
        Course.regular("standard", strong, 4, 28),
    )
    reason = "Deeper courses may do more, but these data cannot tell them apart, so the least injury is put first."
    return _plan(_acne_case(), _acne_findings(), courses, 2, 4, reason, _cream(180.0))


def body_plan() -> Plan:
    """Body, stretch marks on abdomen and flanks; thin evidence."""
    zones = ("abdomen", "flank_right", "flank_left")
    case = replace(
        _acne_case(), title="Stretch marks", person=Person("C-0311", 29, Sex.FEMALE, 71.5, 3), lesions=(),
        zones=tuple(ZoneUse(name, Role.TREAT) for name in zones),
        concerns=(Concern(ConcernKind.STRETCH_MARKS, zones, "striae_grade", 2, "white"),), numbing=None,
        goals=(), device=DeviceChoice("exceed", 2.5, 110),
    )  # fmt: skip
    settings = (ZoneSetting("abdomen", 1.2, 6), *both("flank", 1.0, 5))
    courses = (Course("untreated", ()), Course("home_care", (), ()), Course.regular("standard", settings, 3, 35))
    return _plan(
        case, Screening((), (), ()), courses, 2, 2, "One small study stands behind the size of the gain.", None
    )


def melasma_plan() -> Plan:
    """Melasma in phototype V: care without needling is recommended."""
    zones = ("cheek_right", "cheek_left", "forehead", "upper_lip")
    case = replace(
        _acne_case(), title="Melasma", person=Person("C-0207", 41, Sex.FEMALE, 58, 5, -6.0), lesions=(),
        zones=tuple(ZoneUse(name, Role.TREAT) for name in zones),
        concerns=(Concern(ConcernKind.MELASMA, zones, "mmasi_score", 6.2),), goals=(),
    )  # fmt: skip
    shallow = (*both("cheek", 0.3, 3), ZoneSetting("forehead", 0.3, 3), ZoneSetting("upper_lip", 0.2, 2))
    courses = (
        Course("untreated", ()),
        Course("home_care", (), ("lidocaine_4",)),
        Course.regular("gentle", shallow, 4, 28, ("lidocaine_4",)),
    )
    past = Finding(
        "dark_marks_after_healing", Action.CAUTION, (), None, "Dark marks in the past, phototype V",
        "Needling may leave new ones; begin with care alone.", "Answered yes.", ("dogra_2014",),
        (
            PositionTaken("1.5 mm lowered the score by 70 %, beside a triple cream.", "dogra_2014", 2014, False),
            PositionTaken("Anything deeper than 0.1 mm makes it worse.", "vendor_depth_sheets", 2020, True),
        ),
    )  # fmt: skip
    reason = "Needling adds too little to be told apart from care alone, and it may leave dark marks."
    return _plan(case, Screening((past,), (), ()), courses, 1, 2, reason, None)


def long_plan() -> Plan:
    """Every list long, every text long: what a page must still hold."""
    bases = ("forehead", "glabella", "nose", "chin", "upper_lip", "lower_lip_area", "perioral", "neck_front")
    sided = ("temple", "crows_feet", "cheekbone", "cheek", "jaw")
    settings = tuple(ZoneSetting(name, 0.5 + 0.1 * index, 3 + index % 3) for index, name in enumerate(bases))
    for index, base in enumerate(sided):
        settings += both(base, round(0.4 + 0.2 * index, 1), 4)
    names = tuple(setting.zone for setting in settings)
    long = "This sentence is as long as a careful colleague might write it when a person has told a complicated story "
    findings = [
        Finding(
            f"a_rule_with_a_rather_long_name_{index}", action, ("cheek_left", "cheek_right", "nose"),
            date(2027, 1, 31) if action is Action.DELAY else None, f"A finding with a long title, number {index}",
            (long * 2).strip() + ".", (long * 2).strip() + ".", ("skinpen_label", "juhasz_2020"),
            (
                PositionTaken(long.strip() + ".", "skinpen_label", 2018, True),
                PositionTaken(long.strip() + ".", "juhasz_2020", 2017, False),
            ),
        )
        for index, action in enumerate([Action.DELAY] * 3 + [Action.CAUTION] * 5 + [Action.NOTE] * 4)
    ]  # fmt: skip
    findings.append(
        replace(findings[4], rule="set_aside", overridden=Override("set_aside", "Dr A. Example", long.strip()))
    )
    case = replace(
        _acne_case(), title=long, zones=tuple(ZoneUse(name, Role.TREAT) for name in names),
        person=Person("C-0142-EXTRA-LONG", 52, Sex.UNSTATED, 101.5, 6, -31.0),
        lesions=tuple(Lesion(kind, "cheek_left", True, 5.0) for kind in LesionKind),
        concerns=(
            Concern(ConcernKind.LINES, names, "lemperle_grade", 3),
            Concern(ConcernKind.LAXITY, names, "alexiades_laxity_grade", 2.5),
            Concern(ConcernKind.TEXTURE, names, "texture_grade", 2),
        ),
        policy=Policy(clinic="The clinic with the longest name in the whole town, second floor"),
        session_product="a_product_with_a_long_name_that_nobody_shortened",
    )  # fmt: skip
    later = tuple(replace(setting, dial_mm=round(setting.dial_mm + 0.1, 1)) for setting in settings)
    differing = Course(
        "gentle_first_then_a_little_deeper", (Session(0, settings), Session(28, later), Session(56, later))
    )
    courses = (
        Course("untreated", ()),
        Course("home_care", (), ()),
        differing,
        Course.regular("standard", later, 6, 28),
    )
    cream = replace(_cream(640.0), warnings=(long.strip() + ".", long.strip() + "."))
    return _plan(case, Screening(tuple(findings), (), ()), courses, 2, 3, (long * 2).strip() + ".", cream)


def published_plan() -> Plan:
    """The mean participant of a published series."""
    case = replace(_acne_case(), title="Published series A03", constructed=False, published="A03",
                   person=Person("A03", 27, Sex.UNSTATED, None, 4, None, (18.0, 40.0)),
                   device=DeviceChoice("dermaroller_mf8"), numbing=None, lesions=())  # fmt: skip
    settings = tuple(ZoneSetting(f"cheek_{side}", 1.5, None) for side in ("right", "left"))
    courses = (Course("untreated", ()), Course.regular("as_published", settings, 5, 30))
    return _plan(case, Screening((), (), ()), courses, 1, 1, "The course is the published one.", None)


def bare_plan() -> Plan:
    """Most quantities absent: only the depth and the forecast are there."""
    plan = acne_plan()
    keep = ("depth_mm", "improvement_fraction")
    slim = tuple(
        replace(entry, outcome=replace(
            entry.outcome, quantities={k: q for k, q in entry.outcome.quantities.items() if q.name in keep}
        ))
        for entry in plan.alternatives
    )  # fmt: skip
    return replace(plan, alternatives=slim)


PLANS = {
    "acne": acne_plan,
    "body": body_plan,
    "melasma": melasma_plan,
    "long": long_plan,
    "published": published_plan,
    "bare": bare_plan,
}
