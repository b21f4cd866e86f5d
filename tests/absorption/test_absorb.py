"""Absorb: from a product on a wound to amounts, and never from an amount to a benefit."""

import numpy as np
import pytest

from puncta.absorption import DOSE_HOURS, Dose, absorb, product, products
from puncta.evidence import parameter
from puncta.needling import device, hand, needle
from puncta.person import People, Person, Sex
from puncta.skin import skin_layers

N, SEED = 120, 3
LAYERS = skin_layers("cheek_left", People.like(Person("P", 34, Sex.FEMALE, 62, 4), N, SEED), SEED)
PEN = device("exceed")
WOUND = needle(PEN, "cheek_left", 1.0, 4, 42.0, hand(PEN, None, None, N, SEED), LAYERS, SEED).wound
PLACES = ("in_film", "in_corneum", "in_epidermis", "in_dermis", "carried_off", "wiped")


def _sum(dose: Dose) -> np.ndarray:
    return np.sum([getattr(dose, f"{place}_ug_per_cm2") for place in PLACES], axis=0)


@pytest.mark.parametrize("key", sorted(products()))
def test_of_every_product_no_more_is_found_than_was_applied(key: str) -> None:
    for dose in absorb(product(key), LAYERS, WOUND, SEED):
        assert _sum(dose) == pytest.approx(np.repeat(dose.applied_ug_per_cm2[:, None], len(DOSE_HOURS), axis=1))
        assert (dose.delivered_fraction <= 1 + 1e-6).all()


def test_a_film_of_4_percent_weighs_what_it_should() -> None:
    (dose,) = absorb(product("hydroquinone_4"), LAYERS, None, SEED)
    assert np.median(dose.applied_ug_per_cm2) == pytest.approx(35e-4 * 0.04 * 1e6, rel=0.1)


def test_channels_bring_a_watery_active_in_within_minutes_where_whole_skin_needs_hours() -> None:
    (needled,) = absorb(product("tranexamic_acid_solution"), LAYERS, WOUND, SEED)
    (whole,) = absorb(product("tranexamic_acid_solution"), LAYERS, None, SEED)
    quarter = int(np.searchsorted(DOSE_HOURS, 0.25))
    assert np.median(needled.delivered_fraction[:, quarter]) > 0.5
    assert np.median(whole.delivered_fraction[:, quarter]) < 0.1
    assert (whole.through_channels_ug_per_cm2 == 0).all()


def test_a_fatty_active_in_a_cream_hardly_uses_channels() -> None:
    (dose,) = absorb(product("tretinoin_cream"), LAYERS, WOUND, SEED)
    assert np.median(dose.delivered_fraction[:, -1]) < 0.01


def test_an_enhancement_ratio_depends_on_when_it_is_read() -> None:
    (needled,) = absorb(product("niacinamide_serum"), LAYERS, WOUND, SEED)
    (whole,) = absorb(product("niacinamide_serum"), LAYERS, None, SEED)
    hour = int(np.searchsorted(DOSE_HOURS, 1.0))
    ratio = np.median(needled.delivered_fraction, axis=0) / np.maximum(
        np.median(whole.delivered_fraction, axis=0), 1e-9
    )
    assert ratio[hour] > 5 * ratio[-1]


def test_channels_that_close_bring_less() -> None:
    hours = np.array([0.25, 1.0, 4.0])
    closing = np.tile([0.6, 0.3, 0.1], (N, 1))
    (shut,) = absorb(product("prp"), LAYERS, WOUND, SEED, hours=hours, open_share=closing)
    (stay,) = absorb(product("prp"), LAYERS, WOUND, SEED, hours=hours)
    assert (shut.delivered_ug_per_cm2 <= stay.delivered_ug_per_cm2 * (1 + 1e-9)).all()
    assert shut.delivered_ug_per_cm2.mean() < stay.delivered_ug_per_cm2.mean()


def test_wiping_ends_the_uptake_from_the_film() -> None:
    hours = np.array([0.5, 24.0])
    (dose,) = absorb(product("azelaic_acid_cream"), LAYERS, None, SEED, hours=hours, wiped_after_hours=0.5)
    assert (dose.in_film_ug_per_cm2 == 0).all()
    assert (dose.wiped_ug_per_cm2 > 0).all()


def test_a_macromolecule_says_why_whole_skin_counts_as_closed_and_leaves_those_figures_out() -> None:
    (dose,) = absorb(product("prp"), LAYERS, None, SEED)
    assert "macromolecule" in dose.intact_refused
    assert (dose.delivered_ug_per_cm2 == 0).all()
    assert "permeability.compound_log10" not in dose.rests_on


def test_an_amount_carries_no_study_unless_one_stands_behind_this_very_use() -> None:
    (needled,) = absorb(product("tranexamic_acid_solution"), LAYERS, WOUND, SEED)
    (home,) = absorb(product("tranexamic_acid_solution"), LAYERS, None, SEED)
    (cosmetic,) = absorb(product("niacinamide_serum"), LAYERS, WOUND, SEED)
    assert "M02a" in needled.supported_by
    assert home.supported_by == ()
    assert cosmetic.supported_by == ()


def test_everything_a_dose_rests_on_is_in_the_evidence() -> None:
    for key in products():
        for dose in absorb(product(key), LAYERS, None, SEED, hours=np.array([1.0])):
            assert all(parameter(name) for name in dose.rests_on)


def test_a_product_without_actives_has_no_dose() -> None:
    assert absorb(product("sterile_saline"), LAYERS, WOUND, SEED) == ()


def test_the_same_seed_gives_the_same_dose() -> None:
    (first,) = absorb(product("hydroquinone_4"), LAYERS, WOUND, SEED)
    (again,) = absorb(product("hydroquinone_4"), LAYERS, WOUND, SEED)
    assert (first.delivered_ug_per_cm2 == again.delivered_ug_per_cm2).all()
