"""Limits of depth: kinds kept apart, the tightest wins, and a darker skin never gets the deeper one."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.safety.safety_case import case_of

from puncta.errors import PunctaError
from puncta.needling.devices import devices
from puncta.safety import ZoneLimit, zone_limits
from puncta.skin import zones

ALL = sorted(zones())
SHARED = settings(max_examples=80, deadline=None)
inputs = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(ALL),
        "device": st.sampled_from(sorted(devices())),
        "concerns": st.sampled_from([["melasma"], ["lines"], ["melasma", "lines"], ["atrophic_acne_scars"]]),
        "yes": st.sampled_from([[], ["melasma"], ["dark_marks_after_healing"]]),
        "policy": st.fixed_dictionaries(
            {
                "operator_max_mm": st.sampled_from([None, 0.3, 0.5, 1.0, 2.5]),
                "choices": st.fixed_dictionaries(
                    {
                        "melasma_depth": st.sampled_from(["shallow", "series_1_5", "needling_alone", "not_past_0_1"]),
                        "evaluated_limit": st.sampled_from(["bind", "inform"]),
                    }
                ),
            }
        ),
    }
)


def _limit(given_inputs: dict[str, Any], phototype: int = 2) -> ZoneLimit:
    zone = given_inputs["zone"]
    table = {**given_inputs, "treat": [zone], "person": {"phototype": phototype}}
    return zone_limits(case_of(table), zone)


def _kinds(limit: ZoneLimit) -> dict[str, tuple[float, bool]]:
    return {line.kind: (line.dial_mm, line.binding) for line in limit.lines}


@SHARED
@given(inputs, st.integers(1, 6), st.integers(1, 6))
def test_a_darker_phototype_never_gets_a_deeper_limit(table: dict[str, Any], one: int, other: int) -> None:
    lighter, darker = sorted((one, other))
    assert _limit(table, darker).deepest_mm <= _limit(table, lighter).deepest_mm


@SHARED
@given(inputs)
def test_every_step_is_a_step_of_the_device_and_within_every_binding_limit(table: dict[str, Any]) -> None:
    limit = _limit(table)
    binding = [line.dial_mm for line in limit.lines if line.binding]
    assert binding and limit.lines[0].binding
    assert limit.lines[0].dial_mm == min(binding)
    assert set(limit.steps_mm) <= set(devices()[table["device"]].steps_mm)
    assert all(0 < step <= min(binding) + 1e-6 for step in limit.steps_mm)
    left_out = set(devices()[table["device"]].steps_mm) - set(limit.steps_mm)
    assert all(step > min(binding) for step in left_out)


@SHARED
@given(inputs, st.sampled_from([0.2, 0.5, 0.8]))
def test_a_tighter_licence_never_deepens(table: dict[str, Any], licence_mm: float) -> None:
    free = {**table, "policy": {**table["policy"], "operator_max_mm": None}}
    tight = {**table, "policy": {**table["policy"], "operator_max_mm": licence_mm}}
    assert _limit(tight).deepest_mm <= min(_limit(free).deepest_mm, licence_mm)


def test_nothing_is_left_inside_the_bony_rim_of_the_eye() -> None:
    for name, zone in zones().items():
        limit = _limit({"zone": name})
        assert (limit.steps_mm == ()) is zone.never
        assert limit.deepest_mm > 0 or zone.never


def test_under_the_eye_half_a_millimetre_is_the_most_unless_the_policy_says_otherwise() -> None:
    assert _limit({"zone": "infraorbital_left"}).deepest_mm == 0.5
    own = {"zone": "infraorbital_left", "policy": {"zone_max_mm": {"infraorbital": 0.8}}}
    limit = _limit(own)
    assert limit.deepest_mm == 0.8
    assert _kinds(limit)["zone"] == (0.5, False)
    assert _kinds(limit)["clinic"] == (0.8, True)


def test_a_policy_cannot_open_the_eyelid() -> None:
    assert _limit({"zone": "lower_eyelid_left", "policy": {"zone_max_mm": {"lower_eyelid": 0.5}}}).steps_mm == ()


def test_the_evaluated_depth_binds_until_the_policy_lets_it_inform() -> None:
    table = {"zone": "abdomen", "device": "skinpen_precision"}
    assert _kinds(_limit(table))["evaluated"] == (1.5, True)
    informs = {**table, "policy": {"choices": {"evaluated_limit": "inform"}}}
    assert _kinds(_limit(informs))["evaluated"] == (1.5, False)


def test_melasma_is_planned_shallow_and_shallower_in_dark_skin() -> None:
    table = {"zone": "cheek_left", "concerns": ["melasma"]}
    assert _limit(table, 3).deepest_mm == 0.5
    assert _limit(table, 5).deepest_mm == 0.2
    series = {**table, "policy": {"choices": {"melasma_depth": "series_1_5"}}}
    assert _limit(series, 3).deepest_mm == 1.5
    assert _limit(series, 5).deepest_mm == 0.5


def test_melasma_is_not_needled_where_the_policy_follows_the_dissenting_opinion_and_the_pen_begins_deeper() -> None:
    choices = {"melasma_depth": "not_past_0_1"}
    table = {"zone": "cheek_left", "concerns": ["melasma"], "device": "skinpen_precision"}
    assert _limit({**table, "policy": {"choices": choices}}).steps_mm == ()


def test_melasma_in_one_zone_does_not_bind_another() -> None:
    case = case_of({"history": {"melasma": {"zones": ["upper_lip"]}}})
    assert zone_limits(case, "cheek_left").deepest_mm == 1.5
    assert zone_limits(case, "upper_lip").deepest_mm <= 0.5


def test_a_roller_longer_than_the_limit_leaves_no_step() -> None:
    assert _limit({"zone": "forehead", "device": "dermaroller_mf8"}).steps_mm == ()


def test_an_unknown_zone_is_refused_with_the_nearest() -> None:
    try:
        zone_limits(case_of(), "cheeck_left")
    except PunctaError as error:
        assert "cheek_left" in str(error)
    else:
        raise AssertionError("an unknown zone was accepted")


def test_what_a_study_did_stands_beside_the_limits_and_permits_nothing() -> None:
    limit = _limit({"zone": "cheek_left", "device": "skinpen_precision"})
    kinds = _kinds(limit)
    assert kinds["study"] == (2.5, False) and kinds["evaluated"] == (1.5, True)
    assert limit.deepest_mm <= 1.5
