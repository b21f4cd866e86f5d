"""Level in blood of a numbing cream: nothing is lost, it goes by dose, and an integrator says the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from puncta.absorption import (
    BodyLevelParameters,
    CreamOn,
    body_level,
    creams,
    first_signs_fraction,
    methaemoglobin_fraction,
)
from puncta.absorption.body_level import NEEDLED, SITES
from puncta.errors import InputError
from puncta.evidence import draw, draw_one

CREAMS = sorted(creams())
N = 40
ON = st.builds(
    CreamOn,
    cream=st.sampled_from(CREAMS),
    amount_g=st.floats(0.5, 100),
    area_cm2=st.floats(5, 1000),
    minutes=st.floats(0, 300),
    site=st.sampled_from(SITES),
    occluded=st.sampled_from([None, True, False]),
    needled=st.sampled_from(NEEDLED),
)


@settings(max_examples=60, deadline=None)
@given(ON, st.floats(35, 150))
def test_nothing_is_lost_or_made(on: CreamOn, weight_kg: float) -> None:
    for level in body_level(on, weight_kg, N, seed=1):
        entered = level.in_skin_mg + level.in_body_mg + level.cleared_mg
        assert np.allclose(
            entered[:, level.hours >= on.minutes / 60], level.absorbed_mg[:, None], rtol=1e-9, atol=1e-12
        )
        for part in (level.in_skin_mg, level.in_body_mg, level.cleared_mg, np.diff(level.cleared_mg, axis=1)):
            assert part.min() >= -1e-9 * level.held_mg
        assert np.all(level.absorbed_mg <= level.held_mg * (1 + 1e-9))


@settings(max_examples=60, deadline=None)
@given(ON, st.floats(35, 150), st.floats(1.1, 5))
def test_twice_the_cream_on_twice_the_area_is_twice_the_level(on: CreamOn, weight_kg: float, fold: float) -> None:
    more = replace(on, amount_g=fold * on.amount_g, area_cm2=fold * on.area_cm2)
    for one, other in zip(body_level(on, weight_kg, N, 1), body_level(more, weight_kg, N, 1), strict=True):
        assert np.allclose(other.peak_ug_per_ml, fold * one.peak_ug_per_ml, rtol=1e-9)
        assert np.allclose(other.peak_hours, one.peak_hours, rtol=1e-9)
        assert np.allclose(other.ug_per_ml, fold * one.ug_per_ml, rtol=1e-9, atol=1e-15)


@settings(max_examples=40, deadline=None)
@given(ON, st.floats(35, 150))
def test_the_area_under_the_level_is_what_was_taken_up_over_the_clearance(on: CreamOn, weight_kg: float) -> None:
    hours = np.unique(np.concatenate([np.linspace(0, 6, 3000), np.geomspace(6, 400, 1500)]))
    for level in body_level(on, weight_kg, N, 2, hours=hours):
        under = np.trapezoid(level.ug_per_ml, hours, axis=1)
        assert np.allclose(under, level.area_ug_h_per_ml, rtol=2e-3, atol=1e-9)
        assert np.all(level.ug_per_ml.max(axis=1) <= level.peak_ug_per_ml * (1 + 1e-9))
        assert np.allclose(level.ug_per_ml.max(axis=1), level.peak_ug_per_ml, rtol=1e-3, atol=1e-12)


@pytest.mark.parametrize("needled", NEEDLED)
def test_an_integrator_says_the_same(needled: str) -> None:
    on, weight_kg, seed = CreamOn("lidocaine_prilocaine", 22, 180, 75, needled=needled), 62.0, 5
    p = draw(BodyLevelParameters, 6, seed)
    flow_fold = draw_one("absorption.clearance_needled_fold", 6, seed)
    for level in body_level(on, weight_kg, 6, seed, parameters=p):
        for i in range(6):
            slow, red = p.release_per_h[i], p.release_per_h[i] * flow_fold[i]
            clearance = getattr(p, f"{level.compound}_clearance_l_per_h_kg")[i] * weight_kg
            volume = getattr(p, f"{level.compound}_volume_l_per_kg")[i] * weight_kg

            def flow(
                t: float,
                y: np.ndarray,
                i: int = i,
                c: float = clearance,
                v: float = volume,
                a: float = slow,
                b: float = red,
                taken: float = level.absorbed_mg[i],
            ) -> list[float]:
                on_skin = t < 1.25
                release = {"no": a, "before": b, "after": a if on_skin else b}[needled]
                return [
                    (taken / 1.25 if on_skin else 0.0) - release * y[0],
                    release * y[0] - c / v * y[1],
                    c / v * y[1],
                ]

            first = solve_ivp(flow, (0, 1.25 - 1e-12), [0, 0, 0], rtol=1e-10, atol=1e-13)
            then = solve_ivp(
                flow, (1.25, 12), first.y[:, -1], t_eval=level.hours[level.hours > 1.3], rtol=1e-10, atol=1e-13
            )
            late = level.hours > 1.3
            assert np.allclose(level.ug_per_ml[i, late], then.y[1] / volume, rtol=1e-6, atol=1e-12)
            assert np.allclose(level.in_skin_mg[i, late], then.y[0], rtol=1e-6, atol=1e-9)
            assert np.allclose(level.cleared_mg[i, late], then.y[2], rtol=1e-6, atol=1e-9)


def test_equal_rates_are_no_exception() -> None:
    p = draw(BodyLevelParameters, 3, 0)
    same = p.lidocaine_clearance_l_per_h_kg / p.lidocaine_volume_l_per_kg
    on = CreamOn("lidocaine_4", 10, 60, 60)
    level = body_level(on, 70, 3, 0, parameters=replace(p, release_per_h=same))[0]
    near = body_level(on, 70, 3, 0, parameters=replace(p, release_per_h=same * (1 + 1e-7)))[0]
    assert np.allclose(level.peak_ug_per_ml, near.peak_ug_per_ml, rtol=1e-5)
    assert np.allclose(level.peak_hours, near.peak_hours, rtol=1e-5)
    assert np.allclose(level.ug_per_ml, near.ug_per_ml, rtol=1e-5)


@settings(max_examples=40, deadline=None)
@given(ON, st.floats(35, 150))
def test_a_heavier_person_and_a_shorter_time_never_have_a_higher_peak(on: CreamOn, weight_kg: float) -> None:
    shorter = replace(on, minutes=on.minutes / 2)
    for one, heavier, sooner in zip(
        body_level(on, weight_kg, N, 1),
        body_level(on, 1.3 * weight_kg, N, 1),
        body_level(shorter, weight_kg, N, 1),
        strict=True,
    ):
        assert np.all(heavier.peak_ug_per_ml <= one.peak_ug_per_ml)
        assert np.all(sooner.peak_ug_per_ml <= one.peak_ug_per_ml * (1 + 1e-9))


@pytest.mark.parametrize("key", CREAMS)
def test_needled_skin_takes_up_more_and_needling_after_it_only_brings_it_sooner(key: str) -> None:
    on = CreamOn(key, 20, 150, 60)
    for whole, after, before in zip(
        *(body_level(replace(on, needled=how), 65, 200, 3) for how in ("no", "after", "before")), strict=True
    ):
        assert np.all(after.absorbed_mg == whole.absorbed_mg)
        assert np.all(after.peak_ug_per_ml >= whole.peak_ug_per_ml)
        assert np.all(before.absorbed_mg > whole.absorbed_mg)
        assert np.median(before.peak_ug_per_ml) > 1.25 * np.median(whole.peak_ug_per_ml)


def test_no_level_is_told_of_what_blood_splits_at_once() -> None:
    found = body_level(CreamOn("lidocaine_tetracaine_7_7", 20, 150, 30), 65, 10, 0)
    assert [level.compound for level in found] == ["lidocaine"]
    assert not any("tetracaine." in key or "prilocaine" in key for key in found[0].rests_on)
    assert "body_level.lidocaine_volume_l_per_kg" in found[0].rests_on


def test_prilocaine_adds_up_over_applications() -> None:
    once = body_level(CreamOn("lidocaine_prilocaine", 60, 400, 180, site="body"), 70, 50, 0)
    assert np.allclose(methaemoglobin_fraction([*once, *once]), 2 * methaemoglobin_fraction(once))
    assert np.all(methaemoglobin_fraction(body_level(CreamOn("lidocaine_4", 60, 400, 60), 70, 50, 0)) == 0)


def test_everything_wrong_is_told_together() -> None:
    with pytest.raises(InputError) as caught:
        CreamOn("lidocaine_4", -1, 0, -5, site="foot", needled="often")
    assert {problem.field for problem in caught.value.problems} == {
        "amount_g",
        "area_cm2",
        "minutes",
        "site",
        "needled",
    }
    with pytest.raises(InputError):
        body_level(CreamOn("lidocaine_4", 1, 10, 30), 0.0, 5, 0)
    with pytest.raises(InputError) as unknown:
        body_level(CreamOn("lidocain", 1, 10, 30), 60, 5, 0)
    assert "lidocaine_4" in unknown.value.problems[0].why


def test_first_signs_add_up_over_the_actives() -> None:
    levels = body_level(CreamOn("lidocaine_prilocaine", 22, 180, 60), 62, 50, 0)
    both, lidocaine = first_signs_fraction(levels), first_signs_fraction(levels[:1])
    assert np.allclose(lidocaine, levels[0].peak_ug_per_ml / 1.0)
    assert np.allclose(both - lidocaine, levels[1].peak_ug_per_ml / 1.2)
    assert np.all(first_signs_fraction([]) == 0)
