"""Values in another unit are told in the unit that the field wants."""

import pytest

from puncta.case.wrong_unit import meant, said_with_unit
from puncta.units import convert


def _said(field: str, given: str) -> tuple[str, str]:
    error = said_with_unit(field, given, lambda kind, **values: ValueError(kind, values.get("value", "")))
    return error.args[0], error.args[1]


@pytest.mark.parametrize(
    ("field", "given", "kind", "value"),
    [
        ("dial_mm", "1.5 mm", "text_number", "1.5"),
        ("dial_mm", "1.5mm", "text_number", "1.5"),
        ("dial_mm", "1500 µm", "text_other_unit", "1.5"),
        ("dial_mm", "1500 um", "text_other_unit", "1.5"),
        ("dial_mm", "0.06 inches", "text_other_unit", "1.524"),
        ("weight_kg", "11 stone", "text_other_unit", "69.85"),
        ("area_cm2", "4000 mm²", "text_other_unit", "40"),
        ("minutes", "1 h", "text_other_unit", "60"),
        ("interval_days", "4 weeks", "text_other_unit", "28"),
        ("speed_cm_per_s", "30 mm/s", "text_other_unit", "3"),
        ("dial_mm", "137 lb", "not_a_number", ""),
        ("dial_mm", "1.5 bananas", "not_a_number", ""),
        ("severity_score", "3 points", "not_a_number", ""),
        ("severity_score", "3", "text_number", "3"),
        ("dial_mm", "deep", "not_a_number", ""),
        ("dial_mm", "", "not_a_number", ""),
    ],
)
def test_a_text_with_a_unit_is_understood(field: str, given: str, kind: str, value: str) -> None:
    assert _said(field, given) == (kind, value)


def test_a_key_with_another_unit_is_understood() -> None:
    person = ["age_years", "weight_kg", "ita_degrees"]
    assert meant("weight_pounds", 137, person) == ("weight_kg", "kg", "62.14")
    assert meant("age_months", 408, person) == ("age_years", "years", "34")
    assert meant("weight", 62, person) == ("weight_kg", "kg", "")
    assert meant("weight_lb", "heavy", person) == ("weight_kg", "kg", "")
    assert meant("colour", 3, person) is None
    assert meant("height_cm", 170, person) is None


def test_units_convert_both_ways() -> None:
    assert convert(1, "lb", "kg") == pytest.approx(0.45359237)
    assert convert(1, "in", "mm") == pytest.approx(25.4)
    assert convert(convert(7, "cm2", "in2"), "in2", "cm2") == pytest.approx(7)
    with pytest.raises(ValueError, match="measures"):
        convert(1, "lb", "mm")
