"""Products: what rules may rely on, and own products through the same checks."""

from pathlib import Path

import pytest

from puncta.absorption import product, products, read_products
from puncta.errors import InputError
from puncta.evidence import arms, parameter

OWN = """
format = 1
name = "House serum"
form = "serum"
during_needling = false
at_home = true
addon = "none"
use_source = "own_record"
studies = []
[flags]
active = "own_record"
[ph]
value = 6.0
unit = ""
spread = { fixed = true }
means = "Acidity"
kind = "measured"
source = "own_record"
[actives.niacinamide.share_percent]
value = 4.0
unit = "%"
spread = { fixed = true }
means = "Share"
kind = "measured"
source = "own_record"
"""


def test_every_study_that_speaks_for_a_product_is_a_usable_row() -> None:
    for entry in products().values():
        assert all(arms()[row].role != "not usable" for row in entry.studies), entry.key


def test_a_class_of_the_outcome_model_needs_a_study_behind_it() -> None:
    assert all(entry.studies for entry in products().values() if entry.addon != "none")


def test_nothing_that_may_lie_under_the_needle_is_unsterile_or_cosmetic() -> None:
    for entry in products().values():
        if entry.during_needling:
            assert "sterile" in entry.flags, entry.key
            assert not {"fragrance", "dye", "lipophilic", "acid", "retinoid", "vitamin_c"} & set(entry.flags), entry.key


def test_vitamin_c_never_lies_on_fresh_channels_though_trials_did_it() -> None:
    entry = product("vitamin_c_serum")
    assert not entry.during_needling
    assert "vitamin_c" in entry.flags
    assert entry.studies_for(needled=True)


def test_a_home_cream_is_not_borne_out_by_trials_of_needling() -> None:
    assert product("hydroquinone_4").studies_for(needled=False) == ("M02b", "M03b", "M14b")
    assert product("hydroquinone_4").studies_for(needled=True) == ()
    assert product("niacinamide_serum").studies_for(needled=False) == ()


def test_blood_products_are_marked() -> None:
    assert "blood_product" in product("prp").flags


def test_every_figure_of_a_product_is_in_the_evidence() -> None:
    for entry in products().values():
        for compound in entry.share_percent:
            assert parameter(entry.key_of(entry.share_figure(compound))).value == entry.share_percent[compound]


def test_a_misspelt_product_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="hydroquinone_4"):
        product("hydroqinone_4")


def test_an_own_product_is_read_and_comes_first(tmp_path: Path) -> None:
    (tmp_path / "house_serum.toml").write_text(OWN)
    own = read_products(tmp_path)
    assert product("house_serum", own).share_percent == {"niacinamide": 4.0}


def test_an_own_product_with_many_mistakes_gets_them_all_at_once(tmp_path: Path) -> None:
    bad = (
        OWN.replace('form = "serum"', 'form = "foam"')
        .replace("at_home = true", 'at_home = "yes"')
        .replace('addon = "none"', 'addon = "plasma"')
        .replace('active = "own_record"', 'activ = "nobody_2020"\nsterile = "own_record"\nnon_sterile = "own_record"')
        .replace("actives.niacinamide", "actives.niacinamid")
    )
    (tmp_path / "bad.toml").write_text(bad.replace("format = 1", 'format = 1\ncolour = "red"'))
    with pytest.raises(InputError) as caught:
        read_products(tmp_path)
    fields = {problem.field for problem in caught.value.problems}
    assert {"bad.form", "bad.at_home", "bad.addon", "bad.flags", "bad.flags.activ"} <= fields
    assert "bad.actives.niacinamid.share_percent" in fields
    assert len(caught.value.problems) >= 8


def test_what_ionises_needs_an_acidity_and_water_holds_no_more_than_it_dissolves(tmp_path: Path) -> None:
    without = OWN[: OWN.index("[ph]")] + OWN[OWN.index("[actives") :]
    (tmp_path / "acid_serum.toml").write_text(without.replace("niacinamide", "azelaic_acid"))
    with pytest.raises(InputError, match="give the pH: Azelaic acid"):
        read_products(tmp_path)
    sour = OWN.replace("niacinamide", "azelaic_acid").replace("value = 6.0", "value = 3.0")
    (tmp_path / "acid_serum.toml").write_text(sour)
    with pytest.raises(InputError, match="water at pH 3 dissolves"):
        read_products(tmp_path)
    (tmp_path / "acid_serum.toml").write_text(sour.replace("format = 1", "format = 1\nsuspended = true"))
    assert read_products(tmp_path)["acid_serum"].ph == 3.0
    (tmp_path / "acid_serum.toml").write_text(sour.replace("value = 3.0", "value = 15.0"))
    with pytest.raises(InputError, match=r"acid_serum\.ph"):
        read_products(tmp_path)
