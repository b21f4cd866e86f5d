"""Page: complete without a network, readable without a script, light and dark, and for those who do not see it."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from tests.report.made import page_of, view_of
from tests.report.plans import PLANS

from puncta.report.theme import theme

NAMES = sorted(PLANS)
VOID = {"meta", "link", "br", "img", "input", "hr"}


class _Page(HTMLParser):
    """Gathers what the tests ask for, and checks that tags close in order."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(written)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)

    def named(self, *names: str) -> list[tuple[str, dict[str, str]]]:
        return [entry for entry in self.tags if entry[0] in names]


@pytest.fixture(params=NAMES)
def page(request: pytest.FixtureRequest) -> _Page:
    """Each page, parsed."""
    return _Page(page_of(request.param))


def test_nothing_outside_the_file_is_asked_for(page: _Page) -> None:
    for tag, attributes in page.tags:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base", "form")
        assert "src" not in attributes and "srcset" not in attributes
        for name in ("href", "xlink:href"):
            assert attributes.get(name, "#").startswith("#"), attributes
        assert not [name for name in attributes if name.startswith("on")]


@pytest.mark.parametrize("name", NAMES)
def test_the_page_forbids_itself_a_network(name: str) -> None:
    written = page_of(name)
    assert "default-src 'none'" in written
    assert "@import" not in written and not re.search(r"url\((?!#)", written)


def test_every_link_has_its_target_and_every_id_is_used_once(page: _Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for tag, attributes in page.tags if tag == "a"}
    assert targets <= set(ids)
    labels = {attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes}
    assert labels <= set(ids)


def test_language_title_and_one_first_heading_with_the_others_in_order(page: _Page) -> None:
    assert page.named("html")[0][1]["lang"] == "en"
    assert len(page.named("title")) == 1 and len(page.named("main")) == 1
    levels = [int(tag[1]) for tag, _ in page.named("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(two <= one + 1 for one, two in pairwise(levels))


def test_every_drawing_says_what_it_shows_or_is_silent(page: _Page) -> None:
    for _, attributes in page.named("svg"):
        if attributes.get("aria-hidden") == "true":
            continue
        assert attributes.get("role") == "img"
        # the axis in a table's head repeats what the cells say
        assert attributes.get("aria-label") or "chart" in attributes["class"]


def test_every_column_and_row_has_a_head(page: _Page) -> None:
    for _, attributes in page.named("th"):
        assert attributes.get("scope") in ("col", "row")


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_stands_before_the_findings_and_the_findings_before_the_plan(name: str) -> None:
    written = page_of(name)
    body = written[written.index("<main") :]
    places = [body.index(mark) for mark in ('class="lead"', 'id="h-findings"', 'id="plan"', 'id="h-courses"')]
    places += [body.index(mark) for mark in ('id="h-forecast-1"', 'id="h-evidence"', 'id="h-limits"')]
    assert places == sorted(places)


@pytest.mark.parametrize("name", NAMES)
def test_status_and_assumed_values_stand_on_the_page(name: str) -> None:
    page = " ".join("".join(_Page(page_of(name)).text).split())
    assert "not a medical device. A licensed person decides." in page
    assert view_of(name).foot.assumed in page


def test_a_constructed_example_says_so_and_a_published_series_does_not() -> None:
    assert page_of("acne").count("constructed example") >= 2
    assert "constructed example" not in page_of("published")


def test_colours_come_from_variables_only_so_that_the_page_can_be_dark() -> None:
    written = page_of("acne")
    body = written[written.index("<body") :]
    assert not re.findall(r"#[0-9a-fA-F]{6}\b", body)
    sheet = written[: written.index("</style>")]
    assert "prefers-color-scheme:dark" in sheet and "[data-theme=dark]" in sheet
    assert theme().colours["paper"].dark in sheet


def test_phones_get_a_table_as_cards_with_the_name_of_each_column() -> None:
    for tag, attributes in _Page(page_of("acne")).named("td"):
        assert tag == "td"
        if "wideonly" not in attributes.get("class", ""):
            continue
        assert "data-label" not in attributes
    assert 'data-label="Reaches"' in page_of("acne")
    assert "@media (max-width:760px)" in page_of("acne")


def test_what_people_wrote_is_escaped() -> None:
    from dataclasses import replace

    from tests.report.made import drawings_of, plan_of

    from puncta.report.html import render_page

    seen = view_of("acne")
    bad = replace(seen, head=replace(seen.head, code="<script>alert(1)</script>"))
    written = render_page(plan_of("acne"), bad, drawings_of("acne"))
    assert "<script>alert" not in written and "&lt;script&gt;alert" in written


def test_the_page_repeats_to_the_byte() -> None:
    from tests.report.made import drawings_of, plan_of

    from puncta.report.html import render_page

    assert render_page(plan_of("melasma"), view_of("melasma"), drawings_of("melasma")) == page_of("melasma")


def test_every_printed_figure_leads_to_what_it_rests_on() -> None:
    page = _Page(page_of("acne"))
    figures = [attributes for tag, attributes in page.named("a") if attributes.get("class") == "fig"]
    assert len(figures) > 40
    blocks = [attributes for tag, attributes in page.named("details") if attributes.get("class") == "ev"]
    assert len(blocks) >= 5
