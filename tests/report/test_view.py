"""View: the words and figures of a plan, final, the same for page, paper and app."""

import re
from dataclasses import replace

import numpy as np
import pytest
from tests.report.made import plan_of, view_of
from tests.report.plans import PLANS

from puncta.case import Case, Reply
from puncta.case.case import Answer
from puncta.errors import StoppedError
from puncta.planning import Plan
from puncta.report.numbers import NBSP
from puncta.report.view import view
from puncta.report.view.evidence import quantity_name
from puncta.report.view.figures import figure_of
from puncta.report.view.forecasts import step_of
from puncta.report.view.words import course_name, dial_text, interval_words, person_line, place_list
from puncta.safety import Action, Finding, Screening
from puncta.simulation import Quantity


def _with_quantities(plan: Plan, change: dict[str, Quantity | None]) -> Plan:
    chosen = plan.chosen
    assert chosen is not None and plan.recommended is not None
    kept = {key: q for key, q in {**chosen.outcome.quantities, **change}.items() if q is not None}
    alternatives = list(plan.alternatives)
    alternatives[plan.recommended] = replace(chosen, outcome=replace(chosen.outcome, quantities=kept))
    return replace(plan, alternatives=tuple(alternatives))


def test_the_answer_comes_first_in_one_sentence_with_its_range() -> None:
    seen = view_of("acne")
    assert seen.answer.replace(NBSP, " ") == "Gentle: 4 visits, 4 weeks apart, dial 0.8 to 1.0 mm."
    assert "80 of 100 people: −" in seen.answer_more
    assert plan_of("acne").reason in seen.answer_more


def test_where_nothing_is_needled_the_answer_says_so() -> None:
    seen = view_of("melasma")
    assert seen.answer == "No needling: home care only is recommended."
    assert not seen.needling and seen.zones == () and seen.aftercare == () and seen.numbing is None


def test_a_plan_that_the_screening_forbids_has_no_view() -> None:
    stop = Finding("pregnant", Action.STOP, (), None, "Pregnant", "Wait.", "Answered yes.", ("skinpen_label",))
    plan = plan_of("acne")
    for screening in (Screening((stop,), (), ()), Screening((), ("pregnant_or_nursing",), ())):
        with pytest.raises(StoppedError):
            view(replace(plan, screening=screening))
    with pytest.raises(StoppedError):
        view(replace(plan, recommended=None))


def test_both_sides_share_a_row_only_where_every_figure_is_the_same() -> None:
    assert next((row.name, row.sides) for row in view_of("acne").zones) == ("Cheek", "right and left")
    plan = plan_of("acne")
    assert plan.chosen is not None
    depth = plan.chosen.outcome["depth_mm@cheek_left"]
    deeper = _with_quantities(plan, {depth.key: replace(depth, values=depth.values + 0.3)})
    assert [(row.name, row.sides) for row in view(deeper).zones][:2] == [("Cheek", "right"), ("Cheek", "left")]


def test_dial_and_reached_depth_stand_side_by_side() -> None:
    for row in view_of("acne").zones:
        assert row.dial and row.reaches is not None
        assert row.reaches.unit == "mm" and float(row.reaches.value) < float(row.dial)


@pytest.mark.parametrize("name", sorted(PLANS))
def test_no_figure_of_a_quantity_with_a_unit_is_without_it(name: str) -> None:
    for row in view_of(name).zones:
        for figure in (row.reaches, row.density, row.opened, row.injury, row.bleeding, row.redness):
            assert figure is None or figure.unit
    for row in view_of(name).courses:
        assert all(change is None or change.unit == "%" for change in row.changes)


def test_what_is_absent_stays_absent_and_is_never_zero() -> None:
    seen = view_of("bare")
    first = seen.zones[0]
    assert first.reaches is not None
    assert first.density is None and first.pain is None and first.redness is None and first.time == ""
    assert seen.expect == ()
    recommended = next(row for row in seen.courses if row.recommended)
    assert recommended.pain is None and recommended.marks is None


def test_a_concern_without_a_forecast_gives_its_reason() -> None:
    plan = plan_of("acne")
    gone = _with_quantities(plan, {"improvement_fraction@atrophic_acne_scars": None})
    forecast = view(gone).forecasts[0]
    assert forecast.change is None and "no forecast" in forecast.missing


def test_a_course_without_needles_has_no_pain_of_needling_in_words() -> None:
    untreated = view_of("acne").courses[0]
    assert untreated.pain is not None and untreated.pain.value == "none"


def test_courses_that_data_cannot_tell_apart_are_called_so() -> None:
    verdicts = {row.name: row.verdict for row in view_of("acne").courses}
    assert verdicts["Gentle"] == "recommended"
    assert verdicts["Fewest visits"] == "not distinguishable"
    assert verdicts["Untreated"] == "does less"


def test_a_broken_limit_is_said_in_words() -> None:
    plan = plan_of("acne")
    broken = replace(plan.alternatives[4], broken_limits=("planning.broken.pain_score",))
    seen = view(replace(plan, alternatives=(*plan.alternatives[:4], broken)))
    assert seen.courses[4].verdict == "beyond a limit"
    assert "planning." not in seen.broken[0] and "hurts more" in seen.broken[0]


def test_zones_that_were_asked_for_and_left_out_are_named_with_the_reason() -> None:
    assert view_of("acne").held == ("Under the eye, right and left: not in this course while a delay holds.",)


