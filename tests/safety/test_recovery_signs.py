"""Signs by day: bounded, nothing without needles, higher where deeper, and none grows again after its highest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import draw, nominal, parameter, parameter_keys
from puncta.safety.recovery_signs import RecoveryParameters, bump_signs, last_day_above, redness_grade

HOURS = np.linspace(0.0, 28 * 24.0, 400)
BUMPS = ("swelling", "dryness", "peeling", "sensitivity")
depths = st.floats(0.0, 3.0)


@settings(max_examples=40, deadline=None)
@given(depths, depths, st.integers(0, 9), st.booleans())
def test_signs_lie_between_none_and_strong_and_never_shrink_with_depth(
    one: float, other: float, seed: int, eye: bool
) -> None:
    p = draw(RecoveryParameters, 30, seed)
    shallow, deep = (bump_signs(HOURS, np.full(30, depth), eye, p) for depth in sorted((one, other)))
    for sign in BUMPS:
        assert np.all((shallow[sign] >= 0.0) & (deep[sign] <= 3.0))
        assert np.all(shallow[sign] <= deep[sign] + 1e-12)


def test_without_a_depth_there_is_nothing_to_feel() -> None:
    made = bump_signs(HOURS, np.zeros(5), True, draw(RecoveryParameters, 5, seed=0))
    assert all(np.all(values == 0.0) for values in made.values())


@pytest.mark.parametrize("sign", BUMPS)
def test_a_sign_rises_once_and_then_only_falls(sign: str) -> None:
    values = bump_signs(HOURS, np.full(50, 0.8), False, draw(RecoveryParameters, 50, seed=1))[sign]
    for row in values:
        top = int(np.argmax(row))
        assert np.all(np.diff(row[: top + 1]) >= 0.0) and np.all(np.diff(row[top:]) <= 1e-12)


def test_swelling_stands_out_beside_the_eye_and_nothing_else_does() -> None:
    p = nominal(RecoveryParameters)
    cheek, eye = (bump_signs(HOURS, np.array([0.3]), near, p) for near in (False, True))
    assert eye["swelling"].max() == pytest.approx(2.0 * cheek["swelling"].max())
    assert np.array_equal(eye["dryness"], cheek["dryness"])


def test_what_is_told_to_settle_in_a_week_has_settled_in_the_middle_of_people() -> None:
    """Reviews give 7 days for all transient effects; most texts give 3."""
    p = draw(RecoveryParameters, 500, seed=0)
    made = bump_signs(np.array([168.0]), np.full(500, 1.0), False, p)
    for sign in BUMPS:
        assert np.median(made[sign]) < 0.5, sign


def test_redness_grows_with_a_star_and_dark_skin_needs_more_of_it() -> None:
    p, rise = nominal(RecoveryParameters), np.linspace(0.0, 20.0, 50)[None, :]
    light, dark = (redness_grade(rise, np.array([seen]), p) for seen in (2.0, 3.0))
    assert np.all(np.diff(light[0]) >= 0.0) and np.all(dark <= light)


def test_the_last_day_is_that_of_the_second_fall_where_a_curve_comes_back() -> None:
    days, values = np.arange(5.0), np.array([[3.0, 0.0, 3.0, 0.0, 0.0], [0.0] * 5, [3.0] * 5])
    assert last_day_above(days, values, np.full(3, 1.5)).tolist() == [2.5, 0.0, 4.0]


def test_every_figure_of_the_days_after_is_assumed_and_says_so() -> None:
    assert {parameter(key).kind for key in parameter_keys(RecoveryParameters)} == {"assumed"}
