"""The integration: it agrees with SciPy on equations written apart, and no lane spoils another."""

import dataclasses
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from tests.healing.protocols import COURSE, NOMINAL, PROTOCOLS, SCATTER, TAPER, channels_of, follow, wound_of

from puncta import compiler
from puncta.evidence import draw
from puncta.healing import STATES, Healing, HealingParameters, grid, heal, injury

LANES = 60
DRAWS = draw(HealingParameters, LANES, seed=11)
ROWS = np.array(list(PROTOCOLS.values()))[np.arange(LANES) % len(PROTOCOLS)].T
OUTPUTS = (0.0, 0.1, 0.5, 1.0, 3.0, 7.0, 28.0, 30.0, 56.0)


def _lane(parameters: HealingParameters, lane: int) -> HealingParameters:
    return HealingParameters(
        **{f.name: getattr(parameters, f.name)[lane : lane + 1] for f in dataclasses.fields(parameters)}
    )


def _replace(parameters: HealingParameters, lane: int, **values: float) -> HealingParameters:
    changed = {name: getattr(parameters, name).copy() for name in values}
    for name, value in values.items():
        changed[name][lane] = value
    return dataclasses.replace(parameters, **changed)


def _run(parameters: HealingParameters = DRAWS, rows: np.ndarray = ROWS, **options: Any) -> Healing:
    wound = injury(grid(), channels_of(*rows), parameters)
    return heal(wound, (0, 28), parameters, age_years=30, horizon_days=56, output_days=OUTPUTS, **options)


@cache
def _usual() -> Healing:
    return _run()


def _apart(p: dict[str, float], row: tuple[float, float, float], days: tuple[float, ...], end: float) -> np.ndarray:
    """The equations of the paper once more, with powers and a matrix, one layer after the other, by LSODA."""
    edges = grid().edges_mm
    layers, middle, thick = grid().layers, 0.5 * (edges[1:] + edges[:-1]), np.diff(edges)
    spread = np.zeros((layers, layers))
    for upper in range(layers - 1):
        flow = p["dT"] * p["LT"] ** 2 / (middle[upper + 1] - middle[upper])
        for own, other in ((upper, upper + 1), (upper + 1, upper)):
            spread[own, other] += flow / thick[own]
            spread[own, own] -= flow / thick[own]
    young_rest = (1 - p["C3s"]) * (1 - p["km"] / (p["km"] + p["dm"]))
    mupt = p["snr"] * p["knpt"] / p["munr"] / p["loop"]

    def rate(_: float, flat: np.ndarray) -> np.ndarray:
        debris, neutro, early, late, signal, dilated, vessels, fibro, iii, young, mature, new, old = flat.reshape(
            13, -1
        )
        macro = early + late
        eat = macro / (1 + (neutro / p["Ninf"]) ** 2)
        call = p["kmpt"] * debris + p["kmm"] * macro + p["kmn"] * neutro
        lure = p["knpt"] * debris
        turned = p["ksw"] * early * (1 - debris / (debris + p["KD"]))
        active = signal**4 / (1 + signal**4)
        laid = fibro * (1 + p["gH"] * active) * (p["Kr"] + 1) / (p["Kr"] + iii + young + mature)
        return np.concatenate(
            [
                p["mun"] * neutro - mupt * debris - p["kptn"] * neutro * debris - p["kptm"] * eat * debris,
                p["snr"] * lure / (p["munr"] + lure) - neutro * (p["mun"] + p["knm"] * eat),
                p["smr"] * call / (p["mumr"] + call) - p["mum"] * early - turned,
                turned - p["mum2"] * late,
                spread @ signal + p["tM"] * macro - p["dT"] * signal,
                p["w1"] * debris * (1 - dilated) - dilated / p["tw"],
                p["v1"] * late - (vessels - 1) / p["tv"],
                p["pc"] * active * fibro * (1 - fibro / p["Fmax"]) - p["rho"] * fibro * (fibro - 1),
                p["d3"] * (p["C3s"] * (1 + p["g3"] * active) * laid - iii),
                (p["km"] + p["dC"]) * (young_rest * (1 + p["g1"] * active) * laid - young),
                p["km"] * young - p["dm"] * mature,
                p["e1"] * fibro * active - p["en"] * new,
                -p["eo"] * (neutro + early) * old,
            ]
        )

    scores, weights = np.polynomial.hermite.hermgauss(15)
    depth, density, radius = row
    area = np.zeros(layers)
    for score, weight in zip(scores * np.sqrt(2), weights / np.sqrt(np.pi), strict=True):
        tip = depth * (1 + SCATTER * score)
        if tip > 0:
            area += weight * density / 100 * np.pi * radius**2 * np.clip(1 - middle / tip, 0, None) ** (2 * TAPER)
    cut, hurt = 1 - np.exp(-area), 1 - np.exp(-area * p["rim"] ** 2)
    mature_rest = 1 - p["C3s"] - young_rest
    u = np.zeros((13, layers))
    u[[6, 7, 8, 9, 10, 12]] = np.array([1, 1, p["C3s"], young_rest, mature_rest, 1])[:, None]
    for start, stop in zip(days, [*days[1:], end], strict=True):
        u[0] += p["kD"] * hurt
        u[7:] *= 1 - p["lam"] * cut
        pulse = 1 - np.exp(-p["q0"] * hurt)
        u[5] = (1 - pulse) * u[5] + pulse
        done = solve_ivp(rate, (start, stop), u.ravel(), method="LSODA", rtol=1e-8, atol=1e-11)
        assert done.success
        u = done.y[:, -1].reshape(13, layers)
    return u