def test_a_finding_set_aside_names_who_and_why_and_comes_after_those_that_hold() -> None:
    rows = view_of("long").findings.rows
    assert rows[-1].overridden.startswith("Set aside by Dr A. Example")
    assert all(not row.overridden for row in rows[:-1])
    assert all(row.key != "set_aside" for row in view_of("long").card_findings)


def test_disagreeing_guidance_is_shown_on_both_sides_and_one_is_followed() -> None:
    row = next(row for row in view_of("acne").findings.rows if row.positions)
    assert len(row.positions) == 2
    assert [bool(one.followed) for one in row.positions] == [True, False]


def test_positions_that_two_findings_share_are_shown_once() -> None:
    rows = [row for row in view_of("melasma").findings.rows if row.positions or row.as_above]
    shown = [row.positions for row in rows if row.positions]
    assert len(shown) == len(set(shown))
    assert all(not row.positions for row in rows if row.as_above)


def test_limits_on_the_dial_are_gathered_by_dial_lowest_first() -> None:
    for name in PLANS:
        for row in view_of(name).zones:
            for line in row.limits:
                dials = [float(part) for part in re.findall(r"([\d.]+)\N{NO-BREAK SPACE}mm", line)]
                assert dials == sorted(set(dials))


def test_odds_from_yes_and_no_draws_are_their_share() -> None:
    days = np.array([np.nan])
    draws = np.repeat([1.0, 0.0], [59, 41])[:, None]
    quantity = Quantity("grade_gain_probability", None, "lines", days, draws, (), "limits.outcome")
    assert figure_of(quantity, draws[:, 0]).text == "59"


def test_the_step_that_matters_is_a_grade_where_the_scale_has_grades() -> None:
    acne, melasma = plan_of("acne").case.concerns[0], plan_of("melasma").case.concerns[0]
    step, words = step_of(acne) or (0.0, "")
    assert step == pytest.approx(-100 / 3) and words == "one grade clearer"
    assert "step that matters" in (step_of(melasma) or (0.0, ""))[1]


def test_the_published_figure_stands_beside_the_forecast_with_its_role() -> None:
    found = view_of("published").published
    assert found is not None
    assert found.reported.value == "−45" and found.reported.low
    assert found.day == 4 * 30 + 30
    assert "reproduction, not validation" in found.role
    assert view_of("acne").published is None


def test_every_linked_figure_has_its_block_and_assumed_values_are_counted() -> None:
    seen = view_of("acne")
    names = {name for block in seen.evidence for name in block.names}
    for row in seen.zones:
        for figure in (row.reaches, row.density, row.opened, row.pain, row.redness):
            assert figure is not None and figure.evidence in names
    for block in seen.evidence:
        assumed = sum(row.kind == "assumed" for row in block.rows)
        assert (f"{assumed} of them assumed" in block.count) or len(block.rows) == 1
        assert all(row.sources and row.value and row.spread for row in block.rows)
    assert seen.foot.assumed.endswith("values behind this plan are assumed.")


def test_people_behind_the_forecast_are_counted_by_skin_type() -> None:
    backing = view_of("acne").backing
    assert backing is not None
    assert backing.lead.startswith("8 studies with 232 people")
    assert backing.meter.startswith("30 of 232 people")
    few = view_of("body").backing
    assert few is not None and few.lead.startswith("1 study") and few.thin


def test_a_first_visit_that_must_wait_is_dated() -> None:
    plan = plan_of("acne")
    later = replace(plan, starts_on=plan.case.planned_on.replace(year=2027))
    assert view(later).head.planned.replace(NBSP, " ").endswith("first visit not before 4 Nov 2027")
    assert "delay" in view(replace(plan, starts_on=None)).head.planned


def test_the_view_does_not_depend_on_the_order_of_answers() -> None:
    plan = plan_of("acne")
    one: Case = replace(plan.case, history={"a": Answer(Reply.NO), "b": Answer(Reply.NO)})
    two: Case = replace(plan.case, history={"b": Answer(Reply.NO), "a": Answer(Reply.NO)})
    assert view(replace(plan, case=one)) == view(replace(plan, case=two))


def test_a_change_of_the_case_changes_the_key_of_the_plan() -> None:
    plan = plan_of("acne")
    heavier = replace(plan.case, person=replace(plan.case.person, weight_kg=63.0))
    assert view(replace(plan, case=heavier)).plan_key != view_of("acne").plan_key


def test_words_for_places_persons_and_intervals() -> None:
    assert place_list(("cheek_left", "nose", "cheek_right")) == "cheek, right and left; nose"
    assert "phototype IV to V" in person_line(replace(plan_of("acne").case.person, phototype_range=(4, 5))).replace(
        NBSP, " "
    )
    chosen = plan_of("published").chosen
    assert chosen is not None and interval_words(chosen.course) == "30 days"
    assert dial_text(0.25) == "0.25" and dial_text(1.0) == "1.0"
    assert course_name(replace(chosen.course, name="slow_and_low")) == "Slow and low"
    assert quantity_name("depth_mm") == "Depth reached"


def test_the_cream_tells_when_how_high_and_how_deep() -> None:
    cream = view_of("acne").numbing
    assert cream is not None
    clock, level, prilocaine, depth = (line.replace(NBSP, " ") for line in cream.lines)
    assert clock == "On 65 min before the first needle, off 5 min before it."
    assert "lidocaine 0.14 (0.07 to 0.24) of 1 µg/mL" in level
    assert "up to 5 %" in prilocaine
    assert depth.startswith("Numb to 1.3 (0.9 to 1.8) mm at the first needle")
    assert "needled skin" in cream.harm
