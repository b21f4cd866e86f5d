"""Plan on paper: two or three pages for a usual case, the same bytes, tagged for those who do not see it."""

import pytest
from tests.report.made import drawings_of, plan_of, plan_pdf_of, view_of

from puncta.errors import PunctaError
from puncta.report import fonts
from puncta.report.pdf import page_count, plan_data, render_plan


@pytest.mark.parametrize("name", ["acne", "bare", "body", "melasma", "published"])
def test_a_usual_plan_has_two_to_four_pages(name: str) -> None:
    assert 2 <= page_count(plan_pdf_of(name)) <= 4


def test_a_plan_with_long_texts_goes_on_and_loses_nothing() -> None:
    assert page_count(plan_pdf_of("long")) > 3
    data = plan_data(plan_of("long"), view_of("long"), drawings_of("long"))
    assert len(data["v"]["findings"]["rows"]) == 13
    assert len(data["zone_cells"]) == len(view_of("long").forecasts[0].zones)
    assert len(data["other_concerns"]) == 2


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render_plan(plan_of("acne"), view_of("acne"), drawings_of("acne")) == plan_pdf_of("acne")


def test_the_file_is_tagged_and_holds_only_the_font_of_print() -> None:
    written = plan_pdf_of("acne")
    assert b"/MarkInfo" in written and b"/StructTreeRoot" in written and b"pdfuaid" in written
    assert b"Roboto" in written and b"DejaVu" not in written and b"Liberation" not in written


def test_a_missing_font_is_an_error_and_never_another_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_PACKAGE", "no_such_font_package")
    fonts.font_files.cache_clear()
    try:
        with pytest.raises(PunctaError, match="Roboto-Regular"):
            render_plan(plan_of("melasma"), view_of("melasma"), drawings_of("melasma"))
    finally:
        monkeypatch.undo()
        fonts.font_files.cache_clear()


def test_words_and_figures_of_paper_are_those_of_the_view() -> None:
    data = plan_data(plan_of("acne"), view_of("acne"), drawings_of("acne"))
    assert data["v"]["answer"] == view_of("acne").answer
    assert data["v"]["zones"][0]["reaches"]["text"] == view_of("acne").zones[0].reaches.text  # pyright: ignore
    assert data["v"]["courses"][2]["changes"][0]["tight"] == "−52 to −9"
