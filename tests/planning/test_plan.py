"""Plans: the cases differ as a practitioner expects, and what the screen or the limits forbid is never planned."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from puncta.case import Answer, Case, HomeCare, Limits, Policy, Reply, read_case
from puncta.needling import device
from puncta.planning import Plan, plan
from puncta.planning.better import better_probability, indistinguishable
from puncta.planning.weigh import improvement

DRAWS = 20


def _planned(name: str) -> Plan:
    return plan(read_case(f"examples/{name}.toml"), draws=DRAWS, seed=1)


@pytest.fixture(scope="module")
def acne() -> Plan:
    return _planned("acne_scars")


@pytest.fixture(scope="module")
def melasma() -> Plan:
    return _planned("melasma")


def _settings(made: Plan) -> list[tuple[str, float, int | None]]:
    return [(s.zone, s.dial_mm, s.passes) for a in made.alternatives for v in a.course.sessions for s in v.settings]


def test_untreated_and_home_care_always_stand_in_the_list(acne: Plan, melasma: Plan) -> None:
    for made in (acne, melasma):
        assert {"untreated", "home_care"} <= {a.course.name for a in made.alternatives}


def test_alternatives_stand_in_order_of_injury(acne: Plan) -> None:
    injuries = [a.injury_mm3_per_cm2 for a in acne.alternatives]
    assert injuries == sorted(injuries)


def test_only_what_the_device_can_be_set_to_is_planned(acne: Plan) -> None:
    steps = set(device("exceed").steps_mm)
    for _, dial, passes in _settings(acne):
        assert dial in steps
        assert isinstance(passes, int)
    for alternative in acne.alternatives:
        assert alternative.course.interval_days % 7 == 0


def test_the_recommended_course_is_the_least_injury_not_distinguishable_from_the_best(acne: Plan) -> None:
    assert acne.chosen is not None
    assert acne.best is not None
    level = [a for a in acne.alternatives if not a.distinguishable and not a.broken_limits]
    assert acne.chosen.injury_mm3_per_cm2 == min(a.injury_mm3_per_cm2 for a in level)
    assert acne.alternatives[acne.best].best_better_probability == 0


def test_a_zone_with_a_delay_is_left_out_of_the_course(acne: Plan) -> None:
    assert not any(zone.startswith("infraorbital") for zone, _, _ in _settings(acne))
    assert "infraorbital_left" not in acne.zone_limits


def test_no_setting_goes_beyond_the_limits_of_its_zone(acne: Plan, melasma: Plan) -> None:
    for made in (acne, melasma):
        for zone, dial, _ in _settings(made):
            assert dial <= made.zone_limits[zone].deepest_mm


def test_melasma_in_type_v_is_shallow_or_not_needled_and_the_contradiction_is_shown(melasma: Plan) -> None:
    assert all(dial <= 0.25 for _, dial, _ in _settings(melasma))
    finding = next(f for f in melasma.screening.findings if f.rule == "melasma")
    assert len(finding.positions) >= 3
    assert sum(p.followed for p in finding.positions) == 1


def test_isotretinoin_shows_both_positions_and_the_first_visit_waits() -> None:
    made = _planned("isotretinoin")
    finding = next(f for f in made.screening.findings if f.rule == "isotretinoin_recent")
    assert {p.followed for p in finding.positions} == {True, False}
    assert made.starts_on == date(2027, 1, 4)
    assert not any(word in finding.text.lower() for word in ("stop taking", "stop the drug", "stop isotretinoin"))


def test_the_other_position_on_isotretinoin_lets_the_first_visit_be_today() -> None:
    case = read_case("examples/isotretinoin.toml")
    consensus = replace(case, policy=replace(case.policy, choices={"isotretinoin": "consensus"}))
    assert plan(consensus, draws=20, seed=1).starts_on == case.planned_on


def test_vitamin_c_is_never_put_on_fresh_channels() -> None:
    case = replace(read_case("examples/acne_scars.toml"), session_product="vitamin_c_serum")
    made = plan(case, draws=20, seed=1)
    assert all(a.outcome.case.session_product is None for a in made.alternatives)
    assert any("vitamin_c_serum" in f.blocks for f in made.screening.findings)


def test_infraorbital_skin_is_at_most_half_a_millimetre_unless_policy_says_otherwise() -> None:
    case = read_case("examples/acne_scars.toml")
    free = replace(case, history={**case.history, "filler": Answer(Reply.NO)})
    made = plan(free, draws=20, seed=1)
    dials = [dial for zone, dial, _ in _settings(made) if zone.startswith("infraorbital")]
    assert dials
    assert max(dials) <= 0.5
    loose = replace(free, policy=Policy(zone_max_mm={"infraorbital": 0.8}))
    assert plan(loose, draws=20, seed=1).zone_limits["infraorbital_left"].deepest_mm == pytest.approx(0.8)


def test_a_stop_gives_findings_and_no_plan() -> None:
    case = read_case("examples/acne_scars.toml")
    made = plan(replace(case, history={**case.history, "pregnant_or_nursing": Answer(Reply.YES)}), draws=20)
    assert made.alternatives == ()
    assert made.chosen is None
    assert made.screening.findings


def test_an_open_stop_question_gives_no_plan() -> None:
    case = read_case("examples/acne_scars.toml")
    made = plan(replace(case, history={**case.history, "bleeding_disorder": Answer(Reply.UNKNOWN)}), draws=20)
    assert made.chosen is None
    assert made.screening.unanswered == ("bleeding_disorder",)


def test_delays_that_hold_every_zone_move_the_first_visit() -> None:
    case = read_case("examples/stretch_marks.toml")
    held = replace(case, history={**case.history, "laser_or_peel": Answer(Reply.YES, case.planned_on, ("abdomen",))})
    made = plan(held, draws=20, seed=1)
    assert made.chosen is not None
    assert made.starts_on is not None
    assert made.starts_on > case.planned_on


def test_a_delay_without_an_end_leaves_the_first_visit_open() -> None:
    case = read_case("examples/stretch_marks.toml")
    ill = replace(case, history={**case.history, "unwell_or_fever": Answer(Reply.YES)})
    assert plan(ill, draws=20, seed=1).starts_on is None


def test_a_limit_on_visits_pain_and_marks_is_kept_by_the_recommended_course() -> None:
    case = read_case("examples/acne_scars.toml")
    strict = replace(case, limits=Limits(3, 4.0, 24.0, 0.12))
    made = plan(strict, draws=DRAWS, seed=1)
    assert made.chosen is not None
    assert len(made.chosen.course.sessions) <= 3
    assert all(np.median(q.values) <= 4.0 for q in made.chosen.outcome.named("pain_score"))
    assert all(len(a.course.sessions) <= 3 for a in made.alternatives)


def test_where_nothing_can_be_needled_home_care_and_untreated_are_left() -> None:
    case = read_case("examples/melasma.toml")
    none = replace(case, policy=Policy(operator_max_mm=0.1))
    made = plan(none, draws=20, seed=1)
    assert {a.course.name for a in made.alternatives} == {"untreated", "home_care"}
    assert made.chosen is not None
    assert made.numbing is None


def test_home_products_stand_in_every_course_but_the_untreated(melasma: Plan) -> None:
    for alternative in melasma.alternatives:
        expected = () if alternative.course.name == "untreated" else ("hydroquinone_4",)
        assert alternative.course.home_products == expected


def test_a_published_case_is_simulated_as_reported_and_not_searched() -> None:
    made = _planned("published_A03")
    assert [a.course.name for a in made.alternatives] == ["untreated", "protocol"]
    assert made.chosen is not None
    assert [v.day for v in made.chosen.course.sessions] == [0, 30, 60, 90, 120]


def test_the_same_seed_gives_the_same_plan() -> None:
    case: Case = replace(read_case("examples/stretch_marks.toml"), home_care=HomeCare())
    first, second = plan(case, draws=20, seed=5), plan(case, draws=20, seed=5)
    assert [a.course for a in first.alternatives] == [a.course for a in second.alternatives]
    for a, b in zip(first.alternatives, second.alternatives, strict=True):
        assert np.array_equal(improvement(a.outcome, first.read_day), improvement(b.outcome, second.read_day))


def test_better_means_by_more_than_the_worthwhile_difference() -> None:
    other = np.full(100, 0.30)
    assert better_probability(other + 0.049, other) == 0
    assert better_probability(other + 0.051, other) == 1
    mixed = other + np.where(np.arange(100) < 79, 0.2, 0.0)
    assert indistinguishable(mixed, other)
    assert not indistinguishable(other + np.where(np.arange(100) < 80, 0.2, 0.0), other)
