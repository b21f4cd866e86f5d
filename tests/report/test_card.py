"""Card: exactly one page whatever it must hold, and nothing on it that a hand cannot use."""

import copy
from dataclasses import replace

import pytest
from tests.report.made import card_of, drawings_of, plan_of, view_of
from tests.report.plans import PLANS

from puncta.errors import PunctaError
from puncta.report.card import card_data, render_card
from puncta.report.pdf import page_count, set_pdf

NAMES = sorted(PLANS)


@pytest.mark.parametrize("name", NAMES)
def test_a_card_is_one_page(name: str) -> None:
    assert page_count(card_of(name)) == 1


def test_a_card_is_one_page_with_the_longest_texts_that_anyone_wrote() -> None:
    data = copy.deepcopy(card_data(plan_of("long"), view_of("long"), drawings_of("long")))
    data["v"]["lesions"] = ["A lesion whose name is long and whose place is far: stay 5 mm off"] * 12
    data["v"]["held"] = ["Zones with long names, right and left: not in this course while a delay holds."] * 3
    data["words"]["ask"] = data["words"]["ask"] * 2
    assert page_count(set_pdf("card.typ", data, plan_of("long"))) == 1


@pytest.mark.parametrize("count", [1, 6, 9, 14, 20, 26])
def test_a_card_is_one_page_for_any_number_of_zones(count: int) -> None:
    seen = view_of("acne")
    rows = tuple(replace(seen.zones[index % 3], name=f"Zone number {index}") for index in range(count))
    assert page_count(render_card(plan_of("acne"), replace(seen, zones=rows), drawings_of("acne"))) == 1


def test_a_card_that_cannot_fit_is_refused_and_never_runs_over() -> None:
    seen = view_of("acne")
    rows = tuple(replace(seen.zones[index % 3], name=f"Zone number {index}") for index in range(160))
    with pytest.raises(PunctaError, match="160 zone rows"):
        render_card(plan_of("acne"), replace(seen, zones=rows), drawings_of("acne"))


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render_card(plan_of("acne"), view_of("acne"), drawings_of("acne")) == card_of("acne")


def test_only_the_font_of_print_is_in_the_file() -> None:
    written = card_of("acne")
    assert b"Roboto" in written
    assert b"DejaVu" not in written and b"Liberation" not in written and b"Libertinus" not in written


def test_the_card_holds_dial_reached_depth_cream_and_where_to_stop() -> None:
    data = card_data(plan_of("acne"), view_of("acne"), drawings_of("acne"))
    first = data["v"]["zones"][0]
    assert (first["dial"], first["passes"]) == ("1.0", "4")
    assert first["reaches"]["tight"] and first["stop_at"]
    assert data["v"]["numbing"]["amount"] == "22"
    assert data["title"] == "Session card · 1 of 4"
    assert "needle" in data["cream"]["svg"] and "1:00" in data["cream"]["svg"]


def test_the_card_for_care_at_home_asks_for_no_needle() -> None:
    data = card_data(plan_of("melasma"), view_of("melasma"), drawings_of("melasma"))
    assert data["title"] == "Home care card"
    assert "Cartridge" not in " ".join(data["write_labels"])
    assert data["cream"] is None


def test_where_to_stop_is_a_letter_for_tables_without_a_column_for_it() -> None:
    data = card_data(plan_of("long"), view_of("long"), drawings_of("long"))
    assert data["stop_line"].startswith("Stop at: a even warmth") and "; b even warmth" in data["stop_line"]
    assert {row["stop_letter"] for row in data["v"]["zones"]} == {"a", "b"}
    alike = card_data(plan_of("body"), view_of("body"), drawings_of("body"))
    assert alike["stop_line"].startswith("Stop at, in every zone: even redness")
