"""``puncta absorb``: table, JSON, picture, and refusals with code 2."""

import json
from pathlib import Path

import pytest

from puncta import text

from .command import puncta

MELASMA = "examples/melasma.toml"


def test_a_reader_gets_tables_and_the_notice() -> None:
    done = puncta("absorb", MELASMA, "--product", "tranexamic_acid_solution", "--draws", "20")
    assert done.code == 0
    assert "carried off by blood" in done.out
    assert text("absorb.notice") in " ".join(done.out.split())


def test_a_program_gets_one_document_and_a_picture_beside_it(tmp_path: Path) -> None:
    picture = tmp_path / "dose.svg"
    done = puncta(
        "absorb", MELASMA, "--product", "tranexamic_acid_solution", "--draws", "20", "--json", "--plot", str(picture)
    )
    assert json.loads(done.out)["product"] == "tranexamic_acid_solution"
    assert picture.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--product", "tranexamic_acid_solution", "--wiped-after", "0"), "taken off after it is put on"),
        (("--product", "tranexamic_acid_solutoin"), "tranexamic_acid_solution"),
        (("--product", "prp", "--plot", "dose.bmp"), "picture"),
    ],
)
def test_a_mistake_is_told_with_code_2(more: tuple[str, ...], said: str) -> None:
    done = puncta("absorb", MELASMA, "--draws", "20", *more)
    assert done.code == 2
    assert said in " ".join(done.err.split())
