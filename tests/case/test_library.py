"""A library of somebody's own goes with the case to every verb, and its figures are traced like any other."""

from dataclasses import replace
from pathlib import Path

import pytest

import puncta
from puncta.case import Case, Course, Library, ZoneSetting, read_case, read_library
from puncta.report.view.words import product_name

OWN = read_library("examples/devices", "examples/products")


def _case(session: str | None = None, home: tuple[str, ...] = ()) -> Case:
    case = read_case("examples/acne_scars.toml", OWN)
    return replace(case, session_product=session, home_care=replace(case.home_care, products=home))


def test_built_in_names_stay_beside_own_ones_and_own_ones_come_first() -> None:
    assert {"exceed", "array_36"} <= set(OWN.devices)
    assert {"prp", "house_serum"} <= set(OWN.products)
    own = Library(own_products={"prp": OWN.product("house_serum")})
    assert own.product("prp").name == own.products["prp"].name == "House serum (constructed)"


def test_the_screen_reads_the_flags_of_an_own_product() -> None:
    rules = {finding.rule for finding in puncta.screen(_case("house_serum")).findings}
    plain = {finding.rule for finding in puncta.screen(_case()).findings}
    assert rules > plain


def test_a_simulation_follows_every_active_of_an_own_product_and_traces_its_figures() -> None:
    case = _case("house_serum")
    once = Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 2),), 1, 28)
    record = puncta.outcome_record(puncta.simulate(case, once, draws=20))
    dose = record["quantities"]["dose_ug_per_cm2@house_peptide/cheek_left"]
    assert dose["median"][-1] > 0 and dose["assumed_count"] > 0
    behind = puncta.explain("dose_ug_per_cm2@house_peptide/cheek_left", case, once)
    assert "compounds.house_peptide.kow_log10" in {entry.key for entry in behind.parameters}


def test_the_report_calls_an_own_product_by_its_name() -> None:
    assert product_name(_case("house_serum"), "house_serum") == "House serum (constructed)"


def test_a_case_file_names_own_means_only_with_their_folder(tmp_path: Path) -> None:
    file = tmp_path / "case.toml"
    written = Path("examples/acne_scars.toml").read_text("utf-8").replace('name = "exceed"', 'name = "array_36"')
    file.write_text(written)
    assert read_case(file, OWN).library.device("array_36").needles == 36
    with pytest.raises(puncta.InputError, match="array_36"):
        read_case(file)
