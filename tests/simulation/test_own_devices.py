"""A device of somebody's own goes through the same simulation; what is refused stays refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import puncta
from puncta.case import Course, Names, ZoneSetting, case_from_toml
from puncta.errors import InputError
from puncta.needling import devices
from puncta.simulation import simulate

FOLDER = "examples/devices"
CASE = Path("examples/acne_scars.toml").read_text(encoding="utf-8").replace('name = "exceed"', 'name = "array_36"')
ONCE = Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 1),), 1, 28)


def test_an_own_device_is_named_in_a_case_and_simulated_with_its_own_figures() -> None:
    own = puncta.devices(FOLDER)
    case = case_from_toml(CASE, names=replace(Names.built_in(), devices=own))
    outcome = simulate(case, ONCE, draws=40, seed=1, own_devices=own)
    density = np.median(outcome["density_per_cm2@cheek_left"].values)
    assert density == pytest.approx(36 * 100 / (3.0 * 0.55), rel=0.15)
    assert "devices.array_36.needles" in outcome["density_per_cm2@cheek_left"].rests_on


def test_without_its_folder_it_is_unknown_in_the_case_and_in_the_simulation() -> None:
    with pytest.raises(InputError, match="array_36"):
        case_from_toml(CASE)
    case = case_from_toml(CASE, names=replace(Names.built_in(), devices=devices(FOLDER)))
    with pytest.raises(InputError, match="array_36"):
        simulate(case, ONCE, draws=5)


def test_needles_that_heat_are_refused_in_a_case_with_reason() -> None:
    with pytest.raises(InputError, match="burns"):
        case_from_toml(CASE.replace("array_36", "rf_needling"))
