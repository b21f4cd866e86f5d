"""From any printed figure to its sources, with the assumed values counted."""

import pytest

from puncta.case import Course, ZoneSetting, read_case
from puncta.errors import InputError
from puncta.simulation import explain

CASE = read_case("examples/acne_scars.toml")
COURSE = Course.regular("gentle", (ZoneSetting("cheek_left", 1.0, 4),), 1, 28)


def test_a_printed_figure_leads_to_device_skin_and_law() -> None:
    found = explain("pain_score@cheek_left", CASE, COURSE)
    keys = {entry.key for entry in found.parameters}
    assert {"devices.exceed.tolerance_mm", "zones.cheek.pain_factor", "pain.half_length_mm"} <= keys
    assert 0 < found.assumed_count < len(found.parameters)


def test_a_forecast_leads_to_its_studies() -> None:
    found = explain("improvement_fraction@atrophic_acne_scars", CASE, COURSE)
    assert "A03" in {arm.key for arm in found.arms}


def test_a_source_leads_to_what_rests_on_it() -> None:
    assert any(entry.key == "healing.mun" for entry in explain("cooper_2015").parameters)


def test_a_study_row_leads_to_its_source() -> None:
    assert explain("A03").arms[0].people_count == 30


def test_a_misspelt_figure_names_the_nearest() -> None:
    with pytest.raises(InputError, match="pain_score"):
        explain("pain_scor@cheek_left", CASE, COURSE)
