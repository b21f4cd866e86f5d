"""Permeability of intact skin: against published records, and refused where nothing is known."""

import csv
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.absorption import PermeabilityParameters, compound
from puncta.absorption.permeability import (
    intact_permeability_cm_per_h,
    membrane_permeability_log10_cm_per_h,
    published_permeability_log10_cm_per_h,
    why_no_intact_permeability,
)
from puncta.evidence import draw, nominal

ROWS = list(
    csv.DictReader(
        files("puncta.evidence").joinpath("data", "studies", "skin_permeability.csv").read_text().splitlines()
    )
)
MW, KOW, CELSIUS, MEASURED = (
    np.array([float(row[name]) for row in ROWS])
    for name in ("mw_g_per_mol", "kow_log10", "celsius", "permeability_log10_cm_per_h")
)
LAW = nominal(PermeabilityParameters)
WEIGHTS, PARTITIONS = st.floats(18.0, 505.0), st.floats(-4.7, 5.3)


def _error(off: np.ndarray) -> float:
    return float(np.sqrt(np.mean(off**2)))


def test_the_law_is_nearer_to_the_records_than_the_published_rule() -> None:
    assert len(ROWS) == 324
    assert _error(membrane_permeability_log10_cm_per_h(MW, KOW, LAW, celsius=CELSIUS) - MEASURED) < 0.70
    assert _error(published_permeability_log10_cm_per_h(MW, KOW) - MEASURED) == pytest.approx(1.036, abs=0.001)


@given(WEIGHTS, PARTITIONS)
def test_fat_opens_and_weight_closes(mw: float, kow: float) -> None:
    law = membrane_permeability_log10_cm_per_h
    assert law(mw, kow + 0.5, LAW)[0] > law(mw, kow, LAW)[0]
    assert law(mw + 20.0, kow, LAW)[0] < law(mw, kow, LAW)[0]
    assert law(mw, kow, LAW, celsius=37.0)[0] > law(mw, kow, LAW, celsius=25.0)[0]


@given(WEIGHTS, PARTITIONS, st.floats(0.0, 1.0))
def test_a_charge_closes_the_fatty_path_and_never_the_watery_one(mw: float, kow: float, share: float) -> None:
    law = membrane_permeability_log10_cm_per_h
    charged, mixed, free = (law(mw, kow, LAW, unionised_fraction=part)[0] for part in (0.0, share, 1.0))
    assert charged <= mixed + 1e-12
    assert mixed <= free + 1e-12
    assert charged > -7.0


def test_a_person_draws_law_and_compound_together() -> None:
    drawn = np.log10(intact_permeability_cm_per_h(194.2, -0.1, draw(PermeabilityParameters, 2000, seed=1)))
    low, high = np.percentile(drawn, (10, 90))
    # factor of ten and more between the ends: a law of this kind knows no better
    assert 1.0 < high - low < 2.2


@pytest.mark.parametrize(
    ("key", "said"),
    [("hyaluronate", "macromolecule"), ("growth_factors", "macromolecule"), ("retinol", "partition")],
)
def test_beyond_the_records_the_law_is_refused_with_its_reason(key: str, said: str) -> None:
    assert said in why_no_intact_permeability(compound(key))


def test_compounds_within_the_records_are_not_refused() -> None:
    assert why_no_intact_permeability(compound("tranexamic_acid")) == ""
    assert why_no_intact_permeability(compound("hydroquinone")) == ""
