"""The reference tables of the healing core are met to their four digits."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from tests.healing.protocols import COURSE, NOMINAL, PROTOCOLS, follow, plan, wound_of

from puncta.healing import STATES, grid

TABLES = tomllib.loads(Path(__file__).with_name("reference.toml").read_text())
ORDER = [STATES.index(name) for name in TABLES["states"]]


def _last_digit(value: float) -> float:
    """One unit of the fourth significant digit; below 1e-5, where the tolerance of the steps shows, 0.3 per cent."""
    if value == 0:
        return 1e-10
    return 10.0 ** (np.floor(np.log10(abs(value))) - 3) * 1.001 if value > 1e-5 else 3e-3 * value


def _layer(depth_mm: float) -> int:
    return int(np.flatnonzero(np.isclose(grid(40).centres_mm, depth_mm))[0])


@pytest.mark.parametrize("row", TABLES["share"], ids=lambda row: row["plan"])
def test_shares_cut_and_hurt_are_those_of_the_table(row: dict) -> None:
    wound = wound_of(PROTOCOLS["P15" if row["plan"] == "A" else "R15"], layers=40)
    layers = [_layer(depth) for depth in row["depth_mm"]]
    for given, reached in ((row["cut"], wound.cut_fraction), (row["hurt"], wound.hurt_fraction)):
        for value, got in zip(given, reached[layers, 0], strict=True):
            assert got == pytest.approx(value, abs=_last_digit(value))


@pytest.mark.parametrize("row", TABLES["row"], ids=lambda row: f"{row['plan']}-{row['day']}-{row['depth_mm']}")
def test_states_are_those_of_the_table(row: dict) -> None:
    course = plan(row["plan"])
    assert course.states is not None
    day = int(np.flatnonzero(course.days == row["day"])[0])
    got = course.states[day, ORDER, _layer(row["depth_mm"]), 0]
    wrong = {
        name: (value, found)
        for name, value, found in zip(TABLES["states"], row["values"], got, strict=True)
        if abs(found - value) > _last_digit(value)
    }
    assert not wrong


@pytest.mark.parametrize("row", TABLES["mean"], ids=lambda row: row["plan"])
def test_means_and_redness_are_those_of_the_table(row: dict) -> None:
    course = plan(row["plan"])
    at = np.searchsorted(course.days, row["days"])
    reached = (course.papillary.collagen_fold, course.dermis.collagen_fold, course.redness_delta_a)
    for name, figures in zip(("papillary", "dermis", "redness"), reached, strict=True):
        for value, got in zip(row[name], figures[0, at], strict=True):
            assert got == pytest.approx(value, abs=5e-5 if value == 0.0005 else _last_digit(value))


@pytest.mark.parametrize("row", TABLES["surface"], ids=lambda row: row["plan"])
def test_the_surface_is_that_of_the_table(row: dict) -> None:
    course = plan(row["plan"])
    at = np.searchsorted(course.days, row["days"])
    for name, figures in (("epidermis", course.epidermis_fold), ("horny_layer", course.horny_layer_fold)):
        for value, got in zip(row[name], figures[0, at], strict=True):
            assert got == pytest.approx(value, abs=_last_digit(value))


def test_one_session_makes_the_collagen_of_the_table() -> None:
    row = TABLES["single"][0]
    one = follow(wound_of(PROTOCOLS[row["protocol"]], layers=40), (0,), tuple(row["days"]), layers=40)
    assert one.papillary.collagen_fold[0] == pytest.approx(row["collagen"], abs=0.006)


def test_redness_starts_and_lasts_as_in_the_table() -> None:
    row = TABLES["redness"][0]
    hours = np.arange(0.0, 100.0)
    one = follow(
        wound_of(*(PROTOCOLS[name] for name in row["protocols"]), layers=40), (0,), tuple(hours / 24), layers=40
    )
    assert one.redness_delta_a[:, 0] == pytest.approx(row["at_once"], abs=0.051)
    lasting = (one.redness_delta_a > 2.0).sum(axis=1)
    assert lasting == pytest.approx(row["hours_above_2"], abs=1.01)


def test_messages_peak_as_in_the_table() -> None:
    row = TABLES["message"][0]
    depth, density, radius = PROTOCOLS["R15"]
    wound = wound_of(*((depth, density * share, radius) for share in row["density_share"]), layers=40)
    one = follow(wound, (0,), tuple(np.arange(4.0, 10.0, 0.25)), layers=40, record="all")
    assert one.states is not None
    near = grid(40).overlap_mm(0.1, 0.4) / 0.3
    signal, fibroblasts = one.states[:, STATES.index("T")], one.states[:, STATES.index("F")]
    active = signal**4 / (1 + signal**4)
    for name, gain in (("collagen_i", NOMINAL.g1), ("collagen_iii", NOMINAL.g3)):
        peak = np.einsum("l,tln->tn", near, fibroblasts * (1 + gain * active)).max(axis=0)
        assert peak == pytest.approx(row[name], abs=0.006)


def test_the_interval_between_sessions_leaves_what_the_table_says() -> None:
    row = TABLES["interval"][0]
    for index, interval in enumerate(row["days"]):
        before = float(np.nextafter(interval, 0))
        days = tuple(interval * number for number in range(len(COURSE)))
        course = follow(
            wound_of(PROTOCOLS["R15"], layers=20), days, (before, days[-1] + 90.0, 365.0), layers=20, record="all"
        )
        assert course.states is not None
        macrophages = course.states[0, STATES.index("M1"), 1:4, 0].mean()
        assert macrophages == pytest.approx(row["early_macrophages"][index], rel=0.1, abs=5e-6)
        assert course.papillary.signal[0, 0] == pytest.approx(row["signal"][index], rel=0.02, abs=5e-4)
        assert course.redness_delta_a[0, 0] == pytest.approx(row["redness"][index], rel=0.02, abs=5e-3)
        assert course.papillary.collagen_fold[0, 1] == pytest.approx(row["collagen_90_days_later"][index], abs=0.006)
        assert course.papillary.collagen_fold[0, 2] == pytest.approx(row["collagen_day_365"][index], abs=1e-3)
