"""What holds for the screen whatever the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.safety.safety_case import PLANNED_ON, case_of

from puncta.case.case import LesionKind
from puncta.errors import InputError
from puncta.safety import Action, questions, rules, screen
from puncta.safety.facts import Facts
from puncta.skin import zones

QUESTIONS = sorted(questions())
FIELD = ["cheek", "jaw", "infraorbital", "forehead"]
SHARED = settings(max_examples=60, deadline=None)

days = st.integers(-30, 500).map(lambda ago: PLANNED_ON - timedelta(days=ago))
places = st.lists(st.sampled_from([*FIELD, "nose", "back"]), max_size=2, unique=True)
answers = st.one_of(
    st.just("yes"),
    st.just("unknown"),
    st.builds(lambda when, where: {"when": when, "zones": where}, days, places),
    st.builds(lambda where: {"zones": where}, places),
)
lesions = st.builds(
    lambda kind, zone, examined: {"kind": kind, "zone": zone, "examined": examined},
    st.sampled_from([kind.value for kind in LesionKind]),
    st.sampled_from(sorted(name for name, zone in zones().items() if not zone.never)),
    st.booleans(),
)
tables = st.fixed_dictionaries(
    {
        "person": st.fixed_dictionaries({"phototype": st.integers(1, 6), "age_years": st.integers(15, 80)}),
        "treat": st.lists(st.sampled_from(FIELD), min_size=1, unique=True),
        "history": st.dictionaries(st.sampled_from(QUESTIONS), answers, max_size=5),
        "lesions": st.lists(lesions, max_size=3),
        "concerns": st.lists(st.sampled_from(["atrophic_acne_scars", "melasma", "lines"]), min_size=1, unique=True),
        "device": st.sampled_from(["exceed", "skinpen_precision", "dermaroller_mf8"]),
        "cream": st.sampled_from([None, "lidocaine_prilocaine", "lidocaine_tetracaine_7_7"]),
        "product": st.sampled_from([None, "sterile_saline", "vitamin_c_serum"]),
        "sunscreen": st.booleans(),
    }
)


@SHARED
@given(tables, st.sampled_from(QUESTIONS), places)
def test_one_more_yes_never_lowers_the_action(table: dict[str, Any], question: str, where: list[str]) -> None:
    """A plain yes, now, is the gravest answer a question can have."""
    before = screen(case_of(table))
    after = screen(case_of({**table, "history": {**table["history"], question: "yes"}}))
    assert after.action >= before.action
    assert after.blocked >= before.blocked
    assert set(after.unanswered) <= set(before.unanswered)


@SHARED
@given(tables, lesions)
def test_one_more_lesion_never_lowers_the_action(table: dict[str, Any], lesion: dict[str, Any]) -> None:
    before = screen(case_of(table))
    after = screen(case_of({**table, "lesions": [*table["lesions"], lesion]}))
    assert after.action >= before.action
    assert {f.rule for f in after.findings} >= {f.rule for f in before.findings}


@SHARED
@given(tables, st.integers(1, 400), st.integers(0, 400))
def test_a_more_recent_filler_never_ends_its_wait_earlier(table: dict[str, Any], ago: int, more: int) -> None:
    def until(days_ago: int) -> date:
        history = {**table["history"], "filler": {"when": PLANNED_ON - timedelta(days=days_ago)}}
        found = {f.rule: f for f in screen(case_of({**table, "history": history})).findings}
        end = found["filler_recent"].until if "filler_recent" in found else None
        return end or PLANNED_ON

    assert until(ago) >= until(ago + more)


@SHARED
@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_zones_lesions_and_concerns_changes_nothing(table: dict[str, Any], random: Any) -> None:
    mixed = dict(table)
    for name in ("treat", "lesions", "concerns"):
        mixed[name] = random.sample(table[name], len(table[name]))
    names = random.sample(sorted(table["history"]), len(table["history"]))
    mixed["history"] = {name: table["history"][name] for name in names}
    mixed = {name: mixed[name] for name in random.sample(sorted(mixed), len(mixed))}
    turned = case_of(mixed)
    turned = replace(turned, history=dict(list(turned.history.items())[::-1]), zones=turned.zones[::-1])
    assert screen(turned) == screen(case_of(table))


@SHARED
@given(tables)
def test_stop_beats_delay_beats_caution_beats_note(table: dict[str, Any]) -> None:
    assert Action.STOP > Action.DELAY > Action.CAUTION > Action.NOTE > Action.GO
    found = screen(case_of(table))
    counted = [min(f.action, Action.CAUTION) if f.blocks else f.action for f in found.findings]
    assert found.action is max(counted, default=Action.GO)
    assert found.allows_plan is (found.action is not Action.STOP and not found.unanswered)


@SHARED
@given(tables, st.sampled_from(QUESTIONS))
def test_unknown_is_asked_again_and_never_taken_as_no(table: dict[str, Any], question: str) -> None:
    case = case_of({**table, "history": {**table["history"], question: "unknown"}})
    found = screen(case)
    facts = Facts.of(case)
    if question not in facts.asked:
        return
    noted = [f for f in found.findings if f.rule == "questions_open"]
    name = questions()[question].name
    assert question in found.unanswered or (noted and name in noted[0].why)


@SHARED
@given(tables, st.sampled_from(["glycolic peel", "fractional laser", "roller before cream"]))
def test_one_more_treatment_or_none_of_the_sunscreen_never_lowers_the_action(table: dict[str, Any], what: str) -> None:
    before = screen(case_of({**table, "sunscreen": True}))
    assert screen(case_of({**table, "sunscreen": False})).action >= before.action
    more = screen(case_of({**table, "sunscreen": True, "co_treatments": [what]}))
    assert more.action >= before.action and more.blocked >= before.blocked


@SHARED
@given(tables, st.integers(1, 5))
def test_a_darker_phototype_never_hides_a_finding_on_the_person(table: dict[str, Any], phototype: int) -> None:
    def found(kind: int) -> dict[str, Action]:
        case = case_of({**table, "person": {**table["person"], "phototype": kind}})
        return {f.rule: f.action for f in screen(case).findings if not f.rule.startswith("device_")}

    lighter, darker = found(phototype), found(phototype + 1)
    assert set(lighter) <= set(darker)
    assert all(darker[rule] >= action for rule, action in lighter.items())


def test_nearly_all_people_without_a_history_may_go() -> None:
    """All combinations of sex, phototype, adult age and usual field; only a note may be left."""
    people = [
        {"phototype": phototype, "sex": sex, "age_years": age, "weight_kg": weight}
        for phototype in range(1, 7)
        for sex in ("female", "male", "unstated")
        for age in (22, 35, 48, 61, 74)
        for weight in (48, 70, 110)
    ]
    fields = (["cheek", "jaw"], ["forehead", "crows_feet"], ["abdomen"])
    devices = ("exceed", "skinpen_precision", "pro_pen")
    cases = [
        case_of({"person": person, "treat": fields[n % 3], "device": devices[n // 3 % 3], "cream": "lidocaine_4"})
        for n, person in enumerate(people)
    ]
    good = [case for case in cases if screen(case).action <= Action.NOTE and screen(case).allows_plan]
    assert len(good) >= 0.95 * len(cases)


@SHARED
@given(tables)
def test_every_rule_is_either_found_or_quiet_with_a_reason(table: dict[str, Any]) -> None:
    found = screen(case_of(table))
    spoken = [f.rule for f in found.findings] + [q.rule for q in found.quiet]
    assert sorted(spoken) == sorted(rules())
    assert all(q.why for q in found.quiet)
    assert all(f.why and f.title and f.text and f.sources for f in found.findings)
    assert [f.action for f in found.findings] == sorted((f.action for f in found.findings), reverse=True)
    treated = {zone for use in case_of(table).zones for zone in [use.zone]}
    assert all(set(f.zones) <= treated for f in found.findings)


@SHARED
@given(tables, st.text(min_size=1, max_size=5).filter(str.strip))
def test_only_findings_below_a_stop_can_be_set_aside(table: dict[str, Any], name: str) -> None:
    overrides = [{"rule": rule, "name": name, "reason": "known"} for rule in rules()]
    plain = screen(case_of(table))
    aside = screen(case_of({**table, "policy": {"overrides": overrides}}))
    assert [f.rule for f in aside.findings] == [f.rule for f in plain.findings]
    for found in aside.findings:
        if found.action is Action.STOP:
            assert found.overridden is None
            assert name in found.why
        else:
            assert found.overridden is not None and found.overridden.name == name
    held_back = Action.CAUTION if aside.blocked else Action.GO
    assert aside.action is (Action.STOP if plain.action is Action.STOP else held_back)
    assert not aside.held_zones()
    assert all(aside.free_from(use.zone, PLANNED_ON) == PLANNED_ON for use in case_of(table).zones)


@pytest.mark.parametrize("question", [key for key, entry in questions().items() if entry.stop])
def test_an_open_question_that_can_stop_blocks_the_plan(question: str) -> None:
    cream = "lidocaine_tetracaine_7_7" if "pseudo" in question else "lidocaine_prilocaine"
    left_out = screen(case_of({"cream": cream, "unanswered": [question]}))
    unknown = screen(case_of({"cream": cream, "history": {question: "unknown"}}))
    for found in (left_out, unknown):
        assert found.unanswered == (question,)
        assert not found.allows_plan
        assert found.action is Action.GO


def test_a_policy_with_several_mistakes_gives_them_all_at_once() -> None:
    policy = {
        "choices": {"isotretinoin": "nobody", "weather": "dry"},
        "overrides": [
            {"rule": "melasmaa", "name": "Dr Example", "reason": "known"},
            {"rule": "melasma", "name": " ", "reason": ""},
        ],
    }
    with pytest.raises(InputError) as caught:
        screen(case_of({"policy": policy}))
    fields = [problem.field for problem in caught.value.problems]
    assert fields == [
        "policy.overrides[0].rule",
        "policy.overrides[1].name",
        "policy.overrides[1].reason",
        "policy.choices.isotretinoin",
        "policy.choices.weather",
    ]
    assert "melasma" in caught.value.problems[0].do
    assert caught.value.problems[3].allowed == "label, consensus"


def test_the_reason_of_a_delay_names_day_zone_and_wait() -> None:
    found = screen(case_of({"history": {"filler": {"when": date(2026, 10, 4), "zones": ["cheek_left"]}}}))
    delay = found.findings[0]
    assert delay.why == (
        "Filler: yes (cheek left), 4 Oct 2026, 36 days before the day of planning; the wait is 6 months"
    )
    assert "4 Apr 2027" in delay.text
    assert found.delays("cheek_left") == (delay,)
    assert found.delays("jaw_left") == ()


def test_an_open_ended_delay_on_the_field_leaves_no_day_for_any_zone() -> None:
    found = screen(case_of({"yes": ["unwell_or_fever", "retinoid_on_skin"]}))
    assert found.free_from("cheek_left", PLANNED_ON) is None


def test_a_zone_is_free_when_the_last_delay_on_it_ends_and_never_by_itself_when_one_has_no_end() -> None:
    history = {"filler": {"when": date(2026, 10, 4), "zones": ["cheek"]}, "toxin": {"when": date(2026, 11, 2)}}
    found = screen(case_of({"history": history}))
    assert found.free_from("cheek_left", PLANNED_ON) == date(2027, 4, 4)
    assert found.free_from("jaw_left", PLANNED_ON) == date(2026, 11, 16)
    flare = screen(case_of({"history": {**history, "rosacea_flare": {"zones": ["cheek"]}}}))
    assert flare.free_from("cheek_left", PLANNED_ON) is None
    assert flare.free_from("jaw_left", PLANNED_ON) == date(2026, 11, 16)
    assert screen(case_of()).free_from("jaw_left", PLANNED_ON) == PLANNED_ON
