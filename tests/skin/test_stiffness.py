"""Stiffness: the cheek as measured, softer where the skin gives way further."""

import numpy as np
import pytest

from puncta.evidence import parameter
from puncta.skin import stiffness, zones

N, SEED = 2001, 3


def test_the_cheek_is_as_measured() -> None:
    """Hara 2013: 1.993 and 0.066 MPa over 20 to 68 years; Geerligs 2011: 1 to 2 MPa in vitro."""
    cheek = stiffness("cheek_left", np.full(N, 44.0), SEED)
    assert np.median(cheek.horny_mpa) == pytest.approx(1.993, rel=0.03)
    assert np.median(cheek.dermis_mpa) == pytest.approx(0.066, rel=0.03)
    assert np.mean((cheek.horny_mpa > 1) & (cheek.horny_mpa < 4)) > 0.9


def test_age_and_stiffness_go_together_as_weakly_as_measured() -> None:
    ages = np.linspace(20, 68, N)
    order = np.random.default_rng(0).permutation(N)
    horny = stiffness("cheek_left", ages[order], SEED).horny_mpa
    assert np.corrcoef(ages[order], np.log(horny))[0, 1] == pytest.approx(0.337, abs=0.06)


def test_zones_that_give_way_further_are_softer() -> None:
    ages = np.full(N, 40.0)
    middles = {
        name: float(np.median(stiffness(name, ages, SEED).dermis_mpa)) for name in ("forehead", "cheek_left", "abdomen")
    }
    give = {name: parameter(zones()[name].key("deflection_factor")).value for name in middles}
    assert sorted(middles, key=middles.__getitem__) == sorted(give, key=give.__getitem__, reverse=True)
