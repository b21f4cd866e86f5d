"""Permeability of intact skin: against published records, and refused where nothing is known."""

import csv
from importlib.resources import files

import numpy as np
import pytest

from puncta.absorption import AbsorptionParameters, compound
from puncta.absorption.permeability import intact_permeability_cm_per_h, why_no_intact_permeability
from puncta.evidence import nominal, parameter

ROWS = list(
    csv.DictReader(
        files("puncta.evidence").joinpath("data", "studies", "skin_permeability.csv").read_text().splitlines()
    )
)
MW, KOW, MEASURED = (
    np.array([float(row[name]) for row in ROWS])
    for name in ("mw_g_per_mol", "kow_log10", "permeability_log10_cm_per_h")
)
NAMES = np.array([row["compound"].lower() for row in ROWS])
INSIDE = (MW <= 505) & (KOW <= 5.0)


def _by_compound(error: np.ndarray) -> float:
    means = [error[INSIDE & (name == NAMES)].mean() for name in np.unique(NAMES[INSIDE])]
    return float(np.sqrt(np.mean(np.square(means))))


def _rule() -> np.ndarray:
    return np.log10(intact_permeability_cm_per_h(MW, KOW, nominal(AbsorptionParameters)))


def test_the_rule_is_nearer_to_the_records_than_the_published_one() -> None:
    published = -2.74 + 0.71 * KOW - 0.0061 * MW
    assert _by_compound(_rule() - MEASURED) < 0.75
    assert _by_compound(published - MEASURED) > 0.95


def test_watery_compounds_are_not_off_by_a_class() -> None:
    watery = INSIDE & (KOW < 0)
    off = [(_rule() - MEASURED)[watery & (name == NAMES)].mean() for name in np.unique(NAMES[watery])]
    assert abs(np.mean(off)) < 0.3


def test_the_stated_error_holds_about_four_of_five_compounds() -> None:
    sd = parameter("absorption.intact_error_log10").spread.a
    off = np.array([(_rule() - MEASURED)[name == NAMES].mean() for name in np.unique(NAMES[INSIDE])])
    assert 0.75 < np.mean(np.abs(off) < 1.28 * sd) < 0.95


def test_fat_and_weight_work_in_opposite_directions() -> None:
    law = nominal(AbsorptionParameters)
    assert intact_permeability_cm_per_h(200, 3.0, law) > intact_permeability_cm_per_h(200, 1.0, law)
    assert intact_permeability_cm_per_h(300, 2.0, law) < intact_permeability_cm_per_h(150, 2.0, law)


@pytest.mark.parametrize(
    ("key", "said"),
    [("hyaluronate", "macromolecule"), ("growth_factors", "macromolecule"), ("retinol", "partition")],
)
def test_beyond_the_records_the_rule_is_refused_with_its_reason(key: str, said: str) -> None:
    assert said in why_no_intact_permeability(compound(key))


def test_every_small_compound_of_the_library_is_within_the_records_or_says_why_not() -> None:
    assert why_no_intact_permeability(compound("tranexamic_acid")) == ""
    assert why_no_intact_permeability(compound("hydroquinone")) == ""
