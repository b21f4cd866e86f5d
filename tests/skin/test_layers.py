"""Skin layers: published thickness at the reference age, thinner with age."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.person import People, Person, Sex
from puncta.skin import skin_layers, zone, zones

# female / male medians of dermis in mm, ultrasound 2022, Table 2
ULTRASOUND = {"forehead": (0.86, 1.17), "glabella": (0.90, 1.14), "nose": (0.93, 1.03), "neck_front": (0.99, 0.98)}


def _people(age: float, sex: Sex, n: int = 4001) -> People:
    return People.like(Person("P", age, sex, 60, 3), n, seed=2)


@pytest.mark.parametrize("name", ULTRASOUND)
def test_dermis_at_the_reference_age_is_the_published_one(name: str) -> None:
    for sex, published in zip((Sex.FEMALE, Sex.MALE), ULTRASOUND[name], strict=True):
        found = np.median(skin_layers(name, _people(40, sex), 2).dermis_mm)
        assert found == pytest.approx(published, rel=0.03)


@settings(max_examples=20)
@given(st.floats(20, 80), st.floats(1, 15))
def test_dermis_thins_with_age_and_never_vanishes(age: float, more: float) -> None:
    young = skin_layers("cheek_left", _people(age, Sex.FEMALE, 50), 2).dermis_mm
    old = skin_layers("cheek_left", _people(age + more, Sex.FEMALE, 50), 2).dermis_mm
    assert np.all(old < young)
    assert np.all(old > 0)


def test_both_sides_of_a_person_share_their_skin() -> None:
    people = _people(30, Sex.FEMALE, 20)
    left, right = skin_layers("jaw_left", people, 2), skin_layers("jaw_right", people, 2)
    assert np.array_equal(left.dermis_mm, right.dermis_mm)


def test_nothing_inside_the_orbital_rim_can_be_needled() -> None:
    never = {z.base for z in zones().values() if z.never}
    assert never == {"upper_eyelid", "lower_eyelid"}


def test_every_zone_of_the_maps_exists() -> None:
    assert zone("infraorbital_left").side == "left"
    assert len(zones()) == 45