@pytest.mark.parametrize("lane", [None, 3])
def test_scipy_agrees_on_equations_written_apart(lane: int | None) -> None:
    parameters = NOMINAL if lane is None else _lane(DRAWS, lane)
    ours = follow(
        wound_of(PROTOCOLS["P15"], parameters=parameters), (0, 20), (35.0,), parameters, record="all", tolerance=1e-6
    )
    assert ours.states is not None
    gain = float(parameters.G[0])
    numbers = {f.name: float(getattr(parameters, f.name)[0]) for f in dataclasses.fields(parameters)}
    numbers |= {name: numbers[name] * gain for name in ("g1", "g3", "gH")}
    apart = _apart(numbers, PROTOCOLS["P15"], (0, 20), 35.0)
    assert ours.states[0, :, :, 0] == pytest.approx(apart, rel=2e-4, abs=2e-7)


def test_a_tighter_tolerance_changes_collagen_by_less_than_one_in_two_thousand() -> None:
    usual, close = _usual(), _run(tolerance=1e-5)
    for region in ("papillary", "dermis"):
        ratio = getattr(usual, region).collagen_fold / getattr(close, region).collagen_fold
        assert np.abs(ratio - 1).max() < 5e-4
    assert np.abs(usual.redness_delta_a - close.redness_delta_a).max() < 0.02


def test_a_lane_in_company_is_the_lane_alone() -> None:
    together = _usual()
    for lane in (0, 41, 59):
        alone = _run(_lane(DRAWS, lane), ROWS[:, lane : lane + 1])
        assert together.papillary.collagen_fold[lane] == pytest.approx(alone.papillary.collagen_fold[0], rel=5e-4)
        assert together.redness_delta_a[lane] == pytest.approx(alone.redness_delta_a[0], abs=0.02)


def test_equal_lanes_come_out_equal_and_equal_calls_to_the_last_bit() -> None:
    twins = follow(wound_of(PROTOCOLS["P15"], PROTOCOLS["P15"], PROTOCOLS["P25"]), COURSE, (7.0, 112.0))
    assert np.array_equal(twins.papillary.collagen_fold[0], twins.papillary.collagen_fold[1])
    again = follow(wound_of(PROTOCOLS["P15"], PROTOCOLS["P15"], PROTOCOLS["P25"]), COURSE, (7.0, 112.0))
    assert np.array_equal(twins.papillary.collagen_fold, again.papillary.collagen_fold)


def test_days_kept_do_not_change_the_course() -> None:
    few = follow(wound_of(PROTOCOLS["P15"]), COURSE, (112.0,))
    many = follow(wound_of(PROTOCOLS["P15"]), COURSE, tuple(np.arange(0.0, 112.5, 0.5)))
    assert few.papillary.collagen_fold[0, -1] == many.papillary.collagen_fold[0, -1]


def test_a_lane_that_is_not_a_number_is_named_and_touches_no_other() -> None:
    poisoned = _run(_replace(DRAWS, 5, tM=np.nan))
    assert [(failure.lane, failure.reason) for failure in poisoned.failures] == [(5, "not_a_number")]
    assert "lane 5" in poisoned.failures[0].message
    others = np.arange(LANES) != 5
    keep = HealingParameters(**{f.name: getattr(DRAWS, f.name)[others] for f in dataclasses.fields(DRAWS)})
    clean = _run(keep, ROWS[:, others])
    assert np.array_equal(poisoned.redness_delta_a[others], clean.redness_delta_a)
    assert np.array_equal(poisoned.healed, others)
    assert np.isnan(poisoned.redness_delta_a[5]).all()


