"""Mechanism rows: every row of the tables once, with a role and a reason; what contradicts itself is refused."""

import csv
from importlib.resources import files

import pytest

from puncta.errors import EvidenceError
from puncta.evidence.mechanism import ROLES, mechanism_row, mechanism_rows, read_mechanism_rows

FILE = files("puncta.evidence").joinpath("data", "studies", "mechanism.csv")
TABLE = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
SOUND = next(row for row in TABLE if row["key"] == "T016")
LEFT_OUT = next(row for row in TABLE if row["key"] == "T002")


def test_every_row_of_both_tables_is_here_with_a_reason_for_its_role() -> None:
    rows = mechanism_rows()
    assert len(rows) == 152 + 46
    assert {row.role for row in rows.values()} == set(ROLES)
    assert all(row.reason and row.source for row in rows.values())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"role": "maybe"}, "none of calibration"),
        ({"group": "hair"}, "group 'hair'"),
        ({"reason": ""}, "no reason"),
        ({"seen": "recalled-verify"}, "recalled figures are unusable"),
        ({"species": "rat"}, "rat rows are unusable"),
        ({"quantity": ""}, "no quantity"),
        ({"device": ""}, "no quantity, device"),
        ({"value": ""}, "no figure"),
        ({"value": "some"}, "could not convert"),
        ({"says": "about"}, "'about' is none of"),
        ({"says": "rise"}, "a direction has no figure"),
        ({"rounding": ""}, "a rounding above 0"),
        ({"occluded": "perhaps"}, "neither yes nor no"),
        ({"length_low_mm": "2", "length_high_mm": "1"}, "no range"),
        ({"role": "unusable"}, "and yet beside a prediction"),
    ],
)
def test_a_bad_row_is_refused_with_its_name_and_what_is_wrong(changed: dict[str, str], words: str) -> None:
    with pytest.raises(EvidenceError, match=words) as refused:
        read_mechanism_rows([{**SOUND, **changed}])
    assert "T016" in str(refused.value)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(EvidenceError) as refused:
        read_mechanism_rows([{**SOUND, "reason": ""}, SOUND, {**LEFT_OUT, "group": "hair"}])
    assert all(words in str(refused.value) for words in ("no reason", "T016: written twice", "group 'hair'"))


def test_a_study_that_both_calibrates_and_validates_is_refused() -> None:
    with pytest.raises(EvidenceError, match="ogunjimi_2021: calibrates and validates"):
        read_mechanism_rows([SOUND, {**SOUND, "key": "T018", "role": "validation"}])


def test_what_is_not_printed_is_unknown_and_what_is_recalled_is_not_printed() -> None:
    assert mechanism_row("H03b").passes is None
    assert mechanism_row("H01a").length_mm is None  # 1.5 mm from memory
    assert mechanism_row("H05a").sessions == (1, 4)


def test_a_row_that_does_not_exist_is_refused_with_its_neighbours() -> None:
    with pytest.raises(EvidenceError, match=r"nearest: .*T016"):
        mechanism_row("T0160")
