"""Absorb: from a product on a wound to amounts, and never from an amount to a benefit."""

from typing import Any

import numpy as np
import pytest

from puncta.absorption import DOSE_HOURS, DOSE_PLACES, Dose, Product, Site, product, products
from puncta.absorption import absorb as absorb_at
from puncta.absorption.cell import RESOLVED
from puncta.evidence import parameter
from puncta.needling import Wound, device, hand, needle
from puncta.person import People, Person, Sex
from puncta.skin import SkinLayers, skin_layers

N, SEED = 120, 3
LAYERS = skin_layers("cheek_left", People.like(Person("P", 34, Sex.FEMALE, 62, 4), N, SEED), SEED)
PEN = device("exceed")
WOUND = needle(PEN, "cheek_left", 1.0, 4, 42.0, hand(PEN, None, None, N, SEED), LAYERS, SEED).wound


def absorb(
    what: Product, layers: SkinLayers, wound: Wound | None, seed: int, open_share: np.ndarray | None = None, **how: Any
) -> tuple[Dose, ...]:
    return absorb_at(what, Site(layers, wound, open_share), seed, **how)[0]


def _sum(dose: Dose) -> np.ndarray:
    return np.sum([getattr(dose, f"{place}_ug_per_cm2") for place in DOSE_PLACES], axis=0)


@pytest.mark.parametrize("key", sorted(products()))
def test_of_every_product_no_more_is_found_than_was_applied(key: str) -> None:
    for dose in absorb(product(key), LAYERS, WOUND, SEED):
        assert _sum(dose) == pytest.approx(
            np.repeat(dose.applied_ug_per_cm2[:, None], len(DOSE_HOURS), axis=1), rel=1e-9
        )
        assert (dose.delivered_fraction <= 1 + 1e-3).all()


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
    assert (shut.delivered_fraction <= stay.delivered_fraction + 1e-3).all()
    assert shut.delivered_ug_per_cm2.mean() < stay.delivered_ug_per_cm2.mean()


def test_wiping_ends_the_uptake_from_the_film() -> None:
    hours = np.array([0.5, 24.0])
    (dose,) = absorb(product("azelaic_acid_cream"), LAYERS, None, SEED, hours=hours, wiped_after_hours=0.5)
    assert (dose.in_film_ug_per_cm2 == 0).all()
    assert (dose.wiped_ug_per_cm2 > 0).all()


def test_a_macromolecule_says_why_whole_skin_counts_as_closed_and_leaves_those_figures_out() -> None:
    (dose,) = absorb(product("prp"), LAYERS, None, SEED)
    assert "macromolecule" in dose.intact_refused
    assert np.abs(dose.delivered_ug_per_cm2).max() < 1e-99
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


@pytest.mark.parametrize("key", ["niacinamide_serum", "vitamin_c_serum", "tranexamic_acid_solution", "prp"])
def test_the_quick_answer_is_within_a_fiftieth_of_the_dose_of_the_resolved_one(key: str) -> None:
    unseen = 100
    layers = skin_layers("cheek_left", People.like(Person("P", 34, Sex.FEMALE, 62, 4), unseen, SEED + 1), SEED + 1)
    wound = needle(PEN, "cheek_left", 1.0, 4, 42.0, hand(PEN, None, None, unseen, SEED + 1), layers, SEED + 1).wound
    closing = np.exp(-np.array(DOSE_HOURS) / 4.0) * np.ones((unseen, 1))
    (quick,) = absorb(product(key), layers, wound, SEED + 1, closing)
    (resolved,) = absorb(product(key), layers, wound, SEED + 1, closing, resolution=RESOLVED)
    for place in ("delivered", "in_dermis", "carried_off", "in_film"):
        off = getattr(quick, f"{place}_ug_per_cm2") - getattr(resolved, f"{place}_ug_per_cm2")
        assert np.abs(off / quick.applied_ug_per_cm2[:, None]).max() < 0.02


def test_sites_side_by_side_are_each_what_they_are_alone() -> None:
    both = absorb_at(product("niacinamide_serum"), [Site(LAYERS, WOUND), Site(LAYERS)], SEED)
    for site, (dose,) in zip((WOUND, None), both, strict=True):
        (alone,) = absorb(product("niacinamide_serum"), LAYERS, site, SEED)
        assert dose.delivered_ug_per_cm2 == pytest.approx(alone.delivered_ug_per_cm2, rel=1e-9, abs=1e-12)
