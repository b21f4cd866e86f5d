"""The reactions: rest is exact, nothing turns negative, and only four operations are used."""

import ast
import dataclasses
import inspect
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.healing.protocols import NOMINAL

from puncta.evidence import draw
from puncta.healing import STATES, HealingParameters, activation, react, rest, surface_react

DRAWS = draw(HealingParameters, 500, seed=3)
FLOATS = SimpleNamespace(**{f.name: float(getattr(NOMINAL, f.name)[0]) for f in dataclasses.fields(NOMINAL)})
STATE = st.tuples(*(st.floats(0, 1 if name == "W" else 10) for name in STATES))


def test_nothing_changes_at_rest_in_any_draw() -> None:
    for parameters in (NOMINAL, DRAWS):
        assert np.abs(np.array(react(rest(parameters), parameters))).max() < 1e-16


def test_the_collagens_are_one_at_rest() -> None:
    states = dict(zip(STATES, rest(DRAWS), strict=True))
    assert states["C3"] + states["Ci"] + states["Cm"] == pytest.approx(np.ones(500), abs=1e-15)
    assert all((states[name] == 0).all() for name in ("D", "N", "M1", "M2", "T", "W", "En"))


def test_only_plus_minus_times_and_divided_by_are_used() -> None:
    """So that floats, arrays and traced values pass alike: no branch, no power, no call but the activation."""
    allowed = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub)
    for function in (react, activation, surface_react):
        tree = ast.parse(inspect.getsource(function))
        for node in ast.walk(tree):
            assert not isinstance(node, ast.If | ast.IfExp | ast.Compare | ast.BoolOp | ast.For | ast.While)
            if isinstance(node, ast.BinOp | ast.UnaryOp):
                assert isinstance(node.op, allowed)
            if isinstance(node, ast.Call):
                assert isinstance(node.func, ast.Name)
                assert node.func.id == "activation"


@settings(max_examples=100, deadline=None)
@given(STATE)
def test_floats_and_arrays_give_the_same_rates(state: tuple[float, ...]) -> None:
    one = react(state, FLOATS)
    many = react(np.array(state)[:, None, None] * np.ones((len(STATES), 3, 1)), NOMINAL)
    for single, array in zip(one, many, strict=True):
        assert np.broadcast_to(array, (3, 1)) == pytest.approx(np.full((3, 1), single), rel=1e-12, abs=1e-15)


@settings(max_examples=200, deadline=None)
@given(STATE, st.sampled_from(STATES))
def test_a_state_at_its_lower_bound_does_not_fall(state: tuple[float, ...], name: str) -> None:
    at = STATES.index(name)
    floor = 1.0 if name == "V" else 0.0
    held = [*state[:at], floor, *state[at + 1 :]]
    assert np.all(react(np.array(held)[:, None], DRAWS)[at] >= 0)


@settings(max_examples=200, deadline=None)
@given(STATE)
def test_fibroblasts_macrophages_and_dilation_do_not_pass_their_ceilings(state: tuple[float, ...]) -> None:
    u = dict(zip(STATES, np.array(state)[:, None] * np.ones(500), strict=True))
    p = DRAWS
    u["F"] = (p.pc + p.rho) / (p.pc / p.Fmax + p.rho)
    rates = dict(zip(STATES, react([u[name] for name in STATES], p), strict=True))
    assert np.all(rates["F"] <= 1e-12)
    u["W"] = np.ones(500)
    rates = dict(zip(STATES, react([u[name] for name in STATES], p), strict=True))
    assert np.all(rates["W"] <= 0)
    slower = np.minimum(p.mum, p.mum2)
    total = p.smr / slower
    u["M1"] = np.minimum(u["M1"], total)
    u["M2"] = total - u["M1"]
    rates = dict(zip(STATES, react([u[name] for name in STATES], p), strict=True))
    assert np.all(rates["M1"] + rates["M2"] <= 1e-12)


def test_activation_is_half_at_one_and_steep() -> None:
    assert activation(1.0) == 0.5
    assert activation(0.5) == pytest.approx(1 / 17)
    assert activation(2.0) == pytest.approx(16 / 17)


def test_every_draw_settles_after_a_small_injury() -> None:
    """Debris calls neutrophils that turn into debris; at a gain of 1 or more inflammation would stay for ever."""
    assert DRAWS.loop.max() <= 0.85
    loss = DRAWS.snr * DRAWS.knpt / (DRAWS.munr * DRAWS.loop)
    trace = -(loss + DRAWS.mun)
    determinant = loss * DRAWS.mun - DRAWS.mun * DRAWS.snr * DRAWS.knpt / DRAWS.munr
    slowest = 0.5 * (trace + np.sqrt(trace**2 - 4 * determinant))
    assert slowest.max() < 0


def test_the_epidermis_never_heads_below_nothing_where_collagen_is_lost() -> None:
    thickening = FLOATS.kH
    assert surface_react((0, 0, 1), 0, 1, 0, 0, FLOATS)[0] > 0
    step = 1e-6
    up = surface_react((1, 1, 1), step, 0, 0, 0, FLOATS)[0] * FLOATS.tv_e / step
    down = surface_react((1, 1, 1), 0, step, 0, 0, FLOATS)[0] * FLOATS.tv_e / step
    assert (up, down) == pytest.approx((thickening, -thickening), rel=1e-5)
