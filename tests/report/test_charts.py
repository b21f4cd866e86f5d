"""Charts: same bytes every time, labels that do not touch, axes that say one thing, results in words."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.made import drawings_of, plan_of, view_of
from tests.report.plans import PLANS

from puncta.report.charts import Chart, cell_band, series
from puncta.report.charts.band import time_ticks
from puncta.report.charts.labels import Line, clearest
from puncta.report.charts.series import spread, ticks
from puncta.report.drawings import drawings
from puncta.report.theme import theme
from puncta.simulation import Quantity

NAMES = sorted(PLANS)


def _all(name: str) -> list[Chart]:
    drawn = drawings_of(name)
    charts = [chart for one in drawn.forecasts for chart in (one.paper, one.half, one.wide, one.narrow, *one.cells)]
    twins = [*drawn.days, *drawn.depths, *drawn.healing, *(twin for one in drawn.forecasts for twin in one.zones)]
    charts += [chart for twin in twins for chart in (twin.paper, twin.page)]
    charts += [chart for row in drawn.bands for chart in row if chart] + list(drawn.axes)
    return charts + ([drawn.published.paper, drawn.published.page] if drawn.published else [])


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_well_formed_and_says_its_result(name: str) -> None:
    for chart in _all(name):
        ElementTree.fromstring(chart.svg)
        if not chart.name.startswith(("axis", "zone-axis")):
            assert chart.label, chart.name


@pytest.mark.parametrize("name", NAMES)
def test_no_two_charts_of_a_page_share_an_id(name: str) -> None:
    ids = [found for chart in _all(name) for found in re.findall(r'\bid="([^"]+)"', chart.svg)]
    assert len(ids) == len(set(ids))
    for chart in _all(name):
        used = set(re.findall(r"url\(#([^)]+)\)|href=\"#([^\"]+)\"", chart.svg))
        known = set(re.findall(r'\bid="([^"]+)"', chart.svg))
        assert {one or other for one, other in used} <= known, chart.name


def test_charts_repeat_to_the_byte() -> None:
    again = drawings(plan_of("acne"), view_of("acne"))
    first = drawings_of("acne")
    assert again.forecasts[0].paper.svg == first.forecasts[0].paper.svg
    assert [twin.page.svg for twin in again.healing] == [twin.page.svg for twin in first.healing]


def test_on_a_page_a_chart_takes_its_colours_and_its_font_from_the_page() -> None:
    written = drawings_of("acne").forecasts[0].wide.inline()
    assert "var(--med)" in written and "var(--b80)" in written
    assert not [shade for shade in (entry.light for entry in theme().colours.values()) if shade in written]
    assert "font-family" not in written
    assert 'role="img"' in written


def test_text_stays_text() -> None:
    svg = drawings_of("acne").forecasts[0].paper.svg
    assert ">median −" in svg
    assert "change of scar severity, % of today" in svg


def test_thin_evidence_is_hatched_dashed_and_called_thin() -> None:
    svg = drawings_of("body").forecasts[0].paper.svg
    assert "<pattern" in svg and "stroke-dasharray" in svg and ">thin</text>" in svg
    assert theme().light("b80") not in svg
    solid = drawings_of("acne").forecasts[0].paper.svg
    assert "<pattern" not in solid and ">thin</text>" not in solid


def test_untreated_is_named_with_its_range() -> None:
    svg = drawings_of("acne").forecasts[0].paper.svg
    assert ">untreated −" in svg and re.search(r">\(−\d+ to \+\d+\)<", svg)


def test_a_published_reading_stands_on_the_forecast() -> None:
    published = drawings_of("published").published
    assert published is not None
    assert ">reported −45" in published.paper.svg.replace("\N{NO-BREAK SPACE}", " ")
    assert drawings_of("acne").published is None


def test_a_chart_for_a_quantity_that_is_absent_is_left_out() -> None:
    bare = drawings_of("bare")
    assert bare.days == () and bare.healing == ()
    assert len(bare.depths) == 3


def test_many_zones_become_bands_in_cells() -> None:
    lead = drawings_of("long").forecasts[0]
    assert lead.zones == () and len(lead.cells) == 1 + len(view_of("long").forecasts[0].zones)


@pytest.mark.parametrize(("time", "end"), [("hours", 3.0), ("days", 28.0), ("months", 270.0), ("months", 340.0)])
def test_a_time_axis_speaks_one_unit_and_names_it_once(time: str, end: float) -> None:
    places = time_ticks(time, end)
    assert [day for day, _ in places] == sorted({day for day, _ in places})
    assert places[0][0] == 0 and places[-1][0] <= end + 1e-6
    assert all(words.isdigit() for _, words in places[:-1])
    assert re.fullmatch(r"\d+ (h|d|mo)", places[-1][1])


def test_nine_months_end_at_a_tick_of_nine() -> None:
    assert time_ticks("months", 270.0)[-1] == (270.0, "9 mo")


@given(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3), st.integers(3, 8))
def test_guides_span_what_they_must_in_even_steps(low: float, span: float, most: int) -> None:
    found = ticks(low, low + span, most)
    assert len(found) <= most + 1
    assert found[0] <= low + 1e-6 * span + 1e-9 and found[-1] >= low + span - 1e-6 * span - 1e-9
    steps = np.diff(found)
    assert np.allclose(steps, steps[0])


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8), st.floats(5, 20))
def test_labels_are_pushed_apart_and_keep_their_order(places: list[float], gap: float) -> None:
    moved = spread(places, gap, 0, 300)
    order = sorted(range(len(places)), key=lambda index: places[index])
    sorted_moved = [moved[index] for index in order]
    assert all(two - one >= gap - 1e-6 for one, two in pairwise(sorted_moved))


@given(st.lists(st.tuples(st.floats(0, 300), st.integers(1, 3)), min_size=1, max_size=6))
def test_labels_of_several_lines_never_mix(labels: list[tuple[float, int]]) -> None:
    places, lines = [place for place, _ in labels], [count for _, count in labels]
    moved = spread(places, 15, 0, 400, lines)
    order = sorted(range(len(places)), key=lambda index: places[index])
    assert all(moved[two] - moved[one] >= 15 * lines[one] - 1e-6 for one, two in pairwise(order))


def test_words_of_a_level_keep_off_the_lines() -> None:
    days = np.linspace(0.0, 9.0, 40)

    def same(value: float) -> float:
        return value

    # the line runs along the level at its left end and far below it at its right end
    line = Line(days * 30, 50 + np.clip(days - 3, 0, None) * 20)
    place = clearest("one grade clearer", 55.0, (0.0, 270.0), (20.0, 200.0), [line], (same, same))
    assert place.anchor == "right"


def test_a_series_ends_where_the_chart_ends_and_smooths_nothing() -> None:
    days = np.array([0.0, 1.0, 2.0, 10.0])
    quantity = Quantity("collagen_fold", "nose", None, days, np.tile(days, (20, 1)), (), "limits.healing")
    line = series(quantity, 0.0, 6.0)
    assert list(line.days) == [0.0, 1.0, 2.0, 6.0]
    assert line.band.median[-1] == pytest.approx(6.0)
    assert list(series(quantity).days) == list(days)


def test_a_band_in_a_cell_keeps_its_order_from_left_to_right() -> None:
    chart = cell_band("cell", (-52.0, -40.0, -29.0, -17.0, -6.0), -60.0, 5.0, "median −29 %")
    lefts = [float(found) for found in re.findall(r'<rect x="([\d.]+)"', chart.svg)]
    assert lefts == sorted(lefts) and len(lefts) == 2
