"""Sun: the elastotic share by site and age."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puncta.evidence import parameter
from puncta.skin import elastotic_fraction, zones

N, SEED = 501, 2
SITES = sorted(zone.name for zone in zones().values() if zone.side in ("", "left"))


def _share(name: str, age: float):
    return elastotic_fraction(name, np.full(N, age), SEED)


def test_a_cheek_at_the_reference_age_has_the_reference_share() -> None:
    age = parameter("skin.elastotic_reference_age_years").value
    assert np.median(_share("cheek_left", age)) == pytest.approx(parameter("skin.elastotic_fraction").value, abs=0.03)


@given(st.floats(0, 110), st.floats(0, 10))
def test_it_grows_with_age_from_nothing_and_stays_a_share(age: float, more: float) -> None:
    young, old = _share("nose", age), _share("nose", age + more)
    assert np.all(young <= old) and np.all(old < 1)
    assert np.all(_share("nose", 0.0) == 0)


def test_sites_that_see_more_sun_have_more_of_it() -> None:
    by_sun = sorted(SITES, key=lambda name: parameter(zones()[name].key("sun_exposure_fold")).value)
    middles = [float(np.median(_share(name, 50.0))) for name in by_sun]
    assert middles == pytest.approx(sorted(middles), abs=0.03)
    covered = {"buttock", "breast", "flank", "abdomen"}
    assert {zones()[name].base for name in by_sun[:4]} == covered
