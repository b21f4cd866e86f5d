"""The picture of an absorption: whole, the same every time, with its notice."""

from pathlib import Path

import pytest

from puncta import InputError, absorb, read_case, text, usual_course, write_absorption
from puncta.report import draw_absorption

CASE = read_case("examples/melasma.toml")
FOUND = absorb(CASE, usual_course(CASE), product="tranexamic_acid_solution", draws=20)


def test_the_same_absorption_gives_the_same_bytes_with_the_notice_on_them() -> None:
    chart = draw_absorption(FOUND)
    assert chart.svg == draw_absorption(FOUND).svg
    assert text("absorb.notice") in chart.svg
    assert text("limits.not_a_device") in chart.svg
    assert "of the dose has entered needled skin" in chart.label


def test_it_is_written_as_svg_and_as_nothing_else(tmp_path: Path) -> None:
    write_absorption(FOUND, tmp_path / "dose.svg")
    assert (tmp_path / "dose.svg").read_text().startswith("<svg")
    with pytest.raises(InputError, match=r"\.svg"):
        write_absorption(FOUND, tmp_path / "dose.bmp")
    assert not (tmp_path / "dose.bmp").exists()
