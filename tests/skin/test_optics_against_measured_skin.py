"""Optics against 50 measured forearms: repeatability as printed, the fit, and people it never saw."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from puncta.evidence import parameter
from puncta.skin import ita_degrees, lab_from_reflectance, melanin_and_erythema_index, wavelengths_nm

ROOT = Path(__file__).parents[2]
FILE = ROOT.parent / "shared" / "data" / "nist_skin_reflectance_subjects_odd.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="measured skin spectra are not beside this checkout")


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "calibration" / "skin_optics.py"))


def within_person(values: np.ndarray) -> float:
    return float(np.sqrt(values.var(axis=1, ddof=1).mean()))


def test_repeatability_is_the_printed_one(script: dict[str, Any]) -> None:
    people = script["measured_people"](FILE)
    assert people.shape[:2] == (50, 3)
    lab = lab_from_reflectance(people)
    melanin, erythema = melanin_and_erythema_index(wavelengths_nm(), people)
    figures = (lab[..., 0], lab[..., 1], lab[..., 2], ita_degrees(lab), melanin, erythema)
    printed = (0.720, 0.632, 0.577, 1.458, 1.118, 1.205)
    assert [within_person(figure) for figure in figures] == pytest.approx(printed, abs=0.001)


def test_the_limit_names_the_darkest_of_them(script: dict[str, Any]) -> None:
    angles = ita_degrees(lab_from_reflectance(script["measured_people"](FILE).mean(axis=1)))
    assert 1.0 < angles.min() < 2.5


@pytest.mark.slow
def test_the_fit_gives_what_stands_in_the_evidence(script: dict[str, Any]) -> None:
    fit = script["fit"](script["halves"](script["measured_people"](FILE).mean(axis=1))["calibration"])
    for name, found in fit.items():
        assert found == pytest.approx(parameter(f"optics.{name}").value, rel=0.01), name


def test_people_the_fit_never_saw_are_described_as_well_as_the_literature_does(script: dict[str, Any]) -> None:
    halves = script["halves"](script["measured_people"](FILE).mean(axis=1))
    near = wavelengths_nm() >= 450
    shared = script["shared"](*(parameter(f"optics.{name}").value for name in ("bloodless_fold", "resting_vessel_um")))
    for half, most in (("calibration", 0.0065), ("validation", 0.0078)):
        _, error = script["fit_people"](halves[half][:, near], wavelengths_nm()[near], shared, None)
        by_person = np.sqrt((error**2).mean(axis=1))
        assert np.sqrt((error**2).mean()) < most
        assert np.percentile(by_person, 95) < 0.0131
