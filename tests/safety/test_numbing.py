"""Numbing cream: within the limits of the labels, whatever is asked for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.safety.safety_case import case_of

from puncta.errors import InputError
from puncta.evidence import parameter, records
from puncta.safety import NumbingPlan, plan_numbing, residual_pain_fraction, screen

CREAMS = sorted(records("numbing"))
#: A prescriber stands behind a compounded cream; without one it is refused.
PRESCRIBED = {"overrides": [{"rule": "cream_compounded", "name": "Dr Example", "reason": "prescribed"}]}
LABELLED = [key for key in CREAMS if not records("numbing")[key]["compounded"]]


def _plan(cream: str, area_cm2: float = 180, minutes: float = 60, **person: object) -> NumbingPlan:
    case = case_of({"cream": cream, "minutes": minutes, "person": person, "policy": PRESCRIBED})
    plan = plan_numbing(case, area_cm2, 60, 1, screen(case))
    assert plan is not None
    return plan


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(CREAMS), st.floats(1, 5000), st.floats(0, 300), st.floats(30, 250))
def test_no_cream_ever_goes_beyond_a_limit(cream: str, area_cm2: float, minutes: float, weight_kg: float) -> None:
    plan = _plan(cream, area_cm2, minutes, weight_kg=weight_kg)
    key = f"numbing.{cream}"
    shares = 0.0
    for active, limit_mg in plan.limit_mg.items():
        strength = parameter(f"{key}.actives.{active}.strength_percent").value
        uptake = parameter(f"{key}.actives.{active}.absorbed_fraction").spread.b
        shares += plan.amount_g * 1000 * strength / 100 * uptake / limit_mg
        assert limit_mg <= weight_kg * parameter(f"{key}.actives.{active}.limit_mg_per_kg").value + 1e-9
        assert limit_mg <= parameter(f"{key}.actives.{active}.limit_mg").value
        low, median, high = plan.absorbed_mg[active]
        assert 0 <= low <= median <= high <= limit_mg
    assert shares <= 1 + 1e-9
    assert 0 < plan.area_cm2 <= area_cm2
    for other in [cream] if cream in LABELLED else LABELLED:
        assert plan.area_cm2 <= parameter(f"numbing.{other}.max_area_cm2").value
    assert plan.minutes <= min(minutes, parameter(f"{key}.minutes").spread.b)
    assert np.isclose(plan.amount_g, plan.area_cm2 * parameter(f"{key}.amount_g_per_cm2").value)
    if plan.area_cm2 < area_cm2 * (1 - 1e-9):
        assert any("cm²" in warning for warning in plan.warnings)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(CREAMS),
    st.floats(1, 5000),
    st.floats(0, 300),
    st.floats(30, 250),
    st.sampled_from([["cheek", "jaw"], ["forearm"], ["thigh_front", "nose"]]),
)
def test_nine_of_ten_peaks_stay_below_first_signs(
    cream: str, area_cm2: float, minutes: float, weight_kg: float, treat: list[str]
) -> None:
    person = {"weight_kg": weight_kg}
    case = case_of({"cream": cream, "minutes": minutes, "person": person, "treat": treat, "policy": PRESCRIBED})
    plan = plan_numbing(case, area_cm2, 60, 1, screen(case))
    assert plan is not None and not plan.refused
    shares = [plan.peak_ug_per_ml[one][2] / plan.first_signs_ug_per_ml[one] for one in plan.peak_ug_per_ml]
    assert max(shares) <= 1 + 1e-9
    for band in (*plan.peak_ug_per_ml.values(), *plan.absorbed_mg.values(), plan.numb_mm, plan.methaemoglobin_fraction):
        assert 0 <= band[0] <= band[1] <= band[2]
    assert plan.methaemoglobin_fraction[2] < 1
    assert plan.on_minutes - plan.off_minutes == pytest.approx(plan.minutes)
    assert "No cream on needled skin" in plan.on_needled_skin


def test_cream_on_needled_skin_is_refused_with_the_harm_it_would_do() -> None:
    for cream in CREAMS:
        case = case_of({"cream": cream, "policy": PRESCRIBED})
        asked, whole = plan_numbing(case, 180, 200, 1, needled=True), plan_numbing(case, 180, 200, 1)
        assert asked is not None and whole is not None
        assert asked.refused and asked.warnings == (whole.on_needled_skin,)
        assert "µg/mL" in asked.warnings[0] and "fda_numbing" in asked.sources
        assert asked.absorbed_mg == {} and asked.peak_ug_per_ml == {}


def test_the_body_is_numbed_less_deep_and_its_blood_carries_less() -> None:
    face, body = (
        plan_numbing(case_of({"cream": "lidocaine_prilocaine", "treat": [zone]}), 100, 200, 1)
        for zone in ("cheek", "forearm")
    )
    assert face is not None and body is not None
    assert body.numb_mm[1] < face.numb_mm[1]
    assert body.peak_ug_per_ml["lidocaine"][1] < face.peak_ug_per_ml["lidocaine"][1]


def test_the_session_card_of_the_example_is_met() -> None:
    """62 kg, 180 cm²: 22 g, in an hour about half of what is taken up in two, limits 279 and 372 mg."""
    case = case_of({"cream": "lidocaine_prilocaine"})
    plan = plan_numbing(case, 180, 2000, 3)
    assert plan is not None
    assert round(plan.amount_g) == 22
    assert plan.absorbed_mg["lidocaine"][1] == pytest.approx(22.5, abs=1.5)
    assert {active: round(limit) for active, limit in plan.limit_mg.items()} == {"lidocaine": 279, "prilocaine": 372}
    assert plan.warnings == ()


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(CREAMS), st.floats(30, 120), st.floats(30, 120))
def test_a_lighter_person_never_gets_more_cream(cream: str, one: float, other: float) -> None:
    light, heavy = sorted((one, other))
    assert _plan(cream, 2000, weight_kg=light).amount_g <= _plan(cream, 2000, weight_kg=heavy).amount_g + 1e-9


def test_no_cream_wished_gives_no_plan() -> None:
    assert plan_numbing(case_of(), 100, 10, 1) is None


def test_without_a_weight_or_with_an_allergy_the_cream_is_refused_and_says_why() -> None:
    for table in ({"person": {"weight_kg": "unknown"}}, {"yes": ["anaesthetic_allergy"]}):
        case = case_of({"cream": "lidocaine_prilocaine", **table})
        plan = plan_numbing(case, 180, 10, 1)
        assert plan is not None and plan.refused
        assert len(plan.warnings) == 1 and plan.warnings[0].startswith("No cream")
        assert np.all(residual_pain_fraction(case, 5, 1) == 1)


def test_a_compounded_cream_is_refused_until_a_prescriber_is_named() -> None:
    compounded = "lidocaine_tetracaine_23_7_compounded"
    named, nobody = (case_of({"cream": compounded, "policy": policy}) for policy in (PRESCRIBED, {}))
    refused, plan = plan_numbing(nobody, 180, 60, 1), plan_numbing(named, 180, 60, 1)
    assert refused is not None and refused.refused and refused.warnings[0].startswith("No cream")
    assert np.all(residual_pain_fraction(nobody, 5, 1) == 1) and np.all(residual_pain_fraction(named, 5, 1) < 1)
    assert plan is not None and not plan.refused and "prescriber" in plan.warnings[0]


def test_cream_longer_than_described_is_cut_and_says_so() -> None:
    plan = _plan("lidocaine_tetracaine_7_7", minutes=200)
    assert plan.minutes == 60
    assert "60 min, not 200" in plan.warnings[0]


def test_an_unknown_cream_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        plan_numbing(case_of({"cream": "lidocaine_prilocain"}), 100, 10, 1)
    assert "lidocaine_prilocaine" in caught.value.problems[0].why


def test_cream_eases_pain_more_the_longer_it_stays_up_to_its_usual_time() -> None:
    left = [
        residual_pain_fraction(case_of({"cream": "lidocaine_prilocaine", "minutes": minutes}), 200, 4).mean()
        for minutes in (0, 15, 40, 60, 90)
    ]
    assert left[0] == 1
    assert left == sorted(left, reverse=True)
    assert left[3] == left[4] < 0.85


def test_without_cream_all_pain_is_left() -> None:
    assert np.all(residual_pain_fraction(case_of(), 4, 1) == 1)


def test_a_cream_whose_record_warns_of_methaemoglobin_is_screened_for_it() -> None:
    for cream, record in records("numbing").items():
        if "methaemoglobin" in record["cautions"]:
            found = screen(case_of({"cream": cream, "yes": ["g6pd_or_methaemoglobin"]}))
            assert cream in found.blocked, cream