@pytest.mark.parametrize(
    "values",
    [{"pc": 1e14}, {"tM": 1e200}, {"tw": 0.0}, {"eo": -50.0}, {"C3s": 5.0, "Fmax": 0.01, "pc": 1e6}],
    ids=str,
)
def test_a_lane_that_runs_away_is_named_and_leaves_the_others_alone(values: dict[str, float]) -> None:
    poisoned, clean = _run(_replace(DRAWS, 7, **values)), _usual()
    others = np.arange(LANES) != 7
    assert {failure.lane for failure in poisoned.failures} <= {7}
    assert np.isfinite(poisoned.redness_delta_a[others]).all()
    ratio = poisoned.papillary.collagen_fold[others] / clean.papillary.collagen_fold[others]
    assert np.abs(ratio - 1).max() < 1e-4
    assert np.abs(poisoned.redness_delta_a - clean.redness_delta_a)[others].max() < 0.02
    assert np.isnan(poisoned.papillary.collagen_fold[7]).all() != poisoned.healed[7]


@pytest.mark.parametrize("stretch", [2.0, 3.0])
def test_extreme_draws_end_with_a_result_or_a_named_failure(stretch: float) -> None:
    wide = {}
    for f in dataclasses.fields(DRAWS):
        values, middle = getattr(DRAWS, f.name), getattr(NOMINAL, f.name)
        spread = np.all(values > 0) and f.name not in ("he", "zmax", "zp_top", "zp_bottom", "lam")
        wide[f.name] = middle * (values / middle) ** stretch if spread else values
    course = _run(HealingParameters(**wide))
    figures = np.stack([course.papillary.collagen_fold, course.dermis.new_elastin_fraction, course.redness_delta_a])
    assert np.isfinite(figures[:, course.healed]).all()
    assert np.isnan(figures[:, ~course.healed]).all()
    assert all(failure.message for failure in course.failures)
    assert course.healed.mean() > 0.9


def test_all_lanes_may_fail_and_still_nothing_is_raised() -> None:
    lost = follow(wound_of(PROTOCOLS["P15"]), (0,), (0, 28), dataclasses.replace(NOMINAL, mun=np.array([np.nan])))
    assert not lost.healed.any()
    assert lost.steps == ()
    away = follow(wound_of(PROTOCOLS["P15"]), (0,), (0, 28), dataclasses.replace(NOMINAL, tw=np.array([0.0])))
    assert not away.healed.any()
    assert np.isnan(away.redness_delta_a).all()


def test_lanes_are_stepped_in_groups_of_four() -> None:
    rows = tuple((1.0, 100.0 + lane, 0.05) for lane in range(1102))
    many = follow(wound_of(*rows), (0,), (7.0,), tolerance=1e-2)
    assert len(many.steps) == 276
    assert np.all(np.diff(many.redness_delta_a[:, 0]) > -1e-3)
    assert many.states is None


def test_single_precision_agrees_within_the_tolerance() -> None:
    single, double = _run(precision="single"), _usual()
    for region in ("papillary", "dermis"):
        ratio = getattr(single, region).collagen_fold / getattr(double, region).collagen_fold
        assert np.abs(ratio - 1).max() < 3e-4
    assert np.abs(single.redness_delta_a - double.redness_delta_a).max() < 0.02


@pytest.mark.filterwarnings("ignore::puncta.healing.engine.SlowEngineWarning")
def test_without_a_compiler_the_figures_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = _run(_lane(DRAWS, 3), ROWS[:, 3:4])
    monkeypatch.setattr(compiler, "binding", lambda: None)
    plainly = _run(_lane(DRAWS, 3), ROWS[:, 3:4])
    assert np.array_equal(usual.papillary.collagen_fold, plainly.papillary.collagen_fold)
    assert np.array_equal(usual.redness_delta_a, plainly.redness_delta_a)
    assert np.array_equal(usual.epidermis_fold, plainly.epidermis_fold)


def test_all_states_can_be_kept() -> None:
    kept = follow(wound_of(PROTOCOLS["P15"]), (0,), (0, 7.0), record="all")
    assert kept.states is not None
    assert kept.states.shape == (2, len(STATES), grid().layers, 1)
    assert kept.states[0, STATES.index("D"), :, 0] == pytest.approx(10 * wound_of(PROTOCOLS["P15"]).hurt_fraction[:, 0])
