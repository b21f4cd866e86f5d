"""The skin before: every zone has all of it, shared by both sides, thinner and slower with age."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puncta.evidence import parameters
from puncta.person import People, Person, Sex
from puncta.skin import skin_before, zones

N, SEED = 200, 4
SITES = st.sampled_from(sorted(zones()))
AGES = st.floats(18, 90)
#: Whether a figure rises with age (1), falls (-1) or stays (0).
WITH_AGE = {
    "epidermis_mm": 0,
    "dermis_mm": -1,
    "plexus_mm": -1,
    "horny_transit_days": 1,
    "viable_transit_days": 1,
    "collagen_of_young_fraction": -1,
    "elastotic_fraction": 1,
    "elastin_intact_fraction": -1,
    "horny_modulus_mpa": 1,
    "dermis_modulus_mpa": 0,
}


def _people(age: float, sex: Sex = Sex.FEMALE) -> People:
    return People.like(Person("P", age, sex, 60, 3), N, SEED)


@pytest.mark.parametrize("name", sorted(zones()))
def test_every_zone_has_every_figure_positive_and_with_what_it_rests_on(name: str) -> None:
    skin = skin_before(name, _people(45), SEED)
    assert set(skin.figures()) == set(WITH_AGE)
    for figure, values in skin.figures().items():
        assert values.shape == (N,)
        assert np.all(np.isfinite(values) & (values > 0)), figure
        assert set(skin.rests_on[figure]) <= set(parameters()), figure
        if figure.endswith("_fraction"):
            assert np.all(values <= 1)
    assert np.all(skin.plexus_mm < skin.layers.dermis_end_mm)


def test_the_zones_of_the_cheat_sheets_are_all_there() -> None:
    bases = {zone.base for zone in zones().values()}
    body = (
        "decolletage",
        "dorsal_hand",
        "abdomen",
        "thigh_front",
        "thigh_back",
        "upper_arm",
        "back",
        "breast",
        "buttock",
    )
    assert {"cheek", "forehead", "neck_front", *body} <= bases


@settings(max_examples=40, deadline=None)
@given(SITES, AGES, st.floats(0.5, 20))
def test_figures_go_one_way_with_age(name: str, age: float, more: float) -> None:
    young, old = (skin_before(name, _people(years), SEED).figures() for years in (age, age + more))
    for figure, way in WITH_AGE.items():
        change = old[figure] - young[figure]
        assert np.all(change * way >= 0) if way else np.array_equal(old[figure], young[figure]), figure


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(sorted({zone.base for zone in zones().values() if zone.side})), AGES)
def test_both_sides_share_their_skin(base: str, age: float) -> None:
    left, right = (skin_before(f"{base}_{side}", _people(age), SEED).figures() for side in ("left", "right"))
    for figure, values in left.items():
        assert np.array_equal(values, right[figure]), figure


def test_sex_changes_the_thickness_of_the_dermis_alone() -> None:
    woman, man = (skin_before("forehead", _people(40, sex), SEED).figures() for sex in (Sex.FEMALE, Sex.MALE))
    differs = {figure for figure in woman if not np.array_equal(woman[figure], man[figure])}
    assert differs == {"dermis_mm", "plexus_mm"}
