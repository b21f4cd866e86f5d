"""``puncta absorb``: table, JSON, picture, and refusals with code 2."""

import json
from pathlib import Path

import pytest

from puncta import text

from ..absorption.test_compounds import OWN as COMPOUND
from ..absorption.test_products import OWN as PRODUCT
from .command import puncta

MELASMA = "examples/melasma.toml"


def test_a_reader_gets_tables_and_the_notice() -> None:
    done = puncta("absorb", MELASMA, "--product", "tranexamic_acid_solution", "--draws", "20")
    assert done.code == 0
    assert "carried off by blood" in done.out
    assert text("limits.absorption") in " ".join(done.out.split())


def test_a_product_without_an_active_says_so() -> None:
    done = puncta("absorb", "examples/acne_scars.toml", "--draws", "20")
    assert done.code == 0
    assert "no active that is followed" in done.out


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


def test_an_own_product_with_an_own_compound_is_followed(tmp_path: Path) -> None:
    (tmp_path / "compounds").mkdir()
    (tmp_path / "compounds" / "house_peptide.toml").write_text(COMPOUND)
    (tmp_path / "house_serum.toml").write_text(PRODUCT.replace("niacinamide", "house_peptide"))
    done = puncta("absorb", MELASMA, "--products", str(tmp_path), "--product", "house_serum", "--draws", "20", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["doses"][0]["name"] == "House peptide"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("value = 420.0", "value = -420.0", "house_peptide.mw_g_per_mol"),
        ("value = -2.0", "value = 40.0", "-12 to 15"),
    ],
)
def test_a_flawed_compound_is_told_with_code_2(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "compounds").mkdir()
    (tmp_path / "compounds" / "house_peptide.toml").write_text(COMPOUND.replace(old, new))
    (tmp_path / "house_serum.toml").write_text(PRODUCT.replace("niacinamide", "house_peptide"))
    done = puncta("absorb", MELASMA, "--products", str(tmp_path), "--product", "house_serum", "--draws", "20")
    assert done.code == 2
    assert said in " ".join(done.err.split())
