"""The page of validation: not stale, every row on it once, every miss with a reason, every picture there."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.report.test_claims import apart

import puncta
from puncta.evidence.mechanism import GROUPS, mechanism_row, mechanism_rows
from puncta.report import validation
from puncta.report.charts.readings import Reading, readings_chart
from puncta.report.validation import PICTURES, WRITTEN_TO, validation_markdown, validation_of_page, validation_pictures
from puncta.validation import validate

ROOT = Path(puncta.__file__).parent.parent.parent
PAGE = (ROOT / WRITTEN_TO).read_text(encoding="utf-8")
SOME = validate(draws=30, rows=[mechanism_row(key) for key in ("T029", "T166", "T026", "T002", "T016")])


@pytest.mark.slow
def test_the_page_is_the_one_that_follows_from_rows_and_model() -> None:
    found = validation_of_page()
    stale = apart(PAGE, validation_markdown(found))
    assert not stale, "run: uv run python -m puncta.report.validation\n" + "\n".join(stale[:10])
    for group, chart in validation_pictures(found).items():
        drawn = (ROOT / PICTURES / f"{group}.svg").read_text(encoding="utf-8")
        assert drawn.count("<text") == chart.svg.count("<text")


def test_every_row_of_the_tables_stands_on_the_page() -> None:
    missing = [key for key in mechanism_rows() if f"| {key} |" not in PAGE]
    assert not missing


def test_every_picture_on_the_page_exists_and_no_other() -> None:
    shown = {group for group in GROUPS if f"(images/validation/{group}.svg)" in PAGE}
    assert shown == {file.stem for file in (ROOT / PICTURES).iterdir()}


def test_roles_stand_in_columns_of_their_own_and_misses_are_listed() -> None:
    page = validation_markdown(SOME)
    assert "| group | calibration | validation |" in page
    misses = page[page.index("## Misses") : page.index("## What the fits know")]
    assert [entry.row.key for entry in SOME.misses] == [line.split(" | ")[0][2:] for line in misses.splitlines()[6:-1]]
    assert "recalled only" in page[page.index("## Rows left out") :]


def test_the_page_says_whether_the_target_is_met() -> None:
    hit = validate(draws=30, rows=[mechanism_row("T026")])
    assert "The target is met" in validation_markdown(hit)
    missed = validate(draws=30, rows=[replace(mechanism_row("T029"), value=5.0)])
    assert "The target is not met" in validation_markdown(missed)


def test_a_band_wider_than_the_people_of_its_sources_keeps_the_target_from_being_met() -> None:
    row = replace(mechanism_row("T168"), sd=0.1)
    found = validate(draws=30, rows=[row])
    assert [entry.row.key for entry in found.too_wide] == ["T168"]
    page = validation_markdown(found)
    assert "1 are wider than 80 of 100 of their own and of the pooled people" in page
    assert "The target is not met" in page
    assert "none is wider" in validation_markdown(validate(draws=30, rows=[mechanism_row("T016")]))


def test_page_and_pictures_are_written_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(validation, "validation_of_page", lambda: SOME)
    validation.main()
    assert (tmp_path / WRITTEN_TO).read_text(encoding="utf-8") == validation_markdown(SOME)
    assert {file.name for file in (tmp_path / PICTURES).iterdir()} == {
        "closing.svg", "water_loss.svg", "epidermis.svg", "depth.svg",
    }  # fmt: skip


def test_a_drawing_repeats_byte_for_byte_and_far_misses_stay_inside_it() -> None:
    rows = [
        Reading("a figure with a label that is longer than its place", "7 fold", "2 – 3 fold", 40.0, None, False, True),
        Reading("a direction", "rises", "70 of 100 draws agree", None, 0.7, False, False),
    ]
    one, again = (readings_chart("x", rows, 0.8, "two rows") for _ in range(2))
    assert one.svg == again.svg
    assert "longer than its place" not in one.svg
    assert one.height == 8 + 2 * 22 + 8
