"""A device of somebody's own goes through the same simulation; what is refused stays refused."""

from pathlib import Path

import numpy as np
import pytest

from puncta.case import Course, ZoneSetting, case_from_toml, read_library
from puncta.errors import InputError
from puncta.simulation import simulate

FOLDER = "examples/devices"
CASE = Path("examples/acne_scars.toml").read_text(encoding="utf-8").replace('name = "exceed"', 'name = "array_36"')
ONCE = Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 1),), 1, 28)


def test_an_own_device_is_named_in_a_case_and_simulated_with_its_own_figures() -> None:
    case = case_from_toml(CASE, library=read_library(devices=FOLDER))
    outcome = simulate(case, ONCE, draws=40, seed=1)
    density = np.median(outcome["density_per_cm2@cheek_left"].values)
    assert density == pytest.approx(36 * 100 / (3.0 * 0.55), rel=0.15)
    assert "devices.array_36.needles" in outcome["density_per_cm2@cheek_left"].rests_on


def test_without_its_folder_it_is_unknown() -> None:
    with pytest.raises(InputError, match="array_36"):
        case_from_toml(CASE)


def test_needles_that_heat_are_refused_in_a_case_with_reason() -> None:
    with pytest.raises(InputError, match="burns"):
        case_from_toml(CASE.replace("array_36", "rf_needling"))
