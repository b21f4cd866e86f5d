"""Numbing creams as data: what the cream plan relies on."""

import pytest

from puncta.evidence import parameter, parameters, records

CREAMS = records("numbing")
PER_ACTIVE = ("strength_percent", "absorbed_fraction", "limit_mg_per_kg", "limit_mg")


def _value(cream: str, figure: str) -> float:
    return parameter(f"numbing.{cream}.{figure}").value


@pytest.mark.parametrize("cream", CREAMS)
def test_every_cream_says_how_much_how_long_and_how_well(cream: str) -> None:
    assert 0.01 < _value(cream, "amount_g_per_cm2") < 0.3
    assert 10 <= _value(cream, "minutes") <= 120
    assert 0 < _value(cream, "residual_pain_fraction") < 1
    for active in CREAMS[cream]["actives"]:
        for figure in PER_ACTIVE:
            assert _value(cream, f"actives.{active}.{figure}") > 0
    # uptake is never carried on beyond the time of its own trial
    assert parameter(f"numbing.{cream}.minutes").spread.b <= _value(cream, "absorbed_minutes")
    assert _value(cream, "absorbed_g_per_cm2") > 0


@pytest.mark.parametrize("cream", CREAMS)
def test_every_cream_is_for_intact_skin_and_limits_are_assumed(cream: str) -> None:
    assert CREAMS[cream]["intact_skin_only"] is True
    for active in CREAMS[cream]["actives"]:
        assert parameter(f"numbing.{cream}.actives.{active}.limit_mg_per_kg").kind == "assumed"


def test_a_compounded_cream_has_a_prescriber_and_no_labelled_area() -> None:
    for cream, record in CREAMS.items():
        if record["compounded"]:
            assert record["needs_prescriber"]
            assert f"numbing.{cream}.max_area_cm2" not in parameters()


def test_the_labelled_cream_on_180_cm2_gives_what_the_label_s_uptake_says() -> None:
    grams = 180 * _value("lidocaine_prilocaine", "amount_g_per_cm2")
    assert grams == pytest.approx(22, abs=0.5)
    share = _value("lidocaine_prilocaine", "actives.lidocaine.strength_percent") / 100
    taken = _value("lidocaine_prilocaine", "actives.lidocaine.absorbed_fraction")
    assert 1000 * grams * share * taken == pytest.approx(55, abs=2)
    assert 62 * _value("lidocaine_prilocaine", "actives.lidocaine.limit_mg_per_kg") == pytest.approx(279)
    assert 62 * _value("lidocaine_prilocaine", "actives.prilocaine.limit_mg_per_kg") == pytest.approx(372)


def test_cream_with_prilocaine_names_what_it_must_not_meet() -> None:
    for record in CREAMS.values():
        if "prilocaine" in record["actives"]:
            assert {"methaemoglobin", "g6pd_deficiency"} <= set(record["cautions"])
