"""The page of a follow-up: complete in itself, with promised, came, error and next; equal bytes for equal input."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.followup.small import followed, one_cheek

from puncta.followup import as_record, update
from puncta.report.follow_up import example_update, follow_up_charts, follow_up_page, write_follow_up
from puncta.report.follow_up_words import follow_up_summary


def test_the_page_says_what_was_promised_what_came_how_sure_and_what_next() -> None:
    found = example_update()
    page = follow_up_page(found, follow_up_charts(found))
    for words in ("Promised for today", "What came", "How sure is that", "What next?", "Planned and done"):
        assert words in page
    assert found.advice.reason in page and "Tested on virtual people only" in page
    assert "://" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)


def test_page_record_and_library_say_the_same(tmp_path: Path) -> None:
    found = example_update()
    first, second = (write_follow_up(found, tmp_path / name) for name in ("a", "b"))
    assert first.page.read_bytes() == second.page.read_bytes()
    assert json.loads(first.record.read_text()) == json.loads(json.dumps(as_record(found)))
    assert first.pictures[0].read_bytes()[:4] == b"\x89PNG"


def test_a_person_without_any_reading_has_a_page_too() -> None:
    found = update(one_cheek(), followed(sessions=[], grades=[], today=0), draws=100)
    assert "not read" in follow_up_page(found, follow_up_charts(found))
    assert follow_up_summary(found)["action"]


def test_a_red_flag_stands_above_the_ways_on() -> None:
    done = {"zone": "cheek_left", "dial_mm": 1.0, "passes": 4}
    sessions = [{"day": 0, "zones": [done], "diary": [{"day": 2, "pus": True}]}]
    found = update(one_cheek(), followed(sessions=sessions, grades=[]), draws=100)
    page = follow_up_page(found)
    assert page.index('class="flagged"') < page.index('class="ways"')


def test_names_of_people_are_escaped() -> None:
    found = update(one_cheek(), followed(title="<script>alert(1)</script>"), draws=100)
    assert "<script>alert" not in follow_up_page(found)
