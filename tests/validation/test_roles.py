"""Roles: what stands behind a value of the model never validates it."""

from puncta.evidence import parameters
from puncta.evidence.mechanism import mechanism_rows

CALIBRATION = {
    *("H01a", "H01b", "H01d", "H01e", "H02a", "H02b", "H02d", "H02e", "H02f", "H03a", "H03b", "H03c", "H05a", "H05b"),
    *("H18a", "H18b", "H18c", "H18e", "T016", "T018", "T020", "T024", "T043", "T044", "T074", "T075", "T076"),
}


def test_no_validation_row_comes_from_a_study_that_a_value_of_the_laws_rests_on() -> None:
    behind = {
        source for entry in parameters().values() if not entry.key.startswith("devices.") for source in entry.sources
    }
    mixed = [row.key for row in mechanism_rows().values() if row.role == "validation" and row.study in behind]
    assert not mixed


def test_rows_that_were_spent_on_fits_are_calibration() -> None:
    rows = mechanism_rows()
    spent = [*CALIBRATION, *(f"T{n}" for n in (*range(116, 124), *range(125, 135), *range(148, 155), *range(164, 172)))]
    assert all(rows[key].role == "calibration" for key in spent)


def test_animals_lasers_and_recalled_figures_stand_beside_no_prediction() -> None:
    for row in mechanism_rows().values():
        if row.species in ("rat", "model") or "recalled" in row.seen or "laser" in row.where.lower():
            assert row.role == "unusable", row.key
